"""What a person decides on the page « Données »: numbers of documents corrected in the open, differences explained,
lists declared complete, school numbers that are one site; and what is missing for the map, with whom to ask.

Each form is drawn from the columns of its table. What a decision would change is shown before it is written, by the
road of every change; its page in the history undoes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components.texts import section
from dashboards.data_forms import (
    back,
    button,
    choices,
    fieldset,
    form,
    hidden,
    notices,
    part,
    select_field,
    text_field,
)
from dashboards.data_page import (
    CHANGES,
    CONFIRM,
    LOOK_UP,
    NOT_AT_ALL,
    OUTCOMES,
    WRITE,
    awaited,
    data,
    drafts_here,
    followed,
    grouped,
    name_field,
    person,
    reading_of,
    require_own,
    shown,
)
from dashboards.inner import DATA
from dashboards.reading import Reading
from dashboards.registry import Content
from ennum_stats.document import blocks as doc
from ennum_stats.errors import EnnumError, Message, message
from ennum_stats.figures.observations import (
    ObservationFilter,
    observation_cells,
    observation_named,
    observations,
)
from ennum_stats.imports.choices import CELLS, RIGHT
from ennum_stats.imports.decided import TYPING, Decisions, to_translate
from ennum_stats.imports.decision_forms import DECISION_FORMS, DECISIONS, TEXTS
from ennum_stats.imports.forms import Field
from ennum_stats.imports.report import SORTS
from ennum_stats.imports.steps import Step, begun, looked_up
from ennum_stats.languages import LANGUAGES, language_name, written
from ennum_stats.measures.schools.completeness import Completeness, completeness
from ennum_stats.measures.schools.listed_and_published import comparisons
from ennum_stats.raw.reader import known_rows
from ennum_stats.vocabulary import Precision

CORRECT, REGISTER_OF = message("Correct a number"), message("Which numbers are one site?")
FIND, MOST_SHOWN = (message("Words of the number: call, measure, document"), 40)
FOUND = (message("What"), message("For"), message("Printed"), message("Place"), message("Published"))
MISTAKE = message("Whose mistake is it?")
MISTAKES = {
    TYPING: message("ours: it was not typed as the document prints it"),
    "corrections": message("the document's: the old number stays visible beside the correction"),
}
REASON, IN_LANGUAGE = (
    message("Reason, in a sentence"), message("Language of the reason; the others are marked to be translated"),
)  # fmt: skip
MISSING, DIFFERENCES, TRANSLATE = (
    message("What is missing for the map"), message("Differences"), message("Texts to translate"),
)  # fmt: skip
EXPLAIN, DECLARE_COMPLETE = message("Explain"), message("Declare it complete")
NOTHING_OPEN = message("Nothing is open.")
WEIGH = message("See what it would change")
SITE_FIELD = "site-"
SAME, OTHER_SITE = message("the same site as {number}: {name} ({reason})"), message("closed, or not decided")


# --- what is asked ------------------------------------------------------------------------------------


@data.get(f"/<language>/{DATA}/decide")
def decide_page(language: str) -> Response:
    """Show what is missing for the map, which differences nobody explains, and which texts are to be translated."""
    return shown(reading_of(language, "decide"), _open_questions)


@data.post(f"/<language>/{DATA}/decide")
def decided(language: str) -> AnyResponse:
    """Weigh decisions, or write those that were weighed."""
    reading, sent, project = reading_of(language, "decide"), request.form.to_dict(), drafts_here().project
    require_own(reading, sent)
    try:
        if "write" in sent:
            by = person(sent, is_required=True)
            return followed(reading, begun(project, language, "decide", sent["of"], by=by.author))
        name = sent.get("decision", "")
        if name != TYPING and name not in DECISIONS:
            abort(404)
        rows = [*_links_in(sent)] if name == "links" else [_row_in(name, sent)]
        return followed(reading, begun(project, language, "weigh", name, json.dumps(rows)))
    except EnnumError as error:
        again = (
            _correction(reading, sent["cell-observation_id"], sent)
            if sent.get("cell-observation_id")
            else _open_questions(reading)
        )
        blocks = [*notices(reading, error), *again]
        return shown(reading, lambda _: blocks, 422)


@data.get(f"/<language>/{DATA}/correct")
def correct_page(language: str) -> Response:
    """Look a published number up, to correct it."""
    return shown(reading_of(language, "correct"), _search)


@data.get(f"/<language>/{DATA}/correct/<path:name>")
def correct_form(language: str, name: str) -> Response:
    """Show the form in which a published number is corrected."""
    reading = reading_of(language, f"correct/{name}")
    try:
        blocks = [*_correction(reading, name)]
    except EnnumError as error:
        blocks = [back(reading), *notices(reading, error)]
    return shown(reading, lambda _: blocks)


@data.get(f"/<language>/{DATA}/register")
def register_page(language: str) -> Response:
    """Show which school sites went, came and moved, to decide which numbers are one site."""
    reading = reading_of(language, "register")
    step = looked_up(drafts_here().project, language, "register")
    if step.answer is None:
        return awaited(reading, step, f"/step/{step.folder.name}")
    try:
        registers = step.result["registers"]
    except EnnumError as error:
        refused = error
        return shown(reading, lambda reading: [back(reading), *notices(reading, refused)], 422)
    return shown(reading, lambda reading: _registers(reading, registers))


def _row_in(name: str, sent: Mapping[str, str]) -> dict[str, str]:
    """Give the cells of a decision that a form sent; its text stands in the column of its language."""
    decision = DECISIONS["corrections" if name == TYPING else name]
    columns = [*decision.given, *(each.key for each in decision.asked_of_person), *TEXTS]
    cells = {key: sent[f"cell-{key}"] for key in columns if f"cell-{key}" in sent}
    if (text := f"name_{sent.get('language')}") in TEXTS:
        cells[text] = sent.get("cell-text", "")
    return cells


def _links_in(sent: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for key, answer in sent.items():
        if key.startswith(SITE_FIELD) and answer:
            now, _, reason = answer.partition(" ")
            yield {"implantation": key.removeprefix(SITE_FIELD), "same_as": now, "reason": reason}


# --- what is shown ------------------------------------------------------------------------------------


def _open_questions(reading: Reading) -> Content:
    ledger = reading.ledger
    yield back(reading)
    judged = completeness(ledger)
    keys: dict[str, list[str]] = {}
    for each in ledger.records("lists"):
        keys.setdefault(each["call"] or each["programme"], []).append(each["list"])
    headings = (
        message("Call or programme"), message("Lists"), message("Rows"), message("Completeness"),
        message("Whom to ask"),
    )  # fmt: skip
    cells = (
        [_subject(reading, each.programme, each.call), ", ".join(keys.get(each.subject, ())),
         str(each.rows), each.words(reading.language), "" if each.is_complete else _whom_to_ask(reading, each)]
        for each in judged
    )  # fmt: skip
    table = doc.written_table([reading.t(heading) for heading in headings], cells)
    project = drafts_here().project
    forms = [
        doc.Folded(
            (f"{reading.t(DECLARE_COMPLETE)} – {_subject(reading, cells['programme'], cells['call'])}",),
            (_form(reading, "complete_lists", cells),),
        )
        for cells in Decisions(project, "complete_lists").waiting(ledger)
    ]
    yield part(reading, MISSING, table, *forms)
    differing = {pair.about: pair.words(reading.language) for pair in comparisons(ledger)}
    shown_ = [
        block
        for cells in Decisions(project, "reconciliations").waiting(ledger)
        for block in (
            doc.Paragraph((differing[cells["measure"], cells["programme"], cells["call"] or None],)),
            doc.Folded((reading.t(EXPLAIN),), (_form(reading, "reconciliations", cells),)),
        )
    ]
    yield part(reading, DIFFERENCES, *(shown_ or [doc.Paragraph((reading.t(NOTHING_OPEN),))]))
    texts = [
        doc.Folded((f"{reading.t(SORTS[name])} – {_decision_words(reading, cells)}",),
               (_form(reading, name, cells, is_translated=True),))
        for name, cells in to_translate(project)
    ]  # fmt: skip
    if texts:
        yield part(reading, TRANSLATE, *texts)


def _whom_to_ask(reading: Reading, judged: Completeness) -> str:
    """Name who published the document of the call or programme, who has its lists or knows who does."""
    table, key = ("calls", "call") if judged.call else ("programmes", "programme")
    sources = (each["source_id"] for each in reading.ledger.records(table) if each[key] == judged.subject)
    return next((reading.ledger.source(source).publisher for source in sources), "")


def _form(reading: Reading, name: str, cells: Mapping[str, str], *, is_translated: bool = False) -> Any:
    """Write the form of a decision: what it is about is sent along, the other columns of its table are fields."""
    decision = DECISIONS[name]
    about = "-".join(cells[key] for key in decision.given[:3])
    fields = [hidden("decision", name), *(hidden(f"cell-{key}", cells[key]) for key in decision.given)]
    fields += [_asked(reading, each, cells.get(each.key, ""), about) for each in decision.asked_of_person]
    place, more = f"{name}-{about}", ' required maxlength="500"'
    named = [(code, language_name(code, reading.language)) for code in LANGUAGES]
    if is_translated:
        fields += [
            text_field(f"cell-name_{code}", words, cells[f"name_{code}"], more, place=f"{place}-{code}")
            for code, words in named
        ]
    else:
        fields += [
            text_field("cell-text", reading.t(REASON), "", more, place=place),
            select_field(
                "language", reading.t(IN_LANGUAGE), named, reading.language, place=f"{place}-language"
            ),
        ]
    return form(reading, "/decide", [*fields, button(reading.t(WEIGH))])


def _asked(reading: Reading, column: Field, value: str, about: str = "") -> str:
    """Write a column that a person fills in: one of its choices, or a text."""
    heading, key = reading.t(column.heading), f"cell-{column.key}"
    if column.choices:
        return fieldset(heading, "", choices(key, ((code, reading.t(RIGHT[code])) for code in RIGHT), value))
    more = f'{" required" * column.is_required} maxlength="500"'
    return text_field(key, heading, value, more, place=f"{key}-{about}")


def _search(reading: Reading) -> Content:
    yield back(reading)
    words = request.args.get("q", "")[:200]
    fields = [text_field("q", reading.t(FIND), words), button(reading.t(LOOK_UP))]
    yield part(reading, CORRECT, form(reading, "/correct", fields, is_search=True))
    if not words.strip():
        return
    hits = observations(reading.ledger, ObservationFilter(texts=tuple(words.split())), reading.language)
    columns = tuple(doc.column(reading.t(heading)) for heading in FOUND)
    rows = []
    for hit in hits[:MOST_SHOWN]:
        subject, when, printed, _, place, day = observation_cells(reading.ledger, hit, reading.language)
        link = doc.Link((subject,), f"/{reading.language}/{DATA}/correct/{hit.observation_id}")
        rows.append(doc.row(link, when, printed, " – ".join(filter(None, (hit.source.title, place))), day))
    counted = reading.t(message("Numbers: {n}; shown: {shown}.", n=len(hits), shown=len(rows)))
    yield section("", [counted])
    if rows:
        yield doc.Section((doc.WrittenTable(columns, tuple(rows)),), "text")


def _correction(reading: Reading, name: str, typed: Mapping[str, str] | None = None) -> Content:
    again, hit = typed or {}, observation_named(reading.ledger, name)
    kept = known_rows(drafts_here().project, "observations").filter(observation_id=name)
    cells = kept.to_dicts()[0] if len(kept) else {}
    subject, when, printed, bounds, place, day = observation_cells(reading.ledger, hit, reading.language)
    yield back(reading)
    source = " – ".join(filter(None, (hit.source.title, place, day)))
    yield section("", [" – ".join(filter(None, (subject, when, printed, bounds))), source])
    options = [
        (key, reading.t(labelled_text(label, written(_as_read(key, cells[key]), reading.language))))
        for key, label in CELLS.items() if cells.get(key)
    ]  # fmt: skip
    whose = [(code, reading.t(words)) for code, words in MISTAKES.items()]
    which = reading.t(DECISION_FORMS["corrections"].field("column").heading)
    fields = [
        hidden("cell-observation_id", name),
        fieldset(reading.t(MISTAKE), "", choices("decision", whose, again.get("decision"))),
        select_field("cell-column", which, options, again.get("cell-column", "")),
        *(
            _asked(reading, each, again.get(f"cell-{each.key}", ""))
            for each in DECISIONS["corrections"].asked_of_person
        ),
        button(reading.t(WEIGH)),
    ]
    yield part(reading, CORRECT, form(reading, "/decide", fields))


def _as_read(column: str, cell: str) -> str | Decimal | Message:
    """Give a cell of a published number as it is told: digits in groups, precisions in words."""
    if column == "precision" and cell:
        return Precision(cell).label
    return Decimal(cell) if column in {"value", "lower", "upper"} and cell else cell


def _registers(reading: Reading, registers: Iterable[Mapping[str, Any]]) -> Content:
    yield back(reading)
    if not registers:
        yield section("", [reading.t(message("There are no two registers to compare."))])
    for register in registers:
        counts = message(
            "Since {before}: numbers gone {gone}, come {come}, with another address {moved}.",
            before=register["before"], gone=len(register["gone"]), come=register["come"],
            moved=len(register["moved"]),
        )  # fmt: skip
        yield section("", [reading.t(counts)])
        offered: dict[str, list[tuple[str, str]]] = {number: [] for number in register["gone"]}
        for former, now, cells, reason in register["candidates"]:
            words = message(SAME.text, number=now, name=", ".join(filter(None, cells)), reason=reason)
            offered.setdefault(former, []).append((f"{now} {reason}", reading.t(words)))
        fields = [
            fieldset(
                f"{number} – {', '.join(filter(None, register['gone'].get(number, ())))}", "",
                choices(f"{SITE_FIELD}{number}", [*answers, ("", reading.t(OTHER_SITE))], ""),
            )
            for number, answers in offered.items() if answers
        ]  # fmt: skip
        if fields:
            fields = [hidden("decision", "links"), *fields, button(reading.t(WEIGH))]
            yield part(reading, REGISTER_OF, form(reading, "/decide", fields))
        closed = [f"{number} – {', '.join(filter(None, cells))}"
                  for number, cells in register["gone"].items() if not offered[number]]  # fmt: skip
        if closed:
            heading = reading.t(message("Gone, and nothing like them came: {n}", n=len(closed)))
            yield doc.Folded((heading,), (doc.Bullets(tuple((line,) for line in closed)),))
        if register["moved"]:
            headings = (
                message("School"),
                message("Address before"),
                message("Place before"),
                message("Address now"),
            )
            moved = doc.written_table([reading.t(heading) for heading in headings], register["moved"])
            heading = reading.t(message("With another address: {n}", n=len(register["moved"])))
            yield doc.Folded((heading,), (moved,))


def _decision_words(reading: Reading, cells: Mapping[str, str]) -> str:
    """Say a decision in a line: what it is about, what is decided, why."""
    if "observation_id" in cells:
        hit = observation_named(reading.ledger, cells["observation_id"])
        subject = observation_cells(reading.ledger, hit, reading.language)[0]
        column = cells["column"]
        old = written(_as_read(column, cells["old_value"]), reading.language)
        turned = labelled_text(CELLS[column], f"{old} → {cells['new_value'] or '–'}")
        parts = [subject, reading.t(turned), cells["reason"]]
    elif "same_as" in cells:
        parts = [f"{cells['implantation']} → {cells['same_as']}", cells["reason"]]
    else:
        about = _subject(reading, cells["programme"], cells["call"])
        right = reading.t(RIGHT[cells["takes"]]) if cells.get("takes") else ""
        parts = [
            about,
            right,
            cells.get(f"name_{reading.language}") or next(filter(None, map(cells.get, TEXTS)), ""),
        ]
    return " – ".join(filter(None, parts))


def labelled_text(label: Message, text: Message | str) -> Message:
    """Put a text behind its label."""
    return message("{place}: {text}", place=label, text=text)


def _subject(reading: Reading, programme: str, call: str | None) -> str:
    """Name a call, or a programme without calls."""
    return call or reading.ledger.name("programmes", programme, reading.language)


def _weighed(reading: Reading, step: Step) -> Content:
    result = step.result
    words = tuple((_decision_words(reading, cells),) for cells in result["rows"])
    yield part(reading, SORTS[result["name"]], doc.Bullets(words))
    if result["findings"]:
        yield part(reading, NOT_AT_ALL, doc.Bullets(tuple((text,) for text in result["findings"])))
        return
    fields = [hidden("of", step.folder.name), *name_field(reading), button(reading.t(WRITE), "write")]
    yield part(reading, CHANGES, *grouped(result["lines"]))
    yield part(reading, CONFIRM, form(reading, "/decide", fields))


OUTCOMES["weigh"] = _weighed
ROUTES = data
"""Those of all pages of data."""
