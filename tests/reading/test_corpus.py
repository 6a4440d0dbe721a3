"""The hand-labelled sets are well-formed: marks fit the words, and what proves a label stands in the raw tables."""

import csv
from decimal import Decimal
from itertools import chain
from pathlib import Path

import pytest

from tests.reading.corpus import BOUNDS, PARTS, questions

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
            assert agree(answer, proof, observations), question
