"""Letters: what a mail says, in blocks that become text and HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph in Openhour's words."""

    template: ClassVar = "text"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the practice, with its line breaks."""

    template: ClassVar = "quote"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date on the rail, such as `Thu`, `3`, `Dec`, and written out."""

    weekday: str
    number: int
    month: str
    full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session in large type. It is solid while it is somebody's.

    `rhythm` stands in place of `day` for a regular.
    """

    template: ClassVar = "session"
    time: str
    details: tuple[str, ...]
    day: Day | None = None
    rhythm: str | None = None
    solid: bool = True
    mark: str | None = None
    """A word that says what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One time of a list, with who it is, or with a link."""

    day: Day
    time: str
    who: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """A list of times under a heading."""

    template: ClassVar = "times"
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list of short texts under a heading."""

    template: ClassVar = "items"
    heading: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A link to what can be done next. The primary one is solid."""

    template: ClassVar = "action"
    label: str
    url: str
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """The office's phone, where it is the next step."""

    template: ClassVar = "phone"
    number: str
    link: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Something to be typed or copied, such as a password, under its name."""

    template: ClassVar = "typed"
    name: str
    value: str


Block = Text | Quote | Session | Times | Items | Action | Phone | Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail's subject, title and blocks in order."""

    subject: str
    title: str
    blocks: tuple[Block, ...]
    greets: bool = True
    """Not in a mail to an address that nobody has confirmed: a stranger may have typed the name."""

    @property
    def shows_times(self) -> bool:
        """Whether any block shows a time."""
        return any(isinstance(block, Session | Times) for block in self.blocks)

    @property
    def shows_phone(self) -> bool:
        """Whether the phone is the next step."""
        return any(isinstance(block, Phone) for block in self.blocks)
