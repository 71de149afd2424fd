"""Every sample file against what the loader says of it, and against the JSON Schema that editors use."""

import re
from pathlib import Path

import pytest
import yaml
from as_editors_see_it import CoreSchemaLoader
from jsonschema import Draft7Validator

from bot.bank import BankError, composer, examine, load
from bot.bank.schema import bank_schema

SAMPLES = Path(__file__).parent / "samples"
BAD = sorted((SAMPLES / "bad").glob("*.yaml"))
GOOD = sorted((SAMPLES / "good").glob("*.yaml"))

SEEN_BY_THE_LOADER_ALONE = {
    "aliases-and-anchors": "editors resolve aliases",
    "escaped-nul": "a schema has no word for characters inside a text",
    "options-that-look-the-same": "a schema compares no items by how they look",
    "slips-country-for-a-language": "a schema has no list of languages",
    "missing-topic-without-default": "whether there are defaults stands elsewhere in the file",
    "quote-not-in-passage": "the passage stands elsewhere in the file",
    "repeated-fields": "PyYAML keeps the last one; editors report it as YAML, not by the schema",
    "repeated-ids": "the first one stands elsewhere in the file",
    "repeated-sections": "as repeated-fields",
    "texts-too-long": "one character too long, which the schema leaves for the end of a block text",
    "unknown-default-topic": "the topics stand elsewhere in the file",
    "unknown-references": "the topics and passages stand elsewhere in the file",
    "utf-16": "editors read it",
    "words-lost-in-a-comment": "the comment is gone",
}

parsers = pytest.mark.parametrize("parser", [yaml.CSafeLoader, yaml.SafeLoader], ids=["libyaml", "pure"])
bad_samples = pytest.mark.parametrize("sample", BAD, ids=lambda sample: sample.stem)
good_samples = pytest.mark.parametrize("sample", GOOD, ids=lambda sample: sample.stem)


def accepted_by_schema(sample: Path) -> bool:
    """Say what an editor with the schema would; False also for what is no YAML to it."""
    try:
        document = yaml.load(sample.read_bytes(), Loader=CoreSchemaLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, RecursionError):
        return False
    return Draft7Validator(bank_schema()).is_valid(document)


@parsers
@bad_samples
def test_every_fault_is_told_at_its_place(sample: Path, parser: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad file gets exactly the faults in the file beside it, with either of PyYAML's parsers."""
    monkeypatch.setattr(composer, "_PARSER", parser)
    with pytest.raises(BankError) as caught:
        load(sample)
    told = "".join(f"{problem}\n".removeprefix(f"{sample.parent}/") for problem in caught.value.problems)
    expected = sample.with_suffix(".expected").read_text(encoding="utf-8")
    if sample.stem == "syntax-backslash" and parser is yaml.SafeLoader:
        expected = expected.replace(":19:11:", ":19:12:")  # it points behind the backslash, libyaml at it
    assert told == expected


@parsers
@good_samples
def test_a_good_file_loads(sample: Path, parser: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """A good file has no fault, with either of PyYAML's parsers."""
    monkeypatch.setattr(composer, "_PARSER", parser)
    assert examine(sample).faults == ()


def test_each_expectation_has_its_sample() -> None:
    """No file of expected faults is left over."""
    assert {path.stem for path in (SAMPLES / "bad").glob("*.expected")} == {path.stem for path in BAD}


@bad_samples
def test_every_fault_says_how_to_mend_it(sample: Path) -> None:
    """Each fault is a sentence that ends, and says where it is."""
    for problem in examine(sample).faults:
        assert re.fullmatch(rf"{re.escape(str(sample))}:\d+:\d+: [^\n]+[.?]", str(problem))


@bad_samples
def test_the_schema_refuses_what_the_loader_refuses(sample: Path) -> None:
    """Editors see every fault but those that are listed, each with the reason why they cannot."""
    assert accepted_by_schema(sample) == (sample.stem in SEEN_BY_THE_LOADER_ALONE)


@good_samples
def test_the_schema_takes_what_the_loader_takes(sample: Path) -> None:
    """Editors find no fault in a good file."""
    assert accepted_by_schema(sample)
