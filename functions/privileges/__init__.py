"""Clients, conduct and privileges. A stream function syncs their logins."""
