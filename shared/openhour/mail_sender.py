"""Whether mail can be sent, for functions that send none themselves."""

import os


def sends_mail() -> bool:
    """Return whether the deployment has an address that sends mail."""
    return bool(os.environ.get("SENDS_MAIL"))
