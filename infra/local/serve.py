"""Serving the practices `demo` and `maple` until a signal, and what is printed meanwhile."""

import signal
import sys
import threading
from argparse import Namespace
from contextlib import closing, redirect_stdout
from pathlib import Path

from infra.local import demo
from infra.local.aws import DynamoDBUnavailable
from infra.local.function_output import FunctionOutput
from infra.local.maple.seed import seed as seed_maple
from infra.local.repeating_thread import RepeatingThread
from infra.local.schedules import POLL_SECONDS
from infra.local.server import RunningServer, running
from infra.local.user_pools import CLIENTS, THERAPISTS

_SWEEP_SECONDS = 2.0
_FOLDER = Path(__file__).resolve().parents[2] / ".run"


def serve(options: Namespace) -> int:
    """Serve until interrupted; return 1 if the server can't start."""
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    metrics = _FOLDER / f"metrics-{options.port}.jsonl"
    try:
        _FOLDER.mkdir(exist_ok=True)
        with (
            metrics.open("w", encoding="utf-8", buffering=1) as file,
            redirect_stdout(FunctionOutput(sys.stdout, metrics=file)),
            running(
                port=options.port,
                now=options.now,
                endpoint=options.endpoint,
                prepare=demo.seed if options.demo_alone else _seed_both,
            ) as server,
        ):
            _print_addresses(server, metrics)
            hourly = RepeatingThread(server.monitor.run_due, POLL_SECONDS, name="overdue monitor")
            minutely = RepeatingThread(server.sweep.run_due, _SWEEP_SECONDS, name="sweep")
            with closing(hourly), closing(minutely):
                stop.wait()
    except OSError as error:
        _print(f"Cannot start: {error}")
        return 1
    except DynamoDBUnavailable as error:
        _print(f"Cannot connect to DynamoDB at {error}")
        return 1
    _print("Stopped.")
    return 0


def _seed_both(server: RunningServer) -> None:
    """Seed the demo first, in whose zone the clock is told."""
    demo.seed(server)
    seed_maple(server)


def _print_addresses(server: RunningServer, metrics: Path) -> None:
    _print(f"Openhour  {server.base_url}/  (the demo's links, logins and clock)")
    apps = f"{CLIENTS.app_id} for clients, {THERAPISTS.app_id} for therapists"
    _print(f"Sign-in   {server.cognito_url} (app clients: {apps})")
    _print(f"Outbox    {server.base_url}/outbox")
    _print(f"Metrics   {metrics}")
    for practice in server.practices:
        for login in practice.logins:
            _print(f"Login     {login.name}  {practice.password}")
    _print("Ready. Press Ctrl-C to stop.")


def _print(line: str) -> None:
    print(line, flush=True)
