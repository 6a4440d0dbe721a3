"""Measure what a steward waits for: the preview of a list, and a build that proves everything first.

Schools and lists are invented (`ennum demo`); the list is of a call of which none is loaded. Of a build the
part that makes the store alone is measured beside it: what is more is the proof.
"""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

from bench import serving
from bench.timing import ENNUM, PYTHON, Line, Options, command, show, timed
from ennum_stats.demo import REGISTER

CALL = "EN2021"
LISTS = ((700, 3_800, 3.0), (60_000, 38_000, 15.0))
"""Rows of a list, schools of the register, and the seconds that its preview may take."""
_UNPROVED = """
import sys, time
from pathlib import Path
from ennum_stats.project import Project
from ennum_stats.store.build import build
start = time.perf_counter()
build(Project(Path(sys.argv[1])))
print(time.perf_counter() - start)
"""
_ASKED = ("--call", CALL, "--dry-run")
_PROVED = _UNPROVED.replace("ennum_stats.store.build", "ennum_stats.publication")


def measures(options: Options) -> None:
    """Take the times of previews on the command line, and of builds inside a process."""
    real, runs = options.scratch / "real", options.runs
    serving.copy_raw(real)
    lists = [(20, 40, 3.0)] if options.is_tiny else LISTS
    lines = [
        _preview(options.scratch / str(rows), rows, schools, most, runs) for rows, schools, most in lists
    ]

    def build(code: str) -> float:
        return float(command([PYTHON, "-c", code, real]))

    unproved, proved = "base des tables réelles, faite", "base des tables réelles, prouvée et publiée"
    lines.append(timed(unproved, 0.8, lambda _: build(_UNPROVED), runs))
    lines.append(timed(proved, 2.3, lambda _: build(_PROVED), runs))
    show("Ce qu’attend qui gère les données", lines, ("étendue",))


def _preview(folder: Path, rows: int, schools: int, most: float, runs: int) -> Line:
    demo, path = folder / "demo", folder / f"liste_fictive_{CALL}.csv"

    def make() -> None:
        serving.invented(demo, schools)
        invent(demo / "listes-fictives" / REGISTER, path, rows)

    def look() -> str:
        return command([ENNUM, "--root", demo, "import", "winners", path, *_ASKED])

    name = f"aperçu d’une liste de {rows:,} lignes, {schools:,} écoles inventées"
    return timed(name, most, lambda _: look(), runs, first=make)


def invent(register: Path, path: Path, rows: int) -> None:
    """Write a list of winners with as many rows, of sites of an invented register drawn by chance."""
    with register.open(encoding="utf-8", newline="") as lines:
        sites = sorted({row[4] for row in [*csv.reader(lines, delimiter=";")][1:]})
    Random(len(sites)).shuffle(sites)  # noqa: S311 - the same list each time
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["données fictives"])
        writer.writerow(["N° FASE de l’implantation", "N° du projet", "Montant attribué"])
        for number in range(rows):
            writer.writerow([sites[number % len(sites)], f"{CALL}-{number:06}", "12 000,00 €"])
