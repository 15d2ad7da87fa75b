"""Tests of the mails: wording, MIME and calendar entries."""
