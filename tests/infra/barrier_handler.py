"""A handler that waits for concurrent invocations, then returns its own event."""

from threading import Barrier

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

AT_ONCE = 8
barrier = Barrier(AT_ONCE, timeout=20)

app = APIGatewayHttpResolver()


@app.get("/slots/<slot_id>")
def show_event(slot_id):
    """Return path, claims and context as they are once all invocations have started."""
    app.append_context(appended=slot_id)
    barrier.wait()
    claims = app.current_event.request_context.authorizer.jwt_claim
    barrier.wait()
    return {
        "slot_id": slot_id,
        "client_id": claims["custom:client_id"],
        "appended": app.context["appended"],
        "request_id": app.lambda_context.aws_request_id,
    }


def lambda_handler(event, context):
    """Answer one request."""
    return app.resolve(event, context)
