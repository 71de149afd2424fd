"""Answers to the question of a live class: votes in its polls, and texts where the answer is written."""

from bot.app import commands
from bot.app.classroom import membership
from bot.app.classroom.live_class import ClassRounds, find_rounds
from bot.app.classroom.secrecy import go_on_alone, take_seat
from bot.app.context import Work
from bot.app.library import prompt_of
from bot.app.messages import ClassQuestion, Notice, TakenSign
from bot.core import seat as seats
from bot.core.prompt import Answer, Chosen, NotAnAnswer, Prompt, Written, WrittenPrompt, chosen_in
from bot.core.seat import Reply
from bot.store.persons import Person
from bot.store.pupils import Pupil
from bot.store.sessions import SentPoll


def vote(work: Work, person: Person, poll: SentPoll, command: commands.Vote) -> None:
    """Take a vote in a poll of a live class; in a group, the first vote makes somebody part of it."""
    options = command.options
    rounds = find_rounds(work, poll.session_id)
    # A vote can be taken back where Telegram lets it: that is no answer.
    if rounds is None or not options:
        return
    pupil = (
        _voter_in_group(rounds, person, poll, command.visitor.last_name)
        if rounds.is_group
        else _voter(rounds, person, poll)
    )
    if pupil:
        _answer(rounds, pupil, chosen_in(_prompt_of(rounds, pupil), options))


def _voter(rounds: ClassRounds, person: Person, poll: SentPoll) -> Pupil | None:
    """Give who votes over a link, if the vote counts; else say why not. A forwarded poll counts for nobody else."""
    pupil = rounds.work.unit.pupils.of_person(rounds.session.id, person.id)
    if pupil is None or not pupil.nickname:
        return None
    if not pupil.is_here:
        rounds.tell(pupil, Notice("class.not_in"))
        return None
    is_old = (poll.round, poll.vote) != (pupil.seat.round, pupil.seat.vote)
    if is_old or not seats.takes_answer(pupil.seat, rounds.session.state):
        answered = not is_old and pupil.seat.reply
        rounds.tell(pupil, Notice("class.answered" if answered else "class.late"))
        return None
    return pupil


def _voter_in_group(rounds: ClassRounds, person: Person, poll: SentPoll, surname: str) -> Pupil | None:
    """Give who votes in a group, if the vote counts. Who voted late is not told: there may be no private chat."""
    state, pupils = rounds.session.state, rounds.work.unit.pupils
    if not state.takes_answers or (poll.round, poll.vote) != (state.round, state.vote):
        return None
    known = pupils.of_person(rounds.session.id, person.id)
    if known is None or known.seat.gone:
        if not take_seat(rounds, person):
            return None
        go_on_alone(rounds.work, person)
    if known and known.seat.gone:
        return None  # somebody outside the group, or in another class that asks the same
    if known:
        membership.ask_again(rounds, known)
    pupil = known or membership.take_in(rounds, person, surname)
    if not (pupil.seat.open and pupil.seat.round == state.round):
        pupil.seat = seats.put(pupil.seat, state, late=False)
        pupil.version = rounds.session.version
    return pupil if seats.takes_answer(pupil.seat, state) else None


def write(work: Work, person: Person, command: commands.Write) -> bool:
    """Take a text for an answer to a question of a live class; say whether one was waiting for it."""
    rounds = find_rounds(work, person.class_id) if person.class_id is not None else None
    pupil = work.unit.pupils.of_person(rounds.session.id, person.id) if rounds else None
    if rounds is None or pupil is None or not seats.takes_answer(pupil.seat, rounds.session.state):
        return False
    if not isinstance(_prompt_of(rounds, pupil), WrittenPrompt):
        work.tell(person, Notice("expected.option"))
        return True
    if pupil.message_id is None:
        work.parked = work.is_sending(ClassQuestion, person.id)
    elif command.message_id < pupil.message_id:
        # As in a solo quiz: a smaller number was written before the question stood there.
        work.tell(person, Notice("write.early"))
    else:
        _answer(rounds, pupil, Written(command.text), command.message_id)
    return True


def _answer(rounds: ClassRounds, pupil: Pupil, answer: Answer, message_id: int | None = None) -> None:
    """Mark an answer and take it; nothing of the mark is told before the round is closed."""
    rounds.touch()
    state, now = rounds.session.state, rounds.work.now
    mark = rounds.version(pupil.version).kind.mark(answer)
    if isinstance(mark, NotAnAnswer):
        rounds.tell(pupil, Notice(f"expected.{mark.expected}"))
        return
    if message_id is not None:
        rounds.tell(pupil, TakenSign(message_id))
    choice = answer.options if isinstance(answer, Chosen) else ()
    points = seats.points_for(mark.right, pupil.seat, state, now)
    rounds.reply(pupil, Reply(mark.right, tuple(sorted(choice)), mark.given, mark.note, points, now))


def _prompt_of(rounds: ClassRounds, pupil: Pupil) -> Prompt:
    return prompt_of(rounds.version(pupil.version), rounds.session.id, pupil.seat.round)
