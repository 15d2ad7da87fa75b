"""Layout: a letter as text and as HTML, by one pair of templates."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from functions.notifications.mails.blocks import Blocks
from functions.notifications.mails.letters import Letter
from functions.notifications.mails.names import clean_line, first_name

_TEMPLATES = Path(__file__).parent / "templates"
_COLUMNS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A letter in both forms."""

    text: str
    html: str


def render(letter: Letter, blocks: Blocks, *, notes: tuple[str, ...] = ()) -> Rendered:
    """Return a letter as text and HTML. `notes` are said in small print after it."""
    facts, words = blocks.facts, blocks.words
    sender = facts.sender
    to_client = not facts.kind.is_for_therapist
    name = first_name(facts.recipient.name) if letter.greets else ""
    values = {
        "letter": letter,
        "words": words,
        "language": facts.recipient.language,
        "sender": clean_line(sender.name),
        "greeting": words.hello(name) if name else words.hello_nobody,
        "notes": notes,
        "ending": blocks.ending(),
        "zone": words.zone(blocks.dates.zone_name(facts.acted_at)) if letter.shows_times else "",
        "phone": None if letter.shows_phone or not to_client else next(iter(blocks.phone()), None),
        "crisis_line": clean_line(sender.crisis_line or "") if to_client else "",
        "to_client": to_client,
    }
    return Rendered(
        text=_environment().get_template("mail.txt.jinja").render(values),
        html=_environment().get_template("mail.html.jinja").render(values),
    )


def wrap(text: str, indent: str = "") -> str:
    """Return text in lines of at most 60 characters; links stay whole."""
    return "\n".join(
        textwrap.fill(
            line,
            _COLUMNS,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.splitlines()
    )


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=["html.jinja"]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["wrap"] = wrap
    return environment
