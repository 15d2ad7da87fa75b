"""What the operator is told: sentences for people, the same as JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

DONE, FAULT, AGAIN = 0, 1, 75
"""Exit codes: all is done and well; something is wrong, or was refused; it may be otherwise when
tried again (sysexits.h, EX_TEMPFAIL)."""


class Declined(Exception):
    """What was asked for can't be done, and why. Nothing has changed but what was told before."""


@dataclass(frozen=True, slots=True)
class Told:
    """One target that is told: what it is about, a sentence, the facts of it, and the exit code that
    it comes to."""

    what: str
    text: str
    facts: Mapping[str, Any]
    code: int = DONE


def tell(them: Iterable[Told], *, as_json: bool) -> int:
    """Write each on a line as it comes, as its sentence or as JSON; the exit code of them all."""
    codes = {DONE}
    for told in them:
        whole = {"what": told.what, **told.facts}
        print(json.dumps(whole, default=str) if as_json else told.text, flush=True)
        codes.add(told.code)
    return FAULT if FAULT in codes else max(codes)


def complain(text: str, code: int) -> int:
    """Write what went wrong, apart from what was asked for; the exit code."""
    print(text, file=sys.stderr, flush=True)
    return code
