"""Presenter: builds the messages of a live class from its state, without anything that is still hidden."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.app.context import Context
from bot.app.display_names import names_of
from bot.app.explaining import explain_answer
from bot.app.library import prompt_of
from bot.app.messages import (
    ClassControls,
    ClassExplanation,
    ClassQuestion,
    Controls,
    OptionVotes,
    Tally,
    VoteShown,
)
from bot.core import seat as seats
from bot.core.classroom import ClassState, Phase
from bot.core.prompt import ChoicePrompt, Chosen, Mark, Prompt, TrueFalsePrompt, Written, WrittenPrompt
from bot.core.question import Question
from bot.core.seat import Reply, Seat
from bot.core.standings import Standing, Top, top
from bot.store.live_classes import LiveClassRow, Votes
from bot.store.pupils import Pupil
from bot.store.sessions import ClassSession

STANDINGS_SHOWN = 5


def controls_of(session: ClassSession, *, ending: bool = False) -> Controls:
    """Return the values that decide which control buttons there are."""
    state = session.state
    return Controls(
        session=session.id,
        round=state.round,
        phase=state.phase,
        timed=state.seconds > 0,
        vote=state.vote,
        last=state.round == len(state.questions),
        ending=ending and state.phase is not Phase.FINISHED,
    )


def class_controls(
    context: Context, session: ClassSession, row: LiveClassRow, message_id: int | None, *, ending: bool = False
) -> ClassControls:
    """Build the control message of a host of a class over a link."""
    here = [pupil for pupil in context.unit.pupils.of_class(session.id) if pupil.is_here]
    asked = [pupil.seat for pupil in here if pupil.seat.open and pupil.seat.round == session.state.round]
    newest = here[-STANDINGS_SHOWN:] if session.state.phase is Phase.GATHERING else ()
    return ClassControls(
        message_id=message_id,
        of=len(session.state.questions),
        code=row.code or "",
        link=context.links.join(row.code or ""),
        board=context.links.board(row.key),
        answered=session.state.answered,
        asked=len(asked),
        here=len(here),
        names=tuple(names_of(newest, row.language).values()),
        quiet=session.state.quiet > 0 and session.state.phase is Phase.RESTING,
        vote=_vote_shown(context, session, row),
        controls=controls_of(session, ending=ending),
    )


def _vote_shown(context: Context, session: ClassSession, row: LiveClassRow) -> VoteShown | None:
    """Return the question and the votes for a host: only what the class may see, since the screen may be projected."""
    state = session.state
    if session.version is None or state.phase in (Phase.GATHERING, Phase.FINISHED):
        return None
    question = context.library.version(session.version, context.unit.versions)
    prompt, is_closed = prompt_of(question, session.id, state.round), not state.is_open
    votes = row.votes if is_closed or state.phase is Phase.DISCUSSING else None
    return VoteShown(
        stem=question.stem,
        statement=isinstance(prompt, TrueFalsePrompt),
        options=option_votes(prompt, votes, is_closed=is_closed) if votes else (),
        solution=question.kind.solution() if is_closed else (),
        right=row.votes.right if is_closed else 0,
        answered=row.votes.answered if is_closed else 0,
    )


def option_votes(prompt: Prompt, votes: Votes, *, is_closed: bool) -> tuple[OptionVotes, ...]:
    """Return the options with their votes, in the order shown; mark the right ones only once the round is closed."""
    if isinstance(prompt, WrittenPrompt):
        return ()
    if isinstance(prompt, TrueFalsePrompt):
        prompt = ChoicePrompt(("true", "false"), (0, 1), (0 if prompt.correct else 1,), several=False)
    return tuple(
        OptionVotes(
            text=text,
            first=votes.first[author] if votes.first else None,
            last=votes.last[author] if is_closed and votes.last else None,
            right=(place in prompt.correct) if is_closed else None,
        )
        for place, (text, author) in enumerate(zip(prompt.options, prompt.order, strict=True))
    )


def class_question(context: Context, session: ClassSession, pupil: Pupil, question: Question) -> ClassQuestion:
    """Build the question of the seat's round for one pupil."""
    time = seats.time_allowed(pupil.seat, session.state)
    topic = context.library.topic(question.topic)
    return ClassQuestion(
        session=session.id,
        round=pupil.seat.round,
        of=len(session.state.questions),
        topic=topic.title if topic else "",
        stem=question.stem,
        prompt=prompt_of(question, session.id, pupil.seat.round),
        seconds=round(time.total_seconds()) if time else 0,
        vote=pupil.seat.vote,
    )


