"""A transport that answers DynamoDB requests from memory.

What remains of a call is the work of the function and its libraries.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict
from botocore.httpsession import URLLib3Session

from infra.local.environment import TABLES

_PRACTICES = TABLES["PracticesTable"].encode()
_TIME_OFF = TABLES["TimeOffTable"].encode()
_NOTHING = b'{"Items":[],"Count":0,"ScannedCount":0}'
_ERROR = b'{"__type":'
_TARGET_PREFIX = "DynamoDB_20120810."


@dataclass
class StubTransport:
    """Answers each operation with its prepared body, and reads of the practice with its row.

    There is no time off.

    While `recording`, requests are appended to `requests` as (operation, parameters); reads of the
    practice are left out, since a warm function has it cached.
    """

    practice: bytes
    responses: dict[str, bytes] = field(default_factory=dict)
    recording: bool = False
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        """Answer in place of botocore's HTTP session."""
        target: Any = request.headers["X-Amz-Target"]
        target = target.decode() if isinstance(target, bytes) else target
        operation = target.removeprefix(_TARGET_PREFIX)
        body: Any = request.body
        reads_practice = operation == "GetItem" and _PRACTICES in body
        if self.recording and not reads_practice:
            self.requests.append((operation, json.loads(body)))
        if reads_practice:
            return _Response(request.url, self.practice)
        if operation == "Query" and _TIME_OFF in body:
            return _Response(request.url, _NOTHING)
        body = self.responses[operation]
        return _Response(request.url, body, status=400 if _ERROR in body else 200)


@contextmanager
def stubbed(practice: dict[str, Any]) -> Iterator[StubTransport]:
    """Answer every AWS request of this process from memory."""
    transport = StubTransport(_encode({"Item": practice}))
    with mock.patch.object(URLLib3Session, "send", lambda _, request: transport.send(request)):
        yield transport


def encode_all(responses: dict[str, dict[str, Any]]) -> dict[str, bytes]:
    """Encode response bodies by operation as DynamoDB sends them."""
    return {operation: _encode(body) for operation, body in responses.items()}


def _encode(body: dict[str, Any]) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()


class _Response(AWSResponse):
    """A response whose body has been read, with the headers that DynamoDB sends."""

    def __init__(self, url: str, body: bytes, *, status: int = 200) -> None:
        headers: Any = HeadersDict(
            {
                "Server": "Server",
                "Date": "Mon, 23 Nov 2026 14:00:00 GMT",
                "Content-Type": "application/x-amz-json-1.0",
                "Content-Length": str(len(body)),
                "Connection": "keep-alive",
                "x-amzn-RequestId": "4KBNVRGD25RG1KEO9UT4V3FQDJVV4KQNSO5AEMVJF66Q9ASUAAJG",
                "x-amz-crc32": str(zlib.crc32(body)),
            }
        )
        super().__init__(url, status, headers, None)
        self._content = body
