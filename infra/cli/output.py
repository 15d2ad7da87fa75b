"""Output of the command: lines of text for people, or JSON objects for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
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


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 login`, `2 logins`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def unknown_therapist(therapist_id: str) -> CommandError:
    """Return the error of an id that no practice has, removed ones included."""
    command = "openhour therapists list"
    return CommandError(f"There is no therapist {therapist_id}. `{command}` prints every id.")


def listed(lines: Iterable[Line], nothing: str) -> Iterator[Line]:
    """Yield the lines; if there are none, say so on standard error."""
    empty = True
    for line in lines:
        empty = False
        yield line
    if empty:
        click.echo(nothing, err=True)


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
