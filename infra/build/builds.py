"""Builds: every function's artefact made by sam, and how large each has become."""

import io
import os
import platform
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from infra.build import artefact, libraries, runtime

MOST_BYTES = 6_000_000
"""How large an artefact may be, zipped."""
OUT = libraries.ROOT / ".aws-sam"
HERE, HERE_SOURCES = OUT / "here", OUT / "here-sources"
"""Where the artefacts are that this machine can run: with bytecode, and without."""
_PROCESSORS = {"x86_64": "x86_64", "aarch64": "arm64"}
"""Lambda's name for a processor, by Linux's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Where the artefacts go, below `.aws-sam`, for which processor, and by which Python their
    bytecode is made."""

    place: Path
    architecture: str
    python: str | None

    def run(self) -> None:
        """Have `sam build` make them. Raises CalledProcessError, with what it has said."""
        libraries.install(self.architecture, self.python)  # before functions ask for it at once
        sam = Path(sys.executable).with_name("sam")
        command = [str(sam), "build", "--template", str(runtime.TEMPLATE)]
        way = ["--build-dir", str(self.place), "--build-in-source", "--parallel"]
        environment = {
            **os.environ,
            "SAM_CLI_TELEMETRY": "0",
            artefact.ARCHITECTURE: self.architecture,
            runtime.CHOSEN: self.python or "",
        }
        subprocess.run(
            [*command, *way], check=True, capture_output=True, text=True, env=environment
        )

    def tell(self) -> list[str]:
        """Print how large each artefact is; which of them are too large."""
        kind = f"{self.architecture}, {'bytecode' if self.python else 'sources'}"
        print(f"{kind:24}{'zipped':>11} {'unzipped':>11}{'files':>8}")
        sizes = [measure(each) for each in sorted(self.place.iterdir()) if each.is_dir()]
        for size in sizes:
            print(size)
        return [size.function for size in sizes if size.zipped > MOST_BYTES]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large an artefact is, in bytes."""

    function: str
    files: int
    zipped: int
    unzipped: int

    def __str__(self) -> str:
        sizes = f"{self.zipped / 1e6:8.2f} MB {self.unzipped / 1e6:8.2f} MB"
        return f"{self.function:24}{sizes}{self.files:8}"


def measure(directory: Path) -> Size:
    """Zip an artefact as sam does when it deploys it."""
    files = sorted(file for file in directory.rglob("*") if file.is_file())
    with io.BytesIO() as zipped:
        with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.write(file, file.relative_to(directory))
        size = zipped.tell()
    unzipped = sum(file.stat().st_size for file in files)
    return Size(function=directory.name, files=len(files), zipped=size, unzipped=unzipped)


def processor() -> str:
    """Lambda's name for this machine's processor. Raises KeyError where Lambda has none such."""
    return _PROCESSORS[platform.machine()]
