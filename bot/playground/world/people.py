"""Who is in the world: persons and the bot, which is a user as well."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A Telegram user. The id of a person is the id of their private chat with the bot.

    Attributes:
        username: without the at sign; empty for none.
        language_code: the language of the person's client, an IETF tag.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    is_bot: bool = False
