"""Options that verbs share, and the types of their values."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from infra.cli.execution import Invocation, Verb, execute

_LOCAL_RUN = "http://127.0.0.1:8000"
_Function = TypeVar("_Function", bound=Callable[..., Any])


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
            self.fail(f"{value} is not an instant.", param, ctx)
        if instant.tzinfo is None:
            self.fail(f"{value} has no offset, as in 2026-11-24T17:30-05:00.", param, ctx)
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


therapist_id = click.argument("therapist_id")
client_id = click.argument("client_id")
login = click.argument("login")
dry_run = click.option("--dry-run", is_flag=True, help="Only print what would be done.")
copy_suffix = click.option(
    "--copy",
    "suffix",
    required=True,
    metavar="SUFFIX",
    help="The copy, as `backups copy` named it.",
)


def runs(function: Verb, *, stack_only: bool = False) -> Callable[[_Function], Callable[..., None]]:
    """Turn a function that only has a docstring into a verb that runs `function`.

    `function` is a generator of lines. It takes the verb's options, and with `stack_only` the
    target before them.
    """

    def decorate(described: _Function) -> Callable[..., None]:
        @click.pass_context
        @functools.wraps(described)
        def verb(context: click.Context, /, **given: Any) -> None:
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

        return _with_common_options(verb, stack_only=stack_only)

    return decorate


def _with_common_options(verb: Callable[..., None], *, stack_only: bool) -> Callable[..., None]:
    options = [
        click.option(
            "--stack",
            metavar="NAME",
            required=stack_only,
            help="Work on this CloudFormation stack.",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line."),
        click.option(
            "--as",
            "operator",
            metavar="NAME",
            help="Your name in the audit log, instead of your AWS identity or user name.",
        ),
    ]
    if not stack_only:
        options[1:1] = [
            click.option("--local", is_flag=True, help="Work on what `make run` serves."),
            click.option("--url", metavar="URL", help=f"Its address. [default: {_LOCAL_RUN}]"),
        ]
    return functools.reduce(lambda decorated, option: option(decorated), reversed(options), verb)
