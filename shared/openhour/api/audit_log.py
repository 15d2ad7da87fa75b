"""The audit log: the view of its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, cast

from pydantic import Field
from typing_extensions import TypedDict

from openhour.api.names import NamedClientView
from openhour.api.times import Time, format_time
from openhour.rules.audit_log import AuditAction, AuditEntry

if TYPE_CHECKING:
    from openhour.use_cases.audit_log import AuditPage

ActName = Annotated[str, Field(json_schema_extra={"enum": [each.value for each in AuditAction]})]


class ActorView(TypedDict):
    """Who did something."""

    kind: Literal["therapist", "office", "operator"]
    """The role of a login of the practice, or the operator who runs the service."""
    login_id: str | None
    """The id of the login; null for the operator."""
    name: str | None
    """The name, or null if nobody knows it any more."""


class AuditEntryView(TypedDict):
    """An act in the practice."""

    at: Time
    """When it was done."""
    actor: ActorView
    """Who did it."""
    act: ActName
    """What was done."""
    client: NamedClientView | None
    """The client concerned, or null."""
    target: str | None
    """The id of what the act changed, such as a slot, an appointment or a week; or null."""
    details: list[str]
    """The names of the fields that changed, or the chosen value."""
    request_id: str | None
    """Identifies the request in the logs."""


class AuditLogView(TypedDict):
    """A page of the audit log."""

    entries: list[AuditEntryView]
    """The acts, newest first."""
    next: str | None


def audit_log_view(page: AuditPage) -> AuditLogView:
    """Return the view of a page of the audit log."""
    return {"entries": [_entry_view(each, page) for each in page.entries], "next": page.next}


def _entry_view(entry: AuditEntry, page: AuditPage) -> AuditEntryView:
    client_id, names = entry.client_id, page.client_names
    return {
        "at": format_time(entry.at, page.practice.zone),
        "actor": _actor_view(entry, page),
        "act": entry.act.value,
        "client": {"client_id": client_id, "name": names.get(client_id, "")} if client_id else None,
        "target": entry.target,
        "details": list(entry.details),
        "request_id": entry.request_id,
    }


def _actor_view(entry: AuditEntry, page: AuditPage) -> ActorView:
    kind, _, name = entry.actor.partition(":")
    login_id = entry.login_id
    return {
        "kind": cast(Literal["therapist", "office", "operator"], kind),
        "login_id": login_id,
        "name": page.login_names.get(login_id) if login_id else name,
    }
