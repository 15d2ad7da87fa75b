"""The Python that Lambda runs the functions with, where this machine has one too.

`python -m infra.build.runtime` prints its path; it needs nothing but Python.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

TEMPLATE = Path(__file__).resolve().parents[1] / "template.yaml"
CHOSEN = "OPENHOUR_RUNTIME"
"""Names a Python in the environment, in place of one that is looked for; empty is none."""
_UNPACKED = "/var/task"
"""Where Lambda unpacks an artefact."""


def version() -> str:
    """The version that the template names, as `3.13`."""
    (found,) = set(re.findall(r"^ +Runtime: python(3\.\d+)$", TEMPLATE.read_text(), re.MULTILINE))
    return str(found)


def find() -> str | None:
    """The path of a Python of that version, on the PATH or among pyenv's; None where none is."""
    chosen = os.environ.get(CHOSEN)
    if chosen is not None:
        return chosen or None
    return next(filter(_fits, _candidates()), None)


def missing() -> str:
    """What to say where there is none."""
    return f"Python {version()}, which Lambda runs, is neither on the PATH nor among pyenv's."


def compile_all(directory: Path, python: str) -> None:
    """Put beside every source below `directory` its bytecode, which `python` loads without a look
    at the source."""
    command = [python, "-m", "compileall", "-q", "-b", "--invalidation-mode", "unchecked-hash"]
    places = ["-s", str(directory), "-p", _UNPACKED, str(directory)]
    # Sets are written in the order of their hashes: the same ones make the same bytes.
    subprocess.run([*command, *places], check=True, env={**os.environ, "PYTHONHASHSEED": "0"})


def _candidates() -> Iterator[str]:
    name = f"python{version()}"
    on_path = shutil.which(name)
    if on_path:
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for home in sorted(pyenv.glob(f"versions/{version()}.*"), key=_patch, reverse=True):
        yield str(home / "bin" / name)


def _patch(home: Path) -> int:
    digits = re.match(r"\d+", home.name.removeprefix(f"{version()}."))
    return int(digits[0]) if digits else -1


def _fits(python: str) -> bool:
    """Whether it runs at all, which pyenv's stand-in on the PATH may not, and is of the version."""
    asked = [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.stdout.strip() == version()


def main() -> int | str:
    """Print the path; where there is none, what to say of it, and fail."""
    python = find()
    if python is None:
        return missing()
    print(python)
    return 0


if __name__ == "__main__":
    sys.exit(main())
