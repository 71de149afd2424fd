"""Model for the test of secrecy: which seats people have, and which polls are in their chats."""

from collections.abc import Iterator
from typing import Any

from sentence_bank import SENTENCE_OF

from bot.app.commands import Command, Visitor
from bot.app.dispatch.service import Delivery, OutgoingMessage, QuizService, Received
from bot.app.messages import (
    AskedQuestion,
    ClassControls,
    ClassOpened,
    ClassQuestion,
    DeletedMessage,
    Explanation,
    Seated,
)
from bot.core.classroom import ClassState, Phase
from bot.core.prompt import WrittenPrompt
from bot.core.solo import SoloState
from bot.store.database import Database
from bot.store.inbox import chat_lane


class SecrecyModel:
    """People who use a bot; each message to them is checked against what they may see.

    Attributes:
        codes, leaders: the code and the host of each opened class.
        seats: the classes in which each person has taken a seat.
        readmitted: the classes to which each person was readmitted, but has not returned yet.
        polls: the polls of solo quizzes in each chat, by message id.
    """

    database: Database
    service: QuizService
    numbers: Iterator[int]
    codes: dict[int, str]
    leaders: dict[int, int]
    seats: dict[int, set[int]]
    readmitted: dict[int, set[int]]
    polls: dict[int, dict[int, tuple[str, AskedQuestion]]]

    def _taking_part(self, person_id: int) -> list[int]:
        with self.database.transaction() as unit:
            seats = self.seats[person_id] - self.readmitted[person_id]
            pupils = {session: unit.pupils.of_person(session, person_id) for session in seats}
        running = self._running()
        return [session for session, pupil in pupils.items() if pupil and not pupil.seat.removed and session in running]

    def _running(self) -> list[int]:
        """Return the running classes."""
        states = {session: self._state(session) for session in sorted(self.leaders)}
        return [session for session, state in states.items() if state.phase is not Phase.FINISHED]

    @staticmethod
    def _visitor(person_id: int) -> Visitor:
        return Visitor(person_id, f"Person {person_id}", "en", in_private=True)

    def _handle(self, command: Command) -> None:
        number = next(self.numbers)
        self.service.store_updates([Received(number, chat_lane(command.visitor.id), "{}")])
        outgoing = list(self.service.process_batch(lambda _body: command, 1).outgoing)
        while outgoing:
            for one in outgoing:
                self._check_message(one)
            outgoing = list(self.service.record_deliveries([self._delivery(one) for one in outgoing]))

    def _delivery(self, one: OutgoingMessage) -> Delivery:
        number, asked = next(self.numbers), one.message
        is_poll = isinstance(asked, AskedQuestion | ClassQuestion) and not isinstance(asked.prompt, WrittenPrompt)
        if is_poll and isinstance(asked, AskedQuestion):
            self.polls[one.chat_id][number] = (str(number), asked)
        return Delivery(one.id, one.claimed_by, one.chat_id, asked, number, str(number) if is_poll else "")

    def _check_message(self, one: OutgoingMessage) -> None:
        """Update the model by a message, and assert that its reader may see it."""
        person_id, message = one.chat_id, one.message
        match message:
            case ClassOpened():
                with self.database.transaction() as unit:
                    row = unit.live_classes.by_code(message.code)
                assert row
                self.codes[row.id], self.leaders[row.id] = message.code, person_id
            case Seated():
                with self.database.transaction() as unit:
                    person = unit.persons.find(person_id)
                assert person
                assert person.class_id is not None
                self.seats[person_id].add(person.class_id)
                self.readmitted[person_id].discard(person.class_id)
            case DeletedMessage():
                self.polls[person_id].pop(message.message_id, None)
            case AskedQuestion():
                assert self._asked(message) not in self._withheld(person_id)
            case Explanation():
                assert message.lesson.quoted not in self._withheld(person_id)
            case ClassQuestion():
                assert self._asked(message) not in self._withheld(
                    person_id, except_class=message.session, with_removed=False
                )
            case ClassControls() if message.vote and message.vote.solution:
                asked = self._state(message.controls.session).questions[message.controls.round - 1]
                assert SENTENCE_OF[asked] not in self._withheld(person_id, with_removed=False)

    def _asked(self, message: Any) -> str:  # noqa: ANN401 - a question
        return SENTENCE_OF[self._state(message.session).questions[message.round - 1]]

    def _state(self, session: int) -> SoloState | ClassState:
        with self.database.transaction() as unit:
            found = unit.sessions.find(session)
            assert found
            return found.state

    def _withheld(self, person_id: int, *, except_class: int = 0, with_removed: bool = True) -> set[str]:
        """Return the sentences of the running classes in which a person has a seat, even if removed from it."""
        withheld: set[str] = set()
        left_out = {except_class} if with_removed else {except_class, *self.readmitted[person_id]}
        for session in self.seats[person_id] - left_out:
            with self.database.transaction() as unit:
                found, pupil = unit.sessions.find_class(session), unit.pupils.of_person(session, person_id)
                assert found
                assert pupil
                if found.state.phase is not Phase.FINISHED and (with_removed or not pupil.seat.removed):
                    withheld |= {SENTENCE_OF[one] for one in found.state.questions}
        return withheld
