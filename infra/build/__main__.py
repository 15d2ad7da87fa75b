"""`python -m infra.build`: an artefact for each function, in `.aws-sam`, and a table of sizes.

With `--here` they are built for this machine's processor, once as ever and once without bytecode.
"""

import argparse
import subprocess
import sys

from infra.build import artefact, runtime
from infra.build.builds import HERE, HERE_SOURCES, MOST_BYTES, OUT, Build, processor


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
    return Build(place=OUT / "build", architecture=artefact.architecture(), python=runtime.find())


def _here() -> list[Build]:
    return [
        Build(place=HERE, architecture=processor(), python=runtime.find()),
        Build(place=HERE_SOURCES, architecture=processor(), python=None),
    ]


if __name__ == "__main__":
    sys.exit(main())
