"""Verbs made from generators of lines, the options they share, and the types of their values."""

from __future__ import annotations

import inspect
import math
from datetime import datetime
from typing import Any

import click

from infra.cli.execution import Invocation, Verb, execute

_LOCAL_RUN = "http://127.0.0.1:8000"


class Instant(click.ParamType[datetime]):
    """An ISO 8601 instant with its offset from UTC."""

    name = "instant"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Parse the text."""
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} is not a time such as 2026-11-24T17:30-05:00.", param, ctx)
        if instant.tzinfo is None:
            self.fail(f"{value} has no UTC offset, as in 2026-11-24T17:30-05:00.", param, ctx)
        return instant


class Rate(click.types.FloatParamType):
    """A positive, finite number."""

    name = "rate"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Parse the text."""
        rate: float = super().convert(value, param, ctx)
        if not 0 < rate < math.inf:
            self.fail(f"{value} is not a positive number.", param, ctx)
        return rate


def flag(name: str, text: str) -> click.Option:
    """Make an option without a value, from its help."""
    return click.Option([name], is_flag=True, help=text)


therapist_id = click.Argument(["therapist_id"])
client_id = click.Argument(["client_id"])
existing_login = click.Argument(["login"])
email = click.Option(["--email"], required=True, help="Where Cognito mails the first password.")
login = click.Option(["--login"], help="Replaces the address in the login name.")
owner = click.Option(["--owner"], help="The name of who signs in.")
resend_invitation = flag("--resend-invitation", "Mail another first password.")
yes = flag("--yes", "Add the login to a practice in use without asking.")
dry_run = flag("--dry-run", "Only print what would be done.")
copy_suffix = click.Option(
    ["--copy", "suffix"],
    required=True,
    metavar="SUFFIX",
    help="The copy, as `backups copy` named it.",
)
_LOCAL = (
    flag("--local", "Work on what `make run` serves."),
    click.Option(["--url"], metavar="URL", help=f"Its address. [default: {_LOCAL_RUN}]"),
)
_COMMON = (
    click.Option(["--json", "as_json"], is_flag=True, help="Print one JSON object a line."),
    click.Option(
        ["--as", "operator"],
        metavar="NAME",
        help="Your name in the audit log, instead of your AWS identity or user name.",
    ),
)


def verb(
    name: str, function: Verb, *parameters: click.Parameter, stack_only: bool = False
) -> click.Command:
    """Make the verb that runs `function`, with its docstring as help.

    `function` is a generator of lines. It takes the verb's options, and with `stack_only` the
    stack before them.
    """

    @click.pass_context
    def callback(context: click.Context, /, **given: Any) -> None:
        target = {name: given.pop(name, None) for name in ("stack", "local", "url")}
        if bool(target["stack"]) == bool(target["local"]):
            raise click.UsageError("Give either --stack NAME or --local.")
        invocation = Invocation(
            function=function,
            stack=target["stack"],
            url=target["url"] or _LOCAL_RUN,
            as_json=given.pop("as_json"),
            operator=given.pop("operator"),
            stack_only=stack_only,
            options=given,
        )
        run = context.obj or execute
        context.exit(run(invocation))

    help_text = "Work on this CloudFormation stack."
    stack = click.Option(["--stack"], metavar="NAME", required=stack_only, help=help_text)
    local = () if stack_only else _LOCAL
    every = [*parameters, stack, *local, *_COMMON]
    return click.Command(name, callback=callback, params=every, help=inspect.getdoc(function))
