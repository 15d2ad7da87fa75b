"""Names: a client's id with the name beside it, for the therapist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import overload

from typing_extensions import TypedDict


class NamedClientView(TypedDict):
    """A client's id and name."""

    client_id: str
    name: str


@overload
def named_client_view(client_id: str, names: Mapping[str, str]) -> NamedClientView: ...
@overload
def named_client_view(
    client_id: str | None, names: Mapping[str, str]
) -> NamedClientView | None: ...
def named_client_view(client_id: str | None, names: Mapping[str, str]) -> NamedClientView | None:
    """Return the view of a client, or None for nobody. `names` are clients' names by id."""
    return {"client_id": client_id, "name": names.get(client_id, "")} if client_id else None
