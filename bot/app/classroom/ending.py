"""The end of a live class: the podium for the group, a result for each pupil, a summary for the hosts."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from bot.app.classroom.context import ClassContext
from bot.app.classroom.presenter import top_of
from bot.app.messages import ClassResult, ClassSummary, GroupResult, HardQuestion, PupilSummary
from bot.core.classroom import Outcome
from bot.core.seat import is_private
from bot.store.live_classes import Hosts
from bot.store.persons import Person
from bot.store.pupils import Pupil

MAX_HARD_QUESTIONS = 3


def finish(live: ClassContext) -> None:
    """End the class and send everybody the result; a pupil who still answers in private gets it afterwards."""
    live.row.ended_at, live.row.code = live.context.now, None
    live.row.hosts = Hosts(tuple(replace(host, name="") for host in live.row.hosts.people))
    if live.is_group:
        live.send_to_group(_group_result(live))
    live.context.unit.persons.load(pupil.person_id for pupil in live.everybody)
    missed = _missed(live)
    for pupil in live.here:
        if not is_private(pupil.seat, live.session.state):
            _send_result(live, pupil, missed.get(pupil.person_id, ()))
    summary = _summary(live)
    for host in live.row.hosts.people:
        person = live.context.unit.persons.find(host.person_id)
        if person and person.is_private:
            live.context.send(person, summary(person.language))


def send_result(live: ClassContext, pupil: Pupil) -> None:
    """Send one pupil the result, after the end of the class."""
    _send_result(live, pupil, _missed(live).get(pupil.person_id, ()))


def _send_result(live: ClassContext, pupil: Pupil, missed: tuple[str, ...]) -> None:
    person = live.person(pupil)
    if person.class_id == live.session.id:
        person.class_id = None
    if not person.is_private:
        return
    questions = live.context.library.questions
    live.context.send(
        person,
        ClassResult(
            session=live.session.id,
            right=pupil.seat.right,
            seen=pupil.seat.seen,
            of=live.session.state.counted,
            missed=tuple(questions[one].stem for one in missed if one in questions),
            group=live.is_group,
        ),
    )


def missed_in(live: ClassContext, person: Person) -> tuple[str, ...]:
    """Return the questions that this person did not answer right, including those before the person joined."""
    return _missed(live).get(person.id, tuple(_counted(live)))


def _missed(live: ClassContext) -> dict[int, tuple[str, ...]]:
    """Return, by person, the counted questions that the person did not answer right."""
    right = live.context.unit.answers.right_in(live.session.id)
    people = (pupil.person_id for pupil in live.everybody)
    return {
        person: tuple(question for question in _counted(live) if (person, question) not in right) for person in people
    }


def _counted(live: ClassContext) -> Iterable[str]:
    state = live.session.state
    rounds = zip(state.questions, state.outcomes, strict=False)
    return [question for question, outcome in rounds if outcome is Outcome.COUNTED]


def _group_result(live: ClassContext) -> GroupResult:
    top = top_of(live.everybody, live.names)
    return GroupResult(
        session=live.session.id,
        thread_id=live.row.thread_id,
        rounds=live.session.state.counted,
        people=len(live.here),
        standings=top.standings,
        bonus=live.session.state.bonus,
        more=top.more,
    )


def _summary(live: ClassContext) -> Callable[[str], ClassSummary]:
    """Return a function that builds the summary in a language, once for each language."""
    took_part = [pupil for pupil in live.everybody if pupil.is_here or pupil.seat.seen]
    # Pupils who left before the end have no rank; they are listed last.
    took_part.sort(key=lambda pupil: (pupil.seat.gone, pupil.seat.rank or len(live.everybody), pupil.id))
    hardest = tuple(_hardest(live))

    @cache
    def build(language: str) -> ClassSummary:
        names = live.names(took_part, language)
        pupils = tuple(PupilSummary(names[one.id], one.real_name, one.seat.right, one.seat.seen) for one in took_part)
        return ClassSummary(live.session.id, live.session.state.counted, pupils, hardest, live.is_group)

    return build


def _hardest(live: ClassContext) -> Iterable[HardQuestion]:
    """Return the questions with the smallest share of right answers, the smallest first; omit shares of 100 percent."""
    right, answered = Counter[str](), Counter[str]()
    for question, count, of in live.context.unit.answers.sums_of(live.session.id):
        right[question], answered[question] = count, of
    known = live.context.library.questions
    hard = [one for one in _counted(live) if one in known and answered[one] and right[one] < answered[one]]
    hard.sort(key=lambda question: right[question] / answered[question])
    return [HardQuestion(known[one].stem, right[one], answered[one]) for one in hard[:MAX_HARD_QUESTIONS]]
