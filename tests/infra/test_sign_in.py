"""The template's settings for sign-in."""

from infra.local import template


def test_users_cannot_write_their_therapist_id_or_client_id(translated):
    schema = translated.properties("UserPool")["Schema"]
    client = translated.properties("UserPoolClient")
    immutable = {each["Name"] for each in schema if not each["Mutable"]}
    assert immutable == {"therapist_id", "client_id"}
    assert client["WriteAttributes"] == ["locale"]
    assert {"custom:therapist_id", "custom:client_id"} <= set(client["ReadAttributes"])


def test_email_is_no_alias(translated):
    assert not {"AliasAttributes", "UsernameAttributes"} & set(translated.properties("UserPool"))


def test_the_password_policy_is_strict(translated):
    policy = translated.properties("UserPool")["Policies"]["PasswordPolicy"]
    assert policy["MinimumLength"] >= 12
    assert policy["RequireLowercase"] is policy["RequireUppercase"] is True
    assert policy["RequireNumbers"] is True
    assert policy["PasswordHistorySize"] >= 1
    assert policy["TemporaryPasswordValidityDays"] == 7


def test_any_user_may_add_mfa(translated):
    pool = translated.properties("UserPool")
    assert pool["MfaConfiguration"] == "OPTIONAL"
    assert pool["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]


def test_a_failed_sign_in_does_not_reveal_whether_the_login_exists(translated):
    client = translated.properties("UserPoolClient")
    assert client["PreventUserExistenceErrors"] == "ENABLED"


def test_tokens_are_short_lived_and_refresh_tokens_rotate(translated):
    client = translated.properties("UserPoolClient")
    units = client["TokenValidityUnits"]
    assert (client["IdTokenValidity"], units["IdToken"]) == (30, "minutes")
    assert (client["AccessTokenValidity"], units["AccessToken"]) == (30, "minutes")
    assert (client["RefreshTokenValidity"], units["RefreshToken"]) == (7, "days")
    assert client["RefreshTokenRotation"]["Feature"] == "ENABLED"
    assert client["ExplicitAuthFlows"] == ["ALLOW_USER_PASSWORD_AUTH"]
    assert client["EnableTokenRevocation"] is True


def test_the_user_pool_has_deletion_protection(translated):
    assert translated.properties("UserPool")["DeletionProtection"] == "ACTIVE"


def test_threat_protection_is_optional():
    pool = template.load().properties("UserPool")
    assert pool["UserPoolTier"] == "ESSENTIALS"
    assert "UserPoolAddOns" not in pool
    guarded = template.load(ThreatProtection="on").properties("UserPool")
    assert guarded["UserPoolTier"] == "PLUS"
    assert guarded["UserPoolAddOns"] == {"AdvancedSecurityMode": "ENFORCED"}


def test_threat_protection_blocks_risky_sign_ins_and_leaked_passwords():
    """Without a configuration of risks, Cognito only records them."""
    kind = "AWS::Cognito::UserPoolRiskConfigurationAttachment"
    assert not template.load().of_type(kind)
    (risks,) = template.load(ThreatProtection="on").of_type(kind).values()
    assert (risks["UserPoolId"], risks["ClientId"]) == ({"Ref": "UserPool"}, "ALL")
    leaked = risks["CompromisedCredentialsRiskConfiguration"]["Actions"]
    assert leaked == {"EventAction": "BLOCK"}
    takeover = risks["AccountTakeoverRiskConfiguration"]["Actions"]
    assert takeover["HighAction"]["EventAction"] == "BLOCK"


def test_temporary_passwords_are_sent_by_ses_if_an_identity_is_given():
    assert template.load().properties("UserPool")["EmailConfiguration"] == {
        "EmailSendingAccount": "COGNITO_DEFAULT"
    }
    identity = "arn:aws:ses:us-east-1:123456789012:identity/practice.example"
    sender = {"MailIdentityArn": identity, "MailSenderAddress": "office@practice.example"}
    assert template.load(**sender).properties("UserPool")["EmailConfiguration"] == {
        "EmailSendingAccount": "DEVELOPER",
        "SourceArn": identity,
        "From": "office@practice.example",
    }
    named = template.load(**sender, MailSenderName="Dr. Ada").properties("UserPool")
    assert named["EmailConfiguration"]["From"] == '"Dr. Ada" <office@practice.example>'


def test_the_invitation_has_a_text_of_its_own_only_where_ses_sends_it():
    """CloudFormation, InviteMessageTemplate: it is allowed only for mail that SES sends."""
    without = template.load().properties("UserPool")["AdminCreateUserConfig"]
    assert without == {"AllowAdminCreateUserOnly": True}
    identity = "arn:aws:ses:us-east-1:123456789012:identity/practice.example"
    sender = {"MailIdentityArn": identity, "MailSenderAddress": "office@practice.example"}
    given = template.load(**sender).properties("UserPool")["AdminCreateUserConfig"]
    assert "{####}" in given["InviteMessageTemplate"]["EmailMessage"]
