"""Read the questions, texts and sentences that were labelled by hand (README.md beside this file)."""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
PARTS = ("open", "sealed", "unseen")
VERDICTS = (
    "exact", "rounded", "bound", "derived", "stronger", "stale", "other_source", "mixed_units",
    "forecast_as_fact", "contradicted", "unverifiable", "not_statistic",
)  # fmt: skip
SET_ASIDE = ("date", "hour", "telephone", "address", "law", "page", "list", "call", "year", "code", "word")
EDITS = ("digit", "unit", "call", "scale", "words", "neighbour", "older_day", "bound", "certainty")
BOUNDS = ("rounded", "about", "nearly", "more_than", "less_than", "at_least", "at_most")

_DAY = re.compile(r"(?:(?P<name>[^:]+): )?(?P<day>\d{4}(-\d\d){0,2}(T\d\d:\d\d)?)")
_READING = re.compile(
    r"(?:(?P<name>[^:]+): )?(?:(?P<bound>[a-z_]+) )?(?P<lower>-?\d+(?:\.\d+)?)(?:\.\.(?P<upper>\d+(?:\.\d+)?))?"
    r" (?P<unit>[a-zA-Z_/0-9]+)"
)


@dataclass(frozen=True)
class Reading:
    """Hold one lawful reading: a quantity in `unit` or a day, a name, or both."""

    name: str = ""
    day: str = ""
    bound: str = ""
    lower: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True)
class Question:
    """Hold a question and its answers, the likeliest first, none where it cannot be answered."""

    language: str
    words: str
    kind: str
    answers: tuple[Reading, ...]
    proof: tuple[tuple[str, ...], ...]
    note: str


@dataclass(frozen=True)
class Number:
    """Hold a number of a text, from `start` to before `end`, as it should be read and judged."""

    start: int
    end: int
    verbatim: str
    set_aside: str
    readings: tuple[Reading, ...]
    subject: tuple[str, ...]
    verdicts: tuple[str, ...]
    today: tuple[str, ...]
    proof: tuple[tuple[str, ...], ...]
    edit: str
    note: str


@dataclass(frozen=True)
class Text:
    """Hold a text with its language, kind and day."""

    name: str
    language: str
    day: str
    kind: str
    words: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Planted:
    """Hold a sentence on another subject, the ledger's numbers written into it, and whose numbers they are."""

    language: str
    sentence: str
    planted: tuple[str, ...]
    rows: tuple[str, ...]


def _readings(written: str) -> tuple[Reading, ...]:
    return tuple(_reading(part.strip()) for part in written.split(";"))


def _reading(written: str) -> Reading:
    if dated := _DAY.fullmatch(written):
        return Reading(name=dated["name"] or "", day=dated["day"])
    match = _READING.fullmatch(written)
    if not match:
        return Reading(name=re.sub(r"^(yes|no|unproved): .*", r"\1", written))
    lower = Decimal(match["lower"])
    return Reading(
        name=match["name"] or "",
        bound=match["bound"] or "",
        lower=lower,
        upper=Decimal(match["upper"]) if match["upper"] else lower,
        unit=match["unit"],
    )


def _proof(written: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(part.split()) for part in written.split(";") if part.strip())


def _rows(part: str, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((HERE / part / name).read_text("utf-8").splitlines()))


@cache
def questions(part: str) -> tuple[Question, ...]:
    """Return the questions of a part, in the order of its file."""
    return tuple(
        Question(
            row["language"],
            row["question"],
            row["kind"],
            () if row["answer"] == "not answered" else _readings(row["answer"]),
            _proof(row["proof"]),
            row["note"],
        )
        for row in _rows(part, "questions.csv")
    )


@cache
def planted(part: str) -> tuple[Planted, ...]:
    """Return the sentences on other subjects of a part."""
    return tuple(
        Planted(
            row["language"],
            row["sentence"],
            tuple(row["planted"].split(" | ")),
            tuple(row["row"].split(" | ")),
        )
        for row in _rows(part, "null.csv")
    )


@cache
def texts(part: str) -> tuple[Text, ...]:
    """Return the texts of a part, with the offsets of their numbers in the text without its marks."""
    return tuple(_text(path) for path in sorted((HERE / part / "texts").glob("*.txt")))


def _text(path: Path) -> Text:
    body, _, labels = path.read_text("utf-8").partition("\n===\n")
    head, _, marked = body.partition("\n\n")
    about = dict(line.split(": ", 1) for line in head.splitlines())
    words, spans = "", []
    for place, piece in enumerate(re.split(r"\[\[|\]\]", marked)):
        if place % 2:
            spans.append((len(words), len(words) + len(piece)))
        words += piece
    numbers = tuple(_number(words, span, line) for span, line in zip(spans, labels.splitlines(), strict=True))
    return Text(path.stem, about["language"], about["date"], about["kind"], words, numbers)


def _number(words: str, span: tuple[int, int], line: str) -> Number:
    start, end = span
    verbatim, reading, subject, verdict, proof, note = (line.split(" | ") + [""] * 4)[:6]
    if verbatim != words[start:end]:
        raise ValueError(f"{line!r} labels {words[start:end]!r}")
    if reading in SET_ASIDE:
        return Number(start, end, verbatim, reading, (), (), ("not_statistic",), (), (), "", subject)
    on_day, _, today = verdict.partition(" then ")
    edit, colon, _ = note.partition(":")
    return Number(
        start,
        end,
        verbatim,
        "",
        _readings(reading),
        tuple(subject.split()),
        tuple(on_day.split("/")),
        tuple((today or on_day).split("/")),
        _proof(proof),
        edit if colon and edit in EDITS else "",
        note,
    )
