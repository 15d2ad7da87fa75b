"""The local run: `running()` serves the template on one machine."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import boto3

from infra.local import template
from infra.local.authorizer import Authorizer
from infra.local.aws import LocalAws, local_aws
from infra.local.demo_page import demo_pages
from infra.local.environment import RELEASE_FUNCTION_ARN, SCHEDULE_GROUP, TABLES, TARGET_PATH
from infra.local.event_sources import EventSource, PolledSource, StreamPoller
from infra.local.functions import Function
from infra.local.gateway import Gateway
from infra.local.http_server import serving
from infra.local.local_pages import outbox_page, target_page
from infra.local.moto.lambda_invoke import patch_lambda_invoke
from infra.local.moto.mail_events import patch_mail_events
from infra.local.moto.triggers import patch_triggers
from infra.local.options import HOST, bound_socket
from infra.local.outbox import Outbox
from infra.local.overdue_monitor import HourlyMonitor
from infra.local.permissions import Permissions, enforce_permissions
from infra.local.powertools import isolate_invocations_per_thread
from infra.local.practice_clock import PracticeClock
from infra.local.queues import QueueSource
from infra.local.repeating_thread import RepeatingThread
from infra.local.schedules import POLL_SECONDS, Scheduler
from infra.local.seeded_practice import SeededPractice
from infra.local.streams import Stream
from infra.local.sweeps import MinuteSweep
from infra.local.user_pools import CLIENTS, POOLS, THERAPISTS, LocalPool
from openhour import clock
from openhour.rules.logins import LoginRole
from openhour.store.audit_log import acting_as
from openhour.store.practices import invalidate
from openhour.use_cases.logins import add_login


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningServer:
    """A local run: its addresses, its parts, and methods for seeds and tests."""

    base_url: str
    cognito_url: str
    outbox: Outbox
    stream_poller: StreamPoller
    scheduler_thread: RepeatingThread
    monitor: HourlyMonitor
    sweep: MinuteSweep
    functions: dict[str, Function]
    practices: list[SeededPractice] = field(default_factory=list)
    """The practices of the demo's page."""

    def wait_for_streams(self) -> None:
        """Wait until the stream functions have handled all records.

        Raises:
            TimeoutError: Some records remain.
        """
        self.stream_poller.drain()

    def add_login(
        self, login: str, password: str, *, therapist_id: str, client_id: str | None = None
    ) -> None:
        """Add a login with a permanent password: a therapist's, or a client's by `client_id`."""
        address = login.partition("/")[2]
        if client_id is None:
            self._add_practice_login(therapist_id, address)
            self.set_password(login, password)
            return
        attributes = {"custom:therapist_id": therapist_id, "custom:client_id": client_id}
        if "@" in address:
            attributes |= {"email": address, "email_verified": "true"}
        boto3.client("cognito-idp").admin_create_user(
            UserPoolId=CLIENTS.pool_id,
            Username=login,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
        )
        self.set_password(login, password)

    def set_up_login(
        self, login: str, password: str, *, therapist_id: str, client_id: str | None = None
    ) -> None:
        """Set a login's password. Add the login if a DynamoDB with old rows lacks it."""
        with suppress(boto3.client("cognito-idp").exceptions.UsernameExistsException):
            self.add_login(login, password, therapist_id=therapist_id, client_id=client_id)
        self.set_password(login, password)

    def _add_practice_login(self, therapist_id: str, address: str) -> None:
        """Add a therapist's login as the operator does, and wait for its user."""
        is_address = "@" in address
        with acting_as("operator:local"):
            add_login(
                therapist_id,
                name="Therapist",
                email=address if is_address else f"{address}@openhour.example",
                login=None if is_address else address,
                role=LoginRole.THERAPIST,
                repeats=True,
                now=clock.now(),
            )
        self.wait_for_streams()

    def set_password(self, login: str, password: str) -> None:
        """Set a permanent password, as the user does at the first sign-in."""
        boto3.client("cognito-idp").admin_set_user_password(
            UserPoolId=_pool_of(login).pool_id, Username=login, Password=password, Permanent=True
        )

    def sign_in(self, login: str, password: str) -> str:
        """Sign in, and return the ID token."""
        response = boto3.client("cognito-idp").initiate_auth(
            ClientId=_pool_of(login).app_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": login, "PASSWORD": password},
        )
        return response["AuthenticationResult"]["IdToken"]


