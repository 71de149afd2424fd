"""What the test of secrecy itself writes down: who has a seat where, and which polls stand in whose chat."""

from collections.abc import Iterator
from typing import Any

from sentences import SENTENCE_OF

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


class Record:
    """People who talk with a bot; each message to them is checked as it comes.

    Attributes:
        codes, leaders: of each class that was opened, its code and who opened it.
        seats: the classes in which each person was given a seat.
        readmitted: the classes to which a teacher has let each person back, who has not come back yet.
        polls: the polls of quizzes alone that stand in each chat, by their messages.
    """

    database: Database
    service: QuizService
    numbers: Iterator[int]
    codes: dict[int, str]
    leaders: dict[int, int]
    seats: dict[int, set[int]]
    readmitted: dict[int, set[int]]
    polls: dict[int, dict[int, tuple[str, AskedQuestion]]]

    def _taking_part(self, who: int) -> list[int]:
        with self.database.transaction() as unit:
            seats = self.seats[who] - self.readmitted[who]
            pupils = {session: unit.pupils.of_person(session, who) for session in seats}
        running = self._running()
        return [session for session, pupil in pupils.items() if pupil and not pupil.seat.removed and session in running]

    def _running(self) -> list[int]:
        """Return the classes under way."""
        states = {session: self._state(session) for session in sorted(self.leaders)}
        return [session for session, state in states.items() if state.phase is not Phase.FINISHED]

    @staticmethod
    def _visitor(who: int) -> Visitor:
        return Visitor(who, f"Person {who}", "en", in_private=True)

    def _hear(self, command: Command) -> None:
        number = next(self.numbers)
        self.service.store_updates([Received(number, chat_lane(command.visitor.id), "{}")])
        told = list(self.service.process_batch(lambda _body: command, 1).outgoing)
        while told:
            for one in told:
                self._see(one)
            told = list(self.service.record_deliveries([self._delivery(one) for one in told]))

    def _delivery(self, one: OutgoingMessage) -> Delivery:
        number, asked = next(self.numbers), one.message
        is_poll = isinstance(asked, AskedQuestion | ClassQuestion) and not isinstance(asked.prompt, WrittenPrompt)
        if is_poll and isinstance(asked, AskedQuestion):
            self.polls[one.chat_id][number] = (str(number), asked)
        return Delivery(one.id, one.claimed_by, one.chat_id, asked, number, str(number) if is_poll else "")

    def _see(self, one: OutgoingMessage) -> None:
        """Check a message against what its reader may see."""
        who, told = one.chat_id, one.message
        match told:
            case ClassOpened():
                with self.database.transaction() as unit:
                    row = unit.live_classes.by_code(told.code)
                assert row
                self.codes[row.id], self.leaders[row.id] = told.code, who
            case Seated():
                with self.database.transaction() as unit:
                    person = unit.persons.find(who)
                assert person
                assert person.class_id is not None
                self.seats[who].add(person.class_id)
                self.readmitted[who].discard(person.class_id)
            case DeletedMessage():
                self.polls[who].pop(told.message_id, None)
            case AskedQuestion():
                assert self._asked(told) not in self._withheld(who)
            case Explanation():
                assert told.lesson.quoted not in self._withheld(who)
            case ClassQuestion():
                assert self._asked(told) not in self._withheld(who, but=told.session, with_removed=False)
            case ClassControls() if told.vote and told.vote.solution:
                asked = self._state(told.controls.session).questions[told.controls.round - 1]
                assert SENTENCE_OF[asked] not in self._withheld(who, with_removed=False)

    def _asked(self, told: Any) -> str:  # noqa: ANN401 - a question
        return SENTENCE_OF[self._state(told.session).questions[told.round - 1]]

    def _state(self, session: int) -> SoloState | ClassState:
        with self.database.transaction() as unit:
            found = unit.sessions.find(session)
            assert found
            return found.state

    def _withheld(self, who: int, *, but: int = 0, with_removed: bool = True) -> set[str]:
        """Return the sentences of all classes under way in which somebody has a seat, taken out or not."""
        withheld: set[str] = set()
        left_out = {but} if with_removed else {but, *self.readmitted[who]}
        for session in self.seats[who] - left_out:
            with self.database.transaction() as unit:
                found, pupil = unit.sessions.find_class(session), unit.pupils.of_person(session, who)
                assert found
                assert pupil
                if found.state.phase is not Phase.FINISHED and (with_removed or not pupil.seat.removed):
                    withheld |= {SENTENCE_OF[one] for one in found.state.questions}
        return withheld
