"""The weekly release."""
