"""Whether mail can be sent, and from which address, for functions that send none themselves."""

import os


def sends_mail() -> bool:
    """Return whether the deployment has an address that sends mail."""
    return bool(os.environ.get("SENDS_MAIL"))


def sender_address() -> str:
    """Return the address that sends mail; empty where none is set up."""
    return os.environ.get("MAIL_SENDER", "")
