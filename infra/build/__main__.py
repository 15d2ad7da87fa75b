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
        too_large = build.tell()
        if too_large:
            return f"larger than {MOST_BYTES / 1e6:g} MB zipped: {', '.join(too_large)}"
    if builds[0].python is None:
        print(f"{runtime.missing()} These artefacts hold sources, and take twice as long to start.")
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


if __name__ == "__main__":
    sys.exit(main())
