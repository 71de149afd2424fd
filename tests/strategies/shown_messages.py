"""Strategies for messages to learners: questions and explanations."""

from hypothesis import strategies as st

from bot.app.messages import AnswerExplanation, AskedQuestion, Explanation
from bot.core.prompt import ChoicePrompt, TrueFalsePrompt, WrittenPrompt
from strategies.texts import bank_texts, phrases


@st.composite
def choice_prompts(draw: st.DrawFn) -> ChoicePrompt:
    """Draw the options of a question in the order in which they are shown."""
    options = draw(st.lists(bank_texts, min_size=2, max_size=12, unique_by=lambda text: "".join(text.split())))
    rights = draw(st.integers(1, len(options) - 1))
    order = draw(st.permutations(range(len(options))))
    correct = tuple(place for place, author in enumerate(order) if author < rights)
    return ChoicePrompt(tuple(options[author] for author in order), tuple(order), correct, several=rights > 1)


written_prompts = st.builds(
    WrittenPrompt, st.sampled_from(("text", "number", "year")), st.one_of(st.just(""), bank_texts)
)
"""Prompts for written answers."""


@st.composite
def asked_questions(draw: st.DrawFn) -> AskedQuestion:
    """Draw a question message with any prompt and with texts up to the limits of a bank."""
    prompt = draw(st.one_of(choice_prompts(), st.builds(TrueFalsePrompt, st.booleans()), written_prompts))
    place = draw(st.integers(1, 100))
    topic = draw(st.one_of(st.just(""), phrases))
    return AskedQuestion(draw(st.integers(1, 2**62)), place, 100, topic, draw(bank_texts), prompt, draw(bank_texts))


_lessons = st.builds(
    AnswerExplanation,
    statement=st.just(value=False),
    solution=st.lists(bank_texts, min_size=1, max_size=11).map(tuple),
    why=bank_texts,
    passage=st.sampled_from(("", "A passage")),
    before=st.one_of(st.just(""), bank_texts),
    quoted=bank_texts,
    after=st.one_of(st.just(""), bank_texts),
)
explanations = st.builds(
    Explanation,
    outcome=st.sampled_from(("wrong", "skipped")),
    given=st.one_of(st.just(""), bank_texts.map(lambda text: " ".join(text.split()))),
    note=st.one_of(st.just(""), bank_texts),
    lesson=_lessons,
)
"""Explanations with texts up to the limits of a bank."""
