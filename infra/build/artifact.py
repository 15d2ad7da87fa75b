"""One function's artifact: its code, and the domain modules and libraries that it imports.

`sam build` runs this module through `make build-BookingFunction ARTIFACTS_DIR=…`.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from samtranslator.yaml_helper import yaml_parse

from infra.build import botocore_data, libraries, runtime
from infra.build.imports import SOURCES, Imports, imports_of

ARCHITECTURE = "OPENHOUR_ARCHITECTURE"
"""Environment variable with a processor architecture, in place of the template's."""
_DATA = ("built", "templates")
"""The folders of a package with its data files."""
_PARTIAL_LIBRARY = "aws_lambda_powertools"
"""A large library; an artifact contains only the modules that the function imports."""


def architecture() -> str:
    """Return the processor architecture in the template, by Lambda's name for it."""
    (name,) = yaml_parse(runtime.TEMPLATE.read_text())["Globals"]["Function"]["Architectures"]
    return str(name)


def assemble(handler: str, artifact: Path) -> None:
    """Copy into the directory `artifact` everything that Lambda needs to run module `handler`."""
    python = runtime.find()
    installed = libraries.install(os.environ.get(ARCHITECTURE) or architecture(), python)
    imports = imports_of(handler, _PARTIAL_LIBRARY, installed)
    for source, relative in (*_own_files(imports), *_library_files(imports, installed)):
        target = artifact / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    if python:
        runtime.compile_all(artifact, python)
        for source in artifact.rglob("*.py"):
            source.unlink()


def handler_of(function: str) -> str:
    """Return the module with the handler of the function with that logical id."""
    resources = yaml_parse(runtime.TEMPLATE.read_text())["Resources"]
    dotted: str = resources[function]["Properties"]["Handler"]
    return dotted.rpartition(".")[0]


def _own_files(imports: Imports) -> Iterator[tuple[Path, Path]]:
    """Yield our imported modules and data files, each with its path in the artifact."""
    for module in sorted(imports.own):
        root = SOURCES[module.partition(".")[0]]
        path = root.joinpath(*module.split("."))
        sources = sorted(path.glob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
        data = (file for folder in _DATA for file in sorted((path / folder).rglob("*")))
        for file in (*sources, *data):
            if file.is_file() and (file.suffix != ".py" or _module(file, root) == module):
                yield file, file.relative_to(root)


def _library_files(imports: Imports, installed: Path) -> Iterator[tuple[Path, Path]]:
    """Yield the libraries' files, each with its path in the artifact; bytecode replaces sources."""
    services = botocore_data.services_of(imports.own)
    for top in sorted(libraries.required(imports.libraries, installed)):
        path = installed / top
        files = sorted(path.rglob("*")) if path.is_dir() else [path, path.with_suffix(".pyc")]
        for file in files:
            compiled = file.suffix == ".py" and file.with_suffix(".pyc").exists()
            if file.is_file() and not compiled and _is_used(file, installed, imports, services):
                yield file, file.relative_to(installed)


def _is_used(file: Path, installed: Path, imports: Imports, services: set[str]) -> bool:
    top, *below = file.relative_to(installed).parts
    if top == _PARTIAL_LIBRARY:
        return _module(file, installed) in imports.modules
    if top in {"botocore", "boto3"} and below[0] == "data" and len(below) > 2:
        return below[1] in services
    return True


def _module(file: Path, root: Path) -> str:
    """Return the module of a source or bytecode file; for other files, their package."""
    parts = file.relative_to(root).with_suffix("").parts
    is_module = file.suffix in {".py", ".pyc"} and parts[-1] != "__init__"
    return ".".join(parts if is_module else parts[:-1])


if __name__ == "__main__":
    assemble(handler_of(sys.argv[1]), Path(sys.argv[2]))
