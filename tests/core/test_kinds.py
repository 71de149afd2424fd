"""Properties of all kinds of question."""

import ast
import pkgutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text, kinds

from bot.core import kinds as folder
from bot.core.kind import Kind
from bot.core.kinds import KINDS
from bot.core.prompt import Answer, ChoicePrompt, Chosen, Mark, NotAnAnswer, TrueFalsePrompt, Written

FILES = sorted(Path(next(iter(folder.__path__))).glob("[!_]*.py"))

answers: st.SearchStrategy[Answer] = st.one_of(
    st.builds(Written, any_text), st.builds(Chosen, st.lists(st.integers(-2, 14), max_size=5).map(tuple))
)


def right_answer(kind: Kind) -> Answer:
    """Return the right answer to a question of this kind."""
    prompt = kind.prompt(0)
    match prompt:
        case ChoicePrompt():
            return Chosen(tuple(prompt.order[place] for place in prompt.correct))
        case TrueFalsePrompt():
            return Chosen((0 if prompt.correct else 1,))
        case _:
            return Written(kind.solution()[0])


def test_every_file_is_a_kind_in_the_tuple() -> None:
    """Each file of the folder defines exactly one kind, which the tuple contains."""
    modules = {f"{folder.__name__}.{module.name}" for module in pkgutil.iter_modules(folder.__path__)}
    assert sorted(kind.__module__ for kind in KINDS) == sorted(modules)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_kinds_do_not_import_each_other(file: Path) -> None:
    """A kind imports the interface and not the other kinds."""
    imports = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
    assert imports
    assert not [node.module for node in imports if f"{node.module}.".startswith(f"{folder.__name__}.")]


def test_names_and_first_fields_identify_kinds() -> None:
    """No two kinds share a name, and only `answer` is the first field of two."""
    announcing = [kind.fields[0].name for kind in KINDS]
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert [name for name in announcing if announcing.count(name) > 1] == ["answer", "answer"]


@given(kinds)
def test_written_fields_are_read_as_the_same_kind(kind: Kind) -> None:
    """Reading the fields that a kind wrote yields an equal kind."""
    assert type(kind).read(kind.write()) == kind


@given(kinds)
def test_exactly_one_kind_claims_what_a_kind_writes(kind: Kind) -> None:
    """The fields of a question are claimed only by its own kind."""
    assert [claimant for claimant in KINDS if claimant.claims(kind.write())] == [type(kind)]


@given(kinds)
def test_the_solution_is_marked_right(kind: Kind) -> None:
    """The solution is a right answer and gets no note."""
    mark = kind.mark(right_answer(kind))
    assert isinstance(mark, Mark)
    assert mark.right
    assert not mark.note


@given(kinds, answers)
def test_any_answer_is_marked_or_refused(kind: Kind, answer: Answer) -> None:
    """Any answer is marked or is not an answer; a choice is never marked as a text, nor a text as a choice."""
    outcome = kind.mark(answer)
    chooses = isinstance(kind.prompt(0), ChoicePrompt | TrueFalsePrompt)
    if isinstance(outcome, Mark):
        assert chooses == isinstance(answer, Chosen)
        assert outcome.given
    else:
        assert (outcome == NotAnAnswer("option")) == chooses


@given(kinds, st.integers())
def test_a_prompt_shows_the_authors_options_in_some_order(kind: Kind, seed: int) -> None:
    """Shuffling keeps all options and the places of the right ones; the same seed makes the same order."""
    prompt = kind.prompt(seed)
    assert prompt == kind.prompt(seed)
    if isinstance(prompt, ChoicePrompt):
        assert sorted(prompt.order) == list(range(len(prompt.options)))
        assert {prompt.options[place] for place in prompt.correct} == set(kind.solution())
        assert list(prompt.correct) == sorted(set(prompt.correct))
