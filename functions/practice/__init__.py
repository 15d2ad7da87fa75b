"""The therapist's console; the schedule and unfinished planning follow the stream."""
