"""Everything together: `running()` serves the practice on one machine until it is left."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

import boto3

from infra.cli.targets import TARGET_PATH as OPERATE
from infra.local import template
from infra.local.cloud import Cloud, standing
from infra.local.cognito import ISSUER, USER_POOL_CLIENT_ID, USER_POOL_ID
from infra.local.environment import RELEASE_FUNCTION_ARN, SCHEDULE_GROUP
from infra.local.events import Request
from infra.local.followers import Pump, follow
from infra.local.functions import Function, let_threads_be_environments
from infra.local.gateway import Answer, Gateway
from infra.local.invocations import invocations
from infra.local.listener import HttpServer
from infra.local.outbox import Outbox
from infra.local.permissions import Permissions, enforce
from infra.local.schedules import Scheduler, Ticking
from infra.local.tokens import Authorizer
from openhour import clock
from openhour.store.practices import invalidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """A practice server at work: its addresses, and hands for those who seed or test it."""

    base_url: str
    cognito_url: str
    outbox: Outbox
    pump: Pump
    scheduler: Scheduler
    ticking: Ticking
    functions: dict[str, Function]
    user_pool_id: str = USER_POOL_ID
    user_pool_client_id: str = USER_POOL_CLIENT_ID

    def settle(self) -> None:
        """Wait until the streams have been followed to their ends. Raises TimeoutError."""
        self.pump.settle()

    def add_login(
        self, login: str, password: str, *, therapist_id: str, client_id: str | None = None
    ) -> None:
        """Add a login that needs no invitation: a therapist's, or with `client_id` a client's."""
        cognito = boto3.client("cognito-idp")
        claims = {"therapist_id": therapist_id} | ({"client_id": client_id} if client_id else {})
        cognito.admin_create_user(
            UserPoolId=self.user_pool_id,
            Username=login,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": f"custom:{name}", "Value": value} for name, value in claims.items()
            ],
        )
        cognito.admin_add_user_to_group(
            UserPoolId=self.user_pool_id,
            Username=login,
            GroupName="clients" if client_id else "therapists",
        )
        self.set_password(login, password)

    def set_password(self, login: str, password: str) -> None:
        """Give a login a password of its own, as its owner would on the first sign-in."""
        boto3.client("cognito-idp").admin_set_user_password(
            UserPoolId=self.user_pool_id, Username=login, Password=password, Permanent=True
        )

    def sign_in(self, login: str, password: str) -> str:
        """Sign in; the ID token."""
        answer = boto3.client("cognito-idp").initiate_auth(
            ClientId=self.user_pool_client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": login, "PASSWORD": password},
        )
        return answer["AuthenticationResult"]["IdToken"]


@contextmanager
def running(
    *,
    port: int = 0,
    now: datetime | None = None,
    endpoint: str | None = None,
) -> Iterator[Local]:
    """Serve the template on one machine, with nothing in its tables.

    `port` 0 takes a free one. `now` sets the practice's clock going from there. `endpoint` is a
    DynamoDB that is running already. Raises OSError where the port is taken, NoDynamoDB.
    """
    if now is not None:
        clock.set_now(now)
    invalidate()  # settings that an earlier run of this process may have cached
    enforce()
    let_threads_be_environments()
    translated = template.load()
    functions = {
        name: Function(name, path, Permissions(translated, name))
        for name, path in translated.handlers().items()
    }
    try:
        with standing(translated, endpoint) as cloud:
            authorizer = Authorizer(
                issuer=ISSUER,
                audience=USER_POOL_CLIENT_ID,
                keys=f"{cloud.cognito_url}{USER_POOL_ID}/.well-known/jwks.json",
            )
            pages = {"/outbox": outbox_page(cloud.outbox), OPERATE: operate_page(cloud)}
            gateway = Gateway(translated, functions, authorizer, pages)
            fire = _release(functions)
            scheduler = Scheduler(boto3.client("scheduler"), SCHEDULE_GROUP, clock.now, fire)
            with (
                invocations(fire),
                closing(HttpServer(gateway, port)) as server,
                closing(_follow(cloud, translated, functions)) as pump,
                closing(Ticking(scheduler)) as ticking,
            ):
                yield Local(
                    base_url=f"http://127.0.0.1:{server.port}",
                    cognito_url=cloud.cognito_url,
                    outbox=cloud.outbox,
                    pump=pump,
                    scheduler=scheduler,
                    ticking=ticking,
                    functions=functions,
                )
    finally:
        clock.reset()


def _follow(cloud: Cloud, translated: template.Template, functions: dict[str, Function]) -> Pump:
    return follow(
        boto3.client("dynamodbstreams", endpoint_url=cloud.endpoint),
        translated.mappings(),
        functions,
        cloud.stream_length,
    )


def _release(functions: dict[str, Function]) -> Callable[[str, str], None]:
    """What may be invoked by its ARN is the release, and nothing else."""

    def fire(target: str, text: str) -> None:
        if target != RELEASE_FUNCTION_ARN:
            raise ValueError(f"nobody may invoke {target}")
        functions["ReleaseFunction"].invoke(json.loads(text))

    return fire


def operate_page(cloud: Cloud) -> Callable[[Request], Answer]:
    """Make the page that tells `openhour` where AWS is, and what the practice's clock says."""

    def page(_: Request) -> Answer:
        where = {"aws_url": cloud.cognito_url, "dynamodb_url": cloud.endpoint or cloud.cognito_url}
        body = json.dumps({**where, "now": clock.now().isoformat()})
        return Answer(status=200, headers={"content-type": "application/json"}, body=body.encode())

    return page


def outbox_page(outbox: Outbox) -> Callable[[Request], Answer]:
    """Make the page that shows `outbox`: to a browser as HTML, to others as JSON."""

    def page(request: Request) -> Answer:
        html = "text/html" in request.headers.get("accept", "")
        return Answer(
            status=200,
            headers={"content-type": "text/html; charset=utf-8" if html else "application/json"},
            body=(outbox.as_page() if html else outbox.as_json()).encode(),
        )

    return page
