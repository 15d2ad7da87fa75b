"""Hypothesis settings: no deadlines, always the same examples, and reproducible failures.

`HYPOTHESIS_PROFILE=thorough` runs 4,000 random examples; use it to change rules.
"""

import os

from hypothesis import HealthCheck, settings

for name, examples in {"unit": 50, "thorough": 4000}.items():
    settings.register_profile(
        name,
        deadline=None,
        max_examples=examples,
        derandomize=name == "unit",
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "unit"))
