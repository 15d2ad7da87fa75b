"""The HTTP interface: who asks, what they may send, and the JSON that they get."""
