"""The check of a new version, before it takes traffic."""
