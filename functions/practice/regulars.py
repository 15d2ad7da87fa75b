"""Regulars."""

from functions.practice.routes import Preview, app
from openhour import clock
from openhour.api.answers import Answer, create, tell
from openhour.api.bodies import RegularId
from openhour.api.document import BODY
from openhour.api.identity import signed_in_therapist
from openhour.api.regulars import RegularRequest, show_regular, show_regular_set
from openhour.rules.refusals import Refusal, RegularConflict, UnknownClient, UnknownRegular
from openhour.store import regulars

REFUSALS: tuple[type[Refusal], ...] = (UnknownClient, RegularConflict, *BODY)


@app.get("/practice/regulars", responses=app.answers("Regulars"))
def list_regulars() -> Answer:
    """Every regular."""
    return tell(
        {"regulars": list(map(show_regular, regulars.list_regulars(signed_in_therapist(app))))}
    )


@app.post("/practice/regulars", responses=app.answers("RegularSet", *REFUSALS, status=201))
def add_regular(request: RegularRequest, *, preview: Preview = False) -> Answer:
    """Enter a regular."""
    added = regulars.add_regular(
        signed_in_therapist(app), request.wish(), preview=preview, now=clock.now()
    )
    return create(show_regular_set(added), f"/practice/regulars/{added.regular.regular_id}")


@app.put(
    "/practice/regulars/<regular_id>",
    responses=app.answers("RegularSet", UnknownRegular, *REFUSALS),
)
def change_regular(
    regular_id: RegularId, request: RegularRequest, *, preview: Preview = False
) -> Answer:
    """Change a regular."""
    return tell(
        show_regular_set(
            regulars.change_regular(
                signed_in_therapist(app),
                request.wish(regular_id),
                preview=preview,
                now=clock.now(),
            )
        )
    )


@app.delete("/practice/regulars/<regular_id>", responses=app.answers("RegularSet", UnknownRegular))
def end_regular(regular_id: RegularId, *, preview: Preview = False) -> Answer:
    """End a regular."""
    return tell(
        show_regular_set(
            regulars.end_regular(
                signed_in_therapist(app), regular_id, preview=preview, now=clock.now()
            )
        )
    )
