"""What functions write on standard output: log lines for the terminal, metrics for a file."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
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
        with self._until_closed():
            (self._metrics if text.startswith(_METRIC) else self._other).write(text)
        return len(text)

    def flush(self) -> None:
        """Flush what is not metrics, whose file is flushed by the line."""
        with self._until_closed():
            self._other.flush()

    @contextmanager
    def _until_closed(self) -> Iterator[None]:
        """Discard what is written once the reader, such as `head`, has seen enough."""
        try:
            yield
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._other.fileno())
