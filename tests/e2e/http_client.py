"""An HTTP client of the API, which signs in through Cognito."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

from infra.local.demo import PASSWORD

TIMEOUT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def refusal(self) -> str:
        """The name of the refusal, from the problem's type."""
        return str(self.body["type"]).removeprefix("/problems/")


@dataclass(frozen=True, slots=True)
class HttpClient:
    """Sends requests with a token, or without one as the public."""

    base_url: str
    token: str | None = None

    def call(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        headers: dict[str, str] | None = None,
    ) -> Response:
        authorization = {"authorization": f"Bearer {self.token}"} if self.token else {}
        answer = requests.request(
            method,
            self.base_url + path,
            json=body,
            headers={**authorization, **(headers or {})},
            timeout=TIMEOUT_SECONDS,
        )
        lowered = {name.lower(): value for name, value in answer.headers.items()}
        return Response(answer.status_code, answer.json(), lowered)

    def get(self, path: str) -> Any:
        answer = self.call("GET", path)
        assert answer.status == 200, answer
        return answer.body


def cognito(
    base_url: str, action: str, *, pool: str = "clients", **parameters: Any
) -> requests.Response:
    """Call Cognito as a browser does, without AWS credentials, as `clients` or `therapists`."""
    config = requests.get(f"{base_url}/config.json", timeout=TIMEOUT_SECONDS).json()
    return requests.post(
        config["cognito_url"],
        json={"ClientId": config[pool]["client_id"], **parameters},
        headers={
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": f"AWSCognitoIdentityProviderService.{action}",
        },
        timeout=TIMEOUT_SECONDS,
    )


def try_to_sign_in(
    base_url: str, login: str, password: str = PASSWORD, *, pool: str = "clients"
) -> requests.Response:
    return cognito(
        base_url,
        "InitiateAuth",
        pool=pool,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": login, "PASSWORD": password},
    )


def sign_in(
    base_url: str, login: str, password: str = PASSWORD, *, pool: str = "clients"
) -> HttpClient:
    answer = try_to_sign_in(base_url, login, password, pool=pool)
    assert answer.status_code == 200, answer.text
    return HttpClient(base_url, answer.json()["AuthenticationResult"]["IdToken"])


def sign_in_first(
    base_url: str, login: str, first_password: str, *, pool: str = "clients"
) -> HttpClient:
    challenge = try_to_sign_in(base_url, login, first_password, pool=pool).json()
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    answer = cognito(
        base_url,
        "RespondToAuthChallenge",
        pool=pool,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=challenge["Session"],
        ChallengeResponses={"USERNAME": login, "NEW_PASSWORD": PASSWORD},
    )
    assert answer.status_code == 200, answer.text
    return HttpClient(base_url, answer.json()["AuthenticationResult"]["IdToken"])
