"""The verbs for the tables and functions of all practices."""

from __future__ import annotations

import click

from infra.cli import check, migration, stack_verbs
from infra.cli.options import Instant, Rate, copy_suffix, dry_run, runs, therapist_id


@click.command("check")
@click.argument("therapist_ids", nargs=-1, metavar="[THERAPIST_ID]...")
@click.option("--after", metavar="THERAPIST_ID", help="Continue after the last one checked.")
@click.option(
    "--units-per-second",
    type=Rate(),
    default=100,
    show_default=True,
    help="Average number of read units to spend.",
)
@runs(check.check)
def check_tables() -> None:
    """Check the integrity of the tables, while they are in use.

    Checks all therapists unless some are named. Only reads.
    """


@click.command("migrate")
@click.option("--cursor", help="Where an interrupted migration continues.")
@click.option(
    "--rows-per-second",
    type=Rate(),
    default=200,
    show_default=True,
    help="Maximum number of rows to read.",
)
@dry_run
@runs(migration.migrate_rows)
def migrate_tables() -> None:
    """Rewrite rows that an earlier version wrote.

    The tables stay in use meanwhile.
    """


@click.group("dead-letters")
def dead_letters() -> None:
    """Handle events that failed for good."""


@dead_letters.command("replay")
@dry_run
@runs(stack_verbs.replay, stack_only=True)
def replay_dead_letters() -> None:
    """Hand every failed event to its function again."""


@click.command("resync")
@therapist_id
@runs(stack_verbs.resync, stack_only=True)
def resync_therapist() -> None:
    """Bring logins and the schedule in line with the rows."""


@click.group("backups")
def backups_group() -> None:
    """Copy all tables, check a copy, and restore from it."""


@backups_group.command("copy")
@click.option("--at", type=Instant(), required=True, help="Such as 2026-11-27T17:58:00Z.")
@runs(stack_verbs.copy, stack_only=True)
def copy_tables() -> None:
    """Copy every table as it was at one second.

    The audit log is not copied.
    """


@backups_group.command("check")
@copy_suffix
@runs(stack_verbs.check_copy, stack_only=True)
def check_copy() -> None:
    """Check the integrity of a copy."""


@backups_group.command("restore")
@copy_suffix
@click.option("--therapist-id", metavar="ID", help="Restore only this therapist's rows.")
@dry_run
@runs(stack_verbs.restore, stack_only=True)
def restore_tables() -> None:
    """Make the tables equal to a copy.

    The stack has to be paused. The audit log is not changed.
    """


@backups_group.command("import")
@click.option("--from-stack", required=True, metavar="NAME", help="The earlier stack's name.")
@dry_run
@runs(stack_verbs.import_tables, stack_only=True)
def import_tables() -> None:
    """Import the rows that a deleted stack has left."""


@click.command("pause")
@runs(stack_verbs.pause, stack_only=True)
def pause_stack() -> None:
    """Keep every function from starting, so that nothing writes."""


@click.command("resume")
@runs(stack_verbs.resume, stack_only=True)
def resume_stack() -> None:
    """Let every function start again."""
