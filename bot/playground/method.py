"""Class of a Bot API method: a name, declared parameters and a function. The methods themselves are in methods/."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.flood_limits import Counted
from bot.playground.parameters import Parameter
from bot.playground.world import World

# The parameters that were passed, by name, checked and converted to their declared types.
Values = Mapping[str, Any]
Result = dict[str, Any] | list[Any] | bool


@dataclass(frozen=True, slots=True)
class Method:
    """One Bot API method.

    Attributes:
        name: the Bot API's name.
        parameters: every parameter that the playground supports.
        run: runs the method and returns ``result``; raises BotApiError.
        counts_as: what the flood limits count a call as; None if they do not count it.
    """

    name: str
    parameters: tuple[Parameter, ...]
    run: Callable[[World, Values], Result]
    counts_as: Counted | None = None

    def read(self, raw: Mapping[str, object]) -> Values:
        """Check and convert the parameters of a call.

        Telegram ignores unknown parameters. The playground refuses them, because they are mistakes.
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
