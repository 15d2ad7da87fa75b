"""Tenant isolation at the last moment: no request leaves the process with another tenant's key.

Handlers take the tenant from the token. This check is independent of them: botocore calls it with
the finished parameters of every DynamoDB request, before the request is signed and sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import Any

_HASH_KEYS = ("therapist_id", "owner")
"""The names of the tables' hash keys. `owner` holds `therapist_id#client_id`."""
_FIRST_PLACEHOLDER = re.compile(r":\w+")
_tenant: ContextVar[str | None] = ContextVar("tenant", default=None)


class OtherTenantRejected(Exception):
    """A request named a key of another tenant. It was not sent."""


def restrict_to(therapist_id: str) -> None:
    """Reject, for the rest of the current context, requests for another therapist's rows."""
    _tenant.set(therapist_id)


def reject_other_tenants(**event: Any) -> None:
    """Check the parameters (`params`) of one DynamoDB request against the current tenant.

    Without `restrict_to` every request passes: scheduled functions, stream functions and the
    operator's command work on many tenants.

    Raises:
        OtherTenantRejected: The request names another tenant's row, or all rows of a table.
    """
    tenant = _tenant.get()
    if tenant is None:
        return
    for owner in _owners(event["params"]):
        if owner != tenant and owner.partition("#")[0] != tenant:
            raise OtherTenantRejected


def _owners(params: Mapping[str, Any]) -> Iterator[str]:
    """Yield the hash key of every row that the request reads or writes."""
    if "TransactItems" in params:
        for item in params["TransactItems"]:
            (request,) = item.values()
            yield _hash_key(request)
    elif "RequestItems" in params:
        for requests in params["RequestItems"].values():
            yield from _batch_owners(requests)
    elif "KeyConditionExpression" in params:
        yield _queried_owner(params)
    else:
        yield _hash_key(params)


def _batch_owners(requests: Any) -> Iterator[str]:
    if isinstance(requests, Mapping):
        yield from (_hash_key({"Key": key}) for key in requests["Keys"])
        return
    for request in requests:
        (write,) = request.values()
        yield _hash_key(write)


def _hash_key(request: Mapping[str, Any]) -> str:
    key = request.get("Key") or request.get("Item") or {}
    for name in _HASH_KEYS:
        if name in key:
            return str(key[name]["S"])
    raise OtherTenantRejected


def _queried_owner(params: Mapping[str, Any]) -> str:
    """Return the hash key of a query, whose condition comes first in the expression."""
    placeholder = _FIRST_PLACEHOLDER.search(params["KeyConditionExpression"])
    if placeholder is None:
        raise OtherTenantRejected
    return str(params["ExpressionAttributeValues"][placeholder[0]]["S"])
