"""`python -m infra.local`: the practice `demo` on this machine, until Ctrl-C."""

import argparse
import signal
import sys
import threading
from datetime import datetime

from infra.local.cloud import NoDynamoDB
from infra.local.demo import LOGINS, PASSWORD, seed
from infra.local.server import running
from openhour import clock


def main() -> int:
    """Serve until told to stop; 1 where it can't start."""
    options = _options()
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    try:
        with running(port=options.port, now=options.now, endpoint=options.endpoint) as local:
            seed(local)
            if options.now:  # the time that opening the practice took is not the practice's
                clock.set_now(options.now)
            _say(f"Openhour  {local.base_url}")
            _say(f"Sign-in   {local.cognito_url} (app client {local.user_pool_client_id})")
            _say(f"Outbox    {local.base_url}/outbox")
            for login in LOGINS:
                _say(f"Login     {login}  {PASSWORD}")
            _say("Ready. Ctrl-C stops.")
            stop.wait()
    except OSError as problem:
        _say(f"Port {options.port}: {problem.strerror}")
        return 1
    except NoDynamoDB as problem:
        _say(f"No DynamoDB answers at {problem}")
        return 1
    _say("Stopped.")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.local", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="where the API answers")
    parser.add_argument("--now", type=_instant, help="set the practice's clock going from here")
    parser.add_argument("--endpoint", help="a DynamoDB that is running, in place of moto's")
    return parser.parse_args()


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no instant") from None
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no offset, as in 2026-11-27T17:58:00-05:00")
    return instant


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
