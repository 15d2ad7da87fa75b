"""Canned answers, in the place where botocore would send a request: what is left is the work that
the function and its libraries do, and the answer is the same for whoever asks."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict
from botocore.httpsession import URLLib3Session

from infra.local.environment import TABLES

_PRACTICES = TABLES["PracticesTable"].encode()
_SERVICE = "DynamoDB_20120810."


@dataclass
class Desk:
    """Answers each operation with what was put there for it, and the practice with its row. While
    `noting`, it notes what was asked."""

    practice: bytes
    answers: dict[str, bytes] = field(default_factory=dict)
    noting: bool = False
    noted: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def answer(self, request: AWSPreparedRequest) -> AWSResponse:
        target: Any = request.headers["X-Amz-Target"]
        name = (target.decode() if isinstance(target, bytes) else target).removeprefix(_SERVICE)
        body: Any = request.body
        of_practice = name == "GetItem" and _PRACTICES in body
        if self.noting and not of_practice:
            self.noted.append((name, json.loads(body)))
        return _response(request.url, self.practice if of_practice else self.answers[name])


@contextmanager
def answering(practice: dict[str, Any]) -> Iterator[Desk]:
    """Have every request of this process answered at a desk until left."""
    desk = Desk(_canned({"Item": practice}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(URLLib3Session, "send", lambda _, request: desk.answer(request))
        yield desk


def _canned(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, separators=(",", ":")).encode()


def can(answers: dict[str, dict[str, Any]]) -> dict[str, bytes]:
    """Answers by operation, as they come over the wire."""
    return {name: _canned(answer) for name, answer in answers.items()}


def _response(url: str, body: bytes) -> AWSResponse:
    """An answer with the headers that DynamoDB gives."""
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
    response: Any = AWSResponse(url, 200, headers, None)
    response._content = body
    return cast("AWSResponse", response)
