"""What the translated template grants, read statement by statement."""


def statements(translated, function):
    """The statements of a function's own role."""
    role = translated.properties(f"{function}Role")
    return [
        statement
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def may(translated, function, action, resource):
    """Whether the function's role allows an action on a resource by its logical id."""
    return any(
        action in as_list(statement["Action"])
        and any(
            isinstance(each, dict) and each.get("Fn::GetAtt", [None])[0] == resource
            for each in as_list(statement["Resource"])
        )
        for statement in statements(translated, function)
    )


def uses(translated, role):
    """The managed policies of the template's own that a role has."""
    managed = translated.properties(role).get("ManagedPolicyArns", ())
    return {each["Ref"] for each in managed if isinstance(each, dict)}


def as_list(value):
    return value if isinstance(value, list) else [value]
