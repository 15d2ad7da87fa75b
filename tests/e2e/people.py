"""Those who use Openhour over HTTP: they sign in through Cognito, and call the routes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

from infra.local.demo import PASSWORD

SECONDS = 30
"""How long a call may take before the test gives up."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call came to."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def refusal(self) -> str:
        """The name of the refusal."""
        return str(self.body["type"]).removeprefix("/problems/")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a token, or without one: the public."""

    base_url: str
    token: str | None = None

    def call(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Make a call."""
        authorization = {"authorization": f"Bearer {self.token}"} if self.token else {}
        answer = requests.request(
            method,
            self.base_url + path,
            json=body,
            headers={**authorization, **(headers or {})},
            timeout=SECONDS,
        )
        lowered = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status_code, answer.json(), lowered)

    def get(self, path: str) -> Any:
        """What a page says; it must be there."""
        answer = self.call("GET", path)
        assert answer.status == 200, answer
        return answer.body


def cognito(base_url: str, action: str, **parameters: Any) -> requests.Response:
    """Call Cognito as a browser does."""
    config = requests.get(f"{base_url}/config.json", timeout=SECONDS).json()
    return requests.post(
        config["cognito_url"],
        json={"ClientId": config["client_id"], **parameters},
        headers={
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": f"AWSCognitoIdentityProviderService.{action}",
        },
        timeout=SECONDS,
    )


def try_to_sign_in(base_url: str, login: str, password: str = PASSWORD) -> requests.Response:
    """Ask Cognito for tokens."""
    return cognito(
        base_url,
        "InitiateAuth",
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": login, "PASSWORD": password},
    )


def sign_in(base_url: str, login: str, password: str = PASSWORD) -> Person:
    """Somebody who has signed in."""
    answer = try_to_sign_in(base_url, login, password)
    assert answer.status_code == 200, answer.text
    return Person(base_url, answer.json()["AuthenticationResult"]["IdToken"])


def sign_in_first(base_url: str, login: str, first_password: str) -> Person:
    """Somebody who signs in for the first time, and chooses a password."""
    asked = try_to_sign_in(base_url, login, first_password).json()
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    answer = cognito(
        base_url,
        "RespondToAuthChallenge",
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=asked["Session"],
        ChallengeResponses={"USERNAME": login, "NEW_PASSWORD": PASSWORD},
    )
    assert answer.status_code == 200, answer.text
    return Person(base_url, answer.json()["AuthenticationResult"]["IdToken"])
