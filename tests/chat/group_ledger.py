"""What the bot kept of a quiz in a group, held against the votes that were cast and what the group was told.

A poll is known once Telegram's answer to its sending is on record; if a kill cuts that off, the poll is sent again, and
the first copy can never be told from any poll. So: a vote counts if its poll is known when its vote is closed, however
often the bot dies after that; who voted in a copy that was cut off is asked to vote again, if a chat allows it.
"""

import json

from class_checks import StoredClassRows
from group_voters import Ballot, GroupVoters, Voter
from stored_rows import Row

from bot.core.seat import POINTS


def check_group(kept: StoredClassRows, voters: GroupVoters, kills: int) -> None:
    """Hold that a quiz in a group lost no round and no vote that could count, and counted nobody twice."""
    assert kept.state["phase"] == "finished"
    assert kept.state["outcomes"] == ["counted"] * voters.rounds
    assert len({row["person_id"] for row in kept.pupils}) == len(kept.pupils)
    _check_polls(kept, voters, kills)
    for voter in voters.everybody:
        answers = kept.answers_of(voter.id)
        for number in range(1, voters.rounds + 1):
            _check_round(kept, voters, voter, number, answers.get(number))
        _check_sums(kept, voter, answers)
        _check_refusals(kept, voter)
    _check_tallies(kept, voters)


def _check_polls(kept: StoredClassRows, voters: GroupVoters, kills: int) -> None:
    """Hold that each vote was put by one poll that the bot knew, and that never two such were open.

    A poll whose sending was cut off stays open, since Telegram told nobody its number; there is one a kill at most.
    """
    known = {row["id"] for row in kept.polls}
    votes = [(copy.round, copy.vote) for copy in voters.copies if copy.poll_id in known]
    wanted = [
        (number, vote) for number in range(1, voters.rounds + 1) for vote in ((1, 2) if number % 3 == 2 else (1,))
    ]
    assert votes == wanted
    assert [poll_id for poll_id, others in voters.open_before.items() if others & known] == []
    assert voters.open_polls() & known == set()
    assert len({copy.poll_id for copy in voters.copies} - known) <= kills


def _check_round(kept: StoredClassRows, voters: GroupVoters, voter: Voter, number: int, answer: Row | None) -> None:
    """Hold one round of one voter: a vote that is sure counts; what counts is a vote in a poll that the bot knew."""
    known = {row["id"] for row in kept.polls}
    cast = [one for one in voter.ballots if one.copy.round == number and one.copy.poll_id in known]
    sure = [one for person, one in voters.sure if person == voter.id and one.copy.round == number]
    if answer is None:
        assert sure == [], (voter.id, sure)
        return
    # Of two votes the last counts. What is not sure was cast while its vote was being closed.
    can_count = [one for one in cast if not sure or one.copy.vote >= sure[-1].copy.vote]
    assert _stored(answer) in map(_given, can_count), (dict(answer), cast)


def _stored(answer: Row) -> tuple[bool, list[str]]:
    return bool(answer["right"]), sorted(answer["given"].casefold().split("; "))


def _given(ballot: Ballot) -> tuple[bool, list[str]]:
    # The bot keeps options in the author's order, and says true and false in its own way.
    return ballot.right, sorted(ballot.given.casefold().split("; "))


def _check_sums(kept: StoredClassRows, voter: Voter, answers: dict[int, Row]) -> None:
    """Hold a seat against the sum of its marks, and what was told of it in private against the seat."""
    right = sum(row["right"] for row in answers.values())
    seat = kept.seat_of(voter.id)
    assert (seat["right"], seat["points"]) == (right, POINTS * right)
    assert set(voter.results) == ({(right, seat["seen"])} if voter.is_private else set()), voter


def _check_refusals(kept: StoredClassRows, voter: Voter) -> None:
    """Hold that whoever can be told in private was told of each vote in a poll whose sending was cut off.

    It may be told twice, where a kill cut that off as well; who voted in no such poll is not told.
    """
    known = {row["id"] for row in kept.polls}
    lost = sum(ballot.copy.poll_id not in known for ballot in voter.ballots)
    assert voter.unknown >= lost if voter.is_private else not voter.heard, voter
    assert lost or not voter.unknown, voter


def _check_tallies(kept: StoredClassRows, voters: GroupVoters) -> None:
    """Hold what the group was told of each round against the votes that were counted."""
    for number in range(1, voters.rounds + 1):
        marks = [row["right"] for row in kept.answers if row["round"] == number]
        assert set(voters.told[number]) == {(sum(marks), len(marks))}
    (room,) = kept.rooms
    last = json.loads(room["votes"])
    assert (last["right"], last["answered"]) == voters.told[voters.rounds][-1]


def figures(kept: StoredClassRows, voters: GroupVoters) -> str:
    """Say in a line what was cast, stored and told twice."""
    known = {row["id"] for row in kept.polls}
    ballots = [ballot for voter in voters.everybody for ballot in voter.ballots]
    lost = sum(ballot.copy.poll_id not in known for ballot in ballots)
    told = sum(len(all_told) - 1 for all_told in voters.told.values())
    return (
        f"{voters.rounds} rounds; {len(ballots)} votes cast, {len(kept.answers)} answers stored, {lost} votes in "
        f"{len(voters.copies) - len(known)} polls whose sending was cut off, {len(voters.sure)} certain to count; "
        f"{told} rounds were told twice"
    )
