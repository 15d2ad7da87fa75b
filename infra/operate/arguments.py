"""The arguments: verbs, the options of each, and the place in which it is done."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from typing import Any

_LOCAL_RUN = "http://127.0.0.1:8000"
_PLACE = frozenset({"verb", "act", "stack", "local", "url", "as_json", "operator"})


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; ends the process where it makes no sense."""
    parser = argparse.ArgumentParser(
        prog="python -m infra.operate",
        description="What an operator does, in AWS (--stack) or against the local run (--local).",
        epilog="Exit codes: 0 done, 1 refused or something is wrong, 2 usage, 75 try again.",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    place = _place()

    def verb(name: str, act: str, told: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=told, description=told, parents=[place])
        added.set_defaults(act=f"infra.operate.{act}")
        return added

    _add_verbs_for_therapists(verb)
    _add_verbs_for_data(verb)
    _add_verbs_for_emergencies(verb)
    return parser.parse_args(arguments)


def verb_options(given: argparse.Namespace) -> dict[str, Any]:
    """What the verb itself was given."""
    return {name: value for name, value in vars(given).items() if name not in _PLACE}


def _place() -> argparse.ArgumentParser:
    place = argparse.ArgumentParser(add_help=False)
    which = place.add_mutually_exclusive_group(required=True)
    which.add_argument("--stack", metavar="NAME", help="the CloudFormation stack")
    which.add_argument("--local", action="store_true", help="what `make run` serves")
    place.add_argument("--url", default=_LOCAL_RUN, help=f"where it serves it ({_LOCAL_RUN})")
    place.add_argument("--json", dest="as_json", action="store_true", help="a JSON object a line")
    place.add_argument(
        "--as",
        dest="operator",
        metavar="NAME",
        help="who you are, if not who AWS or this machine says",
    )
    return place


def _add_verbs_for_therapists(verb: Any) -> None:
    add = verb("add", "therapists:add", "open a practice, with a login for its therapist")
    add.add_argument("therapist_id", help="the new id: small letters, digits, . _ -")
    add.add_argument("--email", required=True, help="where the first password is mailed")
    add.add_argument("--login", help="stands for the address in the login name")
    add.add_argument("--name", help="the practice's name")
    add.add_argument("--timezone", help="its zone, like America/New_York")
    add.add_argument("--office-phone", help="what clients are told to call")
    add.add_argument("--mail-again", action="store_true", help="mail another first password")
    add.add_argument("--reopen", action="store_true", help="bring a removed practice back")
    add.add_argument(
        "--wait", type=float, metavar="SECONDS", help="until the release's schedule is there"
    )
    verb("list", "therapists:list_all", "tell every therapist, and what is overdue")
    remove = verb("remove", "removal:remove", "switch a practice off, and take its logins away")
    remove.add_argument("therapist_id")
    remove.add_argument("--erase", action="store_true", help="delete all of its rows, too")
    remove.add_argument("--confirm", metavar="THERAPIST_ID", help="the id again, to erase it")
    trail = verb("trail", "trail:trail", "tell who did what in a practice, and when")
    trail.add_argument("therapist_id")
    trail.add_argument("--since", type=_instant, help="from then on, like 2026-11-24T17:30Z")
    trail.add_argument("--until", type=_instant, help="until before then")


def _add_verbs_for_data(verb: Any) -> None:
    audit = verb(
        "audit", "audit:audit", "look in the tables for what must never be; writes nothing"
    )
    audit.add_argument("therapist_ids", nargs="*", metavar="therapist_id", help="all, if none")
    audit.add_argument("--resume", metavar="THERAPIST_ID", help="the last one that was audited")
    audit.add_argument(
        "--units-per-second",
        type=_rate,
        default=100,
        metavar="UNITS",
        help="read units to spend, on average (100)",
    )
    migrate = verb(
        "migrate", "migration:migrate_rows", "rewrite rows that an earlier version wrote"
    )
    migrate.add_argument("--cursor", help="where one that was cut short goes on")
    migrate.add_argument(
        "--rows-per-second",
        type=_rate,
        default=200,
        metavar="ROWS",
        help="rows to read and, where they are old, rewrite, at most (200)",
    )

    export = verb("export", "export:export", "write all data of one therapist as JSON")
    export.add_argument("therapist_id")
    export.add_argument("--to", metavar="FILE", help="a new file, for its owner's eyes only")
    erase = verb("erase", "clients:erase", "erase who a discharged client was")
    erase.add_argument("therapist_id")
    erase.add_argument("client_id")
    erase.add_argument("--discharge", action="store_true", help="discharge the client first")
    erase.add_argument("--confirm", metavar="CLIENT_ID", help="the client's id again")


def _add_verbs_for_emergencies(verb: Any) -> None:
    release = verb("release", "releases:release", "run the last release, or an earlier one, again")
    release.add_argument("therapist_id")
    release.add_argument("--scheduled-at", type=_instant, help="when it should have run")
    suspend = verb("suspend", "clients:suspend", "let a client book, move and cancel nothing")
    suspend.add_argument("therapist_id")
    suspend.add_argument("client_id")
    suspend.add_argument("--reason", help="for the therapist to read, never for the client")
    restore = verb("restore", "clients:restore", "let a suspended client book again")
    restore.add_argument("therapist_id")
    restore.add_argument("client_id")


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 < rate < float("inf"):
        raise ValueError("not a rate")
    return rate


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no instant") from None
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no offset, as in 2026-11-24T17:30-05:00")
    return instant
