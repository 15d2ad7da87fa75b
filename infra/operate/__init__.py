"""The operator's command: therapists added, listed and removed, their data audited, exported and
erased, a release run again, a client suspended; in AWS or against the local run, all the same.

Tables' names bind when the store is imported, so nothing here imports it until the place is known.
"""
