"""What kinds that offer options share: how many there may be, how they are shuffled, what may be chosen."""

from hashlib import blake2b

from bot.core.field_reader import FieldReader
from bot.core.kind import Option
from bot.core.prompt import Answer, ChoicePrompt, Chosen, Found, Mark

MOST_OPTIONS = 12
"""How many options a question may offer (Bot API, sendPoll: options)."""


def read_choice(authoring: FieldReader, right: str, rights: tuple[str, ...]) -> tuple[Option, ...]:
    """Read `wrong` beside the right ones of the field ``right``; faults for texts in both and for too many."""
    wrong = authoring.options("wrong")
    authoring.check_disjoint("wrong", (option.text for option in wrong), right, rights)
    if (count := len(rights) + len(wrong)) > MOST_OPTIONS:
        authoring.add_fault("wrong", f"makes {count} options in all: {MOST_OPTIONS} is the most a poll takes")
    return wrong


def choice_prompt(rights: tuple[str, ...], wrong: tuple[Option, ...], seed: int, *, several: bool) -> ChoicePrompt:
    """Offer the right and the wrong options in a random order; the author's order is the right ones, then the wrong."""
    texts = (*rights, *(option.text for option in wrong))
    order = shuffled(len(texts), seed)
    correct = tuple(place for place, author in enumerate(order) if author < len(rights))
    return ChoicePrompt(tuple(texts[author] for author in order), order, correct, several)


def shuffled(count: int, seed: int) -> tuple[int, ...]:
    """Give the numbers below ``count``, at most ``MOST_OPTIONS``, as the seed shuffles them (Fisher and Yates).

    No order is kept: it is made anew when the answer comes, perhaps on a later Python, and ``random.shuffle`` promises
    to shuffle alike on the same one alone.
    """
    drawn = int.from_bytes(blake2b(str(seed).encode(), digest_size=16).digest())
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        drawn, place = divmod(drawn, last + 1)
        order[last], order[place] = order[place], order[last]
    return tuple(order)


def chosen_of(answer: Answer, count: int) -> tuple[int, ...]:
    """Give the options chosen, in the author's order; empty when the answer is no choice among ``count`` options."""
    if not isinstance(answer, Chosen) or not all(0 <= option < count for option in answer.options):
        return ()
    return tuple(sorted(set(answer.options)))


def mark_choice(chosen: tuple[int, ...], rights: tuple[str, ...], wrong: tuple[Option, ...]) -> Mark:
    """Mark a choice: right when every right option is chosen and no other."""
    options = (*(Option(text) for text in rights), *wrong)
    picked = [options[place] for place in chosen]
    given = "; ".join(option.text for option in picked)
    notes = " ".join(option.note for option in picked if option.note)
    right = chosen == tuple(range(len(rights)))
    chosen_right = sum(place < len(rights) for place in chosen)
    found = Found(chosen_right, len(rights), len(chosen) - chosen_right)
    return Mark(right, given, notes, found=None if right or len(rights) == 1 else found)
