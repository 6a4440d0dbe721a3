"""A named figure, computed from a ledger: its number, words, formula and evidence.

Here too is the HTML (in French) in which a notebook shows figures, measures and stores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from html import escape
from typing import Any

from ennum_stats.errors import FICTITIOUS_FILE, UsageError, message
from ennum_stats.figures.catalogue import definition, definitions
from ennum_stats.figures.definition import Definition
from ennum_stats.languages import LanguageCode, day, translate
from ennum_stats.measures.dates import dated, state_words
from ennum_stats.measures.labels import caveat_text, notices, prices_words
from ennum_stats.measures.measure_table import to_json_value
from ennum_stats.measures.prices import NOMINAL, prices_named
from ennum_stats.measures.schools.school_lists import lists_named
from ennum_stats.project import Audience
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Missing, Observation
from ennum_stats.store.conflicts import Conflict, ConflictSide, contradicting
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.scenario import hypotheses
from ennum_stats.store.school_rows import SchoolList
from ennum_stats.typography import NBSP, fold, typeset
from ennum_stats.vocabulary import ESTIMATED
from ennum_stats.wording import words

AT_PRICES = message(
    "{formula}, {prices}; an amount of several years lies between what the index of each would make of it"
)
SUPPOSED = message("{text} (scenario)")
LANGUAGE: LanguageCode = "fr"
"""The readers' language; every text can be had in the others by `.text("en")` and the like."""


def noticed(ledger: Ledger, language: str, text: str = "") -> str:
    """Write what an output says of its store before a text."""
    told = [translate(notice, language) for notice in notices(ledger)]
    return " – ".join([*told, *([text] if text else [])])


def marks(ledger: Ledger, language: str) -> dict[str, str]:
    """Give the fields in which every record says so; none for the public numbers of a real project."""
    told = noticed(ledger, language)
    internal = {} if ledger.audience is Audience.PUBLIC else {"audience": ledger.audience.value}
    return internal | ({"notice": told} if told else {})


def file_name(ledger: Ledger, name: str, language: str = LANGUAGE) -> str:
    """Name a file; one of a demonstration says in its name that it is invented, one under embargo until when
    it is, in signs that every system has in names."""
    embargo = fold(noticed(ledger, language)).replace(" ", "-").upper() if ledger.embargo else ""
    return f"{FICTITIOUS_FILE if ledger.is_demo else ''}{embargo and f'{embargo}_'}{name}"


def spoken(ledger: Ledger) -> LanguageCode:
    """Give the language of what is shown of itself: that in which the store was opened, else French."""
    return ledger.language or LANGUAGE


def known_at_words(ledger: Ledger) -> str:
    """Say the day known at."""
    language = spoken(ledger)
    known = f"{translate('Known at', language)} {day(ledger.known_at, language)}"
    return noticed(ledger, language, known)


