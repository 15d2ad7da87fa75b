"""The policies of the translated template."""

from infra.local.permissions import as_list


def statements(translated, function):
    role = translated.properties(f"{function}Role")
    return [
        statement
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def may(translated, function, action, resource):
    """Return whether a function's role allows an action on a resource, by its logical id."""
    return any(
        action in as_list(statement["Action"])
        and any(
            isinstance(each, dict) and each.get("Fn::GetAtt", [None])[0] == resource
            for each in as_list(statement["Resource"])
        )
        for statement in statements(translated, function)
    )


def uses(translated, role):
    """Return the template's managed policies that a role has."""
    managed = translated.properties(role).get("ManagedPolicyArns", ())
    return {each["Ref"] for each in managed if isinstance(each, dict)}
