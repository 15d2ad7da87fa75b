"""Confirming a registration, and asking for a first password again."""
