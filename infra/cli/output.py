"""Output of the command: lines of text for people, or JSON objects for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import click

DONE, FAILED, TRY_AGAIN = 0, 1, 75
"""Exit codes. TRY_AGAIN is EX_TEMPFAIL of sysexits.h: the same command may succeed later."""


class CommandError(Exception):
    """The command cannot be carried out. The message says why, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output: its kind, a sentence, the same facts as data, and an exit code."""

    kind: str
    text: str
    facts: Mapping[str, Any]
    exit_code: int = DONE


def write_lines(lines: Iterable[Line], *, as_json: bool) -> int:
    """Write each line as soon as it is known, and return the exit code of them all."""
    codes = {DONE}
    for line in lines:
        record = {"kind": line.kind, **line.facts}
        click.echo(json.dumps(record, default=str) if as_json else line.text)
        codes.add(line.exit_code)
    return FAILED if FAILED in codes else max(codes)


def write_error(text: str, exit_code: int) -> int:
    """Write `text` on standard error, and return `exit_code`."""
    click.echo(text, err=True)
    return exit_code
