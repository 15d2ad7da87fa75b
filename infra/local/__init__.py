"""The template on one machine: AWS in one process, an API gateway, streams and schedules."""
