"""The template's user pool, created in moto with the ids that the functions expect."""

from typing import TYPE_CHECKING

from moto.cognitoidp.models import cognitoidp_backends

from infra.local.environment import ACCOUNT, REGION, VARIABLES
from infra.local.template import Template

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

USER_POOL_ID = VARIABLES["USER_POOL_ID"]
USER_POOL_CLIENT_ID = VARIABLES["USER_POOL_CLIENT_ID"]
ISSUER = f"https://cognito-idp.{REGION}.amazonaws.com/{USER_POOL_ID}"


def create_user_pool(template: Template, cognito: "CognitoIdentityProviderClient") -> None:
    """Create the template's user pool, app client and groups."""
    pool = dict(template.properties("UserPool"))
    attributes = [each for each in pool.pop("Schema") if each["Name"] != "email"]
    # A property of CloudFormation alone: the API sets the kind of MFA in another call.
    del pool["EnabledMfas"]
    pool_id = cognito.create_user_pool(PoolName="openhour", **pool)["UserPool"]["Id"]
    # moto drops the standard attributes if the pool is created with custom ones.
    cognito.add_custom_attributes(UserPoolId=pool_id, CustomAttributes=attributes)
    client = {**template.properties("UserPoolClient"), "UserPoolId": pool_id}
    cognito.create_user_pool_client(ClientName="openhour", **client)
    _set_ids(pool_id)
    for group in template.of_type("AWS::Cognito::UserPoolGroup").values():
        cognito.create_group(UserPoolId=USER_POOL_ID, GroupName=group["GroupName"])


def _set_ids(pool_id: str) -> None:
    """Replace the ids that moto chose."""
    backend = cognitoidp_backends[ACCOUNT][REGION]
    pool = backend.user_pools.pop(pool_id)
    _, client = pool.clients.popitem()
    pool.id = client.user_pool_id = USER_POOL_ID
    client.id = USER_POOL_CLIENT_ID
    backend.user_pools[pool.id] = pool
    pool.clients[client.id] = client
