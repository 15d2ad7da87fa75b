"""What the client's page says where its script does not run, by the practice's language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from openhour.rules.practice import Practice

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Book a session",
        "without_script": "Booking online needs JavaScript.",
        "call": "You can always call us:",
        "old_browser": "This browser is too old to book online, or the connection is slow.",
    },
    "es": {
        "title": "Reservar una sesión",
        "without_script": "Para reservar en línea se necesita JavaScript.",
        "call": "Siempre puede llamarnos:",
        "old_browser": "Este navegador es demasiado antiguo, o la conexión es lenta.",
    },
}


def words_for(practice: Practice) -> dict[str, str]:
    """Return the words in a practice's page, each as text."""
    phone = practice.office_phone or ""
    return {
        **_WORDS[practice.language],
        "language": practice.language,
        "therapist_id": practice.therapist_id,
        "name": practice.name,
        "phone": phone,
        "phone_link": f"tel:{re.sub(r'[^0-9+]', '', phone)}",
    }