@dataclass(frozen=True)
class Figure:
    """Hold a named figure as known on a day. `value` is `None` where only bounds, or nothing, are known."""

    definition: Definition
    answer: Answer
    ledger: Ledger
    prices: str = NOMINAL
    """The euros that an amount is in: those of its time, or those of a year ("real:2019")."""

    def __repr__(self) -> str:
        return f"<Figure {self.name}: {self.full_text(spoken(self.ledger))}, known_at={self.known_at}>"

    def __float__(self) -> float:
        """Give the number where it is one; raise `UsageError` where only bounds are known, or nothing."""
        if self.value is None:
            raise UsageError(
                message("{name} is no single number: {text}.", name=self.name, text=self.text("en")),
                remedy=message("Take its bounds: {example}", example="figure.lower, figure.upper"),
            )
        return float(self.value)

    def __reduce__(self) -> tuple[Callable[..., Figure], tuple[object, ...]]:
        """Send a figure to another process as its name and its store."""
        return figure, (self.ledger, self.name, self.prices)

    @property
    def name(self) -> str:
        """Give its name in the catalogue."""
        return self.definition.name

    @property
    def known_at(self) -> date:
        """Give the day as known on which it was computed."""
        return self.ledger.known_at

    @property
    def quantity(self) -> Quantity | None:
        """Give the number with its bounds; nothing where it is missing."""
        return self.answer.quantity

    @property
    def unit(self) -> str:
        """Give its unit."""
        return self.quantity.unit if self.quantity else self.definition.unit

    @property
    def value(self) -> Decimal | None:
        """Give the number; `None` where only bounds are known, or nothing."""
        return self.quantity.point if self.quantity else None

    @property
    def printed(self) -> Decimal | None:
        """Give the number that the document prints ("more than 1,700": 1,700); computed ones have none."""
        return self.quantity.value if self.quantity and self.is_printed else None

    @property
    def is_printed(self) -> bool:
        """Whether a document prints it: neither computed here, nor from what a document says in other words,
        nor at the prices of another year."""
        is_estimated = self.answer.status == ESTIMATED
        return self.definition.is_printed and self.prices == NOMINAL and not is_estimated

    @property
    def lower(self) -> Decimal | None:
        """Give the lower bound; `None` where there is none."""
        return self.quantity.bounds.lower if self.quantity else None

    @property
    def upper(self) -> Decimal | None:
        """Give the upper bound; `None` where there is none."""
        return self.quantity.bounds.upper if self.quantity else None

    @property
    def observations(self) -> tuple[Observation, ...]:
        """List the published numbers that it comes from."""
        return self.answer.observations

    @property
    def lists(self) -> tuple[SchoolList, ...]:
        """List the lists of schools that it is counted from, or that bound it."""
        return lists_named(self.ledger, self.answer.lists) if self.answer.lists else ()

    def label(self, language: str) -> str:
        """Say what it is, for a reader."""
        return typeset(translate(self.definition.label, language), language)

    def formula(self, language: str) -> str:
        """Say how it is computed."""
        formula = translate(self.definition.formula, language)
        if self.prices == NOMINAL:
            return formula
        basis = prices_words(self.prices, language)
        return translate(AT_PRICES, language, formula=formula.rstrip("."), prices=basis)

    def text(self, language: str) -> str:
        """Say the number, never more strongly than it is known; or why it is missing."""
        text = self.answer.words(language)
        is_supposed = self.quantity is not None and hypotheses(self.ledger)
        return translate(SUPPOSED, language, text=text) if is_supposed else text

    def full_text(self, language: str) -> str:
        """Say the number as it stands alone: with its euros, where these are not those of its time, and of a
        state with the time for which it is known."""
        text = self.text(language)
        priced = text if self.prices == NOMINAL else f"{text}, {prices_words(self.prices, language)}"
        return dated(priced, state_words(self.ledger, self.answer, language), language)

    def caveats(self, language: str) -> list[str]:
        """Say what a reader must know beside the number."""
        return [caveat_text(self.ledger, caveat, language) for caveat in self.answer.caveats]

    def _repr_html_(self) -> str:
        """Show the number, what it is, how it is computed, its documents and what a reader must know."""
        language = spoken(self.ledger)
        titles = {o.source.source_id: o.source.title for o in self.observations}.values()
        documents = "".join(f"<li>{escape(title)}</li>" for title in titles)
        caveats = "".join(f"<p>{escape(text)}</p>" for text in self.caveats(language))
        formula = f"{translate('Formula', language)}{NBSP}: {self.formula(language)}"
        return (
            f"<div><p><strong>{escape(self.full_text(language))}</strong><br>"
            f"{escape(self.label(language))} ({escape(known_at_words(self.ledger))})</p>"
            f"<p>{escape(formula)}</p>{caveats}<ul>{documents}</ul></div>"
        )

    def record(self, language: str) -> dict[str, Any]:
        """Give the figure as plain values, as `ennum figures --format json` gives it."""
        quantity, answer = self.quantity, self.answer
        return {
            "name": self.name,
            "label": self.label(language),
            "value": to_json_value(self.value),
            "printed": to_json_value(self.printed),
            "lower": to_json_value(self.lower),
            "upper": to_json_value(self.upper),
            "unit": self.unit,
            "precision": quantity.precision.value if quantity else None,
            "basis": quantity.bounds.basis.value if quantity else None,
            "status": answer.status,
            "missing_reason": answer.reason.value if isinstance(answer, Missing) else None,
            "text": self.text(language),
            "known_at": self.known_at.isoformat(),
            "formula": self.formula(language),
            "claim": self._claim(language),
            "observations": self.evidence(),
            "conflicts": self._conflicts(language),
            "lists": [_list_evidence(one) for one in self.lists],
            "caveats": self.caveats(language),
        }

    def evidence(self) -> list[dict[str, Any]]:
        """Give the published numbers that it comes from as plain values."""
        return [_evidence(observation) for observation in self.observations]

    @property
    def against(self) -> list[tuple[Conflict, ConflictSide]]:
        """List what says otherwise: other sides of the conflicts in which this number is taken."""
        is_computed = not self.definition.is_printed
        return contradicting(self.ledger, self.observations, is_computed=is_computed)

    def _conflicts(self, language: str) -> list[dict[str, Any]]:
        """Give the published numbers that do not agree, then numbers computed from several that do not."""
        sides = [side for conflict, side in self.against if conflict.kind.is_of_one_number]
        printed = (o for side in sides if not side.is_computed for o in side.observations)
        others = {o.observation_id: o for o in (*self.answer.conflicts, *printed)}
        return [
            *(_evidence(o) for o in others.values()),
            *(_computed(side, language) for side in sides if side.is_computed),
        ]

    def _claim(self, language: str) -> dict[str, Any] | None:
        answer = self.answer
        if isinstance(answer, Missing) or answer.claim is None or answer.claim.quantity is None:
            return None
        status = answer.claim_status
        return {
            "text": words(answer.claim.quantity, language),
            "status": status.value if status else None,
            **_evidence(answer.claim),
        }


