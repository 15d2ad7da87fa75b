"""The template's settings for sign-in, in the clients' pool and in the therapists'."""

from importlib import import_module

import pytest

from infra.local import template

NO_SENDER = {"MailIdentityArn": "", "MailSenderAddress": "", "PageUrl": ""}
POOLS = ("Clients", "Therapists")


@pytest.fixture(params=POOLS)
def pool(request, translated):
    return translated.properties(f"{request.param}UserPool")


@pytest.fixture(params=POOLS)
def app(request, translated):
    return translated.properties(f"{request.param}AppClient")


def test_clients_and_therapists_have_pools_and_app_clients_of_their_own(translated):
    pools = translated.of_type("AWS::Cognito::UserPool")
    assert set(pools) == {f"{name}UserPool" for name in POOLS}
    apps = translated.of_type("AWS::Cognito::UserPoolClient")
    assert {name: app["UserPoolId"]["Ref"] for name, app in apps.items()} == {
        f"{name}AppClient": f"{name}UserPool" for name in POOLS
    }
    assert not translated.of_type("AWS::Cognito::UserPoolGroup")


def test_each_authorizer_takes_the_tokens_of_one_pool_and_its_app_client(translated):
    assert translated.authorizers() == {
        "ClientLogin": ("ClientsUserPool", "ClientsAppClient"),
        "TherapistLogin": ("TherapistsUserPool", "TherapistsAppClient"),
    }


def test_a_functions_routes_have_the_authorizer_of_the_role_that_it_serves(translated):
    handlers = translated.handlers()
    for route in translated.routes():
        app = import_module(handlers[route.function].rpartition(".")[0]).app
        wanted = f"{app.role.capitalize()}Login" if app.role else None
        assert route.authorizer == wanted, route.key


def test_a_function_knows_the_pool_whose_tokens_it_checks_and_no_other(translated):
    for name in {route.function for route in translated.routes() if not route.public}:
        (authorizer,) = {r.authorizer for r in translated.routes() if r.function == name}
        pool, app = translated.authorizers()[authorizer]
        variables = translated.properties(name)["Environment"]["Variables"]
        known = {value.get("Ref") for value in variables.values() if isinstance(value, dict)}
        everything = {f"{each}{kind}" for each in POOLS for kind in ("UserPool", "AppClient")}
        assert known & everything == {pool, app}, name


@pytest.mark.parametrize(
    ("name", "identity"),
    [("Clients", {"therapist_id", "client_id"}), ("Therapists", {"therapist_id", "login_id"})],
)
def test_users_cannot_write_their_ids(translated, name, identity):
    schema = translated.properties(f"{name}UserPool")["Schema"]
    client = translated.properties(f"{name}AppClient")
    immutable = {each["Name"] for each in schema if not each["Mutable"]}
    assert immutable == identity
    assert client["WriteAttributes"] == ["locale"]
    assert {f"custom:{each}" for each in identity} <= set(client["ReadAttributes"])


def test_email_is_no_alias(pool):
    assert not {"AliasAttributes", "UsernameAttributes"} & set(pool)


def test_there_is_no_sign_up(pool):
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True


@pytest.mark.parametrize(("name", "length"), [("Clients", 12), ("Therapists", 14)])
def test_the_password_policy_is_strict_and_stricter_for_therapists(translated, name, length):
    policy = translated.properties(f"{name}UserPool")["Policies"]["PasswordPolicy"]
    assert policy["MinimumLength"] == length
    assert policy["RequireLowercase"] is policy["RequireUppercase"] is True
    assert policy["RequireNumbers"] is True
    assert policy["PasswordHistorySize"] >= 1
    assert policy["TemporaryPasswordValidityDays"] == 7


def test_therapists_need_an_authenticator_app_unless_the_parameter_says_otherwise(parameters):
    assert parameters["TherapistMfa"]["Default"] == "required"
    for value, wanted in (("required", "ON"), ("optional", "OPTIONAL")):
        loaded = template.load(TherapistMfa=value)
        assert loaded.properties("TherapistsUserPool")["MfaConfiguration"] == wanted
        assert loaded.properties("ClientsUserPool")["MfaConfiguration"] == "OPTIONAL"


