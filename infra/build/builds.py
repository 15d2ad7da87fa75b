"""Builds: `sam build` makes every function's artifact, and a table shows their sizes."""

import io
import os
import platform
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from infra.build import artifact, libraries, runtime

MAX_BYTES = 6_000_000
"""Limit for the size of a zipped artifact."""
OUT = libraries.ROOT / ".aws-sam"
HOST, HOST_SOURCES = OUT / "host", OUT / "host-sources"
"""The artifacts for this machine's processor, with bytecode and with sources."""
_ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "arm64"}
"""Lambda's name for a processor architecture, by Linux's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """The artifacts of all functions, in one directory.

    `python` compiles the bytecode; None leaves the sources.
    """

    directory: Path
    architecture: str
    python: str | None

    def run(self) -> None:
        """Run `sam build`.

        Raises:
            CalledProcessError: It failed; the error contains its output.
        """
        libraries.install(self.architecture, self.python)  # once, before parallel builds need it
        sam = Path(sys.executable).with_name("sam")
        command = [str(sam), "build", "--template", str(runtime.TEMPLATE)]
        options = ["--build-dir", str(self.directory), "--build-in-source", "--parallel"]
        environment = {
            **os.environ,
            "SAM_CLI_TELEMETRY": "0",
            artifact.ARCHITECTURE: self.architecture,
            runtime.PYTHON: self.python or "",
        }
        subprocess.run(
            [*command, *options], check=True, capture_output=True, text=True, env=environment
        )

    def report(self) -> list[str]:
        """Print the size of each artifact, and return the names of those that are too large."""
        kind = f"{self.architecture}, {'bytecode' if self.python else 'sources'}"
        print(f"{kind:24}{'zipped':>11} {'unzipped':>11}{'files':>8}")
        sizes = [measure(each) for each in sorted(self.directory.iterdir()) if each.is_dir()]
        for size in sizes:
            print(size)
        return [size.function for size in sizes if size.zipped > MAX_BYTES]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The size of an artifact, in bytes."""

    function: str
    files: int
    zipped: int
    unzipped: int

    def __str__(self) -> str:
        sizes = f"{self.zipped / 1e6:8.2f} MB {self.unzipped / 1e6:8.2f} MB"
        return f"{self.function:24}{sizes}{self.files:8}"


def measure(directory: Path) -> Size:
    """Zip an artifact as sam does on deployment, and measure it."""
    files = sorted(file for file in directory.rglob("*") if file.is_file())
    with io.BytesIO() as zipped:
        with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.write(file, file.relative_to(directory))
        size = zipped.tell()
    unzipped = sum(file.stat().st_size for file in files)
    return Size(function=directory.name, files=len(files), zipped=size, unzipped=unzipped)


def host_architecture() -> str:
    """Return Lambda's name for this machine's processor architecture.

    Raises:
        KeyError: Lambda does not support it.
    """
    return _ARCHITECTURES[platform.machine()]
