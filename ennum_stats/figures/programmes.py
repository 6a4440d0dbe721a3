"""Figures of the programmes: investment, schools and sites, Cyberécole, Cyberclasse, connectivity."""

from __future__ import annotations

from collections.abc import Sequence

from ennum_stats.errors import Message, message
from ennum_stats.figures.definition import AtPrices, Definition, noted, published
from ennum_stats.measures import programmes
from ennum_stats.measures.budgets import TWENTY_YEARS, components_rows, programme_budget, spent_on
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, share_of
from ennum_stats.measures.columns import NOT_DETAILED, ONE_PROJECT_A_SITE
from ennum_stats.measures.coverage import coverage_table
from ennum_stats.measures.coverage.call_constraints import COUNTED_CALLS, PROVED, sites_of_calls
from ennum_stats.measures.coverage.coverage_facts import coverage_facts, schools_of_cyberecole
from ennum_stats.measures.coverage.site_counts import coverage_of
from ennum_stats.measures.prices import Prices
from ennum_stats.quantities import Precision, Quantity, Reason
from ennum_stats.store.answers import Answer, Known, Missing, sum_of
from ennum_stats.store.ledger import Ledger

NOT_SCHOOLS = message("Projects are not schools: a school may be selected several times.")
SITES_BY_CONVENTION = message("The number of school sites is read by convention: {sites}.")
CALLS_COVERED = message("Calls covered: {calls}.")
WINNERS_NOT_KNOWN = message("Not known: winners of {calls}.")
EITHER_SITES = message("The budget is for the sites selected or for those installed: the text allows both.")


def total_investment(ledger: Ledger) -> Answer:
    """Sum up the four programmes over the twenty years of the kit; the printed total is kept as a claim."""
    rows = programmes.programmes(ledger)
    parts = [programme_budget(ledger, row.programme, TWENTY_YEARS[1]) for row in rows]
    total = sum_of(parts) if _all_dated(rows) else Missing(Reason.NOT_YET_KNOWN)
    if not isinstance(total, Known):
        return total
    rounded = tuple(
        row.programme
        for row, part in zip(rows, parts, strict=True)
        if isinstance(part, Known) and part.quantity.precision is not Precision.EXACT
    )
    caveat = message(
        "Rounded parts: {programmes}. With them the sum lies {interval}.",
        programmes=rounded,
        interval=Quantity(None, total.quantity.bounds, "EUR", Precision.RANGE),
    )
    published = ledger.answer("budget_spent")
    if isinstance(published, Known):
        total = total.claiming(published.observations[0])
    return total if total.quantity.bounds.upper is None else total.noting(caveat)


def total_at_prices(ledger: Ledger, prices: Prices) -> Answer:
    """Sum up the four programmes at the prices of a year; no document prints such a total."""
    rows = programmes.programmes(ledger)
    if not _all_dated(rows):
        return Missing(Reason.NOT_YET_KNOWN)
    return sum_of(programme_budget(ledger, row.programme, TWENTY_YEARS[1], prices) for row in rows)


def _all_dated(rows: Sequence[programmes.Programme]) -> bool:
    """Tell whether a document lists the programmes: before that a sum of those known is no total."""
    return all(row.valid_from for row in rows)


def _spent_at_prices(programme: str, component: str | None = None) -> AtPrices:
    return lambda ledger, prices: spent_on(ledger, prices, programme, component)


def cyberecole_budget(ledger: Ledger) -> Answer:
    """Convert the francs; the rounded conversion that the kit prints agrees with it."""
    return noted(
        ledger.answer("budget_spent", programme="cyberecole"),
        message("The document prints the conversion rounded to 20 million."),
    )


def cyberecole_budget_bef(ledger: Ledger) -> Answer:
    """Give the budget of Cyberécole as it was printed, in francs."""
    francs = [
        observation
        for observation in ledger.select("budget_spent", programme="cyberecole")
        if observation.quantity is not None and observation.quantity.unit == "BEF"
    ]
    if not francs:
        return Missing(Reason.NOT_YET_KNOWN)
    last = francs[-1]
    assert last.quantity is not None
    return Known(last.quantity, (last,), status=last.status)


