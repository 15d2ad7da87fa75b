"""Clients are added by a form or from a list: nobody twice, and nobody told unawares."""

from __future__ import annotations

import time

import pytest

from tests.browser.practices import NORA

LIST = f"""Nombre;Correo electrónico;Teléfono
Álvaro Núñez;alvaro@example.com;(802) 555-0201
Bea Stone;bea at example;12
;nobody@example.com;
Nora Whitfield;{NORA};
Carl Poe;;
Álvaro Núñez;alvaro@example.com;
"""


@pytest.fixture
def ada(practice, staff):
    """A therapist who is about to add clients."""
    ada = staff(practice).sign_in()
    ada.page.evaluate("location.hash = '#/clients/add'")
    ada.heading("Add clients").wait_for()
    return ada


def clients(practice):
    return {
        each["name"]: each for each in practice.therapist("GET", "/practice/clients")["clients"]
    }


def look_over(ada, text):
    ada.page.locator("[name=people]").fill(text)
    ada.button("Look it over").click()
    ada.page.locator(".review").wait_for()


def people(count):
    return "\n".join(f"Client {n:03},client{n}@example.com" for n in range(count))


# ---------------------------------------------------------------- one


def test_one_client_is_added_by_a_form_and_shown(practice, ada):
    form = ada.page.locator(".add-one")
    form.get_by_role("button", name="Add").click()
    ada.sees("A name is needed.")
    form.locator("[name=name]").fill("Ivy Chen")
    form.locator("[name=email]").fill("ivy@")
    form.get_by_role("button", name="Add").click()
    ada.sees("This is not an email address.")
    form.locator("[name=email]").fill("ivy@example.com")
    form.get_by_role("button", name="Add").click()
    ada.toast("Ivy Chen is added.")
    ada.page.locator(".client-title").get_by_text("Ivy Chen").wait_for()
    assert clients(practice)["Ivy Chen"]["email"] == "ivy@example.com"
    assert not [mail for mail in practice.server.outbox.mails if mail.to == "ivy@example.com"]


def test_a_second_client_with_an_address_gets_a_sign_in_name(practice, ada):
    ada.expected += ("409",)
    form = ada.page.locator(".add-one")
    form.locator("[name=name]").fill("Walter Whitfield")
    form.locator("[name=email]").fill(NORA)
    form.get_by_label("Send an invitation to sign in now").check()
    form.get_by_role("button", name="Add").click()
    ada.sees("Another client signs in with this email.")
    form.locator("[name=login]").fill("walter")
    form.get_by_role("button", name="Add").click()
    ada.toast("Walter Whitfield is added.")


def test_the_same_client_again_is_the_one_who_is_there(practice, ada):
    form = ada.page.locator(".add-one")
    form.locator("[name=name]").fill("nora whitfield")
    form.locator("[name=email]").fill(NORA)
    form.get_by_role("button", name="Add").click()
    ada.toast("Nora Whitfield was a client already.")
    assert len(clients(practice)) == 2


# ---------------------------------------------------------------- a list


def test_a_list_is_looked_over_corrected_and_added(practice, ada):
    look_over(ada, LIST)
    ada.sees("Look over 6 clients", "2 are ready.", "2 stay out until they are corrected.")
    ada.sees("This is not an email address.", "A name is needed.")
    ada.sees("Nora Whitfield is a client already.", "The same as row 1.")
    ada.field("Email, row 2").fill("bea@example.com")
    ada.field("Phone, row 2").fill("802 555 0202")
    ada.field("Phone, row 2").press("Tab")
    ada.sees("3 are ready.", "1 stays out until it is corrected.")
    ada.button("Add 3 clients").click()
    ada.sees("The list is done", "3 added.", "Place their regulars")
    found = clients(practice)
    assert sorted(found) == [
        "Bea Stone",
        "Carl Poe",
        "Nora Whitfield",
        "Peter Novak",
        "Álvaro Núñez",
    ]
    assert found["Bea Stone"]["phone"] == "802 555 0202"
    told = {mail.to for mail in practice.server.outbox.mails}
    assert not told & {"alvaro@example.com", "bea@example.com"}


def test_a_list_that_is_looked_over_stays_while_another_view_is_open(ada):
    look_over(ada, LIST)
    ada.field("Email, row 2").fill("bea@example.com")
    ada.field("Phone, row 2").fill("802 555 0202")
    ada.field("Phone, row 2").press("Tab")
    ada.go("week")
    ada.page.go_back()
    ada.sees("3 are ready.")
    ada.button("Discard").click()
    ada.heading("Many at once").wait_for()


