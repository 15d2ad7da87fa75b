"""moto's EventBridge Scheduler, which takes the time of changes from the practice's clock.

The overdue monitor compares the time of a schedule's last change with that of a release.
"""

from moto.scheduler import models

from infra.local.environment import ACCOUNT, REGION
from openhour import clock


def patch_scheduler() -> None:
    """Patch moto's Scheduler in this process. Idempotent."""
    models.unix_time = lambda: clock.now().timestamp()


def delete_schedules() -> None:
    """Delete every schedule. The groups stay."""
    for group in models.scheduler_backends[ACCOUNT][REGION].schedule_groups.values():
        group.schedules.clear()
