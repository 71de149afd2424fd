"""Every Hypothesis strategy of the tests: what a kind, a question, a bank and a learner's progress may look like."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from bot.app.messages import AskedQuestion, Explanation
from bot.core.classroom import Classroom
from bot.core.classroom import Outcome as ClassOutcome
from bot.core.classroom import Phase as ClassPhase
from bot.core.extra import Extra, Pause
from bot.core.kind import Kind, Option
from bot.core.kinds.number import Number
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.several_right import SeveralRight
from bot.core.kinds.true_false import TrueFalse
from bot.core.kinds.typed import Typed
from bot.core.kinds.year import Year
from bot.core.prompt import ChoicePrompt, TrueFalsePrompt, WrittenPrompt
from bot.core.question import Bank, Level, Passage, Question, Topic
from bot.core.scoring import Progress
from bot.core.seat import Reply, Seat
from bot.core.solo import Outcome, Phase, Solo
from bot.core.spelling import fold

any_text = st.text(max_size=60)
"""Text of any script, control characters and lone marks among it."""

words = st.text(alphabet="abcdefghklmnoprstuwyzäöüéøßабвгдежзийкғқңөұүі", min_size=1, max_size=12)
"""Words without digits, as they stand in Latin, Cyrillic and Kazakh texts."""

phrases = st.lists(words, min_size=1, max_size=4).map(" ".join)
"""One to four such words."""

moments = st.integers(0, 5 * 365 * 24).map(lambda hours: datetime(2022, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
"""Full hours of five years, in UTC."""

spans = st.one_of(
    st.integers(0, 90_000).map(lambda ms: timedelta(milliseconds=ms)),
    st.integers(0, 30 * 24).map(lambda h: timedelta(hours=h)),
)
"""Spans of time as they pass between two taps: up to a minute and a half to the millisecond, or up to thirty days."""

_texts = (
    *(
        "Geneva",
        "Vienna",
        "C",
        "C++",
        "C#",
        "5",
        "-5",
        "5 %",
        "$5",
        "3.5",
        "1,000",
        "vitamin A",
        "?",
        "…",
        "World War II",
    ),
    *(
        "Michael Möller",
        "Müller",
        "Zeid Ra’ad",
        "the UN",
        "O.S.C.E.",
        "Нұр-Сұлтан",
        "Әйтеке би",
        "кий",
        "кии",
        "日内瓦",
    ),
)
_typeable = tuple(text for text in _texts if fold(text))


def _options(texts: Sequence[str], least: int, most: int) -> st.SearchStrategy[list[Option]]:
    options = [Option(text, note) for text in texts for note in ("", "This is another body.")]
    return st.lists(st.sampled_from(options), min_size=least, max_size=most, unique_by=lambda option: option.text)


@st.composite
def one_rights(draw: st.DrawFn) -> OneRight:
    """Draw a question with one right option."""
    right, *wrong = draw(_options(_texts, 2, 12))
    return OneRight(right.text, tuple(wrong))


@st.composite
def several_rights(draw: st.DrawFn) -> SeveralRight:
    """Draw a question with two or more right options."""
    offered = draw(_options(_texts, 3, 12))
    rights = draw(st.integers(2, len(offered) - 1))
    return SeveralRight(tuple(option.text for option in offered[:rights]), tuple(offered[rights:]))


@st.composite
def typeds(draw: st.DrawFn) -> Typed:
    """Draw a question to be answered by typing, some with texts never to be accepted."""
    offered = draw(_options(_typeable, 1, 6))
    rights = draw(st.integers(1, len(offered)))
    return Typed(tuple(option.text for option in offered[:rights]), tuple(offered[rights:]))


decimals = st.decimals(-(10**9), 10**9, places=3, allow_nan=False, allow_infinity=False).map(lambda n: n or Decimal(0))
"""Numbers with up to three decimals."""

numbers = st.builds(Number, decimals, decimals.map(abs), st.sampled_from(("", "years", "%", "km²", "million people")))
"""Questions for a number."""

years = st.builds(Year, st.integers(1, 9999))
"""Questions for a year."""

kinds: st.SearchStrategy[Kind] = st.one_of(
    one_rights(), several_rights(), st.builds(TrueFalse, st.booleans()), typeds(), numbers, years
)
"""Questions of every kind."""


def dice(seed: int = 0) -> Random:
    """Give dice that fall as the seed says."""
    return Random(seed)  # noqa: S311 - shuffling options is no secret


TOPICS = (Topic("bodies", "Bodies"), Topic("years", "Years"), Topic("codes", "Codes"))


def question(question_id: str, topic: str = "bodies", level: Level = Level.EASY, kind: Kind | None = None) -> Question:
    """Build a question; what is not told does not matter to the test."""
    return Question(question_id, topic, level, "A stem?", kind or TrueFalse(answer=True), "Why.", "passage", "words")


def _bank(questions: list[tuple[Topic, Level]]) -> Bank:
    numbered = tuple(question(f"q{place}", topic.id, level) for place, (topic, level) in enumerate(questions))
    return Bank("A bank", "en", "a source", "a licence", (), TOPICS, numbered)


banks = st.lists(st.sampled_from([(topic, level) for topic in TOPICS for level in Level]), max_size=12).map(_bank)
"""Banks of up to twelve true/false questions, ``q0`` and on, on three topics."""


def _progress(right: bool, at: datetime, more: int) -> Progress:  # noqa: FBT001 - how the latest answer was marked
    return Progress(asked=1 + more, right=more // 2 + right, last_right=right, last_at=at)


progresses = st.dictionaries(
    st.sampled_from([f"q{place}" for place in range(16)]),
    st.builds(_progress, st.booleans(), moments, st.integers(0, 9)),
    max_size=12,
)
"""What a learner did, by question id, also with questions that such a bank no longer holds."""


authored_text = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), include_characters="\n"))
    .map(lambda text: text.replace("\ufeff", "").strip())
    .filter(bool)
)
"""What an author may write where a text is free: any script, line breaks, every sign that means something to YAML."""

identifiers = st.from_regex(r"[a-z][a-z0-9-]{0,23}", fullmatch=True)
"""Ids of passages, topics and questions."""


@st.composite
def whole_banks(draw: st.DrawFn) -> Bank:
    """Draw a bank as a file may hold it: passages, topics, and questions of every kind that quote a passage."""
    ids = st.lists(identifiers, min_size=1, max_size=4, unique=True)
    titles = authored_text.filter(lambda text: len(text) <= 100)
    reading = [Passage(one, draw(titles), draw(phrases)) for one in draw(ids)]
    topics = [Topic(one, draw(titles)) for one in draw(ids)]
    made = [draw(whole_questions(one, reading, topics)) for one in draw(ids)]
    language = draw(st.sampled_from(("en", "no", "kk", "pt-BR")))
    return Bank(draw(titles), language, draw(titles), draw(titles), tuple(reading), tuple(topics), tuple(made))


@st.composite
def whole_questions(draw: st.DrawFn, question_id: str, reading: list[Passage], topics: list[Topic]) -> Question:
    """Draw a question of any kind that quotes the beginning of one of the passages."""
    passage = draw(st.sampled_from(reading))
    quoted = passage.text.split(" ")
    return Question(
        question_id,
        draw(st.sampled_from(topics)).id,
        draw(st.sampled_from(Level)),
        draw(authored_text),
        draw(kinds),
        draw(authored_text),
        passage.id,
        " ".join(quoted[: draw(st.integers(1, len(quoted)))]),
    )


polling_steps = st.lists(st.one_of(st.just("happens"), st.tuples(st.integers(-6, 3), st.integers(1, 4))), max_size=40)
"""What befalls a bot's updates: one happens, or the bot asks, with an offset from the newest id and a limit."""


