"""What somebody hears who asks too much. Who that is the Telegram edge decides, before anything else is done."""

from bot.app import commands
from bot.app.context import Work
from bot.app.messages import Notice


def ask_too_much(work: Work, command: commands.AskTooMuch) -> None:
    """Ask for a moment's rest: below the button that was pressed, else in private; a group is not written to."""
    person = work.person(command.visitor)
    if command.press:
        work.toast = "toast.too_much"
    elif person.is_private:
        work.tell(person, Notice("write.too_much"))
