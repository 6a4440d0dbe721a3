"""Rows in the manner of journalists: what they say is never contradicted, and what is altered is never right.

A row of `sentences.csv` is a sentence about a subject of the ledger: the end of the names of its rows, `{call}` for
each call that has one; without a subject it is about what nobody published, and nothing of it may be judged.
"""

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

from ennum_stats.audit import audit
from tests.conftest import covering
from tests.reading.verdicts import RIGHT_KINDS, SILENT

CALLS = ("EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019", "EN2020")
SEPARATORS = {"fr": "\N{NARROW NO-BREAK SPACE}", "de": ".", "nl": ".", "en": ","}
UNITS = {
    "EUR": {"fr": " euros", "de": " Euro", "nl": " euro", "en": " euros"},
    "percent": dict.fromkeys(SEPARATORS, " %"),
}
UNKNOWN = ("37", "246", "4130")
"""Numbers for what nobody published."""


def sentences():
    rows = csv.DictReader(Path(__file__).with_name("sentences.csv").read_text("utf-8").splitlines())
    for row in rows:
        several = "{call}" in row["sentence"] or "{year}" in row["sentence"]
        for call in CALLS if several else ("",):
            if len(call) > 3 or "{year}" not in row["sentence"]:
                names = {"call": call, "year": call[2:]}
                yield (
                    row["language"],
                    row["subject"].format(**names),
                    row["sentence"].format(n="{n}", **names),
                )


def altered(value):
    """Other values by which people mistake a number: digits exchanged, one changed, a place or a part too much."""
    sign, digits, exponent = value.normalize().as_tuple()
    exchanged = [(*digits[:n], digits[n + 1], digits[n], *digits[n + 2 :]) for n in range(len(digits) - 1)]
    changed = [(*digits[:n], (digits[n] + 3) % 10, *digits[n + 1 :]) for n in range(min(len(digits), 3))]
    yield from (Decimal((sign, other, exponent)) for other in (*exchanged[:2], *changed) if other[0])
    yield from (
        value * 10,
        (value * 3 / 2).quantize(value.normalize()),
        (value * 2 / 3).quantize(value.normalize()),
    )


def printed(value, unit, language):
    number = f"{value.normalize():,f}".translate(
        {ord("."): "," if language != "en" else ".", ord(","): SEPARATORS[language]}
    )
    return number + UNITS.get(unit, {}).get(language, "")


def verdict_of(ledger, language, sentence, number):
    text = f"École numérique\n\n{sentence.format(n=number)}"
    start = text.index(number, sentence.index("{n}"))
    return next(
        (one.kind.value for one in audit(text, ledger, language) if one.start <= start < one.end), "missing"
    )


def test_altered_rows_are_found_and_never_right(ledger_at, raw_observations):
    ledger, counted = ledger_at(date(2026, 11, 28)), Counter()
    for language, subject, sentence in covering(sentences(), 48):
        rows = [
            row for name, row in raw_observations.items() if subject and name.partition(".")[2] == subject
        ]
        if not subject:
            assert all(verdict_of(ledger, language, sentence, number) in SILENT for number in UNKNOWN), (
                sentence
            )
        if not rows:
            continue
        lawful = {Decimal(row["value"]) for row in rows}
        kinds = [
            verdict_of(ledger, language, sentence, printed(value, rows[0]["unit"], language))
            for value in lawful
        ]
        counted["rows"] += 1
        counted["confirmed"] += not RIGHT_KINDS.isdisjoint(kinds)
        assert "contradicted" not in kinds or len(lawful) > 1, (sentence, lawful)
        for value in {other for one in lawful for other in altered(one)}:
            if all(abs(value - one) > one / 20 for one in lawful):
                kind = verdict_of(ledger, language, sentence, printed(value, rows[0]["unit"], language))
                assert kind not in RIGHT_KINDS, (sentence, value)
                counted["altered"] += 1
                counted["found"] += kind not in SILENT
    assert 100 * counted["confirmed"] >= 85 * counted["rows"], counted
    assert 100 * counted["found"] >= 85 * counted["altered"], counted
