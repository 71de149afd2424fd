"""How a live class over a link looks to its pupils."""

from bot.app.messages import (
    ClassExplanation,
    ClassQuestion,
    ClassResult,
    CodeUnknown,
    CodeWait,
    NicknameChanged,
    NicknameWanted,
    RealNameWanted,
    Seated,
)
from bot.core.classroom import Phase
from bot.core.prompt import WrittenPrompt
from bot.i18n import Texts
from bot.tg.bot_api.call import ApiCall, Buttons, data
from bot.tg.views.lesson import explanation_paragraphs, spelled
from bot.tg.views.paging import pages
from bot.tg.views.question import by_poll, in_writing
from bot.tg.views.text import bullets, send

_NEXT = {
    Phase.GATHERING: "seat.lobby",
    Phase.ASKING: "seat.question",
    Phase.HELD: "seat.question",
    Phase.FINISHED: "seat.over",
}


def code_unknown(message: CodeUnknown, texts: Texts) -> list[ApiCall]:
    """Render that no open class has this code."""
    if message.code:
        return [send(texts.html("class.unknown_code", code=message.code))]
    return [send(texts.html("class.unreadable_code"))]


def code_wait(message: CodeWait, texts: Texts) -> list[ApiCall]:
    """Render how long the person must wait before the next class code."""
    minutes = -(-message.seconds // 60)
    time = texts.plain("count.seconds", n=message.seconds) if minutes == 1 else texts.plain("count.minutes", n=minutes)
    return [send(texts.html("class.code_wait", time=time))]


def nickname_wanted(message: NicknameWanted, texts: Texts) -> list[ApiCall]:
    """Ask for a nickname, and say who will see what."""
    asked = texts.html(f"seat.fault_{message.fault}") if message.fault else texts.html("seat.nickname")
    seen = texts.html("seat.who_sees_names" if message.asks_name else "seat.who_sees")
    buttons: Buttons = [[(message.offer, data("nick", message.session))]]
    return [send(f"{asked}\n\n{seen}", buttons if message.offer else ())]


def real_name_wanted(message: RealNameWanted, texts: Texts) -> list[ApiCall]:
    """Ask for the real name, which the teacher alone will see."""
    return [send(texts.html("seat.name_again" if message.fault else "seat.name"))]


def seated(message: Seated, texts: Texts) -> list[ApiCall]:
    """Confirm that the pupil has joined, and describe what follows."""
    welcome = texts.html("seat.back" if message.back else "seat.welcome", name=message.nickname)
    key = "seat.left_round" if message.left else _NEXT.get(message.phase, "seat.next")
    after = texts.html(key, round=message.round, of=message.of)
    return [send(f"{welcome}\n\n{after}")]


def nickname_changed(message: NicknameChanged, texts: Texts) -> list[ApiCall]:
    """Show a pupil their new nickname."""
    return [send(texts.html("seat.renamed", name=message.nickname))]


def class_question(message: ClassQuestion, texts: Texts) -> list[ApiCall]:
    """Show a question so that nobody learns what is right before the round is closed.

    The poll is of the regular type: a quiz poll would show each voter the right answer (Bot API, Poll.type). Votes are
    final.
    """
    notes = [f"⏱ {texts.plain('seat.seconds', seconds=message.seconds)}"] if message.seconds else []
    if message.vote > 1:
        notes.append(texts.plain("seat.second_vote"))
    note = " · ".join(notes)
    if isinstance(message.prompt, WrittenPrompt):
        return in_writing(message, message.topic, message.prompt, texts, note)
    calls = by_poll(message, message.prompt, texts, note)
    calls[-1].parameters.update(type="regular", allows_revoting=False, hide_results_until_closes=True)
    return calls


def class_explanation(message: ClassExplanation, texts: Texts) -> list[ApiCall]:
    """Render how the answer was marked and what was right."""
    reply = None if message.outcome == "right" else message
    parts = explanation_paragraphs(message.lesson, f"seat.{message.outcome}", reply, texts)
    if message.spelling:
        parts[0] = spelled(message.spelling, texts)
    return [send(page) for page in pages(parts)]


def class_result(message: ClassResult, texts: Texts) -> list[ApiCall]:
    """Show a pupil their result, the missed questions, and a button to practise them."""
    result = "seat.result_group" if message.group else "seat.result"
    parts = [texts.html(result, right=message.right, seen=message.seen)]
    if message.seen < message.of:
        parts.append(texts.html("seat.result_late", of=message.of, seen=message.seen))
    if message.missed:
        missed = [item for stem in message.missed for item in bullets(stem)]
        parts += pages([texts.html("seat.missed"), *missed], between="\n")
    elif message.seen:
        parts.append(texts.html("result.all"))
    calls = [send(page) for page in pages(parts)]
    catch_up: Buttons = [[(texts.plain("seat.catch_up"), data("missed", message.session))]]
    if message.missed:
        calls[-1] = send(calls[-1].parameters["text"], catch_up)
    return calls
