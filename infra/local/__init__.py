"""The template on one machine: AWS in one process, a gateway, the streams and the schedules.

Importing it sets this process's environment, since tables' names bind when the store is imported.
"""

import os

from infra.local.environment import VARIABLES

os.environ.update(VARIABLES)
