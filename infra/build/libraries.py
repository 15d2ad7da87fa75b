"""The libraries: installed for Lambda once for all functions, then selected for each."""

import shutil
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import Distribution, distributions
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from infra.build import babel_data, botocore_data, runtime

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "shared" / "requirements.txt"

_PLATFORMS = {"arm64": "aarch64-manylinux_2_28", "x86_64": "x86_64-manylinux_2_28"}
"""The platform of wheels that run on Lambda's Linux (glibc 2.34), by architecture."""
_UNUSED = (
    "**/tests",
    "babel/messages",
    "pydantic/mypy.py",
    "pydantic/v1",
    "**/*.pyi",
    "**/py.typed",
    "aws_lambda_powertools/event_handler/openapi/swagger_ui/*.js",
    "aws_lambda_powertools/event_handler/openapi/swagger_ui/*.css",
    "boto3/examples",
    "dateutil/zoneinfo/*.tar.gz",  # botocore uses only the local zone and UTC
)
"""Files that no function reads."""


def install(architecture: str, python: str | None) -> Path:
    """Return the directory with every pinned library, reduced to what functions read.

    It is created if it does not exist. `python` compiles the bytecode; None leaves the sources.
    """
    home = ROOT / ".aws-sam" / "libraries"
    directory = home / _key(architecture, python)
    if not directory.is_dir():
        home.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=home) as temporary:
            fresh = Path(temporary, "fresh")
            _fetch(architecture, fresh)
            _remove_unused(fresh)
            if python:
                runtime.compile_all(fresh, python)
            fresh.rename(directory)
    return directory


def required(imported: set[str], installed: Path) -> set[str]:
    """Return what to copy from `installed` for the top-level packages `imported`.

    The result contains their distributions and the distributions that these require.

    Raises:
        LookupError: A package is in no distribution.
    """
    by_name = {canonicalize_name(each.name): each for each in distributions(path=[str(installed)])}
    distribution_of = {_module(top): name for name, each in by_name.items() for top in _tops(each)}
    if imported - set(distribution_of):
        raise LookupError(f"{imported - set(distribution_of)} imported, but not in {REQUIREMENTS}")
    visited: set[NormalizedName] = set()
    queue = {distribution_of[module] for module in imported}
    while queue:
        visited.add(name := queue.pop())
        queue |= (_requirements(by_name[name]) & set(by_name)) - visited
    return {top for name in visited for top in _tops(by_name[name])}


def _key(architecture: str, python: str | None) -> str:
    """Return a name for the directory, derived from everything that its content depends on."""
    sources = [REQUIREMENTS, *sorted(Path(__file__).parent.glob("*.py"))]
    parts = [runtime.version().encode(), *(file.read_bytes() for file in sources)]
    kind = "bytecode" if python else "sources"
    return f"{architecture}-{kind}-{sha256(b''.join(parts)).hexdigest()[:16]}"


def _fetch(architecture: str, to: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "pip", "install", "--quiet", "--require-hashes", "-r", str(REQUIREMENTS)]
    target = ["--python-version", runtime.version(), "--python-platform", _PLATFORMS[architecture]]
    options = ["--only-binary", ":all:", "--python", sys.executable, "--link-mode", "copy"]
    subprocess.run([*command, *target, *options, "--target", str(to)], check=True)


def _remove_unused(installed: Path) -> None:
    botocore_data.reduce(installed)
    babel_data.reduce(installed)
    for pattern in _UNUSED:
        for each in list(installed.glob(pattern)):
            shutil.rmtree(each) if each.is_dir() else each.unlink()


def _tops(distribution: Distribution) -> set[str]:
    """Return the top-level files and directories of a distribution."""
    tops = {Path(file).parts[0] for file in distribution.files or ()}
    return {top for top in tops if top not in {"bin", ".."} and not top.endswith(".dist-info")}


def _module(top: str) -> str:
    return top.removesuffix(".py")


def _requirements(distribution: Distribution) -> set[NormalizedName]:
    """Return what a distribution requires, without its extras."""
    requirements = map(Requirement, distribution.requires or ())
    return {
        canonicalize_name(each.name)
        for each in requirements
        if each.marker is None or each.marker.evaluate({"extra": ""})
    }
