"""The resolver of the therapist's console, and the parameters that its routes share."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Header, Query

from openhour.api.identity import Role
from openhour.api.resolver import resolver

app = resolver(Role.THERAPIST)

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The ETag of the settings as they were read. Others are refused as `stale`.",
    ),
]
IfNoneMatch = Annotated[
    str | None,
    Header(
        alias="If-None-Match",
        description="The ETag of the answer that the caller has. 304 if it is still the same.",
    ),
]
Notify = Annotated[bool, Query(description="Whether the client is told.")]
Preview = Annotated[bool, Query(description="The same answer, with nothing written.")]
