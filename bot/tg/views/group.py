"""How a live quiz looks in a group."""

from bot.app.messages import GroupNotice
from bot.i18n import Texts
from bot.tg.call import Call
from bot.tg.views.text import send


def group_notice(message: GroupNotice, texts: Texts) -> list[Call]:
    """Say one sentence in the group."""
    return [in_topic(send(texts.html(message.text, name=message.name)), message.thread_id)]


def in_topic(call: Call, thread_id: int | None) -> Call:
    """Send a message to a forum topic, where there is one."""
    if thread_id is not None:
        call.parameters["message_thread_id"] = thread_id
    return call
