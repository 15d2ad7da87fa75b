"""Intrinsic functions of CloudFormation, evaluated for given parameters."""

import pytest

from infra.local.intrinsics import Intrinsics

DOCUMENT = {
    "Parameters": {
        "Email": {"Type": "String"},
        "Days": {"Type": "Number", "Default": 90},
        "Switch": {"Type": "String", "Default": "off"},
    },
    "Conditions": {
        "IsOn": {"Fn::Equals": [{"Ref": "Switch"}, "on"]},
        "IsOff": {"Fn::Not": [{"Condition": "IsOn"}]},
        "IsOnForLong": {
            "Fn::And": [{"Condition": "IsOn"}, {"Fn::Equals": [{"Ref": "Days"}, "90"]}]
        },
    },
}
NO_VALUE = {"Ref": "AWS::NoValue"}


def resolve(value, **given):
    return Intrinsics(DOCUMENT, {"Email": "a@b.example", **given}).resolve(value)


@pytest.mark.parametrize(
    ("value", "resolved"),
    [
        ({"Ref": "Email"}, "a@b.example"),
        ({"Ref": "Days"}, 90),
        ({"Ref": "Queue"}, {"Ref": "Queue"}),
        ({"Fn::GetAtt": ["Queue", "Arn"]}, {"Fn::GetAtt": ["Queue", "Arn"]}),
        ({"Fn::Sub": "${Days} days"}, "90 days"),
        ({"Fn::Sub": "${Days} of ${AWS::Region}"}, {"Fn::Sub": "90 of ${AWS::Region}"}),
        ({"Fn::Sub": ["${Days}", {"Days": "1"}]}, {"Fn::Sub": ["${Days}", {"Days": "1"}]}),
        ({"Fn::Sub": ["${N}", {"N": {"Ref": "Days"}}]}, {"Fn::Sub": ["${N}", {"N": 90}]}),
        ({"Fn::Split": ["@", {"Ref": "Email"}]}, ["a", "b.example"]),
        ({"Fn::Split": ["@", {"Ref": "Queue"}]}, {"Fn::Split": ["@", {"Ref": "Queue"}]}),
        ({"Fn::If": ["IsOn", 1, {"Ref": "Days"}]}, 90),
        ({"A": {"Fn::If": ["IsOn", 1, NO_VALUE]}, "B": [NO_VALUE, 2]}, {"B": [2]}),
    ],
)
def test_expressions_are_resolved_as_far_as_parameters_determine_them(value, resolved):
    assert resolve(value) == resolved


@pytest.mark.parametrize(
    ("condition", "given", "holds"),
    [
        ("IsOn", {}, False),
        ("IsOn", {"Switch": "on"}, True),
        ("IsOff", {}, True),
        ("IsOnForLong", {"Switch": "on"}, True),
        ("IsOnForLong", {"Switch": "on", "Days": "1"}, False),
    ],
)
def test_conditions_depend_on_parameters(condition, given, holds):
    assert Intrinsics(DOCUMENT, {"Email": "", **given}).holds(condition) is holds


def test_a_parameter_without_a_value_raises_an_error():
    with pytest.raises(ValueError, match="Email"):
        Intrinsics(DOCUMENT, {})
