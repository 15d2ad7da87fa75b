"""What the demo's page tells about a practice that was seeded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeededLogin:
    """A sign-in name with a known password, whose it is, and when they come."""

    name: str
    owner: str
    comes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeededPractice:
    """A practice that was seeded, and its logins: the therapist's, then the clients'."""

    therapist_id: str
    name: str
    password: str
    logins: tuple[SeededLogin, ...]
