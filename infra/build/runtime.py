"""Lambda's version of Python, if this machine has it.

`python -m infra.build.runtime` prints its path, and requires only the standard library.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

TEMPLATE = Path(__file__).resolve().parents[1] / "template.yaml"
PYTHON = "OPENHOUR_RUNTIME"
"""Environment variable with the path of the Python to use, or empty for none."""
_TASK_ROOT = "/var/task"
"""The directory in which Lambda unpacks an artifact."""


def version() -> str:
    """Return the version in the template, such as `3.13`."""
    (number,) = set(re.findall(r"^ +Runtime: python(3\.\d+)$", TEMPLATE.read_text(), re.MULTILINE))
    return str(number)


def find() -> str | None:
    """Return the path of a Python of that version, from the PATH or pyenv, or None."""
    path = os.environ.get(PYTHON)
    if path is not None:
        return path or None
    return next(filter(_has_version, _candidates()), None)


def missing() -> str:
    """Return the message for a machine without that version."""
    return f"Python {version()}, Lambda's version, is neither on the PATH nor installed in pyenv."


def compile_all(directory: Path, python: str) -> None:
    """Compile every source below `directory`; `python` loads the bytecode without the source."""
    command = [python, "-m", "compileall", "-q", "-b", "--invalidation-mode", "unchecked-hash"]
    paths = ["-s", str(directory), "-p", _TASK_ROOT, str(directory)]
    # Bytecode contains sets in hash order, so a fixed seed makes builds reproducible.
    subprocess.run([*command, *paths], check=True, env={**os.environ, "PYTHONHASHSEED": "0"})


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


def _has_version(python: str) -> bool:
    """Return whether `python` runs and has the version; pyenv's shim on the PATH may not run."""
    command = [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.stdout.strip() == version()


def main() -> int | str:
    """Print the path; return a message if this machine has no such Python."""
    python = find()
    if python is None:
        return missing()
    print(python)
    return 0


if __name__ == "__main__":
    sys.exit(main())
