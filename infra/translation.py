"""Write the template in CloudFormation's form, with all options enabled, for checkov.

Usage: `python -m infra.translation FILE`. The output is JSON.
"""

import json
import sys
from pathlib import Path

from infra.local import template

DOMAIN = {"DomainName": "booking.example", "CertificateArn": "arn:aws:acm:::certificate/1"}
FIREWALL = {"WebAclArn": "arn:aws:wafv2:us-east-1::global/webacl/openhour/1"}


def translate() -> dict[str, object]:
    """Return the translated template, with the resources of options that exclude each other."""
    with_domain = template.load(**DOMAIN)
    with_distribution = template.load(**DOMAIN, **FIREWALL)
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Resources": {**with_domain.resources, **with_distribution.resources},
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(translate(), indent=1, default=str))
