"""Telegram users in the world: people and the bot."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A Telegram user. The id of a person is the id of their private chat with the bot.

    Attributes:
        username: without the @; empty if there is none.
        language_code: the language of the person's client, an IETF tag.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    is_bot: bool = False


# Users that the Bot API substitutes for a user who acts as a chat. Message, ``from``: "for backward compatibility, if
# the message was sent on behalf of a chat, the field contains a fake sender user". PollAnswer, ``user``: 136817688 with
# a ``voter_chat`` (changelog of Bot API 6.8).
GROUP_ANONYMOUS_BOT = Person(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
CHANNEL_BOT = Person(136817688, "Channel", username="Channel_Bot", is_bot=True)
