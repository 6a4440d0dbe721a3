"""Measure the matching of lists on the real register: names altered, so that nothing should be found; honest
spellings; and what stands beside a number, honestly or slipped.

Every row is drawn with a fixed seed: the same tables come out each time.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rich.console import Console
from rich.table import Table

from bench import respelling, serving
from bench.schools import REGISTER
from bench.timing import ENNUM, Options, command
from ennum_stats.imports.schools.matcher import Matcher
from ennum_stats.imports.schools.sites import SiteRegister, read_site_register
from ennum_stats.imports.spreadsheets.number_parser import CellRefused
from ennum_stats.project import Project

ALTERED = 500
"""Rows of each of four alterations: 2,000 with each set of columns."""
RESPELT = 1_000
SLIPPED = 1_000
MANY = 60_000
LISTED = 12
_SEED = 13


@dataclass(frozen=True)
class Found:
    """How many rows were drawn, given a site, and given another one than that which they mean."""

    drawn: int
    decided: int
    wrong: int

    @property
    def share(self) -> str:
        """The share of rows that were given a site."""
        return f"{100 * self.decided / self.drawn:.1f} %".replace(".", ",")


def measures(options: Options) -> None:
    """Print the tables themselves: their numbers are no seconds."""
    if not REGISTER.is_file():
        print(f"{REGISTER.name} : absent")
        return
    register = real_register(options)
    console = Console(highlight=False, width=110)
    found = altered_names(register, options.size(ALTERED, 5))
    console.print(_table("Noms altérés : aucun site n’a ce nom", found))
    found = honest_spellings(register, options.size(RESPELT, 5))
    console.print(_table("Autres graphies honnêtes", found))
    console.print(_beside_numbers(register, options))
    draw, columns = _draw(), respelling.COLUMNS["nom, adresse, code postal, commune"]
    many = options.size(MANY, 100)
    each = many // len(respelling.RESPELLINGS)
    rows = [
        row
        for name in respelling.RESPELLINGS
        for row in respelling.respelt(register, name, columns, each, draw)
    ]
    start = time.perf_counter()
    tally(Matcher(register, is_invented=False), rows)
    print(f"{many} lignes : {time.perf_counter() - start:.1f} s")


def altered_names(register: SiteRegister, count: int) -> Iterator[tuple[str, str, Found]]:
    """Look for names of no school of the place, and for schools that the register does not have."""
    for told, columns in respelling.COLUMNS.items():
        draw = _draw()
        for alteration in respelling.ALTERATIONS:
            matcher = Matcher(register, is_invented=False)
            rows = respelling.altered(register, alteration, columns, count, draw)
            yield alteration, told, tally(matcher, rows)
        without, gone = respelling.absent(register, columns, count, draw)
        yield "école absente", told, tally(Matcher(without, is_invented=False), gone)


def honest_spellings(register: SiteRegister, count: int) -> Iterator[tuple[str, str, Found]]:
    """Look for sites by name and place, as lists honestly spell them."""
    matcher = Matcher(register, is_invented=False)
    for told, columns in respelling.COLUMNS.items():
        draw = _draw()
        for spelling in respelling.RESPELLINGS:
            yield spelling, told, tally(matcher, respelling.respelt(register, spelling, columns, count, draw))


def tally(matcher: Matcher, rows: Iterable[respelling.Row]) -> Found:
    """Look for the site of each row, and count what is found."""
    drawn = decided = wrong = 0
    for row in rows:
        drawn += 1
        try:
            site = matcher.site(row.given)
        except CellRefused:
            continue
        decided += 1
        wrong += site != row.site.implantation
    return Found(drawn, decided, wrong)


def real_register(options: Options) -> SiteRegister:
    """Import the register into a project that has none yet."""
    root = options.scratch / "matching"
    serving.copy_raw(root)
    command([ENNUM, "--root", root, "import", "register", REGISTER, "--as-of", "2023", "--yes"])
    return read_site_register(Project(root), date(2023, 12, 31), REGISTER.name)


def _draw() -> random.Random:
    return random.Random(_SEED)  # noqa: S311 - nothing secret, and the same rows each time


def _table(title: str, lines: Iterable[tuple[str, str, Found]]) -> Table:
    table = Table("", "Colonnes", "Lignes", "Décidées", "Fausses (0)", title=title)
    for name, told, found in lines:
        table.add_row(name, told, str(found.drawn), found.share, str(found.wrong))
    return table


def _beside_numbers(register: SiteRegister, options: Options) -> Table:
    """Tell which honest rows are refused, which rows are taken though their numbers slipped or were sorted
    on their own, and how many lists of sorted numbers are refused as a whole."""
    table = Table(
        "Colonnes", "Honnêtes refusées", "Décalées prises", "Triées prises", "Listes refusées",
        title=f"Numéro et ce qui est écrit à côté ; listes de {LISTED} lignes d’une commune, numéros triés",
    )  # fmt: skip
    for told, columns in respelling.BESIDE_NUMBER.items():
        draw, matcher = _draw(), Matcher(register, is_invented=False)
        honest = tally(
            matcher,
            [
                row
                for name in respelling.RESPELLINGS
                for row in respelling.respelt(register, name, columns, options.size(RESPELT, 5), draw)
            ],
        )
        rows = list(respelling.respelt(register, "telle quelle", columns, options.size(SLIPPED, 5), draw))
        moved = respelling.slipped([row.given for row in rows])
        shifted = [
            respelling.Row(given, row.site)
            for given, row in zip(moved, rows, strict=True)
            if given != row.given
        ]
        found = tally(matcher, shifted)
        lists = [tally(matcher, rows) for rows in respelling.sorted_alone(register, columns, LISTED, draw)]
        refused = sum(2 * (one.drawn - one.decided) > LISTED for one in lists)
        table.add_row(
            told,
            f"{honest.drawn - honest.decided} de {honest.drawn}",
            f"{found.decided} de {found.drawn}",
            f"{sum(one.decided for one in lists)} de {sum(one.drawn for one in lists)}",
            f"{refused} de {len(lists)}",
        )
    return table
