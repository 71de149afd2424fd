"""Results in a group: the right answer, the standings, the end of the quiz."""

from bot.app.messages import GroupResult, GroupReveal
from bot.i18n import Texts
from bot.tg.bot_api.call import ApiCall
from bot.tg.views.group import told
from bot.tg.views.lesson import explanation_paragraphs
from bot.tg.views.paging import pages
from bot.tg.views.tally import ranking, tally
from bot.tg.views.text import in_topic, send


def group_reveal(message: GroupReveal, texts: Texts) -> list[ApiCall]:
    """Stop the poll, and show the right answer, the votes, the explanation and, in some rounds, the standings."""
    stop = [] if message.message_id is None else [_stopped(message.message_id)]
    place = {"round": message.round, "of": message.of}
    if message.answered:
        parts = [texts.html("group.score", right=message.right, answered=message.answered, **place)]
        parts.append(_votes(message, texts))
    else:
        parts = [texts.html("group.silence", **place)]
    parts += explanation_paragraphs(message.lesson, "group.right", None, texts)
    if message.standings:
        parts.append(_standings(message, texts))
    if message.quiet:
        parts.append(texts.html("group.quiet"))
    return [*stop, *told(parts, message.controls, message.thread_id, texts)]


def _stopped(message_id: int) -> ApiCall:
    """Close a poll; without a keyboard of its own it loses the buttons (Bot API, stopPoll)."""
    return ApiCall("stopPoll", {"message_id": message_id}, expendable=True)


def _votes(message: GroupReveal, texts: Texts) -> str:
    statement = message.lesson.statement
    if message.first is None:
        return tally(message.last, None, texts, statement=statement, voters=message.answered)
    return tally(message.first, message.last, texts, statement=statement)


def _standings(message: GroupReveal, texts: Texts) -> str:
    heading = f"<b>{texts.html('board.standings')}</b>"
    return f"{heading}\n{ranking(message.standings, message.more, texts, bonus=message.bonus, moving=True)}"


def group_result(message: GroupResult, texts: Texts) -> list[ApiCall]:
    """Show the final result: the best, and how many took part."""
    parts = [f"{texts.html('group.over')} {texts.html('group.people', n=message.people)}."]
    if message.standings:
        ranked = "board.ranked_points" if message.bonus else "board.ranked"
        podium = ranking(message.standings, message.more, texts, bonus=message.bonus, moving=False)
        parts += [podium, f"<i>{texts.html(ranked)}</i>"]
    if message.people:
        parts.append(texts.html("group.own_result"))
    return [in_topic(send(page), message.thread_id) for page in pages(parts)]
