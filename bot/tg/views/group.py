"""How a live quiz looks in a group: one poll a round, one message when it closes, none for single votes."""

from bot.app.messages import (
    Controls,
    ControlsChanged,
    GroupDiscussion,
    GroupNotice,
    GroupPoll,
    GroupQuizWaits,
    LookUp,
    MemberCheck,
)
from bot.core.classroom import Phase
from bot.i18n import Texts
from bot.tg.bot_api.call import ApiCall, keyboard
from bot.tg.views.controls import control_rows
from bot.tg.views.paging import pages
from bot.tg.views.question import as_quiz, by_poll
from bot.tg.views.signs import deletion
from bot.tg.views.tally import tally
from bot.tg.views.text import in_topic, paragraphs, send

# Telegram's refusals for a person who was never in a group (official server, Telegram's own errors).
_NOT_THERE = ("member not found", "user not found", "user_not_participant", "participant_id_invalid")


def group_notice(message: GroupNotice, texts: Texts) -> list[ApiCall]:
    """Send one sentence to the group."""
    call = in_topic(send(texts.html(message.text, name=message.name)), message.thread_id)
    if message.reply_to is not None:
        call.parameters["reply_parameters"] = {"message_id": message.reply_to, "allow_sending_without_reply": True}
    return [call]


def group_quiz_waits(message: GroupQuizWaits, texts: Texts) -> list[ApiCall]:
    """Show that a quiz is running or paused, with its controls."""
    waits = message.controls.phase in (Phase.HELD, Phase.RESTING)
    key = "group.waiting" if waits else "group.running"
    text = texts.html(key, round=message.controls.round, of=message.of)
    return [in_topic(send(text, control_rows(message.controls, texts)), message.thread_id)]


def group_poll(message: GroupPoll, texts: Texts) -> list[ApiCall]:
    """Send the question of a round; the votes stay hidden until it closes."""
    note = f"⏱ {texts.plain('count.seconds', n=message.seconds)}" if message.seconds else ""
    calls = by_poll(message, message.prompt, texts, note)
    calls[-1].parameters.update(
        as_quiz(message.prompt, message.why),
        hide_results_until_closes=True,
        reply_markup=keyboard(control_rows(message.controls, texts)),
    )
    return [in_topic(call, message.thread_id) for call in calls]


def group_discussion(message: GroupDiscussion, texts: Texts) -> list[ApiCall]:
    """Remove the question, and show the first vote without the right answer."""
    stem = [f"<b>{paragraph}</b>" for paragraph in paragraphs(message.stem)]
    votes = tally(message.tally, None, texts, statement=message.statement, voters=message.answered)
    parts = [*stem, votes, texts.html("group.discussion")]
    gone = [] if message.message_id is None else [deletion(message.message_id)]
    return [*gone, *told(parts, message.controls, message.thread_id, texts)]


def told(parts: list[str], controls: Controls, thread_id: int | None, texts: Texts) -> list[ApiCall]:
    """Send paragraphs in as few messages as possible; the last has the control buttons."""
    calls = [in_topic(send(page), thread_id) for page in pages(parts)]
    if rows := control_rows(controls, texts):
        calls[-1].parameters["reply_markup"] = keyboard(rows)
    return calls


def controls_changed(message: ControlsChanged, texts: Texts) -> list[ApiCall]:
    """Replace the control buttons of a message."""
    markup = keyboard(control_rows(message.controls, texts))
    parameters = {"message_id": message.message_id, "reply_markup": markup}
    return [ApiCall("editMessageReplyMarkup", parameters, expendable=True)]


def look_up(_message: LookUp, _texts: Texts) -> list[ApiCall]:
    """Ask who administers a group."""
    return [ApiCall("getChatAdministrators", {})]


def member_check(message: MemberCheck, _texts: Texts) -> list[ApiCall]:
    """Ask whether somebody is in a group."""
    return [ApiCall("getChatMember", {"user_id": message.person}, nobody=_NOT_THERE)]
