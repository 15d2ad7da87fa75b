"""Run Openhour on this machine, with the practice `demo`, until Ctrl-C."""

import argparse
import signal
import sys
import threading
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial

from infra.local.aws import DynamoDBUnavailable
from infra.local.demo import LOGINS, PASSWORD, seed
from infra.local.repeating_thread import RepeatingThread, once_every
from infra.local.schedules import POLL_SECONDS
from infra.local.server import running
from infra.local.user_pool import USER_POOL_CLIENT_ID
from openhour import clock


def main() -> int:
    """Serve until interrupted; return 1 if the server can't start."""
    options = _options()
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    try:
        with running(
            port=options.port, now=options.now, endpoint=options.endpoint, prepare=seed
        ) as server:
            _print(f"Openhour  {server.base_url}")
            _print(f"Sign-in   {server.cognito_url} (app client {USER_POOL_CLIENT_ID})")
            _print(f"Outbox    {server.base_url}/outbox")
            for login in LOGINS:
                _print(f"Login     {login}  {PASSWORD}")
            _print("Ready. Press Ctrl-C to stop.")
            monitor = partial(server.functions["ReleaseMonitor"].invoke, {})
            hourly = once_every(timedelta(hours=1), monitor, clock.now)
            with closing(RepeatingThread(hourly, POLL_SECONDS, name="overdue monitor")):
                stop.wait()
    except OSError as error:
        _print(f"Cannot listen on port {options.port}: {error.strerror}")
        return 1
    except DynamoDBUnavailable as error:
        _print(f"Cannot connect to DynamoDB at {error}")
        return 1
    _print("Stopped.")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.local", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="port of the API (default: 8000)")
    parser.add_argument("--now", type=_instant, help="start the practice's clock at this instant")
    parser.add_argument("--endpoint", help="URL of a running DynamoDB, in place of moto's")
    return parser.parse_args()


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not an ISO 8601 instant") from None
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError(
            f"{text} has no UTC offset, as in 2026-11-27T17:58:00-05:00"
        )
    return instant


def _print(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
