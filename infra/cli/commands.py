"""The command `openhour`, composed of its verbs.

Exit codes: 0 done; 1 refused or failed, or violations were found; 2 wrong usage; 75 temporary
failure, worth running again.
"""

from __future__ import annotations

import click

from infra.cli import practice_commands, stack_commands

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


@click.group(
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
def openhour() -> None:
    """Operate Openhour, in AWS with --stack NAME or on this machine with --local.

    Commands are idempotent. Run an interrupted one again to finish it.
    """


for _command in (
    practice_commands.therapists_group,
    practice_commands.logins_group,
    practice_commands.clients_group,
    practice_commands.releases_group,
    practice_commands.show_audit_log,
    practice_commands.export_practice,
    stack_commands.check_tables,
    stack_commands.migrate_tables,
    stack_commands.dead_letters,
    stack_commands.resync_therapist,
    stack_commands.backups_group,
    stack_commands.pause_stack,
    stack_commands.resume_stack,
):
    openhour.add_command(_command)
