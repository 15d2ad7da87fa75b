"""What every test stands on: the environment that `infra.local` sets, an atomic moto, and
functions held to their permissions wherever the local run invokes them."""

from infra.local.atomic import make_atomic
from infra.local.permissions import enforce

make_atomic()
enforce()
