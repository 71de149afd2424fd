"""Functions of the kinds that offer options: reading, shuffling and marking a choice."""

from hashlib import blake2b

from bot.core.field_reader import FieldReader
from bot.core.kind import Option
from bot.core.prompt import Answer, ChoicePrompt, Chosen, Found, Mark

MOST_OPTIONS = 12
"""The largest number of options of a question (Bot API, sendPoll: options)."""


def read_choice(reader: FieldReader, right: str, rights: tuple[str, ...]) -> tuple[Option, ...]:
    """Read `wrong` beside the right options of the field ``right``; record texts in both and too many options."""
    wrong = reader.options("wrong")
    reader.check_disjoint("wrong", (option.text for option in wrong), right, rights)
    if (count := len(rights) + len(wrong)) > MOST_OPTIONS:
        reader.add_fault("wrong", f"makes {count} options in all: {MOST_OPTIONS} is the most a poll takes")
    return wrong


def choice_prompt(rights: tuple[str, ...], wrong: tuple[Option, ...], seed: int, *, several: bool) -> ChoicePrompt:
    """Create a prompt with the options in a random order; the author's order is the right ones, then the wrong."""
    texts = (*rights, *(option.text for option in wrong))
    order = shuffled(len(texts), seed)
    correct = tuple(place for place, author in enumerate(order) if author < len(rights))
    return ChoicePrompt(tuple(texts[author] for author in order), order, correct, several)


def shuffled(count: int, seed: int) -> tuple[int, ...]:
    """Return the numbers below ``count``, at most ``MOST_OPTIONS``, shuffled by the seed (Fisher-Yates).

    The order is not stored but computed again when the answer arrives, perhaps on a later version of Python;
    ``random.shuffle`` guarantees the same order only within one version.
    """
    drawn = int.from_bytes(blake2b(str(seed).encode(), digest_size=16).digest())
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        drawn, place = divmod(drawn, last + 1)
        order[last], order[place] = order[place], order[last]
    return tuple(order)


def chosen_of(answer: Answer, count: int) -> tuple[int, ...]:
    """Return the chosen options in the author's order; empty if the answer is not a choice among ``count`` options."""
    if not isinstance(answer, Chosen) or not all(0 <= option < count for option in answer.options):
        return ()
    return tuple(sorted(set(answer.options)))


def mark_choice(chosen: tuple[int, ...], rights: tuple[str, ...], wrong: tuple[Option, ...]) -> Mark:
    """Mark a choice: it is right if it has all right options and no other."""
    options = (*(Option(text) for text in rights), *wrong)
    picked = [options[place] for place in chosen]
    given = "; ".join(option.text for option in picked)
    notes = " ".join(option.note for option in picked if option.note)
    right = chosen == tuple(range(len(rights)))
    chosen_right = sum(place < len(rights) for place in chosen)
    found = Found(chosen_right, len(rights), len(chosen) - chosen_right)
    return Mark(right, given, notes, found=None if right or len(rights) == 1 else found)
