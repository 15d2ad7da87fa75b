"""Units: what each operation takes of DynamoDB."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.scale.operations import Operation


@dataclass(frozen=True, slots=True)
class Units:
    """Read and write request units, and round trips that wait for each other."""

    reads: float
    writes: float
    trips: float


Taken = Mapping[Operation, Units]

RECORDED: Taken = {
    Operation.SLOTS: Units(9, 0, 2),
    Operation.BOOK: Units(1, 6, 2),
    Operation.ME: Units(3, 0, 3),
    Operation.REFUSED: Units(4, 0, 3),
    Operation.MOVE: Units(4, 10, 3),
    Operation.CANCEL: Units(3, 6, 3),
    Operation.THERAPIST: Units(2, 0, 2),
    Operation.REGISTER: Units(4, 6, 4),
    Operation.PRACTICE: Units(1, 0, 1),
    Operation.CALENDAR: Units(16, 0, 4),
    Operation.FORESEE: Units(13, 0, 4),
    Operation.CLIENTS: Units(13, 0, 4),
    Operation.CLIENT: Units(12, 0, 5),
    Operation.SET_SLOT: Units(2, 4, 3),
    Operation.BOOK_FOR: Units(3, 8, 3),
    Operation.OUTCOME: Units(3, 6, 3),
    Operation.ADD_CLIENT: Units(11, 6, 5),
    Operation.PRIVILEGE: Units(13, 4, 7),
    Operation.TIME_OFF: Units(26, 12, 9),
    Operation.ADD_REGULAR: Units(14, 14, 9),
    Operation.END_REGULAR: Units(13, 12, 8),
    Operation.DISCHARGE: Units(16, 16, 11),
    Operation.RELEASE: Units(21, 8, 9),
    Operation.FOLLOW_CLIENT: Units(0, 0, 0),
    Operation.FOLLOW_PRACTICE: Units(1, 0, 1),
    Operation.FOLLOW_SLOT: Units(11, 0, 4),
    Operation.WATCH: Units(0.5, 0, 1),
    Operation.ENDED: Units(0, 9.57, 1),
    Operation.PUBLISHED: Units(0, 2.65, 0.32),
    Operation.PLACED: Units(0, 8, 1),
    Operation.OPENED: Units(0, 1, 1),
    Operation.DROPPED: Units(1, 1, 2),
}
"""As `tests.scale.measured` last measured them."""


def differing(taken: Taken) -> list[str]:
    """The operations that are recorded otherwise."""
    return [op.value for op in Operation if _rounded(taken.get(op)) != _rounded(RECORDED.get(op))]


def _rounded(units: Units | None) -> tuple[float, ...]:
    return (round(units.reads, 1), round(units.writes, 1), round(units.trips, 1)) if units else ()
