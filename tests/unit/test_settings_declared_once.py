"""Each setting is declared once: what is asked, kept and answered follows from it."""

from datetime import date, time

import pytest
from pydantic import ValidationError

from openhour.api.settings import SettingsPatch, settings_view
from openhour.rules.refusals import Invalid
from openhour.rules.setting_changes import with_changes
from openhour.rules.settings import (
    Language,
    QuietHours,
    SettingSpec,
    TherapistMail,
    setting_specs,
    settings_from_json,
    settings_to_json,
)
from openhour.store.mapping import practice_from_row, settings_columns
from openhour.store.models import PracticeRow
from tests.unit.builders import NOW, a_practice

LIMITED = [pytest.param(s, id=s.name) for s in setting_specs().values() if s.max_length]
WITHOUT_DEFAULT = [
    pytest.param(spec.name, id=spec.name)
    for spec in setting_specs().values()
    if spec.default is None and spec.name not in ("timezone", "office_phone", "crisis_line")
]
VALUES: dict[str, object] = {
    "name": "Dr. Ada",
    "office_phone": "+1 212 555 0100",
    "mail_from": date(2026, 12, 1),
    "quiet_hours": QuietHours(begins=time(22), ends=time(7, 30)),
    "sender_name": "Ada",
    "language": Language.SPANISH,
    "embed_origins": ("https://www.example.com", "https://ada.example:8443"),
    "therapist_mails": (TherapistMail.FRIDAY, TherapistMail.DIGEST),
}
BOUNDED = [pytest.param(s, id=s.name) for s in setting_specs().values() if s.maximum is not None]
EVERY = [pytest.param(name, id=name) for name in setting_specs()]


def _row(practice):
    return PracticeRow(
        practice.therapist_id, version=1, plan=0, planned=0, **settings_columns(practice)
    )


@pytest.mark.parametrize("spec", BOUNDED)
def test_the_bounds_hold_in_requests_and_in_rules(spec: SettingSpec):
    assert spec.minimum is not None
    assert spec.maximum is not None
    for value in (spec.minimum, spec.maximum):
        assert SettingsPatch.model_validate({spec.name: value}).changes == {spec.name: value}
    for value in (spec.minimum - 1, spec.maximum + 1):
        with pytest.raises(ValidationError):
            SettingsPatch.model_validate({spec.name: value})
        with pytest.raises(Invalid):
            with_changes(a_practice(), {spec.name: value}, today=NOW.date())


def _of_length(spec: SettingSpec, length: int) -> str:
    prefix = "https://a.example/" if spec.name == "privacy_url" else ""
    return prefix.ljust(length, "x")


@pytest.mark.parametrize("spec", LIMITED)
def test_the_lengths_hold_in_requests_and_in_rules(spec: SettingSpec):
    longest = spec.max_length or 0
    fits, too_long = _of_length(spec, longest), _of_length(spec, longest + 1)
    assert SettingsPatch.model_validate({spec.name: fits}).changes == {spec.name: fits}
    with pytest.raises(ValidationError):
        SettingsPatch.model_validate({spec.name: too_long})
    with pytest.raises(Invalid):
        with_changes(a_practice(), {spec.name: too_long}, today=NOW.date())


@pytest.mark.parametrize("name", WITHOUT_DEFAULT)
def test_a_setting_without_a_default_may_be_removed(name):
    changes = SettingsPatch.model_validate({name: None}).changes
    assert changes == {name: None}
    assert getattr(with_changes(a_practice(), changes, today=NOW.date()), name) is None


@pytest.mark.parametrize("name", EVERY)
def test_a_setting_is_answered_and_may_be_changed(name):
    assert name in settings_view(a_practice(), now=NOW)
    assert name in SettingsPatch.model_fields


@pytest.mark.parametrize("name", EVERY)
def test_a_row_keeps_every_setting(name):
    practice = a_practice(**VALUES)
    assert getattr(practice_from_row(_row(practice)), name) == getattr(practice, name)
    values = settings_to_json(practice)
    assert settings_from_json({name: values[name]}) == {name: getattr(practice, name)}


@pytest.mark.parametrize(
    "name", [name for name in setting_specs() if name not in ("name", "timezone", "office_phone")]
)
def test_a_row_from_before_a_setting_has_its_default(name):
    spec = setting_specs()[name]
    row = _row(a_practice())
    del row.settings[name]
    assert getattr(practice_from_row(row), name) == spec.default


def test_a_setting_of_a_later_version_is_left_alone():
    row = _row(a_practice())
    row.settings = {**row.settings, "of_tomorrow": 1}
    assert settings_to_json(practice_from_row(row)) == settings_to_json(a_practice())
