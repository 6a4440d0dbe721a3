"""A separate project with invented schools and lists, of any size, for trying everything out.

It is made through the same imports as real lists. Its numbers begin where no real one ends, every file says
"données fictives", and neither kind of rows enters a project of the other.
"""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Iterable
from pathlib import Path

from ennum_stats.errors import UsageError, message
from ennum_stats.imports.communes import Commune, communes
from ennum_stats.imports.lists import plan_list
from ennum_stats.imports.register import plan_register
from ennum_stats.imports.register_forms import FEDERATION
from ennum_stats.imports.writing import apply
from ennum_stats.project import Project
from ennum_stats.raw.school_tables import INVENTED_FROM

FICTITIOUS = "DONNÉES FICTIVES"
REGISTER = "registre_fictif_2012.csv"
CALLS = ("EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019", "EN2020")
_SHARE_OF_A_CALL = 0.11
_SCHOOLS_OF = (
    "des Tilleuls",
    "du Vallon",
    "des Sources",
    "du Moulin",
    "de la Colline",
    "des Merles",
)
_KINDS = (
    ("Maternel ordinaire", "École fondamentale"),
    ("Primaire ordinaire", "École fondamentale"),
    ("Secondaire ordinaire", "Institut"),
    ("Promotion sociale secondaire", "Cours de promotion sociale"),
)
_NETWORKS = ("Subventionné communal", "Libre confessionnel", "WBE", "Subventionné provincial")
_PUBLIC = ("*.csv",)
_PRIVATE = {"contacts.csv"}


def make_demo(project: Project, root: Path, schools: int = 400) -> Project:
    """Makes the project `root` with `schools` invented sites and their lists, and gives it.

    The published numbers are those of `project`; its own rows are not copied. The same size gives the same
    project. Raises `UsageError` where the folder is not empty, or for a size that cannot be.
    """
    if schools < 1 or schools > 900_000:
        raise UsageError(message("A demonstration has from 1 to 900,000 schools."))
    if root.exists() and any(root.iterdir()):
        raise UsageError(
            message("This folder is not empty."),
            where=str(root),
            remedy=message("Name a new folder for the demonstration."),
        )
    demo = Project(root)
    _copy_public(project, demo)
    _write(
        demo.raw / "rows" / "demonstration.csv", [("demonstration", "size"), ("schools", schools)]
    )
    chance = random.Random(schools)  # noqa: S311 - the same schools each time
    lists = root / "listes-fictives"
    register = lists / REGISTER
    rows = list(_register_rows(schools, chance))
    _write(register, [_titles(), *rows], ";")
    apply(plan_register(register, demo, "2012"))
    sites = sorted({str(row[4]) for row in rows})
    for call in CALLS:
        path = lists / f"laureats_{call}_fictifs.csv"
        _write(path, _winners(call, sites, chance), ";")
        apply(plan_list("winners", path, demo, call, as_of="2020"))
    path = lists / "livraisons_fictives.csv"
    _write(path, _deliveries(sites, chance), ";")
    apply(plan_list("deliveries", path, demo, "EN2019", as_of="2020"))
    return demo


def _copy_public(project: Project, demo: Project) -> None:
    """The published tables; nothing that git ignores."""
    for pattern in _PUBLIC:
        for path in [*project.raw.glob(pattern), *(project.raw / "observations").glob(pattern)]:
            if path.name not in _PRIVATE:
                target = demo.raw / path.relative_to(project.raw)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)


def _titles() -> list[str]:
    return [names[0] for names in FEDERATION.columns.values()]


def _register_rows(schools: int, chance: random.Random) -> Iterable[list[object]]:
    """In the Federation's form: a tenth of the sites belong to two schools."""
    places = communes().walloon
    for n in range(schools):
        place = places[chance.randrange(len(places))]
        number = INVENTED_FROM + n
        for school in (number, number - 1) if n % 10 == 9 else (number,):
            yield _row(school, number, place, chance)


def _row(school: int, site: int, place: Commune, chance: random.Random) -> list[object]:
    teaching, kind = _KINDS[min(site % 8, 3)] if site % 8 < 4 else _KINDS[1]
    name = f"{kind} fictive {_SCHOOLS_OF[school % len(_SCHOOLS_OF)]} {school - INVENTED_FROM}"
    network = _NETWORKS[school % len(_NETWORKS)]
    latitude, longitude = chance.uniform(49.6, 50.8), chance.uniform(3.2, 6.3)
    return [
        school, name, teaching, network, site, f"Rue fictive {site - INVENTED_FROM}", "",
        place.name_fr.upper(), place.name_fr, f"{latitude:.5f}", f"{longitude:.5f}",
    ]  # fmt: skip


def _winners(call: str, sites: list[str], chance: random.Random) -> list[list[object]]:
    chosen = chance.sample(sites, max(1, round(len(sites) * _SHARE_OF_A_CALL)))
    rows = [
        (site, f"{call}-{n:04}", chance.randrange(4_000, 20_000)) for n, site in enumerate(chosen)
    ]
    total = sum(amount for _, _, amount in rows)
    titles: list[object] = ["N° FASE de l’implantation", "N° du projet", "Montant attribué"]
    cells: list[list[object]] = [[site, name, f"{amount},00 €"] for site, name, amount in rows]
    return [
        [f"{FICTITIOUS} : lauréats {call}"], titles, *cells, ["Total", "", f"{total},00 €"],
    ]  # fmt: skip


def _deliveries(sites: list[str], chance: random.Random) -> list[list[object]]:
    chosen = chance.sample(sites, max(1, len(sites) // 5))
    lots = ("Tablettes", "Ordinateurs portables", "Tableaux interactifs")
    return [
        [f"{FICTITIOUS} : livraisons EN2019"],
        ["N° FASE de l’implantation", "Lot", "Quantité", "Livré le"],
        *(
            [site, chance.choice(lots), chance.randrange(1, 25), f"{chance.randrange(1, 28):02}/10/2019"]
            for site in chosen
        ),
    ]  # fmt: skip


def _write(path: Path, rows: Iterable[Iterable[object]], delimiter: str = ",") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
