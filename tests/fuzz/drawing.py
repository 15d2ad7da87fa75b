"""Drawing: how much is drawn at random. A little, always the same, unless `FUZZ_EXAMPLES` says how
many requests each operation is to be sent, drawn anew."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

AT_LENGTH = "FUZZ_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "3"))


def drawn(examples: int = EXAMPLES) -> settings:
    """So many examples. They are not made smaller where they fail, nor kept: what they meet differs
    from run to run."""
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=not AT_LENGTH,
        phases=[Phase.explicit, Phase.generate],
    )
