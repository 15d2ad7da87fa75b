"""A crash at any step of a mail's way loses nothing and doubles at most once."""

from __future__ import annotations

import pytest

from tests.functions.mail_crashes import simulate
from tests.functions.mail_service import a_mail_service


@pytest.mark.parametrize("seed", [1, 2])
def test_crashes_lose_no_mail_and_double_few(seed):
    with a_mail_service() as service:
        service.open()
        report = simulate(service, 120, per_cent=5, seed=seed)
    assert report.crashes > 40
    assert (report.lost, report.tripled) == (0, 0), report
    assert report.doubled + report.dead_lettered < report.crashes / 4, report


def test_without_crashes_every_mail_is_sent_once():
    with a_mail_service() as service:
        service.open()
        report = simulate(service, 60, per_cent=0, seed=1)
    assert (report.crashes, report.lost, report.doubled, report.dead_lettered) == (0, 0, 0, 0)
