"""What every test stands on: the environment of the local run, set before anything reads it."""

import os

from infra.local.atomic import make_atomic
from infra.local.environment import VARIABLES

os.environ.update(VARIABLES)
make_atomic()
