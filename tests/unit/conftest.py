"""Hypothesis on shared machines: no deadlines, the same draws every time, and a failure shown with
what reproduces it.

`HYPOTHESIS_PROFILE=thorough` looks fifty times as hard, elsewhere each time, before a change of the
rules.
"""

import os

from hypothesis import HealthCheck, settings

for name, examples in {"unit": 80, "thorough": 4000}.items():
    settings.register_profile(
        name,
        deadline=None,
        max_examples=examples,
        derandomize=name == "unit",
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "unit"))
