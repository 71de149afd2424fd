"""Sample files: the faults the loader reports for each, and the result of the JSON Schema that editors use."""

import re
from pathlib import Path

import pytest
import yaml
from as_editors_see_it import CoreSchemaLoader
from jsonschema import Draft7Validator

from bot.bank import BankError, check_bank, load, yaml_composer
from bot.bank.schema import bank_schema

SAMPLES = Path(__file__).parent / "samples"
BAD = sorted((SAMPLES / "bad").glob("*.yaml"))
GOOD = sorted((SAMPLES / "good").glob("*.yaml"))

FOUND_ONLY_BY_THE_LOADER = {
    "aliases-and-anchors": "editors resolve aliases",
    "escaped-nul": "a schema cannot exclude single characters of a text",
    "options-that-look-the-same": "a schema cannot compare how texts look",
    "mistake-country-for-a-language": "a schema has no list of languages",
    "missing-topic-without-default": "a schema cannot check another part of the file, here the defaults",
    "quote-not-in-passage": "a schema cannot check another part of the file, here the passage",
    "repeated-fields": "PyYAML keeps the last one; editors report it as a YAML error, not by the schema",
    "repeated-ids": "a schema cannot compare ids",
    "repeated-sections": "as repeated-fields",
    "texts-too-long": "the schema allows one more character, for the line break at the end of a block text",
    "unknown-default-topic": "a schema cannot check another part of the file, here the topics",
    "unknown-references": "a schema cannot check other parts of the file, here topics and passages",
    "utf-16": "editors can read UTF-16",
    "words-lost-in-a-comment": "parsers drop comments",
}

parsers = pytest.mark.parametrize("parser", [yaml.CSafeLoader, yaml.SafeLoader], ids=["libyaml", "pure"])
bad_samples = pytest.mark.parametrize("sample", BAD, ids=lambda sample: sample.stem)
good_samples = pytest.mark.parametrize("sample", GOOD, ids=lambda sample: sample.stem)


def accepted_by_schema(sample: Path) -> bool:
    """Return whether an editor with the schema accepts the file; False also for invalid YAML."""
    try:
        document = yaml.load(sample.read_bytes(), Loader=CoreSchemaLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, RecursionError):
        return False
    return Draft7Validator(bank_schema()).is_valid(document)


@parsers
@bad_samples
def test_every_fault_is_reported_at_its_place(sample: Path, parser: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """The faults of a bad file are exactly those in its .expected file, with both of PyYAML's parsers."""
    monkeypatch.setattr(yaml_composer, "_PARSER", parser)
    with pytest.raises(BankError) as caught:
        load(sample)
    reported = "".join(f"{problem}\n".removeprefix(f"{sample.parent}/") for problem in caught.value.problems)
    expected = sample.with_suffix(".expected").read_text(encoding="utf-8")
    if sample.stem == "syntax-backslash" and parser is yaml.SafeLoader:
        expected = expected.replace(":19:11:", ":19:12:")  # this parser points behind the backslash, libyaml at it
    assert reported == expected


@parsers
@good_samples
def test_a_good_file_loads(sample: Path, parser: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """A good file has no faults, with both of PyYAML's parsers."""
    monkeypatch.setattr(yaml_composer, "_PARSER", parser)
    assert check_bank(sample).faults == ()


def test_each_expected_file_has_its_sample() -> None:
    """Every .expected file belongs to a bad sample."""
    assert {path.stem for path in (SAMPLES / "bad").glob("*.expected")} == {path.stem for path in BAD}


@bad_samples
def test_every_fault_is_one_line_with_a_place(sample: Path) -> None:
    """Each fault is one line that begins with its place and ends with a full stop or a question mark."""
    for problem in check_bank(sample).faults:
        assert re.fullmatch(rf"{re.escape(str(sample))}:\d+:\d+: [^\n]+[.?]", str(problem))


@bad_samples
def test_the_schema_refuses_bad_files(sample: Path) -> None:
    """The schema refuses every bad sample except for those listed, each with a reason."""
    assert accepted_by_schema(sample) == (sample.stem in FOUND_ONLY_BY_THE_LOADER)


@good_samples
def test_the_schema_accepts_good_files(sample: Path) -> None:
    """The schema accepts every good sample."""
    assert accepted_by_schema(sample)
