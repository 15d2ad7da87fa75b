"""The template's user pools, created in moto with the ids that the functions expect."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from moto.cognitoidp.models import cognitoidp_backends

from infra.local.environment import ACCOUNT, REGION, VARIABLES
from infra.local.permissions import arn_of
from infra.local.template import Template

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalPool:
    """A user pool and its app client: their logical ids, and their ids on this machine."""

    logical_id: str
    app_logical_id: str
    pool_id: str
    app_id: str

    @property
    def arn(self) -> str:
        """The ARN of the pool."""
        return f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{self.pool_id}"

    @property
    def issuer(self) -> str:
        """The issuer of its tokens."""
        return f"https://cognito-idp.{REGION}.amazonaws.com/{self.pool_id}"


CLIENTS: Final = LocalPool(
    logical_id="ClientsUserPool",
    app_logical_id="ClientsAppClient",
    pool_id=VARIABLES["CLIENTS_USER_POOL_ID"],
    app_id=VARIABLES["CLIENTS_APP_CLIENT_ID"],
)
THERAPISTS: Final = LocalPool(
    logical_id="TherapistsUserPool",
    app_logical_id="TherapistsAppClient",
    pool_id=VARIABLES["THERAPISTS_USER_POOL_ID"],
    app_id=VARIABLES["THERAPISTS_APP_CLIENT_ID"],
)
POOLS: Final = (CLIENTS, THERAPISTS)
"""Every user pool of the template."""


def create_user_pools(template: Template, cognito: "CognitoIdentityProviderClient") -> None:
    """Create the template's user pools and app clients."""
    for pool in POOLS:
        _create(pool, template, cognito)


def _create(local: LocalPool, template: Template, cognito: "CognitoIdentityProviderClient") -> None:
    pool = dict(template.properties(local.logical_id))
    attributes = [each for each in pool.pop("Schema") if each["Name"] != "email"]
    # A property of CloudFormation alone: the API sets the kind of MFA in another call.
    del pool["EnabledMfas"]
    triggers = pool.get("LambdaConfig", {})
    pool["LambdaConfig"] = {name: arn_of(function) for name, function in triggers.items()}
    pool_id = cognito.create_user_pool(PoolName=local.logical_id, **pool)["UserPool"]["Id"]
    # moto drops the standard attributes if the pool is created with custom ones.
    cognito.add_custom_attributes(UserPoolId=pool_id, CustomAttributes=attributes)
    app = {**template.properties(local.app_logical_id), "UserPoolId": pool_id}
    cognito.create_user_pool_client(ClientName=local.app_logical_id, **app)
    _set_ids(local, pool_id)


def _set_ids(local: LocalPool, pool_id: str) -> None:
    """Replace the ids that moto chose."""
    backend = cognitoidp_backends[ACCOUNT][REGION]
    pool = backend.user_pools.pop(pool_id)
    _, client = pool.clients.popitem()
    pool.id = client.user_pool_id = local.pool_id
    client.id = local.app_id
    backend.user_pools[pool.id] = pool
    pool.clients[client.id] = client