solos = st.builds(
    Solo,
    st.lists(identifiers, min_size=1, max_size=6).map(tuple),
    st.sampled_from(Phase),
    st.lists(st.sampled_from(Outcome), max_size=6).map(tuple),
    st.none() | moments,
    spans,
)
"""States of a quiz, also such as no quiz comes to."""


_FRAGMENTS = (
    "Женева ",
    "word. ",
    "<b>&amp; ",
    "😀",
    "a\nb\nc\n",
    "日本",
    "“Ra’ad” ",
    "\\*_{n}% ",
    "x" * 40,
    "Да! Нет? ",
    "\u2003y",
)
bank_texts = st.builds(
    lambda fragment, times, end: f"{(fragment * times)[:1000]}{end}".strip(),
    st.sampled_from(_FRAGMENTS),
    st.one_of(st.integers(0, 3), st.integers(0, 300)),
    words,
)
"""Stems, options and explanations as a bank may hold them: up to 1024 characters, of every kind of sign."""


@st.composite
def choice_prompts(draw: st.DrawFn) -> ChoicePrompt:
    """Draw options as a bank may hold them, in the order in which they are shown."""
    options = draw(st.lists(bank_texts, min_size=2, max_size=12, unique_by=lambda text: "".join(text.split())))
    rights = draw(st.integers(1, len(options) - 1))
    order = draw(st.permutations(range(len(options))))
    correct = tuple(place for place, author in enumerate(order) if author < rights)
    return ChoicePrompt(tuple(options[author] for author in order), tuple(order), correct, several=rights > 1)


