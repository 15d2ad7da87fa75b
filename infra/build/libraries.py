"""The libraries, installed for Lambda once for all functions, and which of them one needs."""

import shutil
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import Distribution, distributions
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from infra.build import runtime, services

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "shared" / "requirements.txt"

_PLATFORMS = {"arm64": "aarch64-manylinux_2_28", "x86_64": "x86_64-manylinux_2_28"}
"""What wheels are called that run on Lambda's Linux (glibc 2.34), by Lambda's name for each."""
_LEFT_OUT = (
    "**/tests",
    "**/*.pyi",
    "**/py.typed",
    "aws_lambda_powertools/event_handler/openapi/swagger_ui/*.js",
    "aws_lambda_powertools/event_handler/openapi/swagger_ui/*.css",
    "boto3/examples",
    "dateutil/zoneinfo/*.tar.gz",  # botocore asks for the local zone and UTC alone
)
"""What no function reads."""


def install(architecture: str, python: str | None) -> Path:
    """The directory that holds every pinned library, cut down, with bytecode by `python`; made
    where it isn't there yet."""
    home = ROOT / ".aws-sam" / "libraries"
    made = home / _key(architecture, python)
    if not made.is_dir():
        home.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=home) as beside:
            fresh = Path(beside, "fresh")
            _fetch(architecture, fresh)
            _cut_down(fresh)
            if python:
                runtime.compile_all(fresh, python)
            fresh.rename(made)
    return made


def needed(imported: set[str], installed: Path) -> set[str]:
    """What to copy from `installed` for the top-level packages `imported`: those, and all that
    their distributions require. Raises LookupError for one that is in no distribution."""
    found = {canonicalize_name(each.name): each for each in distributions(path=[str(installed)])}
    holders = {_module(top): name for name, each in found.items() for top in _tops(each)}
    if imported - set(holders):
        raise LookupError(f"{imported - set(holders)} imported, but not in {REQUIREMENTS}")
    taken: set[NormalizedName] = set()
    waiting = {holders[module] for module in imported}
    while waiting:
        taken.add(name := waiting.pop())
        waiting |= (_required(found[name]) & set(found)) - taken
    return {top for name in taken for top in _tops(found[name])}


def _key(architecture: str, python: str | None) -> str:
    """What the directory's content depends on."""
    recipe = [REQUIREMENTS, *sorted(Path(__file__).parent.glob("*.py"))]
    parts = [runtime.version().encode(), *(file.read_bytes() for file in recipe)]
    kind = "bytecode" if python else "sources"
    return f"{architecture}-{kind}-{sha256(b''.join(parts)).hexdigest()[:16]}"


def _fetch(architecture: str, to: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "pip", "install", "--quiet", "--require-hashes", "-r", str(REQUIREMENTS)]
    wanted = ["--python-version", runtime.version(), "--python-platform", _PLATFORMS[architecture]]
    way = ["--only-binary", ":all:", "--python", sys.executable, "--link-mode", "copy"]
    subprocess.run([*command, *wanted, *way, "--target", str(to)], check=True)


def _cut_down(installed: Path) -> None:
    services.cut_down(installed)
    for pattern in _LEFT_OUT:
        for each in list(installed.glob(pattern)):
            shutil.rmtree(each) if each.is_dir() else each.unlink()


def _tops(distribution: Distribution) -> set[str]:
    """The files and directories at the top that a distribution consists of."""
    tops = {Path(file).parts[0] for file in distribution.files or ()}
    return {top for top in tops if top not in {"bin", ".."} and not top.endswith(".dist-info")}


def _module(top: str) -> str:
    return top.removesuffix(".py")


def _required(distribution: Distribution) -> set[NormalizedName]:
    """What a distribution requires, its extras aside."""
    wanted = map(Requirement, distribution.requires or ())
    return {
        canonicalize_name(each.name)
        for each in wanted
        if each.marker is None or each.marker.evaluate({"extra": ""})
    }
