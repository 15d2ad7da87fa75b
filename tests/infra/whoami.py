"""A function that meets others of its kind half-way, then tells who asked it."""

from threading import Barrier

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

AT_ONCE = 8
meeting = Barrier(AT_ONCE, timeout=20)

app = APIGatewayHttpResolver()


@app.get("/slots/<slot_id>")
def whoami(slot_id):
    """Tell the path, the claims and the context as they are after the meeting."""
    app.append_context(noted=slot_id)
    meeting.wait()
    claims = app.current_event.request_context.authorizer.jwt_claim
    meeting.wait()
    return {
        "slot_id": slot_id,
        "client_id": claims["custom:client_id"],
        "noted": app.context["noted"],
        "request_id": app.lambda_context.aws_request_id,
    }


def lambda_handler(event, context):
    """Answer one request."""
    return app.resolve(event, context)
