"""What a practice asks of AWS: every kind of call, by its route where it has one."""

from __future__ import annotations

from enum import StrEnum


class Operation(StrEnum):
    """A call, a run, or a part of the planning that some calls carry out, counted apart since its
    size differs from call to call."""

    SIGN_IN = "sign in"
    REFRESH = "refresh a token"
    INVITE = "mail a first password"

    ME = "GET /me"
    SLOTS = "GET /slots"
    BOOK = "POST /appointments"
    REFUSED = "POST /appointments, refused"
    MOVE = "POST /appointments/{appointment_id}/move"
    CANCEL = "DELETE /appointments/{appointment_id}"
    THERAPIST = "GET /therapists/{therapist_id}"
    REGISTER = "POST /therapists/{therapist_id}/registrations"

    PRACTICE = "GET /practice"
    CALENDAR = "GET /practice/calendar"
    FORESEE = "GET /practice/release"
    SET_SLOT = "PUT /practice/slots/{slot_id}"
    BOOK_FOR = "POST /practice/appointments"
    OUTCOME = "PUT /practice/appointments/{appointment_id}/outcome"
    TIME_OFF = "POST /practice/time-off"
    ADD_REGULAR = "POST /practice/regulars"
    END_REGULAR = "DELETE /practice/regulars/{regular_id}"
    CLIENTS = "GET /practice/clients"
    CLIENT = "GET /practice/clients/{client_id}"
    ADD_CLIENT = "POST /practice/clients"
    DISCHARGE = "DELETE /practice/clients/{client_id}"
    PRIVILEGE = "PUT /practice/clients/{client_id}/privilege"

    RELEASE = "release"
    FOLLOW_CLIENT = "follow a client's row"
    FOLLOW_PRACTICE = "follow a practice's row"
    FOLLOW_SLOT = "follow a slot left blocked"
    WATCH = "look whether a release was missed"

    OPENED = "a slot opened by a release"
    PUBLISHED = "a slot written by planning, nobody in it"
    PLACED = "an occurrence placed by planning"
    ENDED = "an appointment ended by planning"
    DROPPED = "a client's past weeks dropped by a release"

    @property
    def route(self) -> str | None:
        """The route of the HTTP API that serves it; None where none does."""
        route = self.value.removesuffix(", refused")
        return route if route.split(" ")[0] in _METHODS else None

    @property
    def is_part(self) -> bool:
        """Whether it is a part of another call, and none of its own."""
        return self in _PARTS

    @property
    def is_of_cognito(self) -> bool:
        """Whether it goes to Cognito and reaches no function."""
        return self in _OF_COGNITO


_METHODS = ("GET", "POST", "PUT", "DELETE")
_OF_COGNITO = (Operation.SIGN_IN, Operation.REFRESH, Operation.INVITE)
_PARTS = (
    Operation.OPENED,
    Operation.PUBLISHED,
    Operation.PLACED,
    Operation.ENDED,
    Operation.DROPPED,
)
