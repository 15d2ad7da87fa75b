"""Babel's data, reduced to what dates and the names of time zones are written with."""

import pickle
import sys
from pathlib import Path
from typing import Any

LOCALES = {"root", *("en", "en_001", "en_GB", "en_US"), *("es", "es_419", "es_ES", "es_US")}
"""The locales of mails, with those from which they inherit. Babel has a thousand."""
_OF_A_LOCALE = frozenset(
    {
        *("languages", "scripts", "variants", "list_patterns", "number_symbols"),
        *("decimal_formats", "compact_decimal_formats", "scientific_formats", "percent_formats"),
        *("currency_formats", "compact_currency_formats", "currency_names"),
        *("currency_names_plural", "currency_symbols", "unit_patterns", "compound_unit_patterns"),
        *("unit_display_names", "date_fields", "datetime_skeletons", "interval_formats"),
    }
)
"""What a locale has and no mail shows."""
_OF_ALL = frozenset(
    {
        *("likely_subtags", "territory_currencies", "currency_fractions", "territory_languages"),
        *("all_currencies", "windows_zone_mapping", "territory_aliases", "language_aliases"),
    }
)
"""The same of what is in no locale. Names of locales are complete, so none is guessed."""


def reduce(installed: Path) -> None:
    """Remove the other locales, and from the rest everything that no mail shows."""
    sys.path.insert(0, str(installed))  # the data consists of Babel's own classes
    try:
        for file in (installed / "babel" / "locale-data").glob("*.dat"):
            if file.stem in LOCALES:
                _empty(file, _OF_A_LOCALE)
            else:
                file.unlink()
        _empty(installed / "babel" / "global.dat", _OF_ALL)
    finally:
        sys.path.remove(str(installed))


def _empty(file: Path, names: frozenset[str]) -> None:
    content: dict[str, Any] = pickle.loads(file.read_bytes())  # noqa: S301 - of a pinned wheel
    kept = {name: {} if name in names else each for name, each in content.items()}
    file.write_bytes(pickle.dumps(kept, protocol=4))
