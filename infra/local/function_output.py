"""What functions write on standard output: log lines for the terminal, metrics for a file."""

import io
from typing import TextIO

_METRIC = '{"_aws":'
"""How a line in CloudWatch's embedded metric format begins. Each is written by one call."""


class FunctionOutput(io.TextIOBase):
    """A text stream that passes metrics on to one file, and everything else to another."""

    def __init__(self, other: TextIO, *, metrics: TextIO) -> None:
        super().__init__()
        self._other = other
        self._metrics = metrics

    def write(self, text: str) -> int:
        """Write the text to one of the two."""
        return (self._metrics if text.startswith(_METRIC) else self._other).write(text)

    def flush(self) -> None:
        """Flush what is not metrics, whose file is flushed by the line."""
        self._other.flush()
