"""CloudFormation's intrinsic functions, evaluated as far as parameters determine them."""

import re
from collections.abc import Container, Mapping
from typing import Any

_NO_VALUE: Any = object()
"""AWS::NoValue: CloudFormation removes the property."""
_PLACEHOLDER = re.compile(r"\$\{([\w:.]+)\}")


class Intrinsics:
    """Evaluates a template's expressions for given parameters."""

    def __init__(self, document: Mapping[str, Any], parameters: Mapping[str, str]) -> None:
        """Take the values of `parameters`; the others have their defaults.

        Raises:
            ValueError: A parameter has neither value nor default.
        """
        self._conditions = document.get("Conditions", {})
        self._values: dict[str, Any] = {}
        for name, parameter in document.get("Parameters", {}).items():
            value = parameters.get(name, parameter.get("Default"))
            if value is None:
                raise ValueError(f"the template requires a value for {name}")
            self._values[name] = int(value) if parameter["Type"] == "Number" else str(value)

    def holds(self, condition: str) -> bool:
        """Return whether the condition of that name holds."""
        return bool(self.resolve(self._conditions[condition]))

    def resolve(self, value: Any) -> Any:
        """Replace what parameters determine.

        What only AWS knows, such as a resource's name, stays as written.
        """
        if isinstance(value, list):
            return [each for each in map(self.resolve, value) if each is not _NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, argument),) = value.items()
            function = _FUNCTIONS.get(name)
            if function:
                return function(self, argument)
        resolved = {name: self.resolve(each) for name, each in value.items()}
        return {name: each for name, each in resolved.items() if each is not _NO_VALUE}

    def _ref(self, name: str) -> Any:
        return _NO_VALUE if name == "AWS::NoValue" else self._values.get(name, {"Ref": name})

    def _sub(self, argument: Any) -> Any:
        if not isinstance(argument, str):
            text, values = argument
            return {"Fn::Sub": [self._fill(text, own=values), self.resolve(values)]}
        text = self._fill(argument)
        return {"Fn::Sub": text} if _PLACEHOLDER.search(text) else text

    def _fill(self, text: str, own: Container[str] = ()) -> str:
        """Replace the placeholders of parameters in a text, but not those of its own values."""

        def value(match: re.Match[str]) -> str:
            return match[0] if match[1] in own else str(self._values.get(match[1], match[0]))

        return _PLACEHOLDER.sub(value, text)

    def _if(self, argument: list[Any]) -> Any:
        condition, then, otherwise = argument
        return self.resolve(then if self.holds(condition) else otherwise)

    def _equals(self, argument: list[Any]) -> bool:
        left, right = self.resolve(argument)
        return str(left) == str(right)

    def _not(self, argument: list[Any]) -> bool:
        return not self.resolve(argument)[0]

    def _and(self, argument: list[Any]) -> bool:
        return all(self.resolve(argument))

    def _split(self, argument: list[Any]) -> Any:
        separator, text = self.resolve(argument)
        return text.split(separator) if isinstance(text, str) else {"Fn::Split": [separator, text]}


_FUNCTIONS: Mapping[str, Any] = {
    "Ref": Intrinsics._ref,  # noqa: SLF001 - a table of its own methods
    "Condition": Intrinsics.holds,
    "Fn::Sub": Intrinsics._sub,  # noqa: SLF001
    "Fn::If": Intrinsics._if,  # noqa: SLF001
    "Fn::Equals": Intrinsics._equals,  # noqa: SLF001
    "Fn::Not": Intrinsics._not,  # noqa: SLF001
    "Fn::And": Intrinsics._and,  # noqa: SLF001
    "Fn::Split": Intrinsics._split,  # noqa: SLF001
}