def cyberclasse_not_detailed(ledger: Ledger, prices: Prices | None = None) -> Answer:
    """Give what the published components leave of Cyberclasse's spending."""
    for row in components_rows(ledger, prices).rows:
        if row.component == NOT_DETAILED:
            return row.value
    return Missing(Reason.NOT_YET_KNOWN)


def cyberclasse_coverage(ledger: Ledger) -> Answer:
    """Give the share of the implantations equipped by Cyberclasse, as it is shown beside other programmes."""
    for row in coverage_table.shown_rows(ledger):
        if row.programme == "cyberclasse":
            return row.share
    return Missing(Reason.NOT_YET_KNOWN)


def en_coverage_all_calls(ledger: Ledger) -> Answer:
    """Give the share of the implantations with a project of any call; at least that of the calls whose winners
    are known, while there are others."""
    row = coverage_table.row_of_all_calls(ledger)
    if row is None:
        return Missing(Reason.NOT_YET_KNOWN)
    told = [message(CALLS_COVERED.text, calls=", ".join(row.calls_covered))]
    if row.calls_not_known:
        told.append(message(WINNERS_NOT_KNOWN.text, calls=", ".join(row.calls_not_known)))
    return noted(row.share, NOT_SCHOOLS, *told)


def en_coverage(ledger: Ledger) -> Answer:
    """Bound the share of implantations with a project of the calls to 2019; count it where their lists are
    complete and a register is known."""
    facts = coverage_facts(ledger)
    size = facts.default_universe.size
    calls = [call.call for call in facts.calls.known if call.ended_by(TWENTY_YEARS[1])]
    if coverage_table.is_programme_counted(facts, ECOLE_NUMERIQUE, calls) and {*calls} <= {*facts.complete}:
        counted = coverage_of(facts, ECOLE_NUMERIQUE, calls)
        assert counted is not None
        told = message(COUNTED_CALLS.text, calls=", ".join(calls))
        return noted(counted.share, NOT_SCHOOLS, told, coverage_table.counted_in(counted.registers or ()))
    whole = facts.calls.whole(facts.known_calls, calls)
    assumed, proved = (
        whole.of(share_of(sites_of_calls(facts, calls, basis, size=size), size))
        for basis in (ONE_PROJECT_A_SITE, PROVED)
    )
    if not isinstance(proved, Known) or not isinstance(size, Known) or not isinstance(assumed, Known):
        return assumed
    sites = Quantity(None, size.quantity.bounds, "implantations", Precision.RANGE)
    if assumed.quantity.bounds.ends == proved.quantity.bounds.ends:  # then nothing is assumed
        return noted(proved, NOT_SCHOOLS, message(SITES_BY_CONVENTION.text, sites=sites))
    without = message("Without that assumption it lies {interval}.", interval=proved.quantity)
    return noted(assumed, NOT_SCHOOLS, without, message(SITES_BY_CONVENTION.text, sites=sites))


def connectivity_cost_per_site(ledger: Ledger) -> Answer:
    """Bound the cost of a site: the text lets the budget be for the sites selected or for those installed."""
    return noted(programmes.connectivity_row(ledger).cost_per_site, EITHER_SITES)


def _cost_per_site_at_prices(ledger: Ledger, prices: Prices) -> Answer:
    return noted(
        programmes.cost_per_site(ledger, spent_on(ledger, prices, programmes.CONNECTIVITY)), EITHER_SITES
    )


def connectivity_progress(ledger: Ledger) -> Answer:
    """Give the share of the pilot's sites that have Wi-Fi."""
    return programmes.connectivity_row(ledger).progress


def _spent(name: str, label: Message, programme: str, *caveats: Message, component: str = "") -> Definition:
    """Declare what was spent on a programme, or on a part of it."""
    return published(
        name, "EUR", label, "budget_spent", *caveats, at_prices=_spent_at_prices(programme, component or None),
        programme=programme, component=component,
    )  # fmt: skip


