"""The template on one machine: AWS in one process, an API gateway, streams and schedules.

Importing this package sets the environment of the process, because table names bind when the store
is imported.
"""

import os

from infra.local.environment import VARIABLES

os.environ.update(VARIABLES)
