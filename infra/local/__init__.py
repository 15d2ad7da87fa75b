"""The template on one machine: AWS in one process, a gateway, the streams and the schedules."""
