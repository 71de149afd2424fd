"""What a Bot API method is: a name, declared parameters, and what it does. One group of methods a file in methods/."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.flood_limits import Counted
from bot.playground.parameters import Parameter
from bot.playground.world import World

# Parameters that were passed, by name, checked and of their declared type.
Values = Mapping[str, Any]
Result = dict[str, Any] | list[Any] | bool


@dataclass(frozen=True, slots=True)
class Method:
    """One Bot API method.

    Attributes:
        name: as the Bot API spells it.
        parameters: every parameter that is served.
        carry_out: does it and gives the ``result`` of the answer; raises RefusalError.
        counts_as: what a call is to the flood limits; None where they do not count it.
    """

    name: str
    parameters: tuple[Parameter, ...]
    run: Callable[[World, Values], Result]
    counts_as: Counted | None = None

    def read(self, raw: Mapping[str, object]) -> Values:
        """Check what a caller passed.

        Telegram ignores parameters that it does not know. Here they are refused, because they are mistakes.
        """
        declared = {parameter.name: parameter for parameter in self.parameters}
        unknown = [name for name in raw if name not in declared]
        if unknown:
            raise bad_request(f'unknown parameter "{unknown[0]}" of {self.name} (refused by the playground)')
        values: dict[str, Any] = {}
        for parameter in self.parameters:
            given = raw.get(parameter.name)
            if given is not None:
                values[parameter.name] = parameter.type.read(parameter.name, given)
            elif parameter.required:
                raise bad_request(parameter.missing or f'parameter "{parameter.name}" is required')
        return values
