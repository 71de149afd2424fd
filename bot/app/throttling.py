"""Warning for a person who sends too many updates. The throttle in ``bot/tg/inbound`` decides who that is."""

from bot.app import commands
from bot.app.context import Context
from bot.app.messages import Notice


def ask_too_much(context: Context, command: commands.AskTooMuch) -> None:
    """Warn the person: as the answer to a button press, else in the private chat; never in a group."""
    person = context.person(command.visitor)
    if command.press:
        context.toast = "toast.too_much"
    elif person.is_private:
        context.send(person, Notice("write.too_much"))
