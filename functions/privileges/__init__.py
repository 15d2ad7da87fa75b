"""Clients, conduct, privileges; the login follows the stream."""
