"""The clients' names and phones."""

from functions.practice.app import app
from openhour.api.contacts import contacts_view
from openhour.api.responses import JsonResponse, json_response
from openhour.store.practices import cached_practice
from openhour.use_cases.clients import list_contacts


@app.get("/practice/contacts", responses=app.responses("Contacts"))
def list_contacts_of_clients() -> JsonResponse:
    """List the clients' names and phones, by name, without those who were discharged."""
    therapist_id = app.signed_in_therapist()
    practice = cached_practice(therapist_id)
    return json_response(contacts_view(list_contacts(therapist_id), practice))
