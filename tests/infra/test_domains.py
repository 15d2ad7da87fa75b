"""A domain of one's own, and a firewall before it: options, off unless they are asked for."""

import pytest
from samtranslator.yaml_helper import yaml_parse

from infra.local import template
from infra.local.template import TEMPLATE

DOMAIN = {
    "DomainName": "booking.practice.example",
    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1",
}
FIREWALL = {"WebAclArn": "arn:aws:wafv2:us-east-1:123456789012:global/webacl/openhour/1"}


def kinds(translated):
    return {resource["Type"].split("::")[1] for resource in translated.resources.values()}


@pytest.mark.parametrize(
    "given", [{}, FIREWALL, {"DomainName": DOMAIN["DomainName"]}], ids=["nothing", "acl", "name"]
)
def test_without_a_domain_and_its_certificate_there_is_neither(given):
    translated = template.load(**given)
    assert not kinds(translated) & {"CloudFront", "SecretsManager"}
    assert not translated.of_type("AWS::ApiGatewayV2::DomainName")


def test_a_domain_of_ones_own_takes_tls_1_2_or_better():
    translated = template.load(**DOMAIN)
    (domain,) = translated.of_type("AWS::ApiGatewayV2::DomainName").values()
    (configuration,) = domain["DomainNameConfigurations"]
    assert configuration["SecurityPolicy"] == "TLS_1_2"
    assert "CloudFront" not in kinds(translated)


def test_the_front_door_has_the_firewall_and_takes_tls_1_2_or_better(with_front_door):
    config = with_front_door.properties("FrontDoor")["DistributionConfig"]
    assert config["WebACLId"] == FIREWALL["WebAclArn"]
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "https-only"
    (origin,) = config["Origins"]
    assert origin["CustomOriginConfig"] == {
        "OriginProtocolPolicy": "https-only",
        "OriginSSLProtocols": ["TLSv1.2"],
    }
    assert not with_front_door.of_type("AWS::ApiGatewayV2::DomainName")


def test_what_the_door_shows_is_what_the_public_function_looks_for(with_front_door):
    (origin,) = with_front_door.properties("FrontDoor")["DistributionConfig"]["Origins"]
    (header,) = origin["OriginCustomHeaders"]
    assert header["HeaderName"] == "x-front-door"
    public = {route.function for route in with_front_door.routes() if route.public}
    for function in public:
        variables = with_front_door.properties(function)["Environment"]["Variables"]
        assert variables["FRONT_DOOR_KEY"] == header["HeaderValue"]
        assert "secretsmanager" in str(header["HeaderValue"])
    others = set(with_front_door.handlers()) - public
    assert not any(
        "FRONT_DOOR_KEY" in with_front_door.properties(name)["Environment"]["Variables"]
        for name in others
    )


@pytest.fixture(scope="module")
def firewall():
    return yaml_parse(TEMPLATE.with_name("firewall.yaml").read_text())["Resources"]


def test_the_firewall_slows_down_registrations_before_anything_else(firewall):
    rules = sorted(firewall["Firewall"]["Properties"]["Rules"], key=lambda each: each["Priority"])
    by_rate = [each for each in rules if "RateBasedStatement" in each["Statement"]]
    assert [each["Name"] for each in by_rate] == ["registrations", "anything"]
    registrations = by_rate[0]["Statement"]["RateBasedStatement"]
    matched = registrations["ScopeDownStatement"]["AndStatement"]["Statements"]
    assert [each["ByteMatchStatement"]["SearchString"] for each in matched] == [
        "POST",
        "/registrations",
    ]
    assert all("Block" in each["Action"] for each in by_rate)


def test_what_the_firewall_keeps_tells_neither_path_nor_token(firewall):
    logged = firewall["Refused"]["Properties"]
    redacted = [next(iter(each)) for each in logged["RedactedFields"]]
    assert redacted == ["UriPath", "QueryString", "SingleHeader"]
    assert logged["LoggingFilter"]["DefaultBehavior"] == "DROP"
    acl = firewall["Firewall"]["Properties"]
    for each in (acl, *acl["Rules"]):
        assert each["VisibilityConfig"]["SampledRequestsEnabled"] is False


def test_another_number_is_another_key_and_another_version(with_front_door):
    other = template.load(**DOMAIN, **FIREWALL, FrontDoorKeyNumber="2")
    names = [each.properties("FrontDoorKey")["Name"] for each in (with_front_door, other)]
    assert names[0] != names[1]
    versions = [
        next(
            version["Description"]
            for version in each.of_type("AWS::Lambda::Version").values()
            if version["FunctionName"] == {"Ref": "RegistrationFunction"}
        )
        for each in (with_front_door, other)
    ]
    assert versions[0] != versions[1]
