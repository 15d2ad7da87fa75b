"""The command `openhour`, composed of its verbs.

Exit codes: 0 done; 1 refused or failed, or violations were found; 2 wrong usage; 75 temporary
failure, worth running again.
"""

from __future__ import annotations

import functools

import click
from click import Option

from infra.cli import (
    audit_log,
    check,
    clients,
    concurrency,
    export,
    logins,
    migration,
    releases,
    removal,
    stack_verbs,
    therapists,
)
from infra.cli.options import (
    Instant,
    Rate,
    client_id,
    copy_suffix,
    dry_run,
    email,
    existing_login,
    flag,
    login,
    owner,
    resend_invitation,
    therapist_id,
    verb,
    yes,
)

_HELP = """Operate Openhour, in AWS with --stack NAME or on this machine with --local.

Commands are idempotent. Run an interrupted one again to finish it.
"""
_EPILOG = """\b
Exit codes:
  0   done
  1   refused or failed, or violations were found
  2   wrong usage
  75  temporary failure: run the same command again

\b
Shell completion in bash; zsh and fish work alike:
  eval "$(_OPENHOUR_COMPLETE=bash_source openhour)"
"""

_stack_verb = functools.partial(verb, stack_only=True)

_therapists = [
    verb(
        "add",
        therapists.add,
        therapist_id,
        email,
        login,
        owner,
        Option(["--name"], help="The practice's name."),
        Option(["--timezone"], help="Its time zone, such as America/New_York."),
        Option(["--office-phone"], help="The number that clients are told to call."),
        resend_invitation,
        yes,
        flag("--reopen", "Reopen a practice that was removed."),
        Option(
            ["--wait"],
            type=float,
            metavar="SECONDS",
            help="Wait until the release is scheduled.",
        ),
    ),
    verb("list", therapists.print_therapists),
    verb("remove", removal.remove, therapist_id),
    verb(
        "erase",
        removal.erase,
        therapist_id,
        Option(["--confirm"], metavar="THERAPIST_ID", help="The same id again."),
        dry_run,
    ),
]

_logins = [
    verb("list", logins.print_logins, therapist_id),
    verb(
        "add",
        logins.add,
        therapist_id,
        email,
        login,
        owner,
        Option(
            ["--role"], type=click.Choice(["therapist", "office"]), help="What the login may do."
        ),
        resend_invitation,
        yes,
    ),
    verb("remove", logins.remove, therapist_id, existing_login),
    verb("reset-mfa", logins.reset_mfa, therapist_id, existing_login),
]

_clients = [
    verb("list", clients.print_clients, therapist_id),
    verb(
        "suspend",
        clients.suspend,
        therapist_id,
        client_id,
        Option(["--reason"], help="For the therapist to read, never for the client."),
    ),
    verb("restore", clients.restore, therapist_id, client_id),
    verb(
        "erase",
        clients.erase,
        therapist_id,
        client_id,
        flag("--discharge", "Discharge the client first."),
        Option(["--confirm"], metavar="CLIENT_ID", help="The client's id again."),
        dry_run,
    ),
]

_release = verb(
    "run",
    releases.run,
    therapist_id,
    Option(["--scheduled-at"], type=Instant(), help="The release's own time, if not the last one."),
)

_audit_log = verb(
    "audit-log",
    audit_log.print_audit_log,
    therapist_id,
    Option(["--since"], type=Instant(), help="From this instant on, such as 2026-11-24T17:30Z."),
    Option(["--until"], type=Instant(), help="Until before this instant."),
)

_export = verb(
    "export",
    export.export,
    therapist_id,
    Option(["--to"], metavar="FILE", help="A new file, which only you can read."),
)

_check = verb(
    "check",
    check.check,
    click.Argument(["therapist_ids"], nargs=-1, metavar="[THERAPIST_ID]..."),
    Option(["--after"], metavar="THERAPIST_ID", help="Continue after the last one checked."),
    Option(
        ["--units-per-second"],
        type=Rate(),
        default=100,
        show_default=True,
        help="Average number of read units to spend.",
    ),
)

_migrate = verb(
    "migrate",
    migration.migrate_rows,
    Option(["--cursor"], help="Where an interrupted migration continues."),
    Option(
        ["--rows-per-second"],
        type=Rate(),
        default=200,
        show_default=True,
        help="Maximum number of rows to read.",
    ),
    dry_run,
)

_backups = [
    _stack_verb(
        "copy",
        stack_verbs.copy,
        Option(["--at"], type=Instant(), required=True, help="Such as 2026-11-27T17:58:00Z."),
    ),
    _stack_verb("check", stack_verbs.check_copy, copy_suffix),
    _stack_verb(
        "restore",
        stack_verbs.restore,
        copy_suffix,
        Option(["--therapist-id"], metavar="ID", help="Restore only this therapist's rows."),
        dry_run,
    ),
    _stack_verb(
        "import",
        stack_verbs.import_tables,
        Option(["--from-stack"], required=True, metavar="NAME", help="The earlier stack's name."),
        dry_run,
    ),
]

_replay = _stack_verb("replay", stack_verbs.replay, dry_run)

openhour = click.Group(
    "openhour",
    [
        click.Group("therapists", _therapists, help="Add, list, remove and erase therapists."),
        click.Group(
            "logins",
            _logins,
            help="Add, list and remove the logins of a practice and its office.",
        ),
        click.Group(
            "clients", _clients, help="List, suspend, restore and erase a therapist's clients."
        ),
        click.Group("releases", [_release], help="Run releases by hand."),
        _audit_log,
        _export,
        _check,
        _migrate,
        click.Group("dead-letters", [_replay], help="Handle events that failed for good."),
        _stack_verb("resync", stack_verbs.resync, therapist_id),
        click.Group(
            "backups", _backups, help="Copy all tables, check a copy, and restore from it."
        ),
        _stack_verb("pause", concurrency.pause),
        _stack_verb("resume", concurrency.resume),
    ],
    help=_HELP,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
