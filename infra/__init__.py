"""Where Openhour runs: the template, and the same template on one machine."""
