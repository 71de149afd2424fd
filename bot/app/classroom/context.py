"""Context of one live class within one transaction: its session, row, pupils, and methods to send messages."""

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

# Telegram permits about one edit per second in a chat (Bots FAQ); a changed count is not that urgent.
MIN_REFRESH_INTERVAL = timedelta(seconds=3)


class ClassContext:
    """A live class and what handlers read and send within one unit of work."""

    def __init__(self, context: Context, session: ClassSession, row: LiveClassRow) -> None:
        self.context = context
        self.session = session
        self.row = row
        self._refresh_at: datetime | None = None

    @property
    def is_group(self) -> bool:
        """Whether the class takes place in a group, with one message for all pupils."""
        return self.row.chat_id is not None

    def is_unchecked(self, pupil: Pupil) -> bool:
        """Return whether it is not known yet that this voter is a member of the group."""
        return self.is_group and not pupil.nickname and not pupil.seat.gone

    @property
    def awaits_member_check(self) -> bool:
        """Whether a question to Telegram about a voter's membership is still unanswered."""
        chat_id = self.row.chat_id
        return chat_id is not None and self.context.is_sending(MemberCheck, chat_id)

    @cached_property
    def everybody(self) -> list[Pupil]:
        """All pupils who ever joined, in the order of joining; a new pupil is appended to this list."""
        return self.context.unit.pupils.of_class(self.session.id)

    @property
    def here(self) -> list[Pupil]:
        """The pupils who are present, in the order of joining."""
        return [pupil for pupil in self.everybody if pupil.is_here]

    def names(self, pupils: Sequence[Pupil], language: str = "") -> Mapping[int, str]:
        """Return the display names of these pupils by id, in this language, or else in the language of the class.

        Nicknames over a link are unique. In a group they are first names, which are numbered if several are equal.
        """
        people = self.context.unit.pupils.called(self.session.id) if self.is_group else pupils
        return names_of(people, language or self.row.language)

    @property
    def question(self) -> Question:
        """The question of the open or last closed round, in the version that was sent."""
        return self.version(self.session.version)

    @property
    def prompt(self) -> Prompt:
        """The prompt of that question, as it was sent."""
        return prompt_of(self.question, self.session.id, self.session.state.round)

    def version(self, version: str | None) -> Question:
        """Return the question with this fingerprint. Raises LookupError if it is None."""
        if version is None:
            raise LookupError(f"class {self.session.id} has no open question")
        return self.context.library.version(version, self.context.unit.versions)

    def person(self, pupil: Pupil) -> Person:
        """Return the person of a pupil."""
        person = self.context.unit.persons.find(pupil.person_id)
        if person is None:
            raise LookupError(f"pupil {pupil.id} has no person")
        return person

    def touch(self) -> None:
        """Record that a person did something with the class, so that it does not end as an abandoned one."""
        self.session.state = self.session.state.touched(self.context.now)

    def send(self, pupil: Pupil, message: Message) -> None:
        """Send a message to one pupil's private chat."""
        self.context.send(self.person(pupil), message)

    def send_to_group(self, message: Message) -> None:
        """Send a message to the group, if the class takes place in one."""
        if self.row.chat_id is not None:
            self.context.send_to_chat(self.row.chat_id, self.row.language, message)

    def store_answer(self, pupil: Pupil, reply: Reply | None, round_number: int, version: str | None) -> None:
        """Store an answer that counted; a live class stores answers only here."""
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
        """Update the controls of all hosts of a class over a link; skip a host whose controls are still being sent."""
        self.row.shown_at, self._refresh_at = self.context.now, None
        for host in () if self.is_group else self.row.hosts.people:
            person = self.context.unit.persons.find(host.person_id)
            if person is None or (not host.message_id and self.context.is_sending(ClassControls, person.id)):
                continue
            message_id = host.message_id or None
            controls = class_controls(self.context, self.session, self.row, message_id, ending=host.ending)
            self.context.send(person, controls)

    def send_controls(self, person: Person) -> None:
        """Send the controls to a host in a new message, and remove the buttons of the old one."""
        for host in self.row.hosts.people:
            if host.person_id == person.id and host.message_id:
                self.context.send(person, ClosedButtons(host.message_id))
        self.set_controls_message(person.id, 0)
        self.context.send(person, class_controls(self.context, self.session, self.row, None))

    def refresh_controls(self) -> None:
        """Update the hosts' controls now, or after MIN_REFRESH_INTERVAL if they were updated recently."""
        if self.is_group:
            return
        shown_at = self.row.shown_at
        if shown_at is None or self.context.now - shown_at >= MIN_REFRESH_INTERVAL:
            self.update_controls()
        else:
            self._refresh_at = shown_at + MIN_REFRESH_INTERVAL

    def schedule(self) -> None:
        """Set the deadline of the session to the earliest time at which something is due."""
        state = self.session.state
        times = [time for time in (state.deadline, state.abandoned_at, self._refresh_at) if time]
        self.session.deadline = min(times, default=None)

    def set_controls_message(self, person_id: int, message_id: int) -> None:
        """Record which message has a host's controls."""
        for host in self.row.hosts.people:
            if host.person_id == person_id:
                self._change_host(replace(host, message_id=message_id, ending=False))

    def recover_controls_message(self, person: Person, message_id: int) -> None:
        """Record which message has a host's controls from a press of its button, which can precede the receipt."""
        if any(host.person_id == person.id and not host.message_id for host in self.row.hosts.people):
            self.set_controls_message(person.id, message_id)

    def set_end_confirmation(self, person: Person, *, ending: bool) -> None:
        """Set whether a host's controls ask to confirm the end; updates of the controls keep the question."""
        for host in self.row.hosts.people:
            if host.person_id == person.id:
                self._change_host(replace(host, ending=ending))
        self.update_controls()

    def _change_host(self, changed: Host) -> None:
        people = (changed if host.person_id == changed.person_id else host for host in self.row.hosts.people)
        self.row.hosts = Hosts(tuple(people))


def find_class(context: Context, session_id: int) -> ClassContext | None:
    """Return the live class with this session id, or None."""
    session, row = context.unit.sessions.find_class(session_id), context.unit.live_classes.find(session_id)
    return ClassContext(context, session, row) if session and row else None
