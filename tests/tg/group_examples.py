"""Messages of every kind that a group is told, with texts, ids and numbers as long as a bank and a database allow."""

from dataclasses import replace

from bot.app import messages
from bot.app.commands import ClassPlan
from bot.app.messages import AnswerExplanation, Controls, Message, Tally, TopicOffer
from bot.core.classroom import Phase
from bot.core.prompt import ChoicePrompt, TrueFalsePrompt
from bot.core.standings import Standing

LARGEST = 2**63 - 1
TITLE = "<Title> & " * 10
STEM = "A stem? " * 128
OPTION = "x" * 1023
OFFERS = tuple(TopicOffer("a-topic-id-of-24-letters", TITLE, 1000) for _ in range(90))
PLAN = ClassPlan("a-topic-id-of-24-letters", 99, 60, bonus=True)
CONTROLS = Controls(LARGEST, 100, Phase.REVEALED, timed=True, vote=1, last=False)
LONG = Tally(tuple((f"{OPTION}{place}", 1_000_000) for place in range(10)))
SHORT = Tally((("<Geneva>", 3), ("Bern", 0)))
STATEMENT = Tally((("true", 0), ("false", 0)))
LESSON = AnswerExplanation(False, ("<Geneva>", "Bern"), "Why. " * 200, TITLE, "In " * 400, "<Geneva>", ".")  # noqa: FBT003 - no statement
STANDINGS = tuple(
    Standing("<b>" * 20, rank, 99, 100, 1500, up) for rank, up in ((1, 2), (1, 0), (3, -2), (4, 9), (4, 0))
)
REVEAL = messages.GroupReveal(
    thread_id=None,
    message_id=1,
    round=100,
    of=100,
    lesson=LESSON,
    right=LARGEST,
    answered=LARGEST,
    first=None,
    last=SHORT,
    standings=(),
    bonus=False,
    quiet=False,
    controls=CONTROLS,
)
POLL = messages.GroupPoll(
    session=LARGEST,
    round=100,
    of=100,
    thread_id=None,
    stem=STEM,
    prompt=TrueFalsePrompt(correct=False),
    why="Why.",
    seconds=60,
    controls=replace(CONTROLS, phase=Phase.ASKING),
)

GROUP_EXAMPLES: tuple[Message, ...] = (
    messages.GroupSetup(None, OFFERS, PLAN, unchecked=True),
    messages.GroupSetup(None, OFFERS[:2], replace(PLAN, topic="", seconds=0), 1),
    messages.GroupChosen(1, TITLE, PLAN, 100),
    messages.GroupChosen(1, "", ClassPlan(seconds=0), 1),
    messages.GroupNotice(None, "group.hello"),
    messages.GroupNotice(None, "group.as_channel", reply_to=12),
    messages.GroupNotice(None, "group.allowed", "<b>Ann"),
    *(messages.GroupQuizWaits(None, 100, replace(CONTROLS, phase=phase)) for phase in Phase),
    POLL,
    replace(POLL, seconds=0, prompt=ChoicePrompt((OPTION, "y"), (0, 1), (1,), several=False), why="Why. " * 200),
    messages.GroupDiscussion(None, 1, STEM, statement=False, tally=LONG, controls=CONTROLS),
    messages.GroupDiscussion(None, None, "A stem?", statement=True, tally=STATEMENT, controls=CONTROLS),
    REVEAL,
    replace(REVEAL, first=LONG, last=LONG, standings=STANDINGS, bonus=True, quiet=True, message_id=None),
    replace(REVEAL, lesson=replace(LESSON, statement=True, solution=("true",)), last=STATEMENT, answered=0),
    messages.GroupResult(LARGEST, None, 100, 1_000_000, STANDINGS, bonus=True),
    messages.GroupResult(LARGEST, None, 0, 0, (), bonus=False),
    messages.ControlsChanged(1, replace(CONTROLS, ending=True)),
    messages.DeletedMessage(1),
    messages.LookUp(-1),
    messages.MemberCheck(LARGEST, LARGEST),
)