def figure(ledger: Ledger, name: str, prices: str = NOMINAL) -> Figure:
    """Compute the named figure as known on the ledger's day; an amount also at the prices of a year
    ("real:2019"). Its `prices` tell in which euros it is: not every amount has a year to convert from.

    Raises `UnknownName`, and `UsageError` for prices that cannot be computed.
    """
    found = definition(ledger, name)
    basis = prices_named(ledger, prices)
    if basis is None or found.at_prices is None:
        return _nominal(ledger, found)
    at_prices = partial(found.at_prices, ledger, basis)
    return Figure(found, ledger.cached(("figure", name, prices), at_prices), ledger, prices)


def _nominal(ledger: Ledger, one: Definition) -> Figure:
    return Figure(one, ledger.cached(("figure", one.name), lambda: one.compute(ledger)), ledger)


def figures(ledger: Ledger, names: Iterable[str] = ()) -> list[Figure]:
    """Compute the named figures, or all of the catalogue, in its order."""
    wanted = list(names)
    if wanted:
        return [figure(ledger, name) for name in wanted]
    return [_nominal(ledger, one) for one in definitions(ledger).values()]


def _list_evidence(one: SchoolList) -> dict[str, Any]:
    return {
        "list": one.list,
        "kind": one.kind,
        "programme": one.programme,
        "call": one.call,
        "size": one.size,
        "known_on": one.known_on.isoformat(),
    }


def _computed(side: ConflictSide, language: str) -> dict[str, Any]:
    bounds = side.quantity.bounds
    return {
        "text": words(side.quantity, language),
        "value": to_json_value(side.quantity.point),
        "lower": to_json_value(bounds.lower),
        "upper": to_json_value(bounds.upper),
        "unit": side.quantity.unit,
        "computed_from": [o.observation_id for o in side.observations],
    }


def _evidence(observation: Observation) -> dict[str, Any]:
    quantity = observation.quantity
    return {
        "observation_id": observation.observation_id,
        "source_id": observation.source.source_id,
        "source_title": observation.source.title_as_written,
        "locator": observation.locator,
        "published_on": observation.source.published_on,
        "known_on": observation.known_on.isoformat(),
        "value": to_json_value(quantity.point) if quantity else None,
        "printed": to_json_value(quantity.value) if quantity else None,
        "lower": to_json_value(quantity.bounds.lower) if quantity else None,
        "upper": to_json_value(quantity.bounds.upper) if quantity else None,
        "unit": quantity.unit if quantity else None,
        "precision": quantity.precision.value if quantity else None,
        "url": observation.source.url,
        "note": observation.note,
    }