PROGRAMME_FIGURES = (
    Definition(
        "total_investment", "EUR",
        message("Investment of the four programmes over twenty years (1999–2019)"),
        total_investment,
        message("Cyberécole (francs converted) + Cyberclasse + budgets of the calls EN1 to EN2019"
                " + connectivity pilot"),
        at_prices=total_at_prices,
    ),
    published(
        "implantations_total", "implantations", message("School sites (implantations) in Wallonia"), "implantations"
    ),
    published(
        "implantations_adult_education", "implantations",
        message("Adult education (promotion sociale) sites in Wallonia"),
        "implantations",
        message("Whether they are inside the 3,800 or beside them is not clear: coverage is given in three readings."),
        level="adult_education",
    ),
    published(
        "cyberecole_primary_schools", "etablissements", message("Primary schools equipped by Cyberécole"),
        "etablissements_equipped", programme="cyberecole", level="primary",
    ),
    published(
        "cyberecole_secondary_schools", "etablissements",
        message("Secondary schools and adult education institutions equipped by Cyberécole"),
        "etablissements_equipped", programme="cyberecole", level="secondary_and_adult_education",
    ),
    Definition(
        "cyberecole_schools", "etablissements", message("Schools (établissements) equipped by Cyberécole"),
        schools_of_cyberecole, message("Primary schools + secondary schools and adult education institutions"),
    ),
    Definition(
        "cyberecole_budget_bef", "BEF", message("Budget of Cyberécole in Belgian francs"), cyberecole_budget_bef
    ),
    Definition(
        "cyberecole_budget", "EUR", message("Budget of Cyberécole"), cyberecole_budget,
        message("Belgian francs ÷ 40.3399, the official rate"), at_prices=_spent_at_prices("cyberecole"),
    ),
    published(
        "cyberclasse_implantations", "implantations", message("School sites equipped by Cyberclasse"),
        "implantations_equipped", programme="cyberclasse",
    ),
    _spent("cyberclasse_budget", message("Budget of Cyberclasse"), "cyberclasse"),
    _spent(
        "cyberclasse_helpdesk", message("Helpdesk of Cyberclasse since 2009"), "cyberclasse",
        # Quotes press-kit-2020#section-2.2.
        message("From 2016 the helpdesk also serves École Numérique, and later connectivity."), component="helpdesk",
    ),
    _spent(
        "cyberclasse_insurance", message("Insurance of the rooms of Cyberclasse"), "cyberclasse", component="insurance"
    ),
    _spent("cyberclasse_spare_parts", message("Spare parts of Cyberclasse"), "cyberclasse", component="spare_parts"),
    Definition(
        "cyberclasse_not_detailed", "EUR", message("Part of the budget of Cyberclasse that is not detailed"),
        cyberclasse_not_detailed, message("Budget of Cyberclasse − helpdesk − insurance − spare parts"),
        at_prices=cyberclasse_not_detailed,
    ),
    Definition(
        "cyberclasse_coverage", "share", message("Share of school sites equipped by Cyberclasse"),
        cyberclasse_coverage, message("Sites equipped ÷ school sites in Wallonia"),
    ),
    published(
        "cyberclasse_pupils_per_computer", "pupils/computer",
        message("Pupils per desktop computer: the standard that Cyberclasse aims for"),
        "pupils_per_computer_target", programme="cyberclasse",
    ),
    Definition(
        "en_coverage", "share",
        message("Share of school sites with at least one École Numérique project (EN1 to EN2019)"),
        en_coverage, message("Different sites, counted or bounded ÷ school sites in Wallonia"),
    ),
    Definition(
        "en_coverage_all_calls", "share",
        message("Share of school sites with at least one École Numérique project"),
        en_coverage_all_calls, message("Different sites, counted or bounded ÷ school sites in Wallonia"),
    ),
    published(
        "connectivity_sites_selected", "implantations",
        message("School sites selected for the connectivity pilot"), "sites_selected", programme="connectivity",
    ),
    published(
        "connectivity_sites_installed", "implantations",
        message("School sites of the connectivity pilot with Wi-Fi installed"),
        "sites_installed", programme="connectivity",
    ),
    _spent("connectivity_budget", message("Budget of the connectivity pilot"), "connectivity"),
    Definition(
        "connectivity_cost_per_site", "EUR/implantation",
        message("Budget of the connectivity pilot per school site"),
        connectivity_cost_per_site, message("Budget ÷ sites selected, or ÷ sites installed"),
        at_prices=_cost_per_site_at_prices,
    ),
    Definition(
        "connectivity_progress", "share", message("Share of the pilot's school sites with Wi-Fi installed"),
        connectivity_progress, message("Sites installed ÷ sites selected"),
    ),
)  # fmt: skip
