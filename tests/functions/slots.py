"""Ids of slots in New York, and bodies of requests about them."""

TUESDAY = "20261124T1500Z"
TUESDAY_EVENING = "20261124T2230Z"
WEDNESDAY = "20261125T1500Z"
WEDNESDAY_AT_11 = "20261125T1600Z"
NEXT_TUESDAY = "20261201T1500Z"
NEXT_TUESDAY_EVENING = "20261201T2230Z"
"""Held: prime, and its week is not yet released."""
NEXT_WEDNESDAY = "20261202T1500Z"
NOWHERE = "20261126T1500Z"
"""On a Thursday, where the hours have nothing."""

CLEO = {"name": "Cleo", "email": "cleo@example.org", "phone": "+1 555 0123"}
"""Somebody new."""
FRIDAY = {"weekday": "friday", "start": "10:00", "minutes": 50, "prime": False}
"""An entry of the hours."""
WEDNESDAYS = {"client_id": "annt1", "weekday": "wednesday", "start": "10:00", "first": "2026-11-23"}
"""Ann's regular."""
TUESDAY_OFF = {"from": "2026-11-24T00:00:00-05:00", "to": "2026-11-25T00:00:00-05:00"}
