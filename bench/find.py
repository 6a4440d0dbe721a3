"""Measure what becomes of questions in words, with answers labelled by hand: right, another one, or none."""

from __future__ import annotations

from datetime import date

from bench import serving
from bench.lines import Line, show
from bench.timing import Measure, Options
from ennum_stats.project import Project
from ennum_stats.reading.answers import find
from ennum_stats.store.ledger import open_ledger
from tests.reading.corpus import PARTS, questions
from tests.reading.rates import RIGHT, WRONG, rates

DAY = date(2026, 11, 28)


def measures(options: Options) -> list[Measure]:
    """Print the rates of the questions that the code was written with, and of those that it was not."""
    root = serving.copied(options.scratch / "find")
    ledger = open_ledger(Project(root), DAY)
    lines = []
    for part in PARTS:
        counted = rates(ledger, part)
        shares = {kind: 100 * counted[kind] / counted.total() for kind in counted}
        right, wrong = shares.get(RIGHT, 0.0), shares.get(WRONG, 0.0)
        lines.append(Line(f"{part} : juste", "85 %", f"{right:.1f} %", right >= 85))
        lines.append(Line(f"{part} : faux et sûr", "1 %", f"{wrong:.1f} %", wrong <= 1))
    show("Questions en mots", lines)
    asked = questions(PARTS[0])[: options.size(105, 3)]
    return [
        Measure(
            "100 questions, à chaud", 2.0, lambda _: [find(ledger, one.words, one.language) for one in asked]
        )
    ]
