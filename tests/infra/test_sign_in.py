"""How the template guards sign-ins."""

from infra.local import template


def test_no_user_can_write_who_their_therapist_is_or_which_client_they_are(translated):
    custom = {
        each["Name"]: each
        for each in translated.properties("UserPool")["Schema"]
        if each["Name"] != "email"
    }
    client = translated.properties("UserPoolClient")
    assert {name for name, each in custom.items() if not each["Mutable"]} == {
        "therapist_id",
        "client_id",
    }
    assert client["WriteAttributes"] == ["locale"]
    assert {"custom:therapist_id", "custom:client_id"} <= set(client["ReadAttributes"])


def test_nobody_signs_up_alone_and_no_address_is_a_login(translated):
    pool = translated.properties("UserPool")
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert not {"AliasAttributes", "UsernameAttributes"} & set(pool)


def test_passwords_are_long_mixed_and_not_used_again(translated):
    policy = translated.properties("UserPool")["Policies"]["PasswordPolicy"]
    assert policy["MinimumLength"] >= 12
    assert policy["RequireLowercase"] is policy["RequireUppercase"] is True
    assert policy["RequireNumbers"] is True
    assert policy["PasswordHistorySize"] >= 1
    assert policy["TemporaryPasswordValidityDays"] == 7


def test_a_second_factor_is_anybodys_to_add(translated):
    pool = translated.properties("UserPool")
    assert pool["MfaConfiguration"] == "OPTIONAL"
    assert pool["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]


def test_a_refused_sign_in_does_not_tell_whether_the_login_exists(translated):
    client = translated.properties("UserPoolClient")
    assert client["PreventUserExistenceErrors"] == "ENABLED"


def test_tokens_are_short_and_a_refresh_token_is_good_once(translated):
    client = translated.properties("UserPoolClient")
    units = client["TokenValidityUnits"]
    assert (client["IdTokenValidity"], units["IdToken"]) == (30, "minutes")
    assert (client["AccessTokenValidity"], units["AccessToken"]) == (30, "minutes")
    assert (client["RefreshTokenValidity"], units["RefreshToken"]) == (7, "days")
    assert client["RefreshTokenRotation"]["Feature"] == "ENABLED"
    assert client["ExplicitAuthFlows"] == ["ALLOW_USER_PASSWORD_AUTH"]
    assert client["EnableTokenRevocation"] is True


def test_the_pool_is_not_deleted_by_mistake(translated):
    assert translated.properties("UserPool")["DeletionProtection"] == "ACTIVE"


def test_what_cognito_sells_as_protection_is_an_option():
    pool = template.load().properties("UserPool")
    assert pool["UserPoolTier"] == "ESSENTIALS"
    assert "UserPoolAddOns" not in pool
    guarded = template.load(ThreatProtection="on").properties("UserPool")
    assert guarded["UserPoolTier"] == "PLUS"
    assert guarded["UserPoolAddOns"] == {"AdvancedSecurityMode": "ENFORCED"}


def test_first_passwords_are_mailed_by_ses_where_an_identity_is_given():
    assert template.load().properties("UserPool")["EmailConfiguration"] == {
        "EmailSendingAccount": "COGNITO_DEFAULT"
    }
    identity = "arn:aws:ses:us-east-1:123456789012:identity/practice.example"
    given = template.load(MailIdentityArn=identity, MailFrom="office@practice.example")
    assert given.properties("UserPool")["EmailConfiguration"] == {
        "EmailSendingAccount": "DEVELOPER",
        "SourceArn": identity,
        "From": "office@practice.example",
    }
