"""Cancelling."""
