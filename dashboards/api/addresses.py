"""The addresses of the API, declared once: what each answers, its parameters and the shape of its answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from dashboards.api import shapes
from dashboards.api.declarations import FROM, TO, Address, ApiParameter, ApiQuestion, Plain
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
from ennum_stats.measures.measure import OPTIONS, MeasureDefinition
from ennum_stats.measures.measure_table import observation_row, records, to_json_value
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.periods import period_of
from ennum_stats.project import Audience
from ennum_stats.raw.communes import communes
from ennum_stats.store.answers import Observation
from ennum_stats.store.ledger import Ledger
from ennum_stats.vocabulary import DIMENSIONS, MEASURES, STATUSES

Record = dict[str, Any]
NAME = ApiParameter("name", message("The name."), is_in_path=True, is_required=True)
PRICES = ApiParameter("prices", OPTIONS["prices"])
_TABLE_COLUMNS = tuple(dict.fromkeys(code for table in TABLES.values() for code in table.dimensions))


def one_figure(question: ApiQuestion) -> Record:
    """Give one figure. Raise `UnknownName`."""
    return figure(question.ledger, question["name"], question["prices"] or NOMINAL).record(question.language)


def all_figures(question: ApiQuestion) -> list[Record]:
    """List every figure."""
    return [named.record(question.language) for named in figures(question.ledger)]


# --- measures -----------------------------------------------------------------------------------------


def all_measures(question: ApiQuestion) -> list[Record]:
    """Give the measures, with what each can be asked."""
    return [
        {
            "name": measure.name,
            "description": translate(measure.description, question.language),
            "dimensions": list(measure.dimensions),
            "by": [list(measure.dimensions_by(by)) for by in (*measure.by, *measure.pairs) if by],
            "options": list(measure.options),
        }
        for measure in _shown_measures(question.ledger).values()
    ]


def one_measure(question: ApiQuestion) -> list[Record]:
    """Give the rows of a measure by the dimensions asked for. Raise `UnknownName` and `UsageError`."""
    shown = _shown_measures(question.ledger)
    name = question["name"]
    if name not in shown:
        raise unknown_name(message("There is no measure “{name}”.", name=name[:40]), shown)
    table = shown[name]
    by = table.by_all(question["by"]) if question["by"] else table.by[0]
    given = {option: question[option] for option in OPTIONS}
    filters = {dimension: question[dimension] for dimension in _TABLE_COLUMNS if question[dimension]}
    if "programme" in table.options and "programme" not in table.dimensions_by(by):
        given["programme"] = next(iter(filters.pop("programme", ())), "")  # what rows of it count
    places = [place for place in table.places_of(by) if place in filters]
    within = {place: filters.pop(place) for place in places}
    rows = measure_rows(question.ledger, name, by, within=within, **given)
    for column in filters:
        if column not in rows.columns:
            dimensions = ", ".join(table.dimensions_by(by)) or "–"
            raise UsageError(
                message("{measure} by “{by}” does not tell “{column}”.", measure=name, by=by, column=column),
                where=column,
                expected=message("Expected one of: {names}.", names=dimensions),
            )
    return [row for row in records(rows) if all(_is_one_of(row[n], f) for n, f in filters.items())]


def _is_one_of(value: Any, wanted: tuple[str, ...]) -> bool:
    values = value if isinstance(value, tuple | list) else (value,)
    return any(str(code) in wanted for code in values)


def _shown_measures(ledger: Ledger) -> dict[str, MeasureDefinition]:
    """Give the measures of an audience: the public is given no single schools."""
    is_public = ledger.audience is Audience.PUBLIC
    return {n: table for n, table in TABLES.items() if not (table.is_site_by_site and is_public)}


# --- published numbers and documents ------------------------------------------------------------------


def all_observations(question: ApiQuestion) -> list[Record]:
    """Give the published numbers, by their measure, dimensions, document and status."""
    wanted = {name: question[name] for name in ("measure", *DIMENSIONS, "status") if question[name]}
    documents = question["source"]
    return [
        _number(observation, question)
        for observation in question.ledger.all_observations()
        if all(getattr(observation, name) in values for name, values in wanted.items())
        and (not documents or observation.source.source_id in documents)
    ]


def one_observation(question: ApiQuestion) -> Record:
    """Give one published number. Raise `UnknownName`."""
    return _number(observation_named(question.ledger, question["name"]), question)


def _number(observation: Observation, question: ApiQuestion) -> Record:
    words = {
        "subject": subject(question.ledger, observation, question.language),
        "text": printed(observation, question.language),
    }
    row = {name: to_json_value(value) for name, value in observation_row(observation).items()}
    return row | words | {"url": observation.source.url}


def all_sources(question: ApiQuestion) -> list[Record]:
    """Give the documents, in the order of the days on which they were known."""
    return [
        {name: to_json_value(value) for name, value in row.items() if not name.startswith("_")}
        for row in question.ledger.records("sources", order="known_on, source_id")
    ]


def one_source(question: ApiQuestion) -> Record:
    """Give one document. Raise `UnknownName`."""
    source = source_named(question.ledger, question["name"])
    return next(row for row in all_sources(question) if row["source_id"] == source.source_id)


def all_calls(question: ApiQuestion) -> list[Record]:
    """Give the calls for projects, in the order of their school years."""
    ledger, language = question.ledger, question.language
    return [
        {key: to_json_value(getattr(call, key, None)) for key in shapes.CALL["properties"]}
        | {"name": ledger.name("calls", call.call, language)}
        for call in ledger.calls
    ]


def all_places(question: ApiQuestion) -> list[Record]:
    """Give the provinces, networks and communes by their codes."""
    ledger, language = question.ledger, question.language
    places = [
        {"kind": row["codelist"], "code": row["code"], "name": row[f"name_{language}"]}
        for row in ledger.records("codelists")
        if row["codelist"] in ("province", "network")
    ]
    places += [
        {
            "kind": "commune",
            "code": commune.commune,
            "province": commune.province,
            "name": commune.name(language),
        }
        for commune in communes().walloon
    ]
    return [place for place in places if not question["kind"] or place["kind"] in question["kind"]]


# --- what changes -------------------------------------------------------------------------------------


def all_changes(question: ApiQuestion) -> list[Record]:
    """Give the figures that changed between two days. Raise `UsageError` where the first is the later one."""
    before, after = question["from"], question["to"] or question.ledger.known_at
    if before > after:
        raise UsageError(
            message("“from” is later than “to”."), where="from", remedy=message("Exchange them.")
        )
    changed = changes(question.ledger.known_on(before), question.ledger.known_on(after))
    return [change.record(question.language) for change in changed]


def compared(question: ApiQuestion) -> list[Record]:
    """Give two to four things side by side, the base first. Raise `UsageError` where they cannot be
    compared."""
    ledger, kind, name = question.ledger, question["of"], question["measure"]
    prices, base = question["prices"] or NOMINAL, question["base"]
    if kind == DAY:
        days = [period_of(code[:40], "what").last for code in question["what"]]
        first = period_of(base[:40], "base").last if base else None
        comparison = figure_on_days(ledger, name, days, base=first, prices=prices)
    else:
        comparison = side_by_side(ledger, name, kind, question["what"], base=base or "", prices=prices)
    return comparison_records(ledger, comparison, question.language)


def all_conflicts(question: ApiQuestion) -> list[Record]:
    """Give the contradictions between published numbers."""
    return [
        conflict_record(question.ledger, conflict, question.language)
        for conflict in known_conflicts(question.ledger)
    ]


def all_news(question: ApiQuestion) -> list[Record]:
    """Tell what became known, the latest first, as the feeds tell it. Raise `UnknownName`."""
    if question.ledger.audience is not Audience.PUBLIC:
        return []
    news, most = question.edition.news().known_on(question.ledger), 1_000
    if question["figure"]:
        items = news.of_figure(question["figure"], most)
    else:
        about = subjects().get(question["subject"])
        items = news.latest(lambda item: not about or any(map(about.is_of, item.observations)), most)
    return [
        {
            "kind": item.kind.value, "day": item.day.isoformat(), "key": item.key, "page": item.page,
            "title": item.titles[question.language], "sentence": item.sentences[question.language],
            "observations": [o.observation_id for o in item.observations],
        }
        for item in items
    ]  # fmt: skip


def all_releases(question: ApiQuestion) -> list[Record]:
    """Tell what was announced by the day, in the order in which it is to come; each with whether it is
    over."""
    day, kinds = question.ledger.known_at, question["kind"]
    return [
        release.record(question.language) | {"is_over": release.expected_on.last < day}
        for release in releases(question.ledger)
        if not kinds or release.kind in kinds
    ]


def citation(question: ApiQuestion) -> Plain:
    """Tell how a figure, chart, page or document is cited. Raise `UnknownName`."""
    reference = cited(question.ledger, question.language, question["of"], question["prices"] or NOMINAL)
    form = question["form"]
    if form == "csl":
        text = json.dumps([reference.csl()], ensure_ascii=False, indent=2) + "\n"
    else:
        text = reference.bibtex() if form == "bibtex" else reference.text(question.language) + "\n"
    kind, suffix = FORMS[form]
    return Plain(text, kind, f"{reference.key}.{suffix}")


# --- the declarations ---------------------------------------------------------------------------------


def _codes(name: str, description: Message, codes: Iterable[str] = ()) -> ApiParameter:
    """Give a parameter of several codes; of those of a closed list where they are given."""
    schema: Record = {"type": "string", "maxLength": 200}
    if known := list(codes):
        schema["enum"] = known
    return ApiParameter(name, description, schema, is_many=True)


_BY = _codes("by", message("The dimensions of the rows, one or several."), (*_TABLE_COLUMNS, "lot_and_year"))
_OF_ROWS = message("Only rows with one of these values.")
_OF_PLACES = message(
    "Only rows with one of these values; where rows do not tell it, only sites with one of them."
)
_SEVERAL = {name for table in TABLES.values() for name in table.options if table.takes_several(name)}
_OPTIONS = [_codes(*option) if option[0] in _SEVERAL else ApiParameter(*option) for option in OPTIONS.items()]
_OF_KIND = ApiParameter(
    "of", message("What is compared: calls, years, days …"),
    {"type": "string", "enum": [*COMPARED, DAY]}, is_required=True,
)  # fmt: skip
_NUMBER = ApiParameter(
    "measure", message("By which number: “MEASURE.COLUMN”; of days, the name of a figure."), is_required=True
)
_OF = ApiParameter(
    "of", message("What is cited: “figure/NAME”, “chart/NAME”, “document/KEY” or “page/PATH”."),
    is_required=True,
)  # fmt: skip
_FORM = ApiParameter(
    "form", message("The form of a citation."), {"type": "string", "enum": [*FORMS]}, default="text"
)

ADDRESSES = (
    Address("/api/figures", message("All named figures, each with its numbers and documents."),
            all_figures, shapes.FIGURE, is_list=True),
    Address("/api/figures/{name}", message("One figure: its value, bounds, words, formula and documents."),
            one_figure, shapes.FIGURE, (NAME, PRICES)),
    Address("/api/measures", message("The measures, and by what each can be given."),
            all_measures, shapes.MEASURE, is_list=True),
    Address("/api/measures/{name}", message("The rows of a measure by one or several dimensions."),
            one_measure, shapes.ROW,
            (NAME, _BY, *_OPTIONS,
             *(_codes(column, _OF_PLACES if column in PLACES else _OF_ROWS) for column in _TABLE_COLUMNS)),
            is_list=True),
    Address("/api/observations", message("The numbers that documents publish, as they print them."),
            all_observations, shapes.NUMBER,
            (_codes("measure", message("Only numbers of these measures."), MEASURES),
             *(_codes(dimension, _OF_ROWS) for dimension in DIMENSIONS),
             _codes("source", message("Only numbers of these documents.")),
             _codes("status", message("Only numbers of this SDMX status."), STATUSES)),
            is_list=True),
    Address("/api/observations/{name}", message("One published number."), one_observation, shapes.NUMBER, (NAME,)),
    Address("/api/sources", message("The documents."), all_sources, shapes.SOURCE, is_list=True),
    Address("/api/sources/{name}", message("One document."), one_source, shapes.SOURCE, (NAME,)),
    Address("/api/calls", message("The calls for projects."), all_calls, shapes.CALL, is_list=True),
    Address("/api/places", message("Provinces, networks and communes, with their codes."), all_places, shapes.PLACE,
            (_codes("kind", message("Only places of these kinds."), ("province", "network", "commune")),),
            is_list=True),
    Address("/api/changes", message("The figures that changed between two days, and why."), all_changes,
            shapes.CHANGE, (FROM, TO), is_list=True),
    Address("/api/compare", message("Two to four things side by side, with difference and ratio in bounds."),
            compared, shapes.COMPARISON,
            (_OF_KIND, _codes("what", message("Which of them: from two to four.")), _NUMBER,
             ApiParameter("base", message("With which of them the others are compared.")), PRICES),
            is_list=True),
    Address("/api/conflicts", message("Where published numbers contradict each other."), all_conflicts,
            shapes.CONFLICT, is_list=True),
    Address("/api/news", message("What became known, the latest first: documents, figures, contradictions, "
                                 "corrections."), all_news, shapes.NEWS,
            (ApiParameter("subject", message("Only news of this subject."),
                       {"type": "string", "enum": ["", *subjects()]}, default=""),
             ApiParameter("figure", message("Only news of this figure."))), is_list=True),
    Address("/api/releases",
            message("What is announced: documents, lists, figures, ends of embargoes, and when."),
            all_releases, shapes.RELEASE,
            (_codes("kind", message("Only releases of these kinds."), RELEASE_KINDS),), is_list=True),
    Address("/api/citation", message("How a figure, chart, document or page is cited."), citation,
            {"type": "string"}, (_OF, _FORM, PRICES)),
)  # fmt: skip
