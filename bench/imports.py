"""Measure what a steward waits for: the preview of a list, the page for data and its search of the register, and a
build that proves everything first. Of previews and searches the seconds of the processor are measured.

Schools and lists are invented (`ennum demo`); the list is of a call of which none is loaded. Of a build the
part that makes the store alone is measured beside it: what is more is the proof.
"""

from __future__ import annotations

import csv
import os
import time
from datetime import date
from pathlib import Path
from random import Random

from bench import serving
from bench.timing import ENNUM, PYTHON, Line, Options, command, show, timed
from dashboards.app import create_app
from ennum_stats.demo import REGISTER
from ennum_stats.imports import Destination
from ennum_stats.project import Audience, Project

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
_MOST_KB = 100
_LOOKED_FOR = ("école", "saint antoine", "école communale, rue de la station 4")
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
    lines += _page(options.scratch / str(lists[-1][0]) / "demo", lists[-1][1], runs)

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

    def look() -> float:
        before = os.times()
        command([ENNUM, "--root", demo, "import", "winners", path, *_ASKED])
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    name = f"aperçu d’une liste de {rows:,} lignes, {schools:,} écoles inventées"
    return timed(name, most, lambda _: look(), runs, first=make)


def _page(demo: Path, schools: int, runs: int) -> list[Line]:
    """Take the bytes of the page for data, and the time of a look into the register once it is read."""
    project = Project(demo)
    index = Destination(project).matcher(date(2021, 6, 1), "").candidates
    index.search(_LOOKED_FOR[0])

    def look(run: int) -> float:
        start = time.process_time()
        index.search(_LOOKED_FOR[1 + run % 2])
        return time.process_time() - start

    answer = create_app(project, Audience.INTERNAL).server.test_client().get("/fr/data")
    size = len(answer.get_data()) / 1000
    name = "page « Données », au-delà de ce que le tableau de bord a déjà"
    return [
        timed(f"recherche d’une école parmi {schools:,}", 0.1, look, runs),
        Line(name, f"≤ {_MOST_KB} kB", f"{size:.0f} kB", answer.status_code == 200 and size <= _MOST_KB),
    ]


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