written_prompts = st.builds(
    WrittenPrompt, st.sampled_from(("text", "number", "year")), st.one_of(st.just(""), bank_texts)
)
"""Questions to be answered in writing."""


@st.composite
def asked_questions(draw: st.DrawFn) -> AskedQuestion:
    """Draw a question as it is put: with any prompt, and texts as long as a bank may hold."""
    prompt = draw(st.one_of(choice_prompts(), st.builds(TrueFalsePrompt, st.booleans()), written_prompts))
    place = draw(st.integers(1, 100))
    topic = draw(st.one_of(st.just(""), phrases))
    return AskedQuestion(draw(st.integers(1, 2**62)), place, 100, topic, draw(bank_texts), prompt, draw(bank_texts))


explanations = st.builds(
    Explanation,
    outcome=st.sampled_from(("wrong", "skipped")),
    statement=st.just(value=False),
    solution=st.lists(bank_texts, min_size=1, max_size=11).map(tuple),
    given=st.one_of(st.just(""), bank_texts.map(lambda text: " ".join(text.split()))),
    note=st.one_of(st.just(""), bank_texts),
    why=bank_texts,
    passage=st.sampled_from(("", "A passage")),
    before=st.one_of(st.just(""), bank_texts),
    quoted=bank_texts,
    after=st.one_of(st.just(""), bank_texts),
)
"""Explanations with texts as long as a bank may hold."""


nicknames = st.one_of(
    words,
    phrases,
    st.text(alphabet="aAbß İıʼ\u0301\u0327\u200d\u3164\ufe0fЯңéﬁＡ1👋🏽🇰🇿가각", max_size=30),
)
"""What pupils may type for a nickname: words, and signs that show nothing, join, or grow with their case."""


allowances = st.sampled_from((100, 150, 200, 0))
"""Percent of a round's time that a pupil has; 0 for all the time they want."""

waits = st.one_of(st.integers(0, 5), st.sampled_from((19, 20, 22, 23, 31, 60, 61, 62, 90, 600)))
"""Seconds that pass in a class: a few, about as many as a round lasts, or a pause."""

_replies = st.builds(
    Reply, st.booleans(), st.lists(st.integers(0, 11), max_size=4).map(tuple), any_text, any_text, st.just(10), moments
)

seats = st.builds(
    Seat,
    allowance=allowances,
    round=st.integers(0, 6),
    open=st.booleans(),
    late=st.booleans(),
    arrived_at=st.none() | moments,
    reply=st.none() | _replies,
    earlier=st.none() | _replies,
    seen=st.integers(0, 6),
    right=st.integers(0, 6),
    points=st.integers(0, 60),
    gone=st.booleans(),
)
"""Seats in a live class, also such as no class comes to."""

_extras = st.builds(Extra, spans, st.lists(st.builds(Pause, moments, moments), max_size=2).map(tuple))

rooms = st.builds(
    Classroom,
    st.lists(identifiers, min_size=1, max_size=6).map(tuple),
    st.integers(0, 90),
    st.booleans(),
    st.booleans(),
    st.sampled_from(ClassPhase),
    moments,
    outcomes=st.lists(st.sampled_from(ClassOutcome), max_size=6).map(tuple),
    arrived_at=st.none() | moments,
    extra=_extras,
    extras=st.lists(_extras, max_size=3).map(tuple),
)
"""States of a live class, also such as no class comes to."""
