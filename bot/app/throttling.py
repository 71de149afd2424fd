"""What somebody hears who asks too much. Who that is the Telegram edge decides, before anything else is done."""

from bot.app import commands
from bot.app.context import Context
from bot.app.messages import Notice


def ask_too_much(context: Context, command: commands.AskTooMuch) -> None:
    """Ask for a moment's rest: below the button that was pressed, else in private; a group is not written to."""
    person = context.person(command.visitor)
    if command.press:
        context.toast = "toast.too_much"
    elif person.is_private:
        context.send(person, Notice("write.too_much"))
