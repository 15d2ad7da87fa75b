"""What moto stores of the template's user pools."""

from __future__ import annotations

from typing import Any

from moto.cognitoidp.models import cognitoidp_backends

from infra.local.environment import ACCOUNT, REGION
from infra.local.user_pools import POOLS, LocalPool


def moto_pool(pool: LocalPool) -> Any:
    """Return moto's own pool."""
    return cognitoidp_backends[ACCOUNT][REGION].user_pools[pool.pool_id]


def users_of(pool: LocalPool) -> dict[str, Any]:
    """Return moto's users of a pool by name: changes of the dictionary change the pool."""
    users: dict[str, Any] = moto_pool(pool).users
    return users


def all_users() -> list[dict[str, Any]]:
    """Return moto's users of every pool."""
    return [users_of(pool) for pool in POOLS]


def replace_users(users: list[dict[str, Any]]) -> None:
    """Replace the users of every pool by those that `all_users` returned."""
    for now, before in zip(all_users(), users, strict=True):
        now.clear()
        now.update(before)