def test_the_only_second_factor_is_an_authenticator_app(pool):
    assert pool["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]


def test_a_failed_sign_in_does_not_reveal_whether_the_login_exists(app):
    assert app["PreventUserExistenceErrors"] == "ENABLED"


@pytest.mark.parametrize(
    ("name", "validity", "unit"), [("Clients", 7, "days"), ("Therapists", 12, "hours")]
)
def test_tokens_are_short_lived_and_therapists_sign_in_more_often(translated, name, validity, unit):
    client = translated.properties(f"{name}AppClient")
    units = client["TokenValidityUnits"]
    assert (client["IdTokenValidity"], units["IdToken"]) == (30, "minutes")
    assert (client["AccessTokenValidity"], units["AccessToken"]) == (30, "minutes")
    assert (client["RefreshTokenValidity"], units["RefreshToken"]) == (validity, unit)


def test_refresh_tokens_rotate_and_can_be_revoked(app):
    """Cognito rejects rotation beside the flow that takes one refresh token repeatedly."""
    rotation = app["RefreshTokenRotation"]
    assert rotation["Feature"] == "ENABLED"
    assert 0 < rotation["RetryGracePeriodSeconds"] <= 60
    assert app["ExplicitAuthFlows"] == ["ALLOW_USER_PASSWORD_AUTH"]
    assert app["EnableTokenRevocation"] is True


def test_the_user_pools_have_deletion_protection(pool):
    assert pool["DeletionProtection"] == "ACTIVE"


@pytest.mark.parametrize("name", POOLS)
def test_threat_protection_is_optional(name):
    pool = template.load().properties(f"{name}UserPool")
    assert pool["UserPoolTier"] == "ESSENTIALS"
    assert "UserPoolAddOns" not in pool
    guarded = template.load(ThreatProtection="on").properties(f"{name}UserPool")
    assert guarded["UserPoolTier"] == "PLUS"
    assert guarded["UserPoolAddOns"] == {"AdvancedSecurityMode": "ENFORCED"}


@pytest.mark.parametrize("name", POOLS)
def test_threat_protection_blocks_risky_sign_ins_and_leaked_passwords(name):
    """Without a configuration of risks, Cognito only records them."""
    kind = "AWS::Cognito::UserPoolRiskConfigurationAttachment"
    assert not template.load().of_type(kind)
    risks = template.load(ThreatProtection="on").of_type(kind)[f"{name}Risks"]
    assert (risks["UserPoolId"], risks["ClientId"]) == ({"Ref": f"{name}UserPool"}, "ALL")
    leaked = risks["CompromisedCredentialsRiskConfiguration"]["Actions"]
    assert leaked == {"EventAction": "BLOCK"}
    takeover = risks["AccountTakeoverRiskConfiguration"]["Actions"]
    assert takeover["HighAction"]["EventAction"] == "BLOCK"


@pytest.mark.parametrize("name", POOLS)
def test_temporary_passwords_are_sent_by_ses_if_an_identity_is_given(name):
    without = template.load(**NO_SENDER).properties(f"{name}UserPool")
    assert without["EmailConfiguration"] == {"EmailSendingAccount": "COGNITO_DEFAULT"}
    identity = "arn:aws:ses:us-east-1:123456789012:identity/practice.example"
    sender = {"MailIdentityArn": identity, "MailSenderAddress": "office@practice.example"}
    assert template.load(**sender).properties(f"{name}UserPool")["EmailConfiguration"] == {
        "EmailSendingAccount": "DEVELOPER",
        "SourceArn": identity,
        "From": "office@practice.example",
    }
    named = template.load(**sender, MailSenderName="Dr. Ada").properties(f"{name}UserPool")
    assert named["EmailConfiguration"]["From"] == '"Dr. Ada" <office@practice.example>'


@pytest.mark.parametrize("name", POOLS)
def test_the_invitation_has_a_text_of_its_own_only_where_ses_sends_it(name):
    """CloudFormation, InviteMessageTemplate: it is allowed only for mail that SES sends."""
    without = template.load(**NO_SENDER).properties(f"{name}UserPool")["AdminCreateUserConfig"]
    assert without == {"AllowAdminCreateUserOnly": True}
    identity = "arn:aws:ses:us-east-1:123456789012:identity/practice.example"
    sender = {"MailIdentityArn": identity, "MailSenderAddress": "office@practice.example"}
    given = template.load(**sender, PageUrl="").properties(f"{name}UserPool")
    config = given["AdminCreateUserConfig"]
    assert "{####}" in config["InviteMessageTemplate"]["EmailMessage"]
    assert "CustomMessage" not in given["LambdaConfig"]


@pytest.mark.parametrize("name", POOLS)
def test_our_function_writes_mails_only_where_ses_sends_them_and_there_is_a_page(name):
    """Cognito fails where a trigger writes a mail that Cognito itself would send."""
    trigger = {"Fn::GetAtt": ["PasswordMailsFunction", "Arn"]}
    pool = template.load().properties(f"{name}UserPool")
    assert pool["LambdaConfig"]["CustomMessage"] == trigger
    # A template may override what the function writes.
    assert "InviteMessageTemplate" not in pool["AdminCreateUserConfig"]
    without = template.load(**NO_SENDER).properties(f"{name}UserPool")
    assert "CustomMessage" not in without.get("LambdaConfig", {})


@pytest.mark.parametrize("name", POOLS)
def test_only_the_pool_itself_may_invoke_the_function_for_its_mails(name):
    allowed = template.load().properties(f"{name}PasswordMails")
    assert allowed["FunctionName"] == {"Ref": "PasswordMailsFunction"}
    assert allowed["Principal"] == "cognito-idp.amazonaws.com"
    assert allowed["SourceArn"] == {"Fn::GetAtt": [f"{name}UserPool", "Arn"]}
