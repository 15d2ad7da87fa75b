"""Booking and moving, by a client."""
