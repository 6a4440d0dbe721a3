"""Invent the lists of a demonstration: who won what, who was equipped and connected, what was delivered.

With 3,800 schools they give the published numbers: projects and budget of each call, sites of EN2018, the
union of EN2017 to EN2020, Cyberclasse and the connectivity pilot; with fewer schools, their share. A call
that took place and whose winners nobody counted has a list too, so that a demonstration has them all. Calls
closed to former winners are closed to them here too (rules.csv); some sites win several times, about half
of them never.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

Cells = list[list[object]]
FICTITIOUS = "DONNÉES FICTIVES"
PUBLISHED_SITES = 3_800
"""About how many sites the published numbers are about."""
UNPUBLISHED_PROJECTS = 50
"""How many projects a call has of which no document gives the number: about as many as EN2021 leaves in the
2,440 teams of EN1 to EN2021 (Regional-IT, November 2022)."""
_SITES_OF_EN2018 = 317
_AGAIN = {"EN2019": {"EN2017": 115, "EN2018": 85}, "EN2020": {"EN2017": 145}}
"""How many sites of a call had won an earlier one: together the calls reach 1,724 distinct sites."""
_PILOTS = ("EN1", "EN2", "EN3")
_SHARE_OF_PILOTS = {"EN2": 0.1, "EN3": 0.2, "EN2017": 0.12, "EN2018": 0.02, "EN2019": 0.06, "EN2020": 0.05}
_CLOSED_TO = {
    "EN2018": ("EN3", "EN2017"),
    "EN2019": ("EN2017", "EN2018"),
    "EN2020": ("EN2017", "EN2018", "EN2019"),
    "EN2021": ("EN2017", "EN2018", "EN2019", "EN2020"),
}
"""Whose sites win only as `_AGAIN` says: not at all where the call is closed to them."""
_CYBERCLASSE, _SELECTED, _INSTALLED = 3_000, 200, 183
_LOTS = ("Tablettes", "Ordinateurs portables", "Tableaux interactifs", "Robots", "Réseau sans fil")
_ROUNDS = (date(2018, 10, 1), date(2019, 1, 14), date(2019, 5, 6))
_SITE, _DAY = "N° FASE de l’implantation", "Date"


@dataclass
class InventedLists:
    """Hold the lists of these sites. `published` are projects and budget of each call; the same `seed`
    gives the same lists."""

    sites: Sequence[str]
    published: Mapping[str, tuple[int, Decimal | None]]
    seed: int
    winners: dict[str, list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._chance = random.Random(f"lists {self.seed}")  # noqa: S311 - the same lists each time
        for call in self.published:
            self.winners[call] = self._winners(call)

    def of_call(self, call: str) -> Cells:
        """List the winners of a call, one award in each row; a second award of a site has a number of its
        own."""
        sites = self.winners[call]
        awards = self._share(self.published[call][0])
        awarded = [*sites, *sites[: max(0, awards - len(sites))]]
        amounts = self._amounts(self.published[call][1], len(awarded))
        rows: Cells = [
            [site, f"{call}-{n:04}", _euro(amount)]
            for n, (site, amount) in enumerate(zip(awarded, amounts, strict=True), start=1)
        ]
        return [
            [f"{FICTITIOUS} : lauréats {call}"],
            [_SITE, "N° du projet", "Montant attribué"],
            *rows,
            ["Total", "", _euro(sum(amounts))],
        ]

    def equipped(self) -> Cells:
        """List the sites that Cyberclasse equipped, with the year."""
        chosen = self._some(self.sites, self._share(_CYBERCLASSE))
        rows: Cells = [[site, self._chance.randrange(2009, 2015)] for site in chosen]
        return [[f"{FICTITIOUS} : sites équipés"], [_SITE, _DAY], *rows]

    def connections(self) -> Cells:
        """List the sites of the connectivity pilot, selected and installed."""
        chosen = self._some(self.sites, self._share(_SELECTED))
        installed = self._share(_INSTALLED)
        rows: Cells = [
            [site, *(["installé", self._day(date(2017, 10, 1), 800)] if n < installed
                     else ["sélectionné", ""])]
            for n, site in enumerate(chosen)
        ]  # fmt: skip
        return [[f"{FICTITIOUS} : raccordements"], [_SITE, "Stade", _DAY], *rows]

    def deliveries(self, call: str) -> Cells:
        """List what each winner of a call was delivered: one to three lots, on days of three rounds."""
        later = timedelta(days=365 * (int(call[2:]) - 2018))
        rows: Cells = [
            [site, lot, self._chance.randrange(1, 25), self._day(self._chance.choice(_ROUNDS) + later, 40)]
            for site in self.winners[call]
            for lot in self._chance.sample(_LOTS, self._chance.randrange(1, 4))
        ]
        return [[f"{FICTITIOUS} : livraisons {call}"], [_SITE, "Lot", "Quantité", "Livré le"], *rows]

    def _share(self, number: int) -> int:
        return round(number * len(self.sites) / PUBLISHED_SITES)

    def _winners(self, call: str) -> list[str]:
        """Choose the sites of a call: those that win again, some of the pilots, and others."""
        wanted = max(1, self._share(self.published[call][0]))
        if call == "EN2018":
            wanted = min(wanted, self._share(_SITES_OF_EN2018))
        chosen: list[str] = []
        for earlier, number in _AGAIN.get(call, {}).items():
            closed = self._of(c for c in _CLOSED_TO[call] if c != earlier)
            chosen += self._some(self._of([earlier]) - closed, self._share(number))
        pilots, closed = self._of(_PILOTS), self._of(_CLOSED_TO.get(call, ()))
        again = round(_SHARE_OF_PILOTS.get(call, 0) * wanted)
        chosen += self._some(pilots - closed, again)
        others = set(self.sites) - pilots - closed
        chosen += self._some(others, wanted - len(chosen))
        return chosen[:wanted]

    def _of(self, calls: Iterable[str]) -> set[str]:
        """Return the winners of calls so far."""
        return {site for call in calls for site in self.winners.get(call, ())}

    def _some(self, sites: Collection[str], number: int) -> list[str]:
        return self._chance.sample(sorted(sites), max(0, min(number, len(sites))))

    def _amounts(self, budget: Decimal | None, number: int) -> list[int]:
        """Draw whole euros: shares of the call's budget, or amounts of the same size where none is known."""
        if not number:
            return []
        whole = round(float(budget or 0) * len(self.sites) / PUBLISHED_SITES) or 13_000 * number
        weights = [self._chance.uniform(0.6, 1.4) for _ in range(number)]
        amounts = [int(whole * weight / sum(weights)) for weight in weights]
        return [*amounts[:-1], whole - sum(amounts[:-1])]

    def _day(self, first: date, days: int) -> str:
        return (first + timedelta(days=self._chance.randrange(days))).strftime("%d/%m/%Y")


def _euro(amount: int) -> str:
    return f"{amount:,},00 €".replace(",", "\u202f", f"{amount:,}".count(","))