@contextmanager
def running(
    *,
    port: int = 0,
    now: datetime | None = None,
    endpoint: str | None = None,
    prepare: Callable[[RunningServer], None] = lambda _: None,
) -> Iterator[RunningServer]:
    """Serve the template on one machine.

    `port` 0 takes a free one. `now` starts the practice's clock at that instant. `endpoint` is a
    running DynamoDB. The port refuses connections until `prepare` has returned.

    Raises:
        OSError: The port is in use.
        DynamoDBUnavailable: Nothing answers at `endpoint`.
    """
    if now is not None:
        clock.set_now(now)
    invalidate()  # an earlier run in this process may have cached practices
    enforce_permissions()
    isolate_invocations_per_thread()
    loaded = template.load()
    functions = {
        name: Function(name, path, Permissions(loaded, name))
        for name, path in loaded.handlers().items()
    }
    try:
        with (
            bound_socket(port) as reserved,
            local_aws(loaded, endpoint) as aws,
            patch_lambda_invoke(_invoke_by_arn(functions)),
            patch_triggers(_invoke_trigger(functions)),
            patch_mail_events(functions["MailEventsFunction"].invoke),
            closing(StreamPoller(_event_sources(aws, loaded, functions))) as stream_poller,
        ):
            scheduler = _scheduler(functions)
            with closing(
                RepeatingThread(scheduler.run_due, POLL_SECONDS, name="schedules")
            ) as scheduler_thread:
                server = RunningServer(
                    base_url=f"http://{HOST}:{reserved.getsockname()[1]}",
                    cognito_url=aws.cognito_url,
                    outbox=aws.outbox,
                    stream_poller=stream_poller,
                    scheduler_thread=scheduler_thread,
                    monitor=_monitor(functions),
                    sweep=_sweep(functions),
                    functions=functions,
                )
                os.environ["PAGE_URL"] = server.base_url
                gateway = make_gateway(aws, loaded, functions)
                practice_clock = PracticeClock(
                    aws,
                    gateway,
                    stream_poller,
                    (scheduler, server.monitor, server.sweep),
                    start=now,
                    seed=partial(_seed, server, prepare),
                )
                gateway.pages.update(demo_pages(practice_clock, gateway, server.practices))
                practice_clock.begin()
                with serving(gateway, reserved):
                    yield server
    finally:
        clock.reset()


def _scheduler(functions: dict[str, Function]) -> Scheduler:
    client, invoke = boto3.client("scheduler"), _invoke_by_arn(functions)
    return Scheduler(client, SCHEDULE_GROUP, clock.now, invoke)


def _monitor(functions: dict[str, Function]) -> HourlyMonitor:
    return HourlyMonitor(partial(functions["ReleaseMonitor"].invoke, {}), clock.now)


def _sweep(functions: dict[str, Function]) -> MinuteSweep:
    return MinuteSweep(partial(functions["SweepFunction"].invoke, {}), clock.now)


def _seed(server: RunningServer, prepare: Callable[[RunningServer], None]) -> None:
    server.practices.clear()
    prepare(server)


def make_gateway(
    aws: LocalAws, loaded: template.Template, functions: dict[str, Function]
) -> Gateway:
    """Make the gateway of the template's API, which takes the user pools' tokens."""
    pools = {pool.logical_id: pool for pool in POOLS}
    apps = {pool.app_logical_id: pool.app_id for pool in POOLS}
    authorizers = {
        name: Authorizer(
            issuer=pools[pool].issuer,
            audience=apps[app],
            keys=f"{aws.cognito_url}{pools[pool].pool_id}/.well-known/jwks.json",
        )
        for name, (pool, app) in loaded.authorizers().items()
    }
    gateway = Gateway(loaded, functions, authorizers, {"GET /outbox": outbox_page(aws.outbox)})
    gateway.pages[f"GET {TARGET_PATH}"] = target_page(aws, gateway)
    return gateway


def _pool_of(login: str) -> LocalPool:
    """Return the pool that has a login; a name that both have is taken for a client's."""
    cognito = boto3.client("cognito-idp")
    try:
        cognito.admin_get_user(UserPoolId=CLIENTS.pool_id, Username=login)
    except cognito.exceptions.UserNotFoundException:
        return THERAPISTS
    return CLIENTS


def _event_sources(
    aws: LocalAws, loaded: template.Template, functions: dict[str, Function]
) -> list[PolledSource]:
    client = boto3.client("dynamodbstreams", endpoint_url=aws.endpoint)
    streams = [
        EventSource(
            mapping,
            Stream(client, TABLES[mapping.table], aws.stream_version),
            functions[mapping.function],
        )
        for mapping in loaded.event_source_mappings()
    ]
    queues = [QueueSource(each, functions[each.function]) for each in loaded.queue_mappings()]
    # Last, since stream functions put messages on the queue.
    return [*streams, *queues]


def _invoke_trigger(functions: dict[str, Function]) -> Callable[[str, dict[str, Any]], Any]:
    return lambda arn, event: functions[arn.rpartition(":")[2]].invoke(event)


def _invoke_by_arn(functions: dict[str, Function]) -> Callable[[str, str], None]:
    def invoke(arn: str, payload: str) -> None:
        if arn != RELEASE_FUNCTION_ARN:
            raise ValueError(f"only the release function may be invoked, not {arn}")
        functions["ReleaseFunction"].invoke(json.loads(payload))

    return invoke
