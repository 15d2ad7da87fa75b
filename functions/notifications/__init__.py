"""Mail: what changes is told, when it is due, and once."""
