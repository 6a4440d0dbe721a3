"""Measure the ledger: conflicts and changes on the real one, then on one with a million invented
observations."""

from __future__ import annotations

import csv
import itertools
import shutil
from datetime import date, timedelta
from pathlib import Path

from bench.timing import ENNUM, PYTHON, ROOT, Options, command, show, timed

OBSERVATIONS = 1_000_000
DOCUMENTS = 4_000
FIRST_DAY = date(2013, 1, 1)
CALLS = ("EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019", "EN2020")
_ASK = """
import sys, time
from datetime import date
import ennum_stats
from ennum_stats.figures import figure
store = ennum_stats.open(sys.argv[1], known_at=date(2018, 6, 30))
figure(store, "en2017_projects").text("fr")
start = time.perf_counter()
figure(store.known_on(date(2018, 7, 1)), "en2018_projects").text("fr")
print(f"{time.perf_counter() - start:.4f}")
"""


def measures(options: Options) -> None:
    """Take the times of the ledger; that of a figure is taken inside an open store, by that process itself."""
    grown, runs = options.scratch / "grown", options.runs
    numbers, documents = options.size(OBSERVATIONS, 200), options.size(DOCUMENTS, 20)

    def ennum(*arguments: str | Path) -> None:
        command([ENNUM, *arguments])

    changed = ("diff", "--from", "2018-06-30", "--to", "2020-01-31")
    lines = [
        timed("ennum conflicts", 1.5, lambda _: ennum("conflicts"), runs),
        timed("ennum diff", 1.5, lambda _: ennum(*changed), runs),
        timed(
            f"build, {numbers:,} observations inventées",
            60.0,
            lambda _: ennum("--root", grown, "build"),
            1,
            first=lambda: grow(grown, numbers, documents),
        ),
        timed(
            "un chiffre d’un jour passé, base ouverte",
            0.3,
            lambda _: float(command([PYTHON, "-c", _ASK, grown])),
            runs,
        ),
    ]
    show("Registre des chiffres", lines, ("étendue",))


def grow(root: Path, numbers: int, documents: int) -> None:
    """Make a project with so many invented observations beside the published ones, in so many documents."""
    raw = root / "data" / "raw"
    shutil.copytree(ROOT / "data" / "raw", raw)
    with (raw / "sources.csv").open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for n in range(documents):
            day = FIRST_DAY + timedelta(days=n)
            title = f"Document inventé {n}"
            writer.writerow([f"invented-{n}", title, "fr", "Banc d’essai", "press", day, day, "", "", ""])
    with (raw / "observations" / "invented.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        with (raw / "observations" / "published.csv").open(encoding="utf-8") as known:
            columns = next(csv.reader(known))
        writer.writerow(columns)
        writer.writerows(_row(columns, n, documents) for n in range(numbers))


_MEASURES = ("projects_awarded", "projects_introduced", "projects_rejected")
_PROVINCES = ("walloon_brabant", "hainaut", "liege", "luxembourg", "namur")
_LEVELS = ("primary", "fundamental", "secondary", "adult_education", "compulsory", "special")
_COMPONENTS = ("computers", "tablets", "ipads", "macbooks")
# Each number is a whole, or broken down by every dimension, so that no parts exceed a whole.
_PLACES = [
    (measure, *place)
    for place in [("", "", ""), *itertools.product(_PROVINCES, _LEVELS, _COMPONENTS)]
    for measure in _MEASURES
]


def _row(columns: list[str], n: int, documents: int) -> list[object]:
    """Invent one number; a document gives each thing once, and nothing about a call before it began."""
    place, document = divmod(n, documents)
    measure, province, level, component = _PLACES[place % len(_PLACES)]
    cells = {
        "observation_id": f"invented-{n}",
        "measure": measure,
        "programme": "ecole_numerique",
        "call": CALLS[min(document // 600, place // len(_PLACES))],
        "territory": "wallonia",
        "level": level,
        "province": province,
        "component": component,
        "counted": "projects",
        "value": 100 + document % 400,
        "unit": "projects",
        "step": 1,
        "precision": "exact",
        "status": "A",
        "source_id": f"invented-{document}",
        "locator": "inventé",
    }
    return [cells.get(column, "") for column in columns]
