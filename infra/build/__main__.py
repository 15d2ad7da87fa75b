"""`python -m infra.build`: an artefact for each function, in `.aws-sam`, and a table of sizes.

With `--here` they are built for this machine's processor, once as ever and once without bytecode.
"""

import argparse
import io
import os
import platform
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.build import artefact, libraries, runtime

MOST_BYTES = 6_000_000
"""How large an artefact may be, zipped."""
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

    def sizes(self) -> Iterator["Size"]:
        """Tell how large each artefact is."""
        for directory in sorted(self.place.iterdir()):
            if directory.is_dir():
                yield measure(directory)


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


def main() -> int | str:
    """Build, and print the table; fail where an artefact is too large."""
    options = argparse.ArgumentParser(prog="python -m infra.build", description=__doc__)
    options.add_argument("--here", action="store_true", help="to be run on this machine")
    builds = _here() if options.parse_args().here else [_for_lambda()]
    for build in builds:
        try:
            build.run()
        except subprocess.CalledProcessError as failed:
            return f"{failed.stdout or ''}{failed.stderr or ''}\n{failed}"
        too_large = _tell(build)
        if too_large:
            return f"larger than {MOST_BYTES / 1e6:g} MB zipped: {', '.join(too_large)}"
    return 0


def _for_lambda() -> Build:
    where = libraries.ROOT / ".aws-sam" / "build"
    return Build(place=where, architecture=artefact.architecture(), python=runtime.find())


def _here() -> list[Build]:
    processor = _PROCESSORS[platform.machine()]
    home = libraries.ROOT / ".aws-sam"
    return [
        Build(place=home / "here", architecture=processor, python=runtime.find()),
        Build(place=home / "here-sources", architecture=processor, python=None),
    ]


def _tell(build: Build) -> list[str]:
    """Print the sizes; which artefacts are too large."""
    kind = "bytecode" if build.python else "sources"
    print(f"{build.architecture + ', ' + kind:24}{'zipped':>11} {'unzipped':>11}{'files':>8}")
    sizes = list(build.sizes())
    for size in sizes:
        print(size)
    return [size.function for size in sizes if size.zipped > MOST_BYTES]


if __name__ == "__main__":
    sys.exit(main())