def explanation_of(context: Context, question: Question, reply: Reply | None) -> ClassExplanation:
    """Build the message that tells one pupil how the answer was marked."""
    mark = _marked_again(question, reply) if reply else None
    return ClassExplanation(
        outcome="silent" if reply is None else "right" if reply.right else "wrong",
        given=reply.given if reply else "",
        note=reply.note if reply else "",
        lesson=explain_answer(context, question),
        spelling=mark.spelling if mark else "",
        found=mark.found if mark else None,
    )


def _marked_again(question: Question, reply: Reply) -> Mark | None:
    """Return the full mark of an answer, of which a seat stores a part; None if it would be marked differently now."""
    mark = question.kind.mark(Chosen(reply.choice) if reply.choice else Written(reply.given))
    return mark if isinstance(mark, Mark) and mark.right == reply.right else None


def votes_of(round_number: int, prompt: Prompt, replies: Sequence[tuple[Reply | None, Reply | None]]) -> Votes:
    """Return the votes of a round; ``replies`` are the (first, last) of each seat, with first None if not discussed.

    The two votes are never added together: each pupil counts once, by the last vote or, if there is none, by the first,
    just as the pupil is marked.
    """
    counted = [last or first for first, last in replies if last or first]
    return Votes(
        round=round_number,
        first=_count(prompt, (first for first, _ in replies)) if any(first for first, _ in replies) else (),
        last=_count(prompt, (last for _, last in replies)),
        right=sum(reply.right for reply in counted if reply),
        answered=len(counted),
    )


def _count(prompt: Prompt, replies: Iterable[Reply | None]) -> tuple[int, ...]:
    """Count the votes for each option, in the author's order; return no counts if the answer is written."""
    counts = [0] * option_count(prompt)
    for reply in replies:
        for option in reply.choice if reply and counts else ():
            counts[option] += 1
    return tuple(counts)


def option_count(prompt: Prompt) -> int:
    """Return the number of options; 0 if the answer is written."""
    if isinstance(prompt, ChoicePrompt):
        return len(prompt.options)
    return 2 if isinstance(prompt, TrueFalsePrompt) else 0


def tally_of(prompt: Prompt, counts: Sequence[int]) -> Tally:
    """Return the options with their counts, in the order in which they were shown; no counts mean no votes."""
    votes = counts or [0] * option_count(prompt)
    if isinstance(prompt, ChoicePrompt):
        return Tally(tuple((text, votes[author]) for text, author in zip(prompt.options, prompt.order, strict=True)))
    return Tally(tuple(zip(("true", "false"), votes, strict=False)))


def top_of(
    pupils: Iterable[Pupil],
    names_of_some: Callable[[Sequence[Pupil]], Mapping[int, str]],
    sharing: int | None = None,
) -> Top:
    """Return the top of the standings, never the bottom; ``names_of_some`` returns display names by pupil id.

    ``sharing`` is how many share the last place shown, needed if ``pupils`` is only a part of the class.
    """
    ranked = sorted((pupil for pupil in pupils if pupil.is_here and pupil.seat.rank), key=lambda one: one.seat.rank)
    names = names_of_some(ranked[:STANDINGS_SHOWN])
    return top([_standing(names.get(pupil.id, ""), pupil.seat) for pupil in ranked], STANDINGS_SHOWN, sharing)


def top_of_class(
    context: Context, session_id: int, names_of_some: Callable[[Sequence[Pupil]], Mapping[int, str]]
) -> Top:
    """Return the top of the standings of a class, loading only the seats that are shown."""
    leading = context.unit.pupils.leading(session_id, STANDINGS_SHOWN)
    is_cut = len(leading) == STANDINGS_SHOWN
    sharing = context.unit.pupils.count_ranked(session_id, leading[-1].rank) if is_cut else None
    return top_of(leading, names_of_some, sharing)


def _standing(name: str, seat: Seat) -> Standing:
    up = seat.rank_before - seat.rank if seat.rank_before else 0
    return Standing(name, seat.rank, seat.right, seat.seen, seat.points, up)


def is_standings_round(state: ClassState) -> bool:
    """Return whether a group is shown the standings after this round: every third, except the last."""
    return state.counted % 3 == 0 and state.round < len(state.questions)
