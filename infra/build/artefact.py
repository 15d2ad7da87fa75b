"""One function's artefact: its own code, the domain's modules and the libraries that it imports.

`make build-BookingFunction ARTIFACTS_DIR=…`, as `sam build` calls it, comes to this.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from samtranslator.yaml_helper import yaml_parse

from infra.build import libraries, runtime, services
from infra.build.imports import SOURCES, Imports, imports_of

ARCHITECTURE = "OPENHOUR_ARCHITECTURE"
"""Names a processor in the environment, in place of the template's."""
_COLLECTION = "aws_lambda_powertools"
"""A library of many tools, of which only those that are reached are taken."""


def architecture() -> str:
    """The processor that the template names, by Lambda's name for it."""
    (named,) = yaml_parse(runtime.TEMPLATE.read_text())["Globals"]["Function"]["Architectures"]
    return str(named)


def assemble(handler: str, artefact: Path) -> None:
    """Put together, in the directory `artefact`, what Lambda needs to run the module `handler`."""
    python = runtime.find()
    installed = libraries.install(os.environ.get(ARCHITECTURE) or architecture(), python)
    imports = imports_of(handler, _COLLECTION, installed)
    for source, to in (*_own(imports), *_libraries(imports, installed)):
        place = artefact / to
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
    if python:
        runtime.compile_all(artefact, python)
        for source in artefact.rglob("*.py"):
            source.unlink()


def handler_of(function: str) -> str:
    """The module that holds the handler of the function with that logical id."""
    resources = yaml_parse(runtime.TEMPLATE.read_text())["Resources"]
    dotted: str = resources[function]["Properties"]["Handler"]
    return dotted.rpartition(".")[0]


def _own(imports: Imports) -> Iterator[tuple[Path, Path]]:
    """Our own modules that are reached, and the data beside them, each with its place."""
    for module in sorted(imports.own):
        root = SOURCES[module.partition(".")[0]]
        place = root.joinpath(*module.split("."))
        beside = sorted(place.iterdir()) if place.is_dir() else [place.with_suffix(".py")]
        for file in beside:
            if file.is_file() and (file.suffix != ".py" or _module(file, root) == module):
                yield file, file.relative_to(root)


def _libraries(imports: Imports, installed: Path) -> Iterator[tuple[Path, Path]]:
    """The files of libraries, each with its place: bytecode in the place of its source."""
    called = services.called_from(imports.own)
    for top in sorted(libraries.needed(imports.libraries, installed)):
        place = installed / top
        files = sorted(place.rglob("*")) if place.is_dir() else [place, place.with_suffix(".pyc")]
        for file in files:
            compiled = file.suffix == ".py" and file.with_suffix(".pyc").exists()
            if file.is_file() and not compiled and _is_taken(file, installed, imports, called):
                yield file, file.relative_to(installed)


def _is_taken(file: Path, installed: Path, imports: Imports, called: set[str]) -> bool:
    """Whether the function has a use for a library's file."""
    top, *below = file.relative_to(installed).parts
    if top == _COLLECTION:
        return _module(file, installed) in imports.reached
    if top in {"botocore", "boto3"} and below[0] == "data" and len(below) > 2:
        return below[1] in called
    return True


def _module(file: Path, root: Path) -> str:
    """The module whose source or bytecode a file is; of other files, the package they are in."""
    parts = file.relative_to(root).with_suffix("").parts
    named = file.suffix in {".py", ".pyc"} and parts[-1] != "__init__"
    return ".".join(parts if named else parts[:-1])


if __name__ == "__main__":
    assemble(handler_of(sys.argv[1]), Path(sys.argv[2]))
