"""Questions to the operator before an act that a mistyped word would make dangerous."""

from __future__ import annotations

import click

from infra.cli.output import CommandError


def require_confirmation(question: str) -> None:
    """Ask on standard error, so that `--json` output stays JSON.

    Raises:
        CommandError: the answer is not yes, or nobody can answer.
    """
    try:
        agreed = click.confirm(question, err=True)
    except click.Abort:
        text = "Nothing was changed, as nobody answered. Where nobody can, add --yes."
        raise CommandError(f"\n{text}") from None
    if not agreed:
        raise CommandError("Nothing was changed.")
