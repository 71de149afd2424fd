"""Answers to the question of a live class: votes in its polls, and written answers."""

from bot.app import commands
from bot.app.classroom import membership
from bot.app.classroom.live_class import LiveClass, find_live_class
from bot.app.classroom.secrecy import skip_withheld_question, withhold_class_questions
from bot.app.context import Context
from bot.app.library import prompt_of
from bot.app.messages import ClassQuestion, Notice, TakenSign
from bot.core import seat as seats
from bot.core.prompt import Answer, Chosen, NotAnAnswer, Prompt, Written, WrittenPrompt, chosen_in
from bot.core.seat import Reply
from bot.store.persons import Person
from bot.store.pupils import Pupil
from bot.store.sessions import SentPoll


def vote(context: Context, person: Person, poll: SentPoll, command: commands.Vote) -> None:
    """Handle a vote in a poll of a live class; in a group, a person's first vote takes a seat."""
    options = command.options
    live = find_live_class(context, poll.session_id)
    # A vote without options is a retracted vote, not an answer.
    if live is None or not options:
        return
    pupil = (
        _group_voter(live, person, poll, command.visitor.last_name)
        if live.is_group
        else _link_voter(live, person, poll)
    )
    if pupil:
        _answer(live, pupil, chosen_in(_prompt_of(live, pupil), options))


def _link_voter(live: LiveClass, person: Person, poll: SentPoll) -> Pupil | None:
    """Return the pupil of a class over a link whose vote counts, or notify them why it does not and return None.

    A vote of another person, in a forwarded poll, is ignored.
    """
    pupil = live.context.unit.pupils.of_person(live.session.id, person.id)
    if pupil is None or not pupil.nickname:
        return None
    if not pupil.is_here:
        live.send(pupil, Notice("class.not_in"))
        return None
    is_old = (poll.round, poll.vote) != (pupil.seat.round, pupil.seat.vote)
    if is_old or not seats.takes_answer(pupil.seat, live.session.state):
        answered = not is_old and pupil.seat.reply
        live.send(pupil, Notice("class.answered" if answered else "class.late"))
        return None
    return pupil


def _group_voter(live: LiveClass, person: Person, poll: SentPoll, surname: str) -> Pupil | None:
    """Return the pupil of a group whose vote counts, else None. The bot may have no chat to notify a late voter in."""
    state, pupils = live.session.state, live.context.unit.pupils
    if not state.takes_answers or (poll.round, poll.vote) != (state.round, state.vote):
        return None
    known = pupils.of_person(live.session.id, person.id)
    if known is None or known.seat.gone:
        if not withhold_class_questions(live, person):
            return None
        skip_withheld_question(live.context, person)
    if known and known.seat.gone:
        return None  # not a member of the group, or removed because another class asks the same questions
    if known:
        membership.repeat_lost_check(live, known)
    pupil = known or membership.add_voter(live, person, surname)
    if not (pupil.seat.open and pupil.seat.round == state.round):
        pupil.seat = seats.open_round(pupil.seat, state, late=False)
        pupil.version = live.session.version
    return pupil if seats.takes_answer(pupil.seat, state) else None


def write(context: Context, person: Person, command: commands.Write) -> bool:
    """Handle a text as the answer to a question of a live class; return False if no question was waiting for one."""
    live = find_live_class(context, person.class_id) if person.class_id is not None else None
    pupil = context.unit.pupils.of_person(live.session.id, person.id) if live else None
    if live is None or pupil is None or not seats.takes_answer(pupil.seat, live.session.state):
        return False
    if not isinstance(_prompt_of(live, pupil), WrittenPrompt):
        context.send(person, Notice("expected.option"))
        return True
    if pupil.message_id is None:
        context.deferred = context.is_sending(ClassQuestion, person.id)
    elif command.message_id < pupil.message_id:
        # As in a solo quiz: a message with a smaller id was written before the question arrived.
        context.send(person, Notice("write.early"))
    else:
        _answer(live, pupil, Written(command.text), command.message_id)
    return True


def _answer(live: LiveClass, pupil: Pupil, answer: Answer, message_id: int | None = None) -> None:
    """Mark an answer and accept it; the pupil does not learn the mark before the round is closed."""
    live.touch()
    state, now = live.session.state, live.context.now
    mark = live.version(pupil.version).kind.mark(answer)
    if isinstance(mark, NotAnAnswer):
        live.send(pupil, Notice(f"expected.{mark.expected}"))
        return
    if message_id is not None:
        live.send(pupil, TakenSign(message_id))
    choice = answer.options if isinstance(answer, Chosen) else ()
    points = seats.points_for(mark.right, pupil.seat, state, now)
    live.accept_answer(pupil, Reply(mark.right, tuple(sorted(choice)), mark.given, mark.note, points, now))


def _prompt_of(live: LiveClass, pupil: Pupil) -> Prompt:
    return prompt_of(live.version(pupil.version), live.session.id, pupil.seat.round)
