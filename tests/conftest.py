"""What every test stands on: the environment that `infra.local` sets, and an atomic moto."""

from infra.local.atomic import make_atomic

make_atomic()
