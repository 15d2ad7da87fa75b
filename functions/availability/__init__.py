"""What a client can see: open slots, themselves, their appointments."""
