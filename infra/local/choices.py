"""What the template leaves to parameters, settled: its conditions, and what hangs on them."""

import re
from collections.abc import Mapping
from typing import Any

_NOTHING: Any = object()
"""AWS::NoValue: a property that isn't there."""
_NAMED = re.compile(r"\$\{([\w:.]+)\}")


class Choices:
    """The parameters' values, and which conditions hold by them."""

    def __init__(self, document: Mapping[str, Any], given: Mapping[str, str]) -> None:
        """Take what was `given` for parameters, and their defaults for the rest. Raises ValueError
        for one that has neither."""
        self._conditions = document.get("Conditions", {})
        self._values: dict[str, Any] = {}
        for name, parameter in document.get("Parameters", {}).items():
            value = given.get(name, parameter.get("Default"))
            if value is None:
                raise ValueError(f"the template wants a value for {name}")
            self._values[name] = int(value) if parameter["Type"] == "Number" else str(value)

    def holds(self, condition: str) -> bool:
        """Whether the condition of that name holds."""
        return bool(self.settle(self._conditions[condition]))

    def settle(self, value: Any) -> Any:
        """Put values in the place of parameters and of what depends on them. What only AWS knows,
        a resource's name say, is left as it is written."""
        if isinstance(value, list):
            return [each for each in map(self.settle, value) if each is not _NOTHING]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, argument),) = value.items()
            settler = _SETTLERS.get(name)
            if settler:
                return settler(self, argument)
        settled = {name: self.settle(each) for name, each in value.items()}
        return {name: each for name, each in settled.items() if each is not _NOTHING}

    def _ref(self, name: str) -> Any:
        return _NOTHING if name == "AWS::NoValue" else self._values.get(name, {"Ref": name})

    def _sub(self, argument: Any) -> Any:
        if not isinstance(argument, str):
            text, values = argument
            return {"Fn::Sub": [text, self.settle(values)]}
        text = _NAMED.sub(lambda found: str(self._values.get(found[1], found[0])), argument)
        return {"Fn::Sub": text} if _NAMED.search(text) else text

    def _if(self, argument: list[Any]) -> Any:
        condition, then, otherwise = argument
        return self.settle(then if self.holds(condition) else otherwise)

    def _equals(self, argument: list[Any]) -> bool:
        one, other = self.settle(argument)
        return str(one) == str(other)

    def _not(self, argument: list[Any]) -> bool:
        return not self.settle(argument)[0]

    def _and(self, argument: list[Any]) -> bool:
        return all(self.settle(argument))

    def _split(self, argument: list[Any]) -> list[str]:
        separator, text = self.settle(argument)
        parts: list[str] = text.split(separator)
        return parts


_SETTLERS: Mapping[str, Any] = {
    "Ref": Choices._ref,  # noqa: SLF001 - its own table
    "Condition": Choices.holds,
    "Fn::Sub": Choices._sub,  # noqa: SLF001
    "Fn::If": Choices._if,  # noqa: SLF001
    "Fn::Equals": Choices._equals,  # noqa: SLF001
    "Fn::Not": Choices._not,  # noqa: SLF001
    "Fn::And": Choices._and,  # noqa: SLF001
    "Fn::Split": Choices._split,  # noqa: SLF001
}
