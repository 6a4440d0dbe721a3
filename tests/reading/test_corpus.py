"""The hand-labelled sets are well-formed: marks fit the words, and what proves a label stands in the raw tables."""

import csv
import re
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path

import pytest

from tests.reading.corpus import BOUNDS, PARTS, SET_ASIDE, VERDICTS, planted, questions, texts

RAW = Path(__file__).parents[2] / "data" / "raw"
LANGUAGES = {"fr", "de", "nl", "en"}
KEYS = {
    "milestones": ("milestone",),
    "events": ("event",),
    "actor_roles": ("actor", "position"),
    "rules": ("rule",),
    "corrections": ("observation_id",),
    "exchange_rates": ("currency",),
    "calls": ("call",),
    "programmes": ("programme",),
    "prices": ("series", "year"),
    "sources": ("source_id",),
}


def rows(path):
    return list(csv.DictReader((RAW / path).read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def observations():
    return {row["observation_id"]: row for path in (RAW / "observations").glob("*.csv") for row in rows(path)}


@pytest.fixture(scope="module")
def provable(observations):
    """What a proof may name: an observation, or a row of another table as `table:key`."""
    other = {
        f"{table}:{'/'.join(row[column] for column in key)}"
        for table, key in KEYS.items()
        for row in rows(f"{table}.csv")
    }
    return other | set(observations)


def agree(reading, proof, observations):
    """Whether a reading says what the row says that alone proves it."""
    row = observations.get(proof[0])
    if len(proof) > 1 or not row or not reading.unit:
        return True
    ends = [Decimal(row[column] or row["value"]) for column in ("lower", "upper")]
    if reading.unit == "percent" and reading.lower == 100 - ends[0]:  # the rest of a share
        return True
    word = "" if row["precision"] in {"exact", "range"} else row["precision"]
    return ([reading.lower, reading.upper], reading.bound, reading.unit) == (ends, word, row["unit"])


@pytest.mark.parametrize("part", PARTS)
def test_questions_are_well_formed(part, provable, observations):
    for question in questions(part):
        assert question.language in LANGUAGES, question
        assert not set(chain(*question.proof)) - provable, question
        if question.answers:
            assert len(question.answers) == len(question.proof), question
        for answer, proof in zip(question.answers, question.proof, strict=False):
            assert answer.bound in {"", *BOUNDS}, question
            of_a_year = question.kind == "per_year"  # computed of one row that is of several
            assert of_a_year or agree(answer, proof, observations), question


def stated(number):
    """The numbers that a statistic is read as."""
    return [(reading.lower, reading.upper) for reading in number.readings]


@pytest.fixture(scope="module")
def subjects(observations):
    """The words that name a subject: measures, programmes, calls, sets of calls, codes."""
    columns = ("measure", "programme", "call", "level", "territory", "component")
    return {row[column] for row in observations.values() for column in columns} | {
        row[column]
        for path, column in (("calls.csv", "call"), ("call_sets.csv", "call_set"), ("codelists.csv", "code"))
        for row in rows(path)
    }


@pytest.mark.parametrize("part", PARTS)
def test_texts_are_well_formed(part, provable, subjects):
    for text in texts(part):
        assert text.language == text.name[:2]
        assert date.fromisoformat(text.day)
        spans = [(number.start, number.end) for number in text.numbers]
        assert not any(
            char.isdigit() and not any(start <= place < end for start, end in spans)
            for place, char in enumerate(text.words)
        ), f"{text.name}: a number without a label"
        for number in text.numbers:
            assert set(number.verdicts + number.today) <= set(VERDICTS), (text.name, number)
            assert not set(chain(*number.proof)) - provable, (text.name, number)
            assert number.set_aside in {"", *SET_ASIDE}
            if not number.set_aside:
                assert all(reading.unit for reading in number.readings), (text.name, number)
                unknown = {
                    word
                    for word in number.subject
                    if word not in subjects
                    and not re.fullmatch(r"[-+*/()]|[\d-]+(\.\.\d+)?|(place|other):\w+", word)
                }
                assert number.subject
                assert not unknown, (text.name, number)


@pytest.mark.parametrize("part", PARTS)
def test_a_number_called_exact_is_the_row_s_and_a_contradicted_is_not(part, observations):
    for text in texts(part):
        for number in text.numbers:
            for verdict in ("exact", "contradicted"):
                if number.verdicts == (verdict,) and len(number.proof[0]) == 1:
                    row = observations[number.proof[0][0]]
                    ends = tuple(Decimal(row[column] or row["value"]) for column in ("lower", "upper"))
                    assert (ends in stated(number)) == (verdict == "exact") or number.edit == "bound", (
                        text.name,
                        number,
                    )


def test_the_texts_are_many_and_half_of_them_are_altered():
    every = [text for part in PARTS for text in texts(part)]
    assert len(every) == 386
    assert sum(len(text.numbers) for text in every) >= 600
    altered = {"contradicted", "stale", "mixed_units", "forecast_as_fact"}
    assert 2 * sum(any(altered & set(number.verdicts) for number in text.numbers) for text in every) >= len(
        every
    )


@pytest.mark.parametrize("part", PARTS)
def test_sentences_on_other_subjects_hold_the_ledger_s_numbers(part, observations):
    sentences = planted(part)
    assert len(sentences) == {"open": 410, "sealed": 50, "unseen": 30}[part]
    for sentence in sentences:
        assert sentence.language in LANGUAGES
        assert len(sentence.planted) == len(sentence.rows)
        assert all(words in sentence.sentence for words in sentence.planted), sentence
        assert not set(sentence.rows) - set(observations), sentence
