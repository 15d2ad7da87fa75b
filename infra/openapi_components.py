"""The parts of the OpenAPI document that no function declares."""

from openhour.api.identity import Role

_FOR_THERAPISTS = (
    "Present for therapists, where there is one, for `slot-taken`, `overlap`, `regular-conflict` "
    "and `known-client`."
)
PROBLEM = {
    "type": "object",
    "description": "A refusal, as problem details (RFC 9457).",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "The kind of refusal, for programs."},
        "title": {"type": "string", "description": "The kind of refusal, for people."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What happened, and what to do next."},
        "request_id": {
            "type": "string",
            "description": "Identifies the request in the logs.",
        },
        "office_phone": {"type": "string", "description": "Present for clients and the public."},
        "errors": {
            "type": "array",
            "description": "Present for `invalid`.",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {
                    "field": {"type": "string", "description": "The path of the field."},
                    "message": {"type": "string", "description": "What is wrong with it."},
                },
                "additionalProperties": False,
            },
        },
        "missing": {
            "type": "array",
            "description": "Present for `not-ready`.",
            "items": {
                "enum": [
                    *("hours", "timezone", "office_phone", "crisis_line"),
                    *("regulars_entered", "conflicts"),
                ]
            },
        },
        "why": {
            "enum": ["own", "first", "last"],
            "description": "Present for `login-kept`: the caller's own login, the first, the last.",
        },
        "week": {"type": "string", "description": "Present for `regular-conflict`."},
        "client": {
            "type": "object",
            "description": f"Who is in the way. {_FOR_THERAPISTS}",
            "required": ["client_id", "name"],
            "properties": {
                "client_id": {"type": "string", "description": "The client's id."},
                "name": {"type": "string", "description": "The client's name."},
            },
            "additionalProperties": False,
        },
        "slot": {
            "type": "object",
            "description": f"The slot that is in the way. {_FOR_THERAPISTS}",
            "required": ["slot_id", "start", "end", "state"],
            "properties": {
                "slot_id": {"type": "string", "description": "The slot's id."},
                "start": {
                    "type": "string",
                    "format": "date-time",
                    "description": "When it starts.",
                },
                "end": {"type": "string", "format": "date-time", "description": "When it ends."},
                "state": {
                    "enum": ["open", "held", "booked", "blocked"],
                    "description": "The slot's state.",
                },
            },
            "additionalProperties": False,
        },
        "regular_id": {
            "type": "string",
            "description": f"The regular that is in the way. {_FOR_THERAPISTS}",
        },
    },
}
SECURITY = {
    f"{role.capitalize()}Login": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": f"An ID token of the {role}s' user pool in Cognito.",
    }
    for role in Role
}
"""The schemes have the names of the template's authorizers."""
GATEWAY_MESSAGE = {
    "type": "object",
    "description": "A response of the API gateway itself.",
    "properties": {"message": {"type": "string", "description": "The reason, in a few words."}},
}
DOCUMENT_SCHEMA = {"type": "object", "description": "This OpenAPI document."}
HEADERS = {
    "Cache-Control": "How long the response may be kept.",
    "Content-Security-Policy": "What the page may load, and who may embed it.",
    "Cross-Origin-Resource-Policy": "Whether other sites may load the file.",
    "ETag": (
        "The version: of the settings and hours, to be sent in `If-Match`, or of a week or a file, "
        "to be sent in `If-None-Match`."
    ),
    "Location": "The path of what was created.",
    "Permissions-Policy": "What the page never asks of a browser.",
    "Referrer-Policy": "That no address is passed on.",
    "Retry-After": "The seconds after which to try again.",
    "Strict-Transport-Security": "That the site is reached over TLS alone.",
    "Vary": "The request's headers on which the response depends.",
    "WWW-Authenticate": "The scheme `Bearer`, and in some cases what is wrong with the token.",
    "X-Content-Type-Options": "That the media type is to be believed.",
    "Apigw-Requestid": "The id of the request, which a refusal and the logs contain, too.",
}
"""What the headers of responses mean. API Gateway adds the last to every response."""
ABOUT = """\
Self-scheduling for a therapist's clients.

Every refusal is a problem (RFC 9457) with a `type` such as `/problems/slot-taken`. An unknown route
is refused as `/problems/not-found`.

API Gateway answers some requests itself, in its own form, with a `message` alone: 401 for a token
that is missing or not valid, 404 for methods that no route has, 413 for a body of more than 10 MB,
429 for too many requests, and 500 or 503 if a function fails to answer.
"""
