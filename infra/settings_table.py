"""The table of settings in `functions/README.md`, generated from their declarations.

`python -m infra.settings_table` writes it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Any

from openhour.rules.settings import SettingSpec, setting_specs, value_to_json

DOCUMENT = Path(__file__).resolve().parents[1] / "functions" / "README.md"
_TABLE = re.compile(r"(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", re.DOTALL)


def settings_table() -> str:
    """Return the table as Markdown."""
    rows = [_row(spec) for spec in setting_specs().values()]
    return "\n".join(
        ["| setting | default | values | meaning |", "| --- | --- | --- | --- |", *rows, ""]
    )


def write() -> None:
    """Write the table into the document."""
    DOCUMENT.write_text(_TABLE.sub(lambda _: settings_table(), DOCUMENT.read_text()))


def _row(spec: SettingSpec) -> str:
    default = _default(value_to_json(spec.default))
    return f"| `{spec.name}` | {default} | {_values(spec)} | {spec.about} |"


def _default(value: Any) -> str:
    if isinstance(value, dict):
        separator = " to " if "to" in value else ", "
        return separator.join(map(str, value.values()))
    if isinstance(value, list) and value:
        return ", ".join(value)
    return str(value).lower() if value not in (None, "", []) else "none"


def _values(spec: SettingSpec) -> str:
    if spec.minimum is not None:
        return f"{spec.minimum:g} to {spec.maximum:g}"
    if spec.max_length is not None:
        return f"at most {spec.max_length} characters"
    if spec.max_items is not None:
        return f"at most {spec.max_items}"
    if spec.members:
        return "some of " + ", ".join(spec.members)
    if isinstance(spec.type, type) and issubclass(spec.type, StrEnum):
        return ", ".join(spec.type)
    return "true, false" if spec.type is bool else ""


if __name__ == "__main__":
    write()
