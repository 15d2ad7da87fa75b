"""The template as CloudFormation gets it, with every option on, for those who check it.

`python -m infra.translation FILE` writes it as JSON.
"""

import json
import sys
from pathlib import Path

from infra.local import template

_DOMAIN = {"DomainName": "booking.example", "CertificateArn": "arn:aws:acm:::certificate/1"}
_FIREWALL = {"WebAclArn": "arn:aws:wafv2:us-east-1::global/webacl/openhour/1"}


def translate() -> dict[str, object]:
    """The translated template. Its options exclude each other, and still are all in it."""
    with_domain = template.load(**_DOMAIN)
    with_front_door = template.load(**_DOMAIN, **_FIREWALL)
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Resources": {**with_domain.resources, **with_front_door.resources},
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(translate(), indent=1, default=str))