def test_the_first_few_are_invited_afterwards(practice, ada):
    look_over(ada, people(7))
    ada.button("Add 7 clients").click()
    ada.sees("The list is done")
    ada.page.get_by_label("Client 000").uncheck()
    ada.button("Invite 4 clients").click()
    ada.sees("4 are invited.")
    practice.server.wait_for_streams()
    told = {mail.to for mail in practice.server.outbox.mails}
    assert {f"client{n}@example.com" for n in (1, 2, 3, 4)} <= told
    assert "client0@example.com" not in told


def test_a_file_of_excel_in_latin_1_is_read(ada):
    content = "Nombre;Teléfono\r\nTomás Peña;802 555 0303\r\n".encode("latin-1")
    file = {"name": "clientes.csv", "mimeType": "text/csv", "buffer": content}
    ada.page.locator("input[type=file]").set_input_files(file)
    ada.sees("Look over 1 client", "Tomás Peña", "802 555 0303")


def test_what_is_no_list_is_said(ada):
    ada.button("Look it over").click()
    ada.sees("There is nobody in it.")
    file = {"name": "clients.xlsx", "mimeType": "application/zip", "buffer": b"PK"}
    ada.page.locator("input[type=file]").set_input_files(file)
    ada.sees("Save it as CSV")


@pytest.mark.parametrize("is_lost", [False, True], ids=["no connection", "a lost response"])
def test_an_import_that_fails_goes_on_and_adds_nobody_twice(practice, ada, is_lost):
    ada.expected += ("ERR_FAILED",)
    posts = []

    def handle(route):
        if route.request.method != "POST":
            return route.continue_()
        posts.append(route.request.post_data_json["name"])
        if len(posts) != 3:
            return route.continue_()
        if is_lost:
            route.fetch()
        return route.abort()

    ada.page.route(f"{ada.server.base_url}/practice/clients", handle)
    look_over(ada, f"{people(4)}\nBare Name")
    ada.button("Add 5 clients").click()
    ada.sees("Stopped: 2 of 5 are done", "No connection.", "2 added.", "Nobody is added twice.")
    ada.go("week")
    ada.page.go_back()
    ada.button("Go on with the other 3").click()
    ada.sees("The list is done", "5 added.")
    assert posts == [
        "Client 000",
        "Client 001",
        "Client 002",
        "Client 002",
        "Client 003",
        "Bare Name",
    ]
    assert len(clients(practice)) == 7


def test_a_bare_name_whose_response_was_lost_is_not_added_again(practice, ada):
    ada.expected += ("ERR_FAILED",)
    posts = []

    def handle(route):
        if route.request.method == "POST":
            posts.append(route.fetch())
            return route.abort()
        return route.continue_()

    ada.page.route(f"{ada.server.base_url}/practice/clients", handle)
    look_over(ada, "Bare Name")
    ada.button("Add 1 client").click()
    ada.sees("Stopped: 0 of 1 are done")
    ada.button("Go on with the other 1").click()
    ada.sees("The list is done", "1 added.")
    assert len(posts) == 1
    assert len(clients(practice)) == 3


def test_three_hundred_rows_are_drawn_in_slices_and_an_import_can_be_stopped(practice, ada):
    started = time.monotonic()
    look_over(ada, f"{people(300)}\nBad Row,bad at example")
    assert time.monotonic() - started < 3
    assert ada.page.locator(".review-row").count() == 50
    ada.page.get_by_label("Only the 1 row that needs a look").check()
    assert ada.page.locator(".review-row").count() == 1
    ada.button("Add 300 clients").click()
    ada.button("Stop").click()
    ada.sees("Stopped:")
    added = len(clients(practice)) - 2
    assert 0 < added < 300
    ada.sees(f"Stopped: {added} of 300 are done")


def test_a_list_is_looked_over_and_added_by_the_keyboard_alone(practice, ada):
    ada.page.locator("[name=people]").focus()
    ada.page.keyboard.insert_text("Ivy Chen,ivy@example.com")
    ada.page.keyboard.press("Tab")
    ada.page.keyboard.press("Enter")
    ada.waits_for_focus("Look over 1 client")
    for name in ("Add Ivy Chen", "Edit Ivy Chen", "Invite them all now", "Add 1 client"):
        ada.page.keyboard.press("Tab")
        assert ada.focused().startswith(name)
    ada.page.keyboard.press("Enter")
    ada.sees("The list is done")
    assert "Ivy Chen" in clients(practice)
