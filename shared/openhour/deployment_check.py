"""The check of a new version: what CodeDeploy's hook sends it before it takes traffic.

Every function answers its check by reading, and none writes anything.
"""

from typing import Any, Final

NOBODY: Final = "DEPLOYMENT-CHECK"
"""The id of the therapist in a check. No practice has it: its letters are capitals."""

CHECK: Final[dict[str, Any]] = {"deployment_check": True}
"""The event for a function whose own events can't be answered by reading alone."""
CHECKED: Final[dict[str, Any]] = {"checked": True}
"""Its answer."""
