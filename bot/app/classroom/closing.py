"""Closing of a round of a live class: counts answers, ranks pupils, shows the right answer; or annuls the question."""

from collections.abc import Iterable
from dataclasses import replace

from bot.app.classroom import presenter
from bot.app.classroom.context import ClassContext
from bot.app.explaining import explain_answer
from bot.app.messages import ClosedPoll, DeletedMessage, GroupDiscussion, GroupReveal, Notice
from bot.core import seat as seats
from bot.core.classroom import Phase
from bot.core.prompt import TrueFalsePrompt, WrittenPrompt
from bot.core.seat import Reply
from bot.core.standings import Top, rank
from bot.store.live_classes import Votes
from bot.store.pupils import Pupil


def close(live: ClassContext, round_number: int, *, in_time: bool) -> None:
    """Close a round: count it and show the right answer; pupils with more time continue in private."""
    prompt = live.prompt
    taking_part = [pupil for pupil in live.everybody if _takes_part(live, pupil, round_number)]
    live.row.votes = _votes(live, taking_part, round_number)
    closed = [pupil for pupil in taking_part if not _continue_in_private(live, pupil, in_time=in_time)]
    question_id = live.session.state.questions[round_number - 1]
    live.context.unit.answers.load_question_progress(
        (pupil.person_id, question_id) for pupil in closed if _answered(pupil.seat)
    )
    replies = [(pupil, _close_seat(live, pupil, round_number)) for pupil in closed]
    rank_all(live)
    if live.is_group:
        _reveal_to_group(live, round_number)
        return
    live.context.unit.persons.load(pupil.person_id for pupil in closed)
    for pupil, reply in replies:
        live.send(pupil, presenter.explanation_of(live.context, live.question, reply))
    # Sent last, because nobody waits for it: a late vote is refused even if its poll is not closed yet.
    for pupil in closed if not isinstance(prompt, WrittenPrompt) else ():
        _close_poll(live, pupil)


def _takes_part(live: ClassContext, pupil: Pupil, round_number: int) -> bool:
    if not pupil.is_here:
        return False
    return live.is_group or (pupil.seat.open and pupil.seat.round == round_number)


def _continue_in_private(live: ClassContext, pupil: Pupil, *, in_time: bool) -> bool:
    """Return whether a seat continues the round in private; set the pupil's deadline if it does."""
    state, now = live.session.state, live.context.now
    if not seats.stays_open_in_private(pupil.seat, state, now, in_time=in_time):
        return False
    pupil.deadline = seats.deadline(pupil.seat, state)
    return True


def _close_seat(live: ClassContext, pupil: Pupil, round_number: int) -> Reply | None:
    pupil.seat, reply = seats.close_round(pupil.seat, live.session.state)
    live.store_answer(pupil, reply, round_number, live.session.version)
    return reply


def _answered(seat: seats.Seat) -> bool:
    return bool(seat.reply or seat.earlier)


def _votes(live: ClassContext, pupils: Iterable[Pupil], round_number: int) -> Votes:
    second = live.session.state.vote > 1
    replies = [(one.seat.earlier if second else None, one.seat.reply) for one in pupils if one.seat.open]
    return presenter.votes_of(round_number, live.prompt, replies)


def rank_all(live: ClassContext, *, moving: bool = True) -> None:
    """Rank all pupils; ``moving`` after a counted round, so that the previous rank is stored too."""
    ranks = rank(live.session.state, {pupil.id: pupil.seat for pupil in live.everybody if pupil.is_here})
    for pupil in live.everybody:
        place = ranks.get(pupil.id, 0)
        pupil.seat = replace(pupil.seat, rank=place, rank_before=pupil.seat.rank if moving else pupil.seat.rank_before)


def _reveal_to_group(live: ClassContext, round_number: int) -> None:
    state, votes, prompt = live.session.state, live.row.votes, live.prompt
    top = presenter.top_of(live.everybody, live.names) if presenter.is_standings_round(state) else Top()
    live.send_to_group(
        GroupReveal(
            thread_id=live.row.thread_id,
            message_id=live.session.message_id,
            round=round_number,
            of=len(state.questions),
            lesson=explain_answer(live.context, live.question),
            right=votes.right,
            answered=votes.answered,
            first=presenter.tally_of(prompt, votes.first) if votes.first else None,
            last=presenter.tally_of(prompt, votes.last),
            standings=top.standings,
            more=top.more,
            bonus=state.bonus,
            quiet=state.phase is Phase.RESTING,
            controls=presenter.controls_of(live.session),
        )
    )
    live.session.message_id = None


def annul(live: ClassContext, round_number: int) -> None:
    """Annul a question: delete its messages and drop the answers."""
    if live.is_group and live.session.message_id is not None:
        live.send_to_group(DeletedMessage(live.session.message_id))
        live.session.message_id = None
    for pupil in live.everybody:
        if live.is_group or (pupil.seat.open and pupil.seat.round == round_number):
            if not live.is_group and pupil.message_id is not None:
                live.send(pupil, DeletedMessage(pupil.message_id))
            pupil.seat = seats.annul(pupil.seat)


def show_vote(live: ClassContext, round_number: int) -> None:
    """Close the first vote and show its counts without the right answer, for the discussion."""
    voted = [pupil for pupil in live.here if pupil.seat.open and pupil.seat.round == round_number]
    replies = [(pupil.seat.reply, None) for pupil in voted]
    live.row.votes = presenter.votes_of(round_number, live.prompt, replies)
    if live.is_group:
        live.send_to_group(_discussion(live))
        live.session.message_id = None
        return
    live.context.unit.persons.load(pupil.person_id for pupil in voted)
    for pupil in voted:
        live.send(pupil, Notice("class.discuss"))
    for pupil in voted if not isinstance(live.prompt, WrittenPrompt) else ():
        _close_poll(live, pupil)


def _close_poll(live: ClassContext, pupil: Pupil) -> None:
    if pupil.message_id is not None:
        live.send(pupil, ClosedPoll(pupil.message_id))


def _discussion(live: ClassContext) -> GroupDiscussion:
    return GroupDiscussion(
        thread_id=live.row.thread_id,
        message_id=live.session.message_id,
        stem=live.question.stem,
        statement=isinstance(live.prompt, TrueFalsePrompt),
        tally=presenter.tally_of(live.prompt, live.row.votes.first),
        answered=live.row.votes.answered,
        controls=presenter.controls_of(live.session),
    )
