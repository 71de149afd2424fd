"""One live class within one unit of work: its session, its room, its people, and the ways to tell them things."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property

from bot.app.classroom.presenter import class_controls
from bot.app.context import Context
from bot.app.display_names import names_of
from bot.app.library import prompt_of
from bot.app.messages import ClassControls, ClosedButtons, MemberCheck, Message
from bot.core.prompt import Prompt
from bot.core.question import Question
from bot.core.seat import Reply
from bot.store.answers import NewAnswer
from bot.store.live_classes import Host, Hosts, LiveClassRow
from bot.store.persons import Person
from bot.store.pupils import Pupil
from bot.store.sessions import ClassSession

# Telegram lets a bot change a message about once a second in one chat (Bots FAQ); a count is not that urgent.
REFRESH = timedelta(seconds=3)


class ClassContext:
    """A class under way."""

    def __init__(self, context: Context, session: ClassSession, row: LiveClassRow) -> None:
        self.context = context
        self.session = session
        self.row = row
        self._refresh_at: datetime | None = None

    @property
    def is_group(self) -> bool:
        """Whether the class is in a group, with one message for all."""
        return self.row.chat_id is not None

    def is_unchecked(self, pupil: Pupil) -> bool:
        """Return whether it is not known yet that somebody who voted in a group is in it."""
        return self.is_group and not pupil.nickname and not pupil.seat.gone

    @property
    def awaits_member_check(self) -> bool:
        """Whether Telegram has yet to say of somebody whether they are in the group."""
        chat_id = self.row.chat_id
        return chat_id is not None and self.context.is_sending(MemberCheck, chat_id)

    @cached_property
    def everybody(self) -> list[Pupil]:
        """Everybody who ever joined, in the order of joining; this list grows when somebody does."""
        return self.context.unit.pupils.of_class(self.session.id)

    @property
    def here(self) -> list[Pupil]:
        """Those who are here, in the order of joining."""
        return [pupil for pupil in self.everybody if pupil.is_here]

    def names(self, pupils: Sequence[Pupil], language: str = "") -> Mapping[int, str]:
        """Return by number what some are called, in this language or else the class'.

        Nicknames over a link differ already. In a group they are Telegram's first names, told apart among all.
        """
        people = self.context.unit.pupils.called(self.session.id) if self.is_group else pupils
        return names_of(people, language or self.row.language)

    @property
    def question(self) -> Question:
        """The question of the round that is open or was closed last, as it was put."""
        return self.version(self.session.version)

    @property
    def prompt(self) -> Prompt:
        """The prompt of that question, as it was put."""
        return prompt_of(self.question, self.session.id, self.session.state.round)

    def version(self, version: str | None) -> Question:
        """Give the question with this fingerprint. Raises LookupError where none was put."""
        if version is None:
            raise LookupError(f"class {self.session.id} has no open question")
        return self.context.library.version(version, self.context.unit.versions)

    def person(self, pupil: Pupil) -> Person:
        """Give the person in a seat."""
        person = self.context.unit.persons.find(pupil.person_id)
        if person is None:
            raise LookupError(f"pupil {pupil.id} is nobody")
        return person

    def touch(self) -> None:
        """Note that a person did something with the class, so that it does not end as one that was forgotten."""
        self.session.state = self.session.state.touched(self.context.now)

    def send(self, pupil: Pupil, message: Message) -> None:
        """Tell one pupil in private."""
        self.context.send(self.person(pupil), message)

    def send_to_group(self, message: Message) -> None:
        """Tell the group."""
        if self.row.chat_id is not None:
            self.context.send_to_chat(self.row.chat_id, self.row.language, message)

    def store_answer(self, pupil: Pupil, reply: Reply | None, round_number: int, version: str | None) -> None:
        """Keep an answer that counted: the one place where a live class writes answers."""
        if reply is None:
            return
        self.context.unit.answers.add(
            NewAnswer(
                session_id=self.session.id,
                round=round_number,
                person_id=pupil.person_id,
                question_id=self.session.state.questions[round_number - 1],
                version=version or "",
                right=reply.right,
                given=reply.given,
                at=reply.at,
            )
        )

    def update_controls(self) -> None:
        """Show everybody who leads a class over a link where it stands; one whose controls are being sent waits."""
        self.row.shown_at, self._refresh_at = self.context.now, None
        for host in () if self.is_group else self.row.hosts.people:
            person = self.context.unit.persons.find(host.person_id)
            if person is None or (not host.message_id and self.context.is_sending(ClassControls, person.id)):
                continue
            message_id = host.message_id or None
            controls = class_controls(self.context, self.session, self.row, message_id, ending=host.ending)
            self.context.send(person, controls)

    def send_controls(self, person: Person) -> None:
        """Give somebody who leads the class its controls in a new message; the old one loses its buttons."""
        for host in self.row.hosts.people:
            if host.person_id == person.id and host.message_id:
                self.context.send(person, ClosedButtons(host.message_id))
        self.set_controls_message(person.id, 0)
        self.context.send(person, class_controls(self.context, self.session, self.row, None))

    def refresh_controls(self) -> None:
        """Show a changed count soon, but no more often than Telegram lets a message change."""
        if self.is_group:
            return
        shown_at = self.row.shown_at
        if shown_at is None or self.context.now - shown_at >= REFRESH:
            self.update_controls()
        else:
            self._refresh_at = shown_at + REFRESH

    def schedule(self) -> None:
        """Set when the clock must look at the class again."""
        state = self.session.state
        times = [time for time in (state.deadline, state.abandoned_at, self._refresh_at) if time]
        self.session.deadline = min(times, default=None)

    def set_controls_message(self, person_id: int, message_id: int) -> None:
        """Remember which message carries a host's controls."""
        for host in self.row.hosts.people:
            if host.person_id == person_id:
                self._change_host(replace(host, message_id=message_id, ending=False))

    def recover_controls_message(self, person: Person, message_id: int) -> None:
        """Remember which message carries a host's controls by a press of them, which can come before the receipt."""
        if any(host.person_id == person.id and not host.message_id for host in self.row.hosts.people):
            self.set_controls_message(person.id, message_id)

    def set_end_confirmation(self, person: Person, *, ending: bool) -> None:
        """Let the end be confirmed by whoever wants it, in their own controls and however often these are renewed."""
        for host in self.row.hosts.people:
            if host.person_id == person.id:
                self._change_host(replace(host, ending=ending))
        self.update_controls()

    def _change_host(self, changed: Host) -> None:
        people = (changed if host.person_id == changed.person_id else host for host in self.row.hosts.people)
        self.row.hosts = Hosts(tuple(people))


def find_class(context: Context, session_id: int) -> ClassContext | None:
    """Give the class with this number, or None."""
    session, row = context.unit.sessions.find_class(session_id), context.unit.live_classes.find(session_id)
    return ClassContext(context, session, row) if session and row else None
