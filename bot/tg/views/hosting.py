"""How a live class over a link looks to its hosts: the setup, the opening, the summary."""

from dataclasses import replace
from io import BytesIO

import segno

from bot.app.commands import ClassPlan
from bot.app.messages import BoardOffered, ClassOpened, ClassSetup, ClassSummary, ClassUnderWay, PupilSummary
from bot.app.messages.hosting import ListedClass
from bot.i18n import Texts
from bot.tg.bot_api.call import ApiCall, data
from bot.tg.views.paging import pages
from bot.tg.views.solo import ticked
from bot.tg.views.text import bullets, person, send, show_in

COUNTS = (5, 10, 20)
# Seconds a round lasts; 0 if the teacher closes it.
SECONDS = (15, 30, 60, 0)
# Pixels per module: some 800 in all, sharp on a projector and readable from the last row.
_SCALE = 20


def class_setup(message: ClassSetup, texts: Texts) -> list[ApiCall]:
    """Offer the choices for a class; the current ones are ticked."""
    plan = message.plan
    offers = [("", texts.plain("setup.mixed")), *((offer.id, offer.title) for offer in message.topics)]
    rows = [[_choice(title, plan.topic == topic, plan, topic=topic)] for topic, title in offers]
    rows.append([_choice(str(count), plan.count == count, plan, count=count) for count in COUNTS])
    rows.append([_choice(_pace(seconds, texts), plan.seconds == seconds, plan, seconds=seconds) for seconds in SECONDS])
    if plan.seconds:
        rows.append([_choice(texts.plain("host.bonus"), plan.bonus, plan, bonus=not plan.bonus)])
    rows.append([_choice(texts.plain("host.names"), plan.asks_names, plan, asks_names=not plan.asks_names)])
    rows.append([(texts.plain("host.open"), data("copen", *_words(plan)))])
    return [show_in(message.message_id, texts.html("host.setup"), rows)]


def _choice(text: str, chosen: bool, plan: ClassPlan, **change: object) -> tuple[str, str]:  # noqa: FBT001 - is it the chosen one
    return ticked(text, chosen), data("cset", *_words(replace(plan, **change)))  # type: ignore[arg-type]


def _words(plan: ClassPlan) -> tuple[str | int, ...]:
    return plan.topic, plan.count, plan.seconds, int(plan.bonus), int(plan.asks_names)


def _pace(seconds: int, texts: Texts) -> str:
    return texts.plain("seat.seconds", seconds=seconds) if seconds else texts.plain("host.by_hand")


def class_under_way(message: ClassUnderWay, texts: Texts) -> list[ApiCall]:
    """Render the open classes of a host in one message, with buttons for their controls and for a new class."""
    another = [] if message.most else [[(texts.plain("host.another"), data("cnew"))]]
    if not message.classes:
        return [send(texts.html("host.under_way"), another)]
    head = texts.html("host.most", limit=message.most) if message.most else texts.html("host.several")
    lines = [_class_line(number, one, texts) for number, one in enumerate(message.classes, 1)]
    more = texts.html("host.more_classes", n=message.more) if message.more else ""
    buttons = [
        [
            (
                f"🎛 {number}. {one.topic or texts.plain('setup.mixed')} · {code_in_groups(one.code)}",
                data("controls", one.session),
            )
        ]
        for number, one in enumerate(message.classes, 1)
    ]
    return [send("\n\n".join(filter(None, (head, "\n".join(lines), more))), [*buttons, *another])]


def _class_line(number: int, one: ListedClass, texts: Texts) -> str:
    topic = one.topic or texts.plain("setup.mixed")
    stands = texts.html("host.asked", number=one.round, of=one.of) if one.round else texts.html("host.not_begun")
    return texts.html("host.listed", number=number, topic=topic, code=code_in_groups(one.code)) + f": {stands}"


def class_opened(message: ClassOpened, texts: Texts) -> list[ApiCall]:
    """Replace the setup by a summary, then send the QR code with the ways to join."""
    questions = texts.plain("count.questions", n=message.count)
    chosen = texts.html(
        "host.chosen",
        topic=message.topic or texts.plain("setup.mixed"),
        questions=questions,
        pace=_pace(message.plan.seconds, texts),
    )
    caption = [texts.html("host.join", code=code_in_groups(message.code), link=message.link)]
    if message.board:
        caption.append(texts.html("host.board", link=message.board))
    picture = {"photo": square_picture(message.link), "caption": "\n\n".join(caption), "parse_mode": "HTML"}
    return [show_in(message.message_id, chosen), ApiCall("sendPhoto", picture)]


def board_offered(message: BoardOffered, texts: Texts) -> list[ApiCall]:
    """Send the address of the board."""
    return [send(texts.html("host.board", link=message.link))]


def code_in_groups(code: str) -> str:
    """Format a code in groups of three, which are easier to read aloud and to remember."""
    return " ".join(code[place : place + 3] for place in range(0, len(code), 3))


def square_picture(text: str) -> bytes:
    """Draw a text as a QR code, as PNG; it may lose 15 % of itself (ISO 18004, level M)."""
    picture = BytesIO()
    segno.make_qr(text, error="m").save(picture, kind="png", scale=_SCALE)
    return picture.getvalue()


def class_summary(message: ClassSummary, texts: Texts) -> list[ApiCall]:
    """Show the hosts how the class went: everybody with the real name, and the hardest questions."""
    questions = texts.plain("count.questions", n=message.rounds)
    pupils = texts.plain("host.pupils_count", n=len(message.pupils))
    summary = "host.summary_group" if message.group else "host.summary"
    parts = [texts.html(summary, questions=questions, pupils=pupils)]
    if message.hardest:
        hard = [f"{item} <b>{one.right}/{one.answered}</b>" for one in message.hardest for item in bullets(one.stem)]
        parts += pages([texts.html("host.hardest"), *hard], between="\n")
    lines = [_line(number, pupil) for number, pupil in enumerate(message.pupils, 1)]
    if lines:
        parts += pages([texts.html("host.everybody"), *lines], between="\n")
    return [send(page) for page in pages(parts)]


def _line(number: int, pupil: PupilSummary) -> str:
    name = person(pupil.nickname) + (f" ({person(pupil.real_name)})" if pupil.real_name else "")
    return f"{number}. {name}: {pupil.right}/{pupil.seen}"
