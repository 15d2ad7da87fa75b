"""The optional custom domain, distribution and firewall."""

import pytest
from samtranslator.yaml_helper import yaml_parse

from infra.local import template
from infra.local.template import TEMPLATE
from infra.translation import DOMAIN, FIREWALL


def kinds(translated):
    return {resource["Type"].split("::")[1] for resource in translated.resources.values()}


@pytest.mark.parametrize(
    "given", [{}, FIREWALL, {"DomainName": DOMAIN["DomainName"]}], ids=["nothing", "acl", "name"]
)
def test_a_domain_requires_a_certificate(given):
    translated = template.load(**given)
    assert not kinds(translated) & {"CloudFront", "SecretsManager"}
    assert not translated.of_type("AWS::ApiGatewayV2::DomainName")


def test_a_custom_domain_requires_tls_1_2():
    translated = template.load(**DOMAIN)
    (domain,) = translated.of_type("AWS::ApiGatewayV2::DomainName").values()
    (configuration,) = domain["DomainNameConfigurations"]
    assert configuration["SecurityPolicy"] == "TLS_1_2"
    assert "CloudFront" not in kinds(translated)


def test_the_distribution_has_the_firewall_and_requires_tls_1_2(with_distribution):
    config = with_distribution.properties("Distribution")["DistributionConfig"]
    assert config["WebACLId"] == FIREWALL["WebAclArn"]
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "https-only"
    (origin,) = config["Origins"]
    assert origin["CustomOriginConfig"] == {
        "OriginProtocolPolicy": "https-only",
        "OriginSSLProtocols": ["TLSv1.2"],
    }
    assert not with_distribution.of_type("AWS::ApiGatewayV2::DomainName")


def test_only_the_public_function_verifies_the_key_that_the_distribution_sends(with_distribution):
    (origin,) = with_distribution.properties("Distribution")["DistributionConfig"]["Origins"]
    (header,) = origin["OriginCustomHeaders"]
    assert header["HeaderName"] == "x-origin-verify"
    public = {route.function for route in with_distribution.routes() if route.public}
    for function in public:
        variables = with_distribution.properties(function)["Environment"]["Variables"]
        assert variables["ORIGIN_VERIFY_KEY"] == header["HeaderValue"]
        assert "secretsmanager" in str(header["HeaderValue"])
    others = set(with_distribution.handlers()) - public
    assert not any(
        "ORIGIN_VERIFY_KEY" in with_distribution.properties(name)["Environment"]["Variables"]
        for name in others
    )


@pytest.fixture(scope="module")
def firewall():
    return yaml_parse(TEMPLATE.with_name("firewall.yaml").read_text())["Resources"]


def test_the_firewall_limits_registrations_before_all_requests(firewall):
    rules = sorted(firewall["Firewall"]["Properties"]["Rules"], key=lambda each: each["Priority"])
    by_rate = [each for each in rules if "RateBasedStatement" in each["Statement"]]
    assert [each["Name"] for each in by_rate] == ["registrations", "all-requests"]
    registrations = by_rate[0]["Statement"]["RateBasedStatement"]
    posts, paths = registrations["ScopeDownStatement"]["AndStatement"]["Statements"]
    assert posts["ByteMatchStatement"]["SearchString"] == "POST"
    matched = [each["ByteMatchStatement"] for each in paths["OrStatement"]["Statements"]]
    assert [each["SearchString"] for each in matched] == ["/registrations", "/invitations"]
    assert all("Block" in each["Action"] for each in by_rate)


def test_the_firewall_can_be_created_again_after_it_was_deleted(firewall):
    """Its logs remain, so their name belongs to one stack only."""
    logs, key = firewall["BlockedRequestLogs"], firewall["Key"]
    name, values = logs["Properties"]["LogGroupName"]["Fn::Sub"]
    assert name.startswith("aws-waf-logs-")
    assert values == {"Id": {"Fn::Select": [2, {"Fn::Split": ["/", {"Ref": "AWS::StackId"}]}]}}
    assert "${Id}" in name
    _, use = key["Properties"]["KeyPolicy"]["Statement"]
    arn, also = use["Condition"]["ArnEquals"]["kms:EncryptionContext:aws:logs:arn"]["Fn::Sub"]
    assert arn.endswith(f":log-group:{name}")
    assert also == values
    for resource in (logs, key):
        assert resource["DeletionPolicy"] == "RetainExceptOnCreate"


def test_the_firewalls_logs_contain_neither_path_nor_token(firewall):
    logged = firewall["BlockedRequests"]["Properties"]
    redacted = [next(iter(each)) for each in logged["RedactedFields"]]
    assert redacted == ["UriPath", "QueryString", "SingleHeader"]
    assert logged["LoggingFilter"]["DefaultBehavior"] == "DROP"
    acl = firewall["Firewall"]["Properties"]
    for each in (acl, *acl["Rules"]):
        assert each["VisibilityConfig"]["SampledRequestsEnabled"] is False


def test_another_key_number_creates_a_new_key_and_a_new_version(with_distribution):
    other = template.load(**DOMAIN, **FIREWALL, OriginVerifyKeyNumber="2")
    names = [each.properties("OriginVerifyKey")["Name"] for each in (with_distribution, other)]
    assert names[0] != names[1]
    old, new = (
        version["Description"]
        for each in (with_distribution, other)
        for version in each.of_type("AWS::Lambda::Version").values()
        if version["FunctionName"] == {"Ref": "RegistrationFunction"}
    )
    assert old != new
