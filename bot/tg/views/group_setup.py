"""Setup of a quiz in a group."""

from collections.abc import Sequence
from dataclasses import replace

from bot.app.commands.classroom import ClassPlan
from bot.app.messages import GroupChosen, GroupSetup
from bot.i18n import Texts
from bot.tg.bot_api.call import ApiCall, data
from bot.tg.views.solo import COUNTS, ticked
from bot.tg.views.text import in_topic, safe, show_in

SECONDS = (15, 30, 60, 0)

Row = Sequence[tuple[str, str]]


def group_setup(message: GroupSetup, texts: Texts) -> list[ApiCall]:
    """Offer topics, numbers and time limits in one message that changes; the chosen ones are ticked."""
    plan = message.plan
    every = sum(offer.questions for offer in message.topics)
    offers = [("", texts.plain("setup.mixed"), every), *((one.id, one.title, one.questions) for one in message.topics)]
    rows: list[Row] = [
        [_choice(f"{title} ({questions})", plan, replace(plan, topic=topic))] for topic, title, questions in offers
    ]
    rows.append([_choice(str(count), plan, replace(plan, count=count)) for count in _counts(plan)])
    rows.append([_choice(_pace(seconds, texts), plan, replace(plan, seconds=seconds)) for seconds in SECONDS])
    if plan.seconds:
        text = texts.plain("group.bonus_on" if plan.bonus else "group.bonus_off")
        rows.append([(text, _data("gset", replace(plan, bonus=not plan.bonus)))])
    rows.append([(texts.plain("setup.start"), _data("ggo", plan))])
    told = [texts.html("group.setup"), *([texts.html("group.unchecked")] if message.unchecked else ())]
    call = show_in(message.message_id, "\n\n".join(told), rows)
    return [call if message.message_id else in_topic(call, message.thread_id)]


def group_chosen(message: GroupChosen, texts: Texts) -> list[ApiCall]:
    """Replace the setup by a summary of what was chosen."""
    plan = message.plan
    topic = message.topic or texts.plain("setup.mixed")
    lines = [texts.html("quiz.chosen", topic=topic, questions=texts.plain("count.questions", n=message.count))]
    if plan.seconds:
        lines.append(texts.html("group.timed", seconds=texts.plain("count.seconds", n=plan.seconds)))
        lines += [safe(texts.plain("group.bonus_on"))] if plan.bonus else []
    else:
        lines.append(texts.html("group.no_limit"))
    return [show_in(message.message_id, "\n".join(lines))]


def _choice(text: str, plan: ClassPlan, chosen: ClassPlan) -> tuple[str, str]:
    """Build a button for one choice, ticked if it is the current one."""
    return ticked(text, chosen == plan), _data("gset", chosen)


def _data(name: str, plan: ClassPlan) -> str:
    return data(name, plan.topic, plan.count, plan.seconds, int(plan.bonus))


def _counts(plan: ClassPlan) -> Sequence[int]:
    """Return three numbers to choose from: with 90 topics there is room for no more (Telegram: 100 buttons)."""
    return COUNTS if plan.count in COUNTS else sorted((plan.count, *COUNTS[1:]))


def _pace(seconds: int, texts: Texts) -> str:
    return texts.plain("group.seconds", seconds=seconds) if seconds else texts.plain("group.untimed")
