"""How a person who returns is recognized."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.clients import Privilege
from openhour.rules.contacts import (
    canonical_address,
    canonical_phone,
    contact_digests,
    contacts_of,
    entry_digests,
)
from tests.unit.builders import a_client

ADDRESSES = {
    "as it is": ("ann@example.org", "ann@example.org"),
    "in capitals": ("Ann@Example.ORG", "ann@example.org"),
    "with a tag": ("ann+new@example.org", "ann@example.org"),
    "with two tags": ("ann+a+b@example.org", "ann@example.org"),
    "a tag of the domain is none": ("ann@a+b.org", "ann@a+b.org"),
    "dots count": ("a.nn@example.org", "a.nn@example.org"),
}
PHONES = {
    "ten digits": ("2125550142", "2125550142"),
    "with signs": ("(212) 555-0142", "2125550142"),
    "with the country": ("+1 212 555 0142", "2125550142"),
    "nine digits": ("212 555 014", None),
    "none": ("no phone", None),
}


@pytest.mark.parametrize(("given", "expected"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_is_compared_without_case_and_tag(given, expected):
    assert canonical_address(given) == expected


@pytest.mark.parametrize(("given", "expected"), PHONES.values(), ids=PHONES)
def test_a_phone_is_compared_by_its_last_ten_digits(given, expected):
    assert canonical_phone(given) == expected


@given(st.from_regex(r"[a-z.]{1,9}", fullmatch=True), st.from_regex(r"[a-z+.]*", fullmatch=True))
def test_no_tag_makes_another_person(local, tag):
    plain, tagged = f"{local}@example.org", f"{local}+{tag}@EXAMPLE.org"
    assert canonical_address(tagged) == canonical_address(plain)
    assert contact_digests("t1", email=tagged, phone=None) == contact_digests(
        "t1", email=plain, phone=None
    )


@given(st.text("0123456789", min_size=10, max_size=10), st.text("0123456789 +-()", max_size=4))
def test_no_country_makes_another_phone(number, country):
    assert canonical_phone(country + number) == number


def test_therapists_do_not_learn_of_each_others_clients():
    one, other = (contact_digests(t, email="a@b.org", phone="2125550142") for t in ("t1", "t2"))
    assert not set(one) & set(other)


CONTACTS = {
    "nothing": ({}, 0),
    "an address": ({"email": "a@b.org"}, 1),
    "an address and a phone": ({"email": "a@b.org", "phone": "2125550142"}, 2),
    "the address that is the login name": ({"email": "a@b.org", "login": "t1/a@b.org"}, 1),
    "another address than the login name's": ({"email": "a@b.org", "login": "t1/c@d.org"}, 2),
    "a login name of their own": ({"email": "a@b.org", "login": "t1/annie"}, 1),
}


@pytest.mark.parametrize(("given", "count"), CONTACTS.values(), ids=CONTACTS)
@pytest.mark.parametrize("privilege", Privilege)
def test_every_client_is_recognized_by_address_login_name_and_phone(privilege, given, count):
    client = a_client(
        **{"email": None, "phone": None, "login": None, "privilege": privilege, **given}
    )
    assert len(contacts_of("t1", client)) == count


SAME = {"name": "Ann", "email": "a@b.org", "phone": "+1 212 555 0142"}
ENTRIES = {
    "the same": (SAME, True),
    "another phone": ({**SAME, "phone": "1"}, True),
    "another address": ({**SAME, "email": "c@d.org"}, True),
    "another case": ({**SAME, "name": "ANN", "phone": None}, True),
    "more blanks": ({**SAME, "name": "  Ann "}, True),
    "another name": ({**SAME, "name": "Bob"}, False),
    "the name alone": ({"name": "Ann", "email": None, "phone": None}, False),
}


@pytest.mark.parametrize(("again", "same"), ENTRIES.values(), ids=ENTRIES)
def test_a_client_entered_again_is_recognized(again, same):
    assert bool(set(entry_digests("t1", **SAME)) & set(entry_digests("t1", **again))) is same
