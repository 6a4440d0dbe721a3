"""Make the kit's tables about figures: all of them, how they are computed, and where documents differ.

The evidence of a figure is put into words here too: publisher, date and place of its documents.
"""

from __future__ import annotations

from ennum_stats.charts.spec import LABEL_VALUE
from ennum_stats.document.blocks import FigureWords, Row, WrittenTable, column, group, row
from ennum_stats.errors import Message, message
from ennum_stats.figures import Figure
from ennum_stats.figures.contradictions import COMPUTED, conflict_cells, correction_cells, known_conflicts
from ennum_stats.kit.edition import Edition
from ennum_stats.languages import translate
from ennum_stats.measures.dates import publisher_and_day
from ennum_stats.quantities import HOUSE_RULES, Precision, Quantity
from ennum_stats.typography import semicolons, tied_to_digits, typeset
from ennum_stats.wording import words
from ennum_stats.wording.phrases import SOME, choose

_OPEN = "–"
_PRECISIONS: dict[Precision, Message] = {
    Precision.EXACT: message("A number in full"),
    Precision.ROUNDED: message("A rounded number"),
    Precision.ABOUT: message("About"),
    Precision.NEARLY: message("Nearly"),
    Precision.MORE_THAN: message("More than"),
    Precision.LESS_THAN: message("Less than"),
    Precision.AT_LEAST: message("At least"),
    Precision.AT_MOST: message("At most"),
}
_SOME = message("A number that is known better, rounded for reading; the table of all figures writes it out.")
_GROUPS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (message("All programmes"), ("total_", "implantations_")),
    (message("Cyberécole"), ("cyberecole_",)),
    (message("Cyberclasse"), ("cyberclasse_",)),
    (message("Internal connectivity"), ("connectivity_",)),
    (message("Plans, as announced"), ("plan_",)),
    (message("People"), ("staff_",)),
    (message("Equipment"), ("lots_",)),
    (message("École Numérique"), ("",)),
)


# --- evidence of a figure -----------------------------------------------------------------------------


def programme_of(figure: Figure) -> str:
    """Find the one programme whose figure it is; empty where it is of none, or of several."""
    programmes = {observation.programme or "" for observation in figure.observations}
    return programmes.pop() if len(programmes) == 1 else ""


def evidence(edition: Edition, figure: Figure) -> str:
    """Say publisher and date of the documents behind a figure: "SPW, janvier 2020"."""
    places = dict.fromkeys(publisher_and_day(o.source, edition.language) for o in figure.observations)
    return _said_by(edition, figure, semicolons(places, edition.language))


def _said_by(edition: Edition, figure: Figure, documents: str) -> str:
    """Name the documents of a printed number; a computed one is only computed from theirs."""
    if not documents or figure.is_printed:
        return documents
    return translate(COMPUTED, edition.language, documents=documents)


def dates(edition: Edition, figure: Figure) -> str:
    """Say when the newest document behind a figure was published."""
    newest = max(figure.observations, key=lambda o: o.known_on, default=None)
    return edition.published(newest) if newest else _OPEN


def sources(edition: Edition, figure: Figure) -> str:
    """Say publisher and place of each document behind a figure: "SPW, section 2.1"."""
    by_publisher: dict[str, dict[str, None]] = {}
    for observation in figure.observations:
        places = by_publisher.setdefault(observation.source.publisher, {})
        places[observation.locator] = None
    parts = [f"{publisher}, {', '.join(sorted(places))}" for publisher, places in by_publisher.items()]
    text = tied_to_digits(typeset(semicolons(parts, edition.language), edition.language))
    return _said_by(edition, figure, text)


def grouped_figures(edition: Edition) -> list[tuple[str, list[Figure]]]:
    """Group all figures by subject, in the order of the catalogue."""
    by_group: dict[str, list[Figure]] = {}
    for figure in edition.figures.values():
        heading = next(h for h, prefixes in _GROUPS if figure.name.startswith(prefixes))
        by_group.setdefault(heading.text, []).append(figure)
    order = [heading.text for heading, _ in _GROUPS]
    return [(edition.t(h), by_group[h]) for h in sorted(by_group, key=order.index)]


# --- tables -------------------------------------------------------------------------------------------


