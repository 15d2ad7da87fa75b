"""The verbs for one practice, its logins and its clients."""

from __future__ import annotations

import click

from infra.cli import audit_log, clients, export, logins, releases, removal, therapists
from infra.cli.options import Instant, client_id, dry_run, login, runs, therapist_id


@click.group("therapists")
def therapists_group() -> None:
    """Add, list, remove and erase therapists."""


@therapists_group.command("add")
@therapist_id
@click.option("--email", required=True, help="Where Cognito mails the first password.")
@click.option("--login", help="Replaces the address in the login name.")
@click.option("--name", help="The practice's name.")
@click.option("--timezone", help="Its time zone, such as America/New_York.")
@click.option("--office-phone", help="The number that clients are told to call.")
@click.option("--resend-invitation", is_flag=True, help="Mail another first password.")
@click.option("--reopen", is_flag=True, help="Reopen a practice that was removed.")
@click.option("--wait", type=float, metavar="SECONDS", help="Wait until the release is scheduled.")
@runs(therapists.add)
def add_therapist() -> None:
    """Open a practice with a login for its therapist.

    THERAPIST_ID has lowercase letters, digits, dots, - and _. For an existing practice this only
    adds the login, as `openhour logins add` does.
    """


@therapists_group.command("list")
@runs(therapists.print_therapists)
def list_therapists() -> None:
    """List all therapists, and mark overdue releases."""


@therapists_group.command("remove")
@therapist_id
@runs(removal.remove)
def remove_therapist() -> None:
    """Lock a therapist and all clients out.

    Every row is kept until `openhour therapists erase` deletes them.
    """


@therapists_group.command("erase")
@therapist_id
@click.option("--confirm", metavar="THERAPIST_ID", help="The same id again.")
@dry_run
@runs(removal.erase)
def erase_therapist() -> None:
    """Delete every row of a removed therapist.

    Possible from one hour after the removal on, when no token is valid any more.
    """


@click.group("logins")
def logins_group() -> None:
    """Add, list and remove the logins of a practice's therapists."""


@logins_group.command("list")
@therapist_id
@runs(logins.print_logins)
def list_logins() -> None:
    """List the logins of a practice's therapists."""


@logins_group.command("add")
@therapist_id
@click.option("--email", required=True, help="Where Cognito mails the first password.")
@click.option("--login", help="Replaces the address in the login name.")
@click.option("--resend-invitation", is_flag=True, help="Mail another first password.")
@runs(logins.add)
def add_login() -> None:
    """Add another login to an existing practice."""


@logins_group.command("remove")
@therapist_id
@login
@runs(logins.remove)
def remove_login() -> None:
    """Delete a login.

    LOGIN is as `logins list` prints it. The last one cannot be deleted.
    """


@logins_group.command("reset-mfa")
@therapist_id
@login
@runs(logins.reset_mfa)
def reset_mfa() -> None:
    """Turn off the authenticator app of a login."""


@click.group("clients")
def clients_group() -> None:
    """List, suspend, restore and erase a therapist's clients."""


@clients_group.command("list")
@therapist_id
@runs(clients.print_clients)
def list_clients() -> None:
    """List all clients, discharged ones included."""


@clients_group.command("suspend")
@therapist_id
@client_id
@click.option("--reason", help="For the therapist to read, never for the client.")
@runs(clients.suspend)
def suspend_client() -> None:
    """Keep a client from booking, moving and cancelling.

    Booked sessions stay.
    """


@clients_group.command("restore")
@therapist_id
@client_id
@runs(clients.restore)
def restore_client() -> None:
    """Restore a suspended client's privilege."""


@clients_group.command("erase")
@therapist_id
@client_id
@click.option("--discharge", is_flag=True, help="Discharge the client first.")
@click.option("--confirm", metavar="CLIENT_ID", help="The client's id again.")
@dry_run
@runs(clients.erase)
def erase_client() -> None:
    """Erase a discharged client's personal data.

    That is name, address, phone, login and all notes. The client's opaque id stays, so calendar
    and history remain consistent.
    """


@click.group("releases")
def releases_group() -> None:
    """Run releases by hand."""


@releases_group.command("run")
@therapist_id
@click.option("--scheduled-at", type=Instant(), help="The release's own time, if not the last one.")
@runs(releases.run)
def run_release() -> None:
    """Run the last release again, or one that was missed."""


@click.command("audit-log")
@therapist_id
@click.option("--since", type=Instant(), help="From this instant on, such as 2026-11-24T17:30Z.")
@click.option("--until", type=Instant(), help="Until before this instant.")
@runs(audit_log.print_audit_log)
def show_audit_log() -> None:
    """Print who did what in a practice, and when."""


@click.command("export")
@therapist_id
@click.option("--to", metavar="FILE", help="A new file, which only you can read.")
@runs(export.export)
def export_practice() -> None:
    """Export all data of one therapist as JSON."""
