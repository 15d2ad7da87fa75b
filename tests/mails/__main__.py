"""Write each mail's HTML and text to `.run/mails`, to be looked at."""

from __future__ import annotations

import sys
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

from functions.notifications.mails.composing import compose
from openhour.rules.mails import Language, MailKind
from tests.mails.examples import MADRID, facts_of

OUT = Path(__file__).resolve().parents[2] / ".run" / "mails"
LANGUAGES: tuple[Language, ...] = ("en", "es")


def main() -> None:
    """Write the files, with an index of them."""
    OUT.mkdir(parents=True, exist_ok=True)
    links = []
    for kind in MailKind:
        for language in LANGUAGES:
            facts = facts_of(kind, language)
            if language == "es":
                facts = replace(facts, sender=replace(facts.sender, zone=MADRID))
            mail = message_from_bytes(compose(facts), policy=policy.default)
            for form in ("html", "plain"):
                part = mail.get_body((form,))
                name = f"{kind}.{language}.{'html' if form == 'html' else 'txt'}"
                (OUT / name).write_text(part.get_content() if part else "")
                links.append(f'<li><a href="{name}">{mail["Subject"]}: {name}</a></li>')
    index = f'<!doctype html><html lang="en"><meta charset="utf-8"><ul>{"".join(links)}</ul></html>'
    (OUT / "index.html").write_text(index)
    sys.stdout.write(f"{OUT / 'index.html'}\n")


if __name__ == "__main__":
    main()
