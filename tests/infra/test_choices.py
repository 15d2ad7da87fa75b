"""Choices: what the template leaves to parameters comes out as AWS would have it."""

import pytest

from infra.local.choices import Choices

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
NOTHING = {"Ref": "AWS::NoValue"}


def settle(value, **given):
    return Choices(DOCUMENT, {"Email": "a@b.example", **given}).settle(value)


@pytest.mark.parametrize(
    ("value", "settled"),
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
        ({"Fn::If": ["IsOn", 1, {"Ref": "Days"}]}, 90),
        ({"A": {"Fn::If": ["IsOn", 1, NOTHING]}, "B": [NOTHING, 2]}, {"B": [2]}),
    ],
)
def test_what_depends_on_parameters_is_put_in_and_the_rest_left(value, settled):
    assert settle(value) == settled


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
def test_conditions_hold_by_what_is_given(condition, given, holds):
    assert Choices(DOCUMENT, {"Email": "", **given}).holds(condition) is holds


def test_a_parameter_without_a_value_is_asked_for():
    with pytest.raises(ValueError, match="Email"):
        Choices(DOCUMENT, {})
