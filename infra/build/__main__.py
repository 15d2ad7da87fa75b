"""Build the artifact of each function in `.aws-sam`, and print a table of sizes.

With `--host`, build for this machine's processor: once with bytecode, and once without.
"""

import argparse
import signal
import subprocess
import sys

from infra.build import artifact, runtime
from infra.build.builds import HOST, HOST_SOURCES, MAX_BYTES, OUT, Build, host_architecture


def main() -> int | str:
    """Build and print the table; return a message if an artifact is too large."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # end quietly when `head` has seen enough
    options = argparse.ArgumentParser(prog="python -m infra.build", description=__doc__)
    options.add_argument("--host", action="store_true", help="build to run on this machine")
    builds = _host_builds() if options.parse_args().host else [_lambda_build()]
    print("Building the packages takes half a minute.", flush=True)
    for build in builds:
        try:
            build.run()
        except subprocess.CalledProcessError as error:
            return f"{error.stdout or ''}{error.stderr or ''}\n{error}"
        too_large = build.report()
        if too_large:
            return f"larger than {MAX_BYTES / 1e6:g} MB zipped: {', '.join(too_large)}"
    if builds[0].python is None:
        print(
            f"{runtime.missing()} These artifacts contain sources instead of bytecode, "
            "and take twice as long to start."
        )
    return 0


def _lambda_build() -> Build:
    return Build(
        directory=OUT / "build", architecture=artifact.architecture(), python=runtime.find()
    )


def _host_builds() -> list[Build]:
    architecture = host_architecture()
    return [
        Build(directory=HOST, architecture=architecture, python=runtime.find()),
        Build(directory=HOST_SOURCES, architecture=architecture, python=None),
    ]


if __name__ == "__main__":
    sys.exit(main())
