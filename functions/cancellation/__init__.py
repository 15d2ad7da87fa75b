"""Cancelling, by a client."""
