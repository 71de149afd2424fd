"""Loading of banks: their content, and the faults of files that cannot be read."""

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from strategies import authored_text, whole_banks

from bot.bank import BankError, check_bank, load, question_to_document, yaml_composer
from bot.bank.problems import MAX_PROBLEMS
from bot.core.kind import Option
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.typed import Typed
from bot.core.question import Bank, Level, Topic

GOOD = Path(__file__).parent / "samples" / "good"

yaml_characters = st.text("[]{}-:?&*!|>'\"%@`#\\ \n\tUxa0")
"""Texts of characters that have a meaning in YAML."""


def document_of(bank: Bank) -> dict[str, object]:
    """Return a bank as the document that an author would write."""
    return {
        "title": bank.title,
        "language": bank.language,
        "source": bank.source,
        "licence": bank.licence,
        "reading": [{"id": one.id, "title": one.title, "text": one.text} for one in bank.reading],
        "topics": [{"id": topic.id, "title": topic.title} for topic in bank.topics],
        "questions": [question_to_document(question) for question in bank.questions],
    }


def fault_of(path: Path) -> str:
    """Return the only fault of a file, without the file's name."""
    (fault,) = check_bank(path).faults
    return str(fault).removeprefix(f"{path}:")


@given(whole_banks(), st.sampled_from((None, "'", '"')), st.sampled_from(("block", "flow")))
def test_a_written_bank_loads_to_the_same_bank(
    tmp_path_factory: pytest.TempPathFactory, bank: Bank, quotes: str | None, style: str
) -> None:
    """A bank with any texts and kinds, written in any YAML style, loads to an equal bank."""
    path = tmp_path_factory.getbasetemp() / "written.yaml"
    text = yaml.safe_dump(
        document_of(bank), allow_unicode=True, sort_keys=False, default_style=quotes, default_flow_style=style == "flow"
    )
    path.write_text(text, encoding="utf-8")
    assert load(path) == bank


def test_fields_are_loaded_as_written() -> None:
    """Defaults are filled in, notes are kept, and block texts and flow mappings are read alike."""
    bank = load(GOOD / "every-kind.yaml")
    where, _, _, head, *_ = bank.questions
    wrong = (Option("Bergen"), Option("Tromsø", "That is far in the north."), Option("Stavanger"))
    assert (where.topic, where.level, where.kind) == ("places", Level.EASY, OneRight("Oslo", wrong))
    never = (Option("Anna Miller", "One letter makes another person."),)
    assert (head.topic, head.level) == ("people", Level.HARD)
    assert head.kind == Typed(("Anna Möller", "Möller", "Moeller"), never)
    assert bank.topics == (Topic("places", "Places"), Topic("people", "People"))


def test_a_quote_becomes_the_words_of_the_passage() -> None:
    """A quote that differs in case, spaces and quotation marks is replaced by what the passage says."""
    head = load(GOOD / "every-kind.yaml").questions[3]
    assert head.quote == "Anna Möller leads it; she says: “We read"


def test_scalars_stay_texts() -> None:
    """No scalar is converted to a boolean, a number, a date, a time or null."""
    bank = load(GOOD / "scalars-as-written.yaml")
    (question,) = bank.questions
    assert (bank.title, bank.language, bank.source, bank.licence) == ("2012-10-22", "no", "null", "~")
    assert (bank.reading[0].id, bank.reading[0].title, question.id) == ("7", "12:30", "0x1f")
    assert isinstance(question.kind, OneRight)
    assert question.kind.answer == "no"
    shown = [option.text for option in question.kind.wrong]
    assert shown == ["yes", "on", "off", "null", "010", "1_000", "12:30", "1e3", "2012-10-22", ".inf", "True"]


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    """A missing file is reported as a fault, not as a traceback."""
    assert (
        fault_of(tmp_path / "none.yaml")
        == "1:1: There is no such file. Check the spelling and the folder. bot init writes a sample bank here."
    )


def test_a_folder_is_a_fault(tmp_path: Path) -> None:
    """A folder is reported as a fault."""
    assert fault_of(tmp_path) == "1:1: This is a folder. Name the YAML file itself."


def test_a_named_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    """A named pipe is refused without being opened, since reading it would block forever."""
    os.mkfifo(tmp_path / "pipe")
    assert fault_of(tmp_path / "pipe") == "1:1: This is not an ordinary file. Name a YAML file."


def test_an_unreadable_file_is_reported_with_the_reason(tmp_path: Path) -> None:
    """The system's reason why a file cannot be opened is part of the fault."""
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert "cannot be read" in fault_of(tmp_path / "loop.yaml")


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    """A file of 50 MB is refused because of its size."""
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert fault_of(path) == "1:1: The file is 50,000,000 bytes, over 5,000,000. Split the bank into several files."


def test_the_number_of_reported_faults_is_limited(tmp_path: Path) -> None:
    """Only the first thousand faults are listed, and the rest are counted."""
    path = tmp_path / "unknown-fields.yaml"
    path.write_text("".join(f"field{number}: x\n" for number in range(2 * MAX_PROBLEMS)), encoding="utf-8")
    faults = check_bank(path).faults
    assert len(faults) == MAX_PROBLEMS + 1
    assert faults[-1].message == "1,007 more problems are not shown. Fix these first."


def test_a_thousand_questions_load(tmp_path: Path) -> None:
    """A bank of a thousand questions loads completely, with libyaml if PyYAML has it."""
    head, questions = (GOOD / "every-kind.yaml").read_text(encoding="utf-8").split("questions:\n")
    copies = "".join(questions.replace("- id: ", f"- id: n{number}-") for number in range(170))
    path = tmp_path / "large.yaml"
    path.write_text(f"{head}questions:\n{copies}", encoding="utf-8")
    assert len(load(path).questions) == 1_020
    assert yaml_composer._PARSER is yaml.CSafeLoader or not yaml.__with_libyaml__


@pytest.mark.parametrize("parser", [yaml.CSafeLoader, yaml.SafeLoader], ids=["libyaml", "pure"])
@given(content=st.one_of(st.binary(), authored_text.map(str.encode), yaml_characters.map(str.encode)))
def test_any_bytes_load_as_a_bank_or_raise_bank_error(
    tmp_path_factory: pytest.TempPathFactory, parser: type, content: bytes
) -> None:
    """A file of random bytes raises BankError and no other exception."""
    path = tmp_path_factory.getbasetemp() / "bytes.yaml"
    path.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_composer, "_PARSER", parser)
        with pytest.raises(BankError) as caught:
            load(path)
    assert caught.value.problems


def test_an_impossible_character_code_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML's own parser breaks over a code beyond Unicode; the loader tells of it."""
    monkeypatch.setattr(yaml_composer, "_PARSER", yaml.SafeLoader)
    path = tmp_path / "code.yaml"
    path.write_text('title: ok\nsource: "\\UFFFFFFFF"\n', encoding="utf-8")
    assert "Look for a wrong backslash code." in fault_of(path)


@given(st.data())
def test_a_spoilt_bank_loads_or_is_refused(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """A good bank with a piece cut out or put in twice loads or is refused, and never breaks the loader."""
    text = (GOOD / "every-kind.yaml").read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 300)))
    spoilt = text[:start] + text[start:end] * data.draw(st.sampled_from((0, 2))) + text[end:]
    path = tmp_path_factory.getbasetemp() / "spoilt.yaml"
    path.write_text(spoilt, encoding="utf-8")
    examined = check_bank(path)
    assert (examined.bank is None) == bool(examined.faults)
