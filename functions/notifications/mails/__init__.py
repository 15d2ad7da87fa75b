"""Mails: the wording, the look and the calendar entry of each kind of mail."""
