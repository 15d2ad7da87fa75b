"""The functions: one folder a Lambda, with a thin handler."""
