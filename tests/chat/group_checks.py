"""Checks that compare the stored rows of a group quiz with the votes that were cast and the messages in the group.

The bot knows a poll once Telegram's answer to its sending is stored. If a kill prevents that, the bot sends the poll
again and cannot recognise the first copy. So a vote counts if the bot knows its poll when the vote is closed, however
often the bot is killed afterwards; a person who voted in an unknown copy is asked in private to vote again.
"""

import json

from class_checks import StoredClassRows
from simulated_voters import Ballot, SimulatedVoter, SimulatedVoters
from stored_rows import Row

from bot.core.seat import POINTS


def check_group(stored: StoredClassRows, voters: SimulatedVoters, kills: int) -> None:
    """Check that a group quiz lost no round and no vote that could count, and counted nobody twice."""
    assert stored.state["phase"] == "finished"
    assert stored.state["outcomes"] == ["counted"] * voters.rounds
    assert len({row["person_id"] for row in stored.pupils}) == len(stored.pupils)
    _check_polls(stored, voters, kills)
    for voter in voters.everybody:
        answers = stored.answers_of(voter.id)
        for number in range(1, voters.rounds + 1):
            _check_round(stored, voters, voter, number, answers.get(number))
        _check_sums(stored, voter, answers)
        _check_refusals(stored, voter)
    _check_tallies(stored, voters)


def _check_polls(stored: StoredClassRows, voters: SimulatedVoters, kills: int) -> None:
    """Check that each vote had exactly one poll that the bot knew, and that no two known polls were open at once.

    A poll whose sending was interrupted stays open, since the bot never learned its id; each kill leaves one at most.
    """
    known = {row["id"] for row in stored.polls}
    votes = [(copy.round, copy.vote) for copy in voters.copies if copy.poll_id in known]
    expected = [
        (number, vote) for number in range(1, voters.rounds + 1) for vote in ((1, 2) if number % 3 == 2 else (1,))
    ]
    assert votes == expected
    assert [poll_id for poll_id, others in voters.open_before.items() if others & known] == []
    assert voters.open_polls() & known == set()
    assert len({copy.poll_id for copy in voters.copies} - known) <= kills


def _check_round(
    stored: StoredClassRows, voters: SimulatedVoters, voter: SimulatedVoter, number: int, answer: Row | None
) -> None:
    """Check one round of one voter: a certain vote counts, and a stored answer is a vote in a known poll."""
    known = {row["id"] for row in stored.polls}
    cast = [one for one in voter.ballots if one.copy.round == number and one.copy.poll_id in known]
    certain = [one for person, one in voters.certain if person == voter.id and one.copy.round == number]
    if answer is None:
        assert certain == [], (voter.id, certain)
        return
    # Of two votes the last one counts. A vote that is not certain was cast while the poll was being closed.
    can_count = [one for one in cast if not certain or one.copy.vote >= certain[-1].copy.vote]
    assert _stored_vote(answer) in map(_cast_vote, can_count), (dict(answer), cast)


def _stored_vote(answer: Row) -> tuple[bool, list[str]]:
    return bool(answer["right"]), sorted(answer["given"].casefold().split("; "))


def _cast_vote(ballot: Ballot) -> tuple[bool, list[str]]:
    # The bot stores options in the author's order; its words for true and false differ in case.
    return ballot.right, sorted(ballot.given.casefold().split("; "))


def _check_sums(stored: StoredClassRows, voter: SimulatedVoter, answers: dict[int, Row]) -> None:
    """Check that a seat is the sum of its marks, and that the private result shows the seat."""
    right = sum(row["right"] for row in answers.values())
    seat = stored.seat_of(voter.id)
    assert (seat["right"], seat["points"]) == (right, POINTS * right)
    assert set(voter.results) == ({(right, seat["seen"])} if voter.is_private else set()), voter


def _check_refusals(stored: StoredClassRows, voter: SimulatedVoter) -> None:
    """Check that a voter with a private chat was told of each vote in a poll that the bot does not know.

    A further kill may repeat the message; a voter without such a vote gets none.
    """
    known = {row["id"] for row in stored.polls}
    lost = sum(ballot.copy.poll_id not in known for ballot in voter.ballots)
    assert voter.lost_vote_notices >= lost if voter.is_private else not voter.got_message, voter
    assert lost or not voter.lost_vote_notices, voter


def _check_tallies(stored: StoredClassRows, voters: SimulatedVoters) -> None:
    """Check that the results shown in the group match the stored answers of each round."""
    for number in range(1, voters.rounds + 1):
        marks = [row["right"] for row in stored.answers if row["round"] == number]
        assert set(voters.results[number]) == {(sum(marks), len(marks))}
    (room,) = stored.live_classes
    last = json.loads(room["votes"])
    assert (last["right"], last["answered"]) == voters.results[voters.rounds][-1]


def summary(stored: StoredClassRows, voters: SimulatedVoters) -> str:
    """Format a line of counts: votes cast, answers stored, results shown twice."""
    known = {row["id"] for row in stored.polls}
    ballots = [ballot for voter in voters.everybody for ballot in voter.ballots]
    lost = sum(ballot.copy.poll_id not in known for ballot in ballots)
    repeated = sum(len(results) - 1 for results in voters.results.values())
    return (
        f"{voters.rounds} rounds; {len(ballots)} votes cast, {len(stored.answers)} answers stored, {lost} votes in "
        f"{len(voters.copies) - len(known)} polls whose sending was interrupted, {len(voters.certain)} certain to "
        f"count; {repeated} rounds with a repeated result"
    )
