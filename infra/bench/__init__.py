"""The bench: what a call costs in CPU time, cold starts, round trips and request units."""
