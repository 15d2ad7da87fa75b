"""The therapist's console. A stream function syncs the schedule and completes planning."""
