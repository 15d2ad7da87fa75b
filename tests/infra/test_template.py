"""The template's API: routes, authorization, CORS and throttling."""

import importlib
import json
import re

import pytest

from infra.local import template
from infra.local.environment import TABLES, VARIABLES

PUBLIC = {
    "GET /therapists/{therapist_id}",
    "POST /therapists/{therapist_id}/registrations",
    "POST /therapists/{therapist_id}/registrations/confirm",
    "POST /therapists/{therapist_id}/invitations",
    "POST /unsubscribe/{token}",
    "GET /",
    "GET /assets/{name}",
    "GET /book/{therapist_id}",
    "GET /config.json",
    "GET /console",
    "GET /console/mail",
    "GET /openapi.json",
    "GET /widget.js",
}
CATCH_ALL = {f"{method} /{{proxy+}}" for method in ("GET", "POST", "PUT", "PATCH", "DELETE")}
"""A route of any method would also catch preflight requests, which the gateway answers itself."""


def test_only_the_public_routes_require_no_login(translated):
    assert {route.key for route in translated.routes() if route.public} == PUBLIC


def test_every_function_has_a_handler(translated):
    for dotted in translated.handlers().values():
        module, _, name = dotted.rpartition(".")
        assert callable(getattr(importlib.import_module(module), name)), dotted


def test_the_local_run_knows_every_table_and_environment_variable(translated):
    functions = translated.of_type("AWS::Lambda::Function").values()
    names = {name for each in functions for name in each["Environment"]["Variables"]}
    assert names <= set(VARIABLES)
    assert set(TABLES) == set(translated.of_type("AWS::DynamoDB::Table"))


def test_access_logs_contain_the_route_but_not_the_path(translated):
    (stage,) = translated.of_type("AWS::ApiGatewayV2::Stage").values()
    written = set(json.loads(stage["AccessLogSettings"]["Format"]).values())
    assert {"$context.routeKey", "$context.requestId"} <= written
    assert not written & {"$context.path", "$context.identity.sourceIp", "$context.customDomain"}


def test_public_routes_have_lower_throttling_limits(translated):
    stages = template.load(RequestsPerSecond="321").of_type("AWS::ApiGatewayV2::Stage")
    (stage,) = stages.values()
    general = stage["DefaultRouteSettings"]
    assert general == {"ThrottlingRateLimit": 321, "ThrottlingBurstLimit": 321}
    assert set(stage["RouteSettings"]) == PUBLIC | CATCH_ALL
    for key, limits in stage["RouteSettings"].items():
        most = 120 if key == "GET /assets/{name}" else 40  # a page loads three
        assert 0 < limits["ThrottlingRateLimit"] <= limits["ThrottlingBurstLimit"] <= most, key
    registering = ("registrations", "registrations/confirm", "invitations")
    keys = [f"POST /therapists/{{therapist_id}}/{name}" for name in registering]
    for key in (*keys, "POST /unsubscribe/{token}"):
        limits = stage["RouteSettings"][key]
        assert limits == {"ThrottlingRateLimit": 2, "ThrottlingBurstLimit": 10}
    for key in CATCH_ALL:
        assert stage["RouteSettings"][key] == {"ThrottlingRateLimit": 1, "ThrottlingBurstLimit": 5}


def test_unknown_routes_of_every_method_are_refused_by_the_public_function(translated):
    routes = translated.catch_all_routes()
    assert {route.key for route in routes} == CATCH_ALL
    assert {route.method for route in translated.routes()} == {route.method for route in routes}
    assert {(route.function, route.public) for route in routes} == {("RegistrationFunction", True)}


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        pytest.param("", None, id="none but its own pages"),
        pytest.param("*", ["*"], id="any site"),
        pytest.param(
            "https://a.example,https://b.example",
            ["https://a.example", "https://b.example"],
            id="two sites",
        ),
    ],
)
def test_a_parameter_sets_the_allowed_origins(given, allowed):
    body = template.load(AllowedOrigins=given).properties("Api")["Body"]
    cors = body.get("x-amazon-apigateway-cors")
    assert (cors and cors["allowOrigins"]) == allowed
    assert cors is None or not cors.get("allowCredentials")


@pytest.mark.parametrize(
    ("given", "fits"),
    [
        ("", True),
        ("*", True),
        ("https://a.example,https://b.example:8443", True),
        ("http://a.example", False),
        ("https://a.example/", False),
        ("https://*.example", False),
        ("*,https://a.example", False),
    ],
)
def test_allowed_origins_require_https(parameters, given, fits):
    assert bool(re.fullmatch(parameters["AllowedOrigins"]["AllowedPattern"], given)) is fits


def test_every_parameter_has_a_description(parameters):
    for name, parameter in parameters.items():
        assert parameter["Description"].strip().endswith("."), name
