"""No DynamoDB request names another tenant's rows, whatever a handler does."""

from contextvars import copy_context

import pytest

from openhour.api.resolver import Resolver
from openhour.store.tenancy import OtherTenantRejected, reject_other_tenants, restrict_to
from tests.functions.http import a_client, a_therapist

KEY = {"therapist_id": {"S": "t1"}, "slot_id": {"S": "20261124T1500Z"}}
OWN = {"owner": {"S": "t1#annt1"}, "appointment_id": {"S": "20261124T1500Z-annt1-x"}}
REQUESTS = {
    "a read": {"TableName": "slots", "Key": KEY},
    "a put": {"TableName": "slots", "Item": {**KEY, "state": {"S": "open"}}},
    "an appointment": {"TableName": "appointments", "Key": OWN},
    "a transaction": {"TransactItems": [{"Update": {"Key": KEY}}, {"Put": {"Item": OWN}}]},
    "a batch read": {"RequestItems": {"slots": {"Keys": [KEY]}, "appointments": {"Keys": [OWN]}}},
    "a batch write": {
        "RequestItems": {"slots": [{"DeleteRequest": {"Key": KEY}}, {"PutRequest": {"Item": KEY}}]}
    },
    "a query": {
        "KeyConditionExpression": "#0 = :0 AND #1 BETWEEN :1 AND :2",
        "ExpressionAttributeValues": {":0": {"S": "t1"}, ":1": {"S": "a"}, ":2": {"S": "b"}},
    },
    "a query of a client's appointments": {
        "KeyConditionExpression": "#0 = :0",
        "ExpressionAttributeValues": {":0": {"S": "t1#annt1"}},
    },
}


def check(tenant, params):
    """Check a request of that tenant's function, in a context of its own."""

    def run():
        restrict_to(tenant)
        reject_other_tenants(params=params)

    copy_context().run(run)


each_request = pytest.mark.parametrize("params", REQUESTS.values(), ids=REQUESTS)


@each_request
def test_the_tenants_own_rows_may_be_named(params):
    check("t1", params)


@each_request
@pytest.mark.parametrize("tenant", ["t2", "t", "t11", ""])
def test_anyone_elses_request_is_rejected(params, tenant):
    with pytest.raises(OtherTenantRejected):
        check(tenant, params)


@each_request
def test_a_function_without_a_tenant_may_name_all_rows(params):
    reject_other_tenants(params=params)


def test_a_transaction_with_one_row_of_another_is_rejected():
    other = {"Put": {"Item": {"therapist_id": {"S": "t2"}, "slot_id": {"S": "x"}}}}
    with pytest.raises(OtherTenantRejected):
        check("t1", {"TransactItems": [{"Update": {"Key": KEY}}, other]})


def test_a_whole_table_is_never_read_for_one_tenant():
    with pytest.raises(OtherTenantRejected):
        check("t1", {"TableName": "practices"})


THERAPISTS_CALLS = [
    ("GET /practice/clients", None),
    ("GET /practice/clients/annt2", None),
    ("PATCH /practice", {"max_per_week": 2}),
    ("POST /practice/release", None),
    ("POST /practice/clients", {"name": "Eve"}),
    ("PUT /practice/clients/annt2/privilege", {"state": "suspended"}),
]


@pytest.mark.parametrize(("call", "body"), THERAPISTS_CALLS, ids=[c for c, _ in THERAPISTS_CALLS])
def test_a_handler_that_takes_the_therapist_from_elsewhere_reaches_nothing(
    practice, unchanged, monkeypatch, written, call, body
):
    monkeypatch.setattr(Resolver, "signed_in_therapist", lambda _: "t2")
    with unchanged():
        assert a_therapist("t1")(call, body).status == 500
    assert "OtherTenantRejected" in written()


def test_a_handler_that_takes_the_client_from_elsewhere_books_nothing(
    practice, unchanged, monkeypatch, written
):
    monkeypatch.setattr(Resolver, "signed_in_client", lambda _: ("t2", "annt2"))
    with unchanged():
        for call in ("GET /me", "GET /appointments"):
            assert a_client("t1", "annt1")(call).status == 500
        booking = {"slot_id": "20261125T1500Z"}
        assert a_client("t1", "annt1")("POST /appointments", booking).status == 500
    assert "OtherTenantRejected" in written()
