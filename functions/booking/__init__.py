"""Booking and moving."""
