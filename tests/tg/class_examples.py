"""Messages of every kind around a class over a link, with texts, ids and numbers as long as they may be."""

from dataclasses import replace
from typing import get_args

from bot.app import messages
from bot.app.commands import ClassPlan
from bot.app.messages import (
    AnswerExplanation,
    ClassControls,
    ClassQuestion,
    Controls,
    Message,
    OptionVotes,
    PupilCard,
    PupilLine,
    PupilSummary,
    TopicOffer,
    VoteShown,
)
from bot.app.messages.classroom import NicknameFault
from bot.app.messages.hosting import ListedClass
from bot.core.classroom import Phase
from bot.core.prompt import ChoicePrompt, TrueFalsePrompt, WrittenPrompt

LARGEST = 2**63 - 1
TITLE = "<Title> & " * 10
STEM = "A stem? " * 128
OPTION = "An <option>. " * 80
NAME = "<b>&\N{FAMILY}" * 4 + "n\N{COMBINING ACUTE ACCENT}" * 4
REAL_NAME = "N & <m> " * 7
LONG_NAME = "&<😀>" * 16 + " " + "\"é'>" * 16
LINK = "https://t.me/a_bot_with_a_name_of_32_signs_bot?start=" + "x" * 22
PLAN = ClassPlan("a-topic-id-of-24-letters", 20, 30, bonus=True, asks_names=True)
OFFERS = tuple(TopicOffer("a-topic-id-of-24-letters", TITLE, 9) for _ in range(12))
LESSON = AnswerExplanation(
    statement=False, solution=(OPTION,) * 4, why=STEM, passage=TITLE, before="", quoted=STEM, after="."
)
ASKED = ClassQuestion(LARGEST, 100, 100, TITLE, STEM, WrittenPrompt("number", "km²"), 120, 2)
VOTES = VoteShown(
    STEM,
    statement=False,
    options=tuple(OptionVotes(OPTION, 1000, 1000, place < 6) for place in range(12)),
    solution=(OPTION,) * 6,
    right=1000,
    answered=1000,
)
STATEMENT = VoteShown(
    "A statement.",
    statement=True,
    options=(OptionVotes("true", 3, None, None), OptionVotes("false", 0, None, None)),
    solution=(),
    right=0,
    answered=0,
)
PUPILS = tuple(PupilSummary(NAME, REAL_NAME, 100, 100) for _ in range(1000))
HARD = tuple(messages.HardQuestion(STEM, 0, 1000) for _ in range(3))
LINES = tuple(
    PupilLine(LARGEST, NAME, name, membership) for name in (REAL_NAME, "") for membership in ("here", "away", "out") * 3
)
CARD = PupilCard(LARGEST, LARGEST, NAME, REAL_NAME, "here", 150, 99, 100, 7)


def controls(phase: Phase, *, ending: bool = False, vote: VoteShown | None = VOTES) -> ClassControls:
    """Build the control message of a class in a phase."""
    buttons = Controls(LARGEST, 100, phase, timed=True, vote=1, last=False, ending=ending)
    counts = {"of": 100, "answered": 999, "asked": 1000, "here": 1000}
    places = {"code": "CDFHJK", "link": LINK, "board": LINK, "names": (NAME,) * 5}
    return ClassControls(message_id=7, quiet=True, vote=vote, controls=buttons, **counts, **places)  # type: ignore[arg-type]


CLASS_EXAMPLES: tuple[Message, ...] = (
    *(
        messages.NicknameWanted(LARGEST, NAME, fault, asks)
        for fault in get_args(NicknameFault)
        for asks in (True, False)
    ),
    messages.NicknameWanted(LARGEST, "", "", asks_name=False),
    *(messages.RealNameWanted(fault) for fault in (True, False)),
    *(messages.Seated(NAME, 3, 100, phase, back) for phase in Phase for back in (True, False)),
    messages.Seated(NAME, 3, 100, Phase.ASKING, back=True, left=True),
    messages.NicknameChanged(NAME),
    messages.CodeUnknown("R9CRTQ"),
    messages.CodeUnknown(""),
    messages.CodeWait(30),
    messages.CodeWait(600),
    ASKED,
    replace(ASKED, prompt=TrueFalsePrompt(correct=True), seconds=0, vote=1),
    replace(ASKED, prompt=ChoicePrompt((OPTION, "y" * 1024, "z"), (2, 0, 1), (1,), several=False)),
    replace(ASKED, stem="A stem?", prompt=ChoicePrompt(("x", "y", "z"), (2, 0, 1), (0, 2), several=True)),
    *(
        messages.ClassExplanation(outcome, OPTION, STEM, LESSON, number)
        for outcome in ("right", "wrong", "silent")
        for number in (7, None)
    ),
    messages.ClassResult(LARGEST, 3, 50, 100, (STEM,) * 97, group=False),
    messages.ClassResult(LARGEST, 3, 3, 3, (), group=False),
    messages.ClassResult(LARGEST, 0, 0, 0, (), group=True),
    messages.ClassSetup(OFFERS, PLAN, 7),
    messages.ClassSetup((), ClassPlan(seconds=0)),
    messages.ClassUnderWay(),
    messages.ClassUnderWay((ListedClass(LARGEST, TITLE, "CDFHJK", 100, 100),) * 20, LARGEST),
    messages.ClassUnderWay((ListedClass(LARGEST, "", "CDFHJK", 0, 1),) * 5, 0, 5),
    messages.BoardOffered(LINK),
    messages.ClassOpened(TITLE, PLAN, 20, "CDFHJK", LINK, LINK, 7),
    messages.ClassOpened("", ClassPlan(seconds=0), 1, "CDFHJK", LINK, "", None),
    *(controls(phase) for phase in Phase),
    *(controls(phase, vote=STATEMENT) for phase in (Phase.ASKING, Phase.DISCUSSING)),
    controls(Phase.ASKING, ending=True, vote=None),
    replace(controls(Phase.GATHERING), here=0, names=()),
    messages.ClassSummary(LARGEST, 100, PUPILS, HARD, group=False),
    messages.ClassSummary(LARGEST, 0, (), (), group=True),
    messages.PupilList(LARGEST, 1, 50, LINES, 7),
    messages.PupilList(LARGEST, 0, 1, (), None),
    CARD,
    replace(CARD, renaming=True, fault="taken", message_id=None),
    replace(CARD, presence="away", real_name="", allowance=0),
    replace(CARD, presence="out"),
    messages.HostList(LARGEST, LINK, NAME, ((LARGEST, NAME), (7, NAME)), is_host=True),
    messages.HostList(LARGEST, LINK, NAME, (), is_host=False, message_id=7),
    *(
        messages.HostList(LARGEST, "", NAME, ((7, NAME),), is_host=True, inviting=one)
        for one in ("open", "started", "full")
    ),
    messages.HostList(LARGEST, LINK, LONG_NAME, tuple((LARGEST, LONG_NAME) for _ in range(10)), is_host=True),
    messages.TakenSign(7),
    messages.DeletedMessage(7),
)
"""Messages of every kind; whatever a view makes of them, Telegram must take it."""
