"""The practice `maple`: ten weeks of history, 24 clients, and a month that is half booked."""
