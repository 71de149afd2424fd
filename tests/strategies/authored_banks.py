"""Strategies for valid banks with any text that an author may write, and questions of every kind."""

from hypothesis import strategies as st

from bot.core.question import Bank, Level, Passage, Question, Topic
from strategies.question_kinds import kinds
from strategies.texts import authored_text, identifiers, phrases


@st.composite
def whole_banks(draw: st.DrawFn) -> Bank:
    """Draw a valid bank: passages, topics, and questions of every kind that quote a passage."""
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