def all_figures(edition: Edition) -> WrittenTable:
    """Tabulate every figure with its words, the date of its document, and the place in it; without the
    subjects of which nothing was known."""
    columns = (
        column(edition.t("Figure"), width=35),
        column(edition.t("In words"), width=27),
        column(edition.t("Published"), width=13),
        column(edition.t("Source"), width=25),
    )
    rows: list[Row] = []
    for heading, figures in grouped_figures(edition):
        if not any(figure.quantity for figure in figures):
            continue
        rows.append(group(heading))
        rows += [
            row(
                figure.label(edition.language),
                FigureWords(edition.words_in_table(figure.name), figure.name, figure.name),
                dates(edition, figure),
                edition.quoted(sources(edition, figure) or _OPEN),
            )
            for figure in figures
        ]
    return WrittenTable(columns, tuple(rows), is_dense=True)


def derived_figures(edition: Edition) -> WrittenTable:
    """Tabulate the figures that no document prints, each with its formula in words."""
    columns = (column(edition.t("Figure"), width=45), column(edition.t("Computed as"), width=55))
    rows = [
        row(figure.label(edition.language), figure.formula(edition.language))
        for figure in edition.figures.values()
        if not figure.definition.is_printed and figure.quantity is not None
    ]
    return WrittenTable(columns, tuple(rows), is_dense=True)


def conflicts(edition: Edition) -> WrittenTable:
    """Tabulate every contradiction: what is taken, and what is said elsewhere; then what was corrected or set
    aside."""
    columns = (
        column(edition.t("Subject"), width=28),
        column(edition.t("Conflict"), width=16),
        column(edition.t("In this kit"), width=22),
        column(edition.t("Elsewhere"), width=34),
    )
    ledger, language = edition.ledger, edition.language
    conflicting = [conflict_cells(ledger, conflict, language) for conflict in known_conflicts(ledger)]
    rows = [row(*(typeset(cell, language) for cell in cells)) for cells in conflicting]
    for about, done, _, document in correction_cells(ledger, language):
        rows.append(row(*(typeset(cell, language) for cell in (about, done, _OPEN, document))))
    return WrittenTable(columns, tuple(rows), is_dense=True)


def precisions(edition: Edition) -> WrittenTable:
    """Tabulate each way in which a number of the day is given: what it implies, and the first such number."""
    columns = (
        column(edition.t("As written"), width=18),
        column(edition.t("What it means"), width=46),
        column(edition.t("For example"), width=36),
    )
    language = edition.language
    given: dict[Precision, Quantity] = {}
    of_figures = (o for figure in edition.figures.values() for o in figure.observations)
    for observation in (*of_figures, *edition.ledger.all_observations()):
        if observation.quantity is not None:
            given.setdefault(observation.quantity.precision, observation.quantity)
    rows = [
        row(
            edition.t(heading), edition.t(HOUSE_RULES[precision].meaning),
            _example(edition, words(quantity, language), Quantity.derived(None, quantity.bounds, quantity.unit)),
        )
        for precision, heading in _PRECISIONS.items()
        if (quantity := given.get(precision)) is not None
    ]  # fmt: skip
    numbers = (figure.quantity for figure in edition.figures.values() if figure.quantity is not None)
    rounded = next((number for number in numbers if choose(number, "text").template is SOME), None)
    if rounded is not None:
        text = words(rounded, language, style="text")
        rows.append(row(edition.t("Some"), edition.t(_SOME), _example(edition, text, rounded)))
    return WrittenTable(columns, tuple(rows))


def _example(edition: Edition, text: str, meant: Quantity) -> str:
    """Write a number as it is given, and what it says, where that is more."""
    meaning = words(meant, edition.language)
    return text if meaning == text else edition.t(LABEL_VALUE, label=text, value=meaning)


def documents(edition: Edition) -> WrittenTable:
    """Tabulate the documents from which the figures of the kit come."""
    columns = (
        column(edition.t("Publisher"), width=16),
        column(edition.t("Document"), width=69),
        column(edition.t("Published"), width=15),
    )
    answers = [figure.answer for figure in edition.figures.values()]
    sides = (s for c in known_conflicts(edition.ledger) for s in (c.chosen, *c.others))
    used = [o for a in answers for o in (*a.observations, *a.conflicts)]
    seen = {o.source.source_id: o for o in (*used, *(o for s in sides for o in s.observations))}
    ordered = sorted(seen.values(), key=lambda o: (o.known_on, o.source.source_id))
    rows = [
        row(
            o.source.publisher,
            edition.quoted(o.source.title, o.source.url or "", o.source.title_language),
            edition.published(o),
        )
        for o in ordered
    ]
    return WrittenTable(columns, tuple(rows), is_dense=True)
