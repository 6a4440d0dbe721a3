"""The addresses of the API, declared once: what each answers, its parameters and the shape of its answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from dashboards.api.declarations import FROM, TO, Address, Asked, Parameter, Plain
from dashboards.api.shapes import (
    CALL,
    CHANGE,
    COMPARISON,
    CONFLICT,
    FIGURE,
    MEASURE,
    NEWS,
    NUMBER,
    PLACE,
    RELEASE,
    ROW,
    SOURCE,
)
from dashboards.citations import FORMS, cited
from dashboards.follow import subjects
from ennum_stats.comparison.comparables import KINDS as COMPARED
from ennum_stats.comparison.side_by_side import side_by_side
from ennum_stats.comparison.words import DAY, comparison_records, figure_on_days
from ennum_stats.errors import Message, UsageError, message, unknown_name
from ennum_stats.figures import figure, figures
from ennum_stats.figures.calendar import KINDS as RELEASE_KINDS
from ennum_stats.figures.calendar import releases
from ennum_stats.figures.contradictions import conflict_record, known_conflicts, subject
from ennum_stats.figures.observations import observation_named, printed, source_named
from ennum_stats.figures.reports import changes
from ennum_stats.languages import translate
from ennum_stats.measures.catalogue import TABLES, measure_rows
from ennum_stats.measures.columns import PLACES
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.measures.measure_table import observation_row, records, to_json_value
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.periods import period_of
from ennum_stats.project import Audience
from ennum_stats.raw.communes import communes
from ennum_stats.store.answers import Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import DIMENSIONS, MEASURES, STATUSES

Record = dict[str, Any]
NAME = Parameter("name", message("The name."), is_in_path=True, is_required=True)
PRICES = Parameter(
    "prices", message("The euros of amounts: “nominal”, or those of a year, “real:2019”.")
)
_TABLE_COLUMNS = tuple(dict.fromkeys(one for table in TABLES.values() for one in table.dimensions))


def one_figure(asked: Asked) -> Record:
    """One figure. Raises `UnknownName`."""
    return figure(asked.ledger, asked["name"], asked["prices"] or NOMINAL).record(asked.language)


def all_figures(asked: Asked) -> list[Record]:
    """Every figure."""
    return [found.record(asked.language) for found in figures(asked.ledger)]


# --- measures -----------------------------------------------------------------------------------------


def all_measures(asked: Asked) -> list[Record]:
    """The measures, with what each can be asked."""
    return [
        {
            "name": one.name,
            "description": translate(one.description, asked.language),
            "dimensions": list(one.dimensions),
            "by": [list(one.dimensions_by(by)) for by in (*one.by, *one.pairs) if by],
            "options": list(one.options),
        }
        for one in _shown_measures(asked.ledger).values()
    ]


def one_measure(asked: Asked) -> list[Record]:
    """The rows of a measure by the dimensions asked for. Raises `UnknownName` and `UsageError`."""
    shown = _shown_measures(asked.ledger)
    name = asked["name"]
    if name not in shown:
        raise unknown_name(message("There is no measure “{name}”.", name=name[:40]), shown)
    table = shown[name]
    by = table.by_all(asked["by"]) if asked["by"] else table.by[0]
    given = {option: asked[option] for option in _OPTIONS}
    filters = {one: asked[one] for one in _TABLE_COLUMNS if asked[one]}
    if "programme" in table.options and "programme" not in table.dimensions_by(by):
        given["programme"] = next(iter(filters.pop("programme", ())), "")  # what rows of it count
    places = [one for one in table.places_of(by) if one in filters]
    within = {one: filters.pop(one) for one in places}
    rows = measure_rows(asked.ledger, name, by, within=within, **given)
    for column in filters:
        if column not in rows.columns:
            told = ", ".join(table.dimensions_by(by)) or "–"
            raise UsageError(
                message("{measure} by “{by}” does not tell “{column}”.", measure=name, by=by,
                        column=column),
                where=column, expected=message("Expected one of: {names}.", names=told),
            )  # fmt: skip
    return [row for row in records(rows) if all(_is_one_of(row[n], f) for n, f in filters.items())]


def _is_one_of(value: Any, wanted: tuple[str, ...]) -> bool:
    found = value if isinstance(value, tuple | list) else (value,)
    return any(str(one) in wanted for one in found)


def _shown_measures(ledger: Ledger) -> dict[str, MeasureDefinition]:
    """The measures of an audience: the public is given no single schools."""
    is_public = ledger.audience is Audience.PUBLIC
    return {n: table for n, table in TABLES.items() if not (table.is_site_by_site and is_public)}


# --- published numbers and documents ------------------------------------------------------------------


def all_observations(asked: Asked) -> list[Record]:
    """The published numbers, by their measure, dimensions, document and status."""
    wanted = {name: asked[name] for name in ("measure", *DIMENSIONS, "status") if asked[name]}
    documents = asked["source"]
    return [
        _number(one, asked)
        for one in asked.ledger.all_observations()
        if all(getattr(one, name) in values for name, values in wanted.items())
        and (not documents or one.source.source_id in documents)
    ]


def one_observation(asked: Asked) -> Record:
    """One published number. Raises `UnknownName`."""
    return _number(observation_named(asked.ledger, asked["name"]), asked)


def _number(one: Observation, asked: Asked) -> Record:
    told = {
        "subject": subject(asked.ledger, one, asked.language),
        "text": printed(one, asked.language),
    }
    row = {name: to_json_value(value) for name, value in observation_row(one).items()}
    return row | told | {"url": one.source.url}


def all_sources(asked: Asked) -> list[Record]:
    """The documents, in the order of the days on which they were known."""
    return [
        {name: to_json_value(value) for name, value in row.items() if not name.startswith("_")}
        for row in asked.ledger.records("sources", order="known_on, source_id")
    ]


def one_source(asked: Asked) -> Record:
    """One document. Raises `UnknownName`."""
    found = source_named(asked.ledger, asked["name"])
    return next(row for row in all_sources(asked) if row["source_id"] == found.source_id)


def all_calls(asked: Asked) -> list[Record]:
    """The calls for projects, in the order of their school years."""
    ledger = asked.ledger
    return [
        {
            "call": one.call, "name": ledger.name("calls", one.call, asked.language),
            "programme": one.programme, "school_year": one.school_year,
            "valid_from": to_json_value(one.valid_from), "valid_to": to_json_value(one.valid_to),
            "opened_on": one.opened_on, "closed_on": one.closed_on,
        }
        for one in ledger.calls
    ]  # fmt: skip


def all_places(asked: Asked) -> list[Record]:
    """The provinces, networks and communes by their codes."""
    ledger, language = asked.ledger, asked.language
    found = [
        {"kind": row["codelist"], "code": row["code"], "name": row[f"name_{language}"]}
        for row in ledger.records("codelists")
        if row["codelist"] in ("province", "network")
    ]
    found += [
        {
            "kind": "commune", "code": one.commune, "province": one.province,
            "name": one.name(language),
        }
        for one in communes().walloon
    ]  # fmt: skip
    return [one for one in found if not asked["kind"] or one["kind"] in asked["kind"]]


# --- what changes -------------------------------------------------------------------------------------


def all_changes(asked: Asked) -> list[Record]:
    """The figures that changed between two days. Raises `UsageError` where the first is the later one."""
    before, after = asked["from"], asked["to"] or asked.ledger.known_at
    if before > after:
        raise UsageError(
            message("“from” is later than “to”."), where="from",
            remedy=message("Exchange them."),
        )  # fmt: skip
    found = changes(asked.ledger.known_on(before), asked.ledger.known_on(after))
    return [change.record(asked.language) for change in found]


def compared(asked: Asked) -> list[Record]:
    """Two to four things side by side, the base first. Raises `UsageError` where they cannot be compared."""
    ledger, kind, name = asked.ledger, asked["of"], asked["measure"]
    prices, base = asked["prices"] or NOMINAL, asked["base"]
    if kind == DAY:
        days = [period_of(code[:40], "what").last for code in asked["what"]]
        first = period_of(base[:40], "base").last if base else None
        found = figure_on_days(ledger, name, days, base=first, prices=prices)
    else:
        found = side_by_side(ledger, name, kind, asked["what"], base=base or "", prices=prices)
    return comparison_records(ledger, found, asked.language)


def all_conflicts(asked: Asked) -> list[Record]:
    """The contradictions between published numbers."""
    return [
        conflict_record(asked.ledger, one, asked.language) for one in known_conflicts(asked.ledger)
    ]


def all_news(asked: Asked) -> list[Record]:
    """What became known, the latest first, as the feeds tell it. Raises `UnknownName`."""
    if asked.ledger.audience is not Audience.PUBLIC:
        return []
    news, most, day = asked.edition.news(), 1_000, asked.ledger.known_at
    if asked["figure"]:
        found = news.of_figure(asked["figure"], most)
    else:
        about = subjects().get(asked["subject"])
        found = news.latest(
            lambda item: not about or any(map(about.is_of, item.observations)), most
        )
    return [
        {
            "kind": item.kind.value, "day": item.day.isoformat(), "key": item.key, "page": item.page,
            "title": item.titles[asked.language], "sentence": item.sentences[asked.language],
            "observations": [o.observation_id for o in item.observations],
        }
        for item in found
        if item.day <= day
    ]  # fmt: skip


def all_releases(asked: Asked) -> list[Record]:
    """What was announced by the day, in the order in which it is to come; each with whether it is over."""
    day, kinds = asked.ledger.known_at, asked["kind"]
    return [
        one.record(asked.language) | {"is_over": one.expected_on.last < day}
        for one in releases(asked.ledger)
        if not kinds or one.kind in kinds
    ]


def citation(asked: Asked) -> Plain:
    """How a figure, chart, page or document is cited. Raises `UnknownName`."""
    found = cited(asked.ledger, asked.language, asked["of"], asked["prices"] or NOMINAL)
    form = asked["form"]
    if form == "csl":
        text = json.dumps([found.csl()], ensure_ascii=False, indent=2) + "\n"
    else:
        text = found.bibtex() if form == "bibtex" else found.text(asked.language) + "\n"
    kind, suffix = FORMS[form]
    return Plain(text, kind, f"{found.key}.{suffix}")


# --- the declarations ---------------------------------------------------------------------------------


def _codes(name: str, description: Message, codes: Iterable[str] = ()) -> Parameter:
    """A parameter of several codes; of those of a closed list where they are given."""
    schema: Record = {"type": "string", "maxLength": 200}
    if known := list(codes):
        schema["enum"] = known
    return Parameter(name, description, schema, is_many=True)


_BY = _codes(
    "by",
    message("The dimensions of the rows, one or several."),
    (*_TABLE_COLUMNS, "lot_and_year"),
)
_OF_ROWS = message("Only rows with one of these values.")
_OF_PLACES = message(
    "Only rows with one of these values; where rows do not tell it, only sites with one of them."
)
_OPTIONS = {
    one.name: one
    for one in (
        PRICES,
        _codes("levels", message("Levels of teaching whose sites are counted.")),
        _codes("calls", message("The calls whose sites are counted as reached.")),
        _codes("without", message("What a computation leaves aside: of constraints, their kinds.")),
    )
}
_OF_KIND = Parameter(
    "of", message("What is compared: calls, years, days …"),
    {"type": "string", "enum": [*COMPARED, DAY]}, is_required=True,
)  # fmt: skip
_NUMBER = Parameter(
    "measure",
    message("By which number: “MEASURE.COLUMN”; of days, the name of a figure."),
    is_required=True,
)
_OF = Parameter(
    "of", message("What is cited: “figure/NAME”, “chart/NAME”, “document/KEY” or “page/PATH”."),
    is_required=True,
)  # fmt: skip
_FORM = Parameter(
    "form", message("The form of a citation."), {"type": "string", "enum": [*FORMS]}, default="text"
)

ADDRESSES = (
    Address("/api/figures", message("All named figures, each with its numbers and documents."),
            all_figures, FIGURE, is_list=True),
    Address("/api/figures/{name}", message("One figure: its value, bounds, words, formula and documents."),
            one_figure, FIGURE, (NAME, PRICES)),
    Address("/api/measures", message("The measures, and by what each can be given."),
            all_measures, MEASURE, is_list=True),
    Address("/api/measures/{name}", message("The rows of a measure by one or several dimensions."),
            one_measure, ROW,
            (NAME, _BY, *_OPTIONS.values(),
             *(_codes(one, _OF_PLACES if one in PLACES else _OF_ROWS) for one in _TABLE_COLUMNS)),
            is_list=True),
    Address("/api/observations", message("The numbers that documents publish, as they print them."),
            all_observations, NUMBER,
            (_codes("measure", message("Only numbers of these measures."), MEASURES),
             *(_codes(one, _OF_ROWS) for one in DIMENSIONS),
             _codes("source", message("Only numbers of these documents.")),
             _codes("status", message("Only numbers of this SDMX status."), STATUSES)),
            is_list=True),
    Address("/api/observations/{name}", message("One published number."), one_observation, NUMBER, (NAME,)),
    Address("/api/sources", message("The documents."), all_sources, SOURCE, is_list=True),
    Address("/api/sources/{name}", message("One document."), one_source, SOURCE, (NAME,)),
    Address("/api/calls", message("The calls for projects."), all_calls, CALL, is_list=True),
    Address("/api/places", message("Provinces, networks and communes, with their codes."), all_places, PLACE,
            (_codes("kind", message("Only places of these kinds."), ("province", "network", "commune")),),
            is_list=True),
    Address("/api/changes", message("The figures that changed between two days, and why."), all_changes,
            CHANGE, (FROM, TO), is_list=True),
    Address("/api/compare", message("Two to four things side by side, with difference and ratio in bounds."),
            compared, COMPARISON,
            (_OF_KIND, _codes("what", message("Which of them: from two to four.")), _NUMBER,
             Parameter("base", message("With which of them the others are compared.")), PRICES),
            is_list=True),
    Address("/api/conflicts", message("Where published numbers contradict each other."), all_conflicts,
            CONFLICT, is_list=True),
    Address("/api/news", message("What became known, the latest first: documents, figures, contradictions, "
                                 "corrections."), all_news, NEWS,
            (Parameter("subject", message("Only news of this subject."),
                       {"type": "string", "enum": ["", *subjects()]}, default=""),
             Parameter("figure", message("Only news of this figure."))), is_list=True),
    Address("/api/releases",
            message("What is announced: documents, lists, figures, ends of embargoes, and when."),
            all_releases, RELEASE,
            (_codes("kind", message("Only releases of these kinds."), RELEASE_KINDS),), is_list=True),
    Address("/api/citation", message("How a figure, chart, document or page is cited."), citation,
            {"type": "string"}, (_OF, _FORM, PRICES)),
)  # fmt: skip
