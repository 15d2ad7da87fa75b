"""Hypothesis settings of the fuzz tests.

By default a few examples, always the same; `FUZZ_EXAMPLES` requests so many random ones.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

IS_EXTENSIVE = "FUZZ_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "2"))


def fuzz_settings(examples: int = EXAMPLES) -> settings:
    """Return settings without shrinking and database, since the server's state differs by run."""
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=not IS_EXTENSIVE,
        phases=[Phase.explicit, Phase.generate],
    )
