"""The operator's command, `openhour`, for a deployed stack or for the local run.

The store binds its tables' names when it is imported. Modules that import it are therefore loaded
only after the target is known.
"""
