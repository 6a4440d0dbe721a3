"""The page « Données » of the internal dashboard: a file dropped, understood, asked about, confirmed, undone.

Every screen is a form of the browser's own, drawn by the server: it works without scripts, by keyboard and with a
screen reader. What is posted changes a draft (`ennum_stats.imports.drafts`), and the answer leads to the page of what
is so now; so a reload posts nothing twice. Reading and writing are processes of their own. The public application
never loads this module.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from html import escape
from itertools import groupby, islice
from mimetypes import guess_type
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, g, redirect, request
from werkzeug.datastructures import FileStorage
from werkzeug.formparser import parse_form_data
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components.browser import Still
from dashboards.components.texts import section
from dashboards.data_forms import (
    ANSWER,
    BY_WHOM,
    COOKIE,
    TOKEN,
    back,
    button,
    choices,
    fieldset,
    form,
    hidden,
    in_form,
    notices,
    part,
    particular_fields,
    remember_field,
    select_field,
    text_field,
    token,
)
from dashboards.inner import DATA
from dashboards.reading import Reading, accepted_languages, reading_at, split_path, store_of
from dashboards.registry import Content, Page
from dashboards.rendering.document import still_document
from dashboards.rendering.layout import DATA_PAGE
from ennum_stats.charts.place_map import change_map
from ennum_stats.document.blocks import (
    Bullets,
    ChartBlock,
    Folded,
    Link,
    Paragraph,
    Section,
    Strong,
    Verbatim,
    WrittenTable,
    column,
    row,
    written_table,
)
from ennum_stats.errors import EnnumError, Message, message
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.drafts import (
    CELL_OF,
    COLUMN_OF,
    MOST_BYTES,
    NO_FIELD,
    REMEMBER,
    REMEMBER_TITLES,
    SITE_OF,
    Draft,
    DraftRefused,
    Drafts,
)
from ennum_stats.imports.forms import EXAMPLE_KEY
from ennum_stats.imports.kind import ImportOptions
from ennum_stats.imports.lists.forms import LIST_FORMS
from ennum_stats.imports.lists.school_list import SchoolListImport
from ennum_stats.imports.preview import FORMS_LANGUAGE
from ennum_stats.imports.report import (
    HISTORY_COLUMNS,
    PARTICULARS,
    SORTS,
    entry_cells,
    moment_words,
    row_ranges,
)
from ennum_stats.imports.schools.candidates import SHOWN, CandidateIndex
from ennum_stats.imports.spreadsheets.header import TopOfTable
from ennum_stats.imports.steps import Step, begun, looked_up, standing, step_folder, stop
from ennum_stats.languages import translate
from ennum_stats.project import Audience, Project
from ennum_stats.raw.history import PAGE, PUBLISH, REPUBLISH, Author, entries, undone_by
from ennum_stats.raw.personal_data import without_persons
from ennum_stats.store.publish import current_store, is_up_to_date, raw_fingerprint
from ennum_stats.typography import Apart

data = Blueprint("data", __name__)
TELLS = message(
    "Drop a list, a form or a register: what it would change is shown before anything is written."
)
KINDS = {name: SORTS[name] for name in (
    "winners", "call", "observations", "communes", "equipped", "connections", "deliveries", "corrections",
    "reconciliations", "complete_lists", "links", "register", "borders",
)}  # fmt: skip
"""What a file may hold."""
FORMS = tuple(KINDS)[:-2]
"""What a form can be taken of."""
DROP, FILE, HOLDS, READ = (
    message("Drop a file"),
    message("File"),
    message("This file holds"),
    message("Read the file"),
)
TAKE_FORM = message("Or take a form")
UNDERWAY, GIVE_UP = message("Underway"), message("Give this file up")
NOTHING_UNDERWAY = message("Nothing is underway.")
PUBLISHED, UNPUBLISHED = (
    message("All that was written is published."),
    message("Changes were written that are not published yet."),
)
HISTORY, NO_HISTORY = message("History"), message("Nothing was changed yet.")
UNDO = message("Undo this change")
WRITE = message("Write to the tables")
UNDERSTOOD, COLUMNS, LEFT_OUT = (
    message("What was understood"), message("Columns recognised: {names}."), message("Columns left out: {names}."),
)  # fmt: skip
COUNTS = message(
    "Rows: {read} read, {taken} taken, {there} there already, {set_aside} set aside, {refused} refused."
)
QUESTIONS, ANSWERED = message("Questions"), message("Answer, and read again")
NO_QUESTION = message("No question is open.")
TAKE, LEAVE = message("Take these rows"), message("Leave them out")
ROWS, ROW, ROW_BY_ROW = message("Rows ({n}): {rows}."), message("row {row}"), message("Decide row by row")
SCHOOLS = message("Schools to recognise")
SCHOOLS_TELL = message("Choose the school that a row means; every row that says the same means it, too.")
SEARCH_REGISTER, LOOK_FOR, LOOK_UP, THIS_ONE, NO_SCHOOL_FOUND = (
    message("Search the register"), message("Number, or words of name, street and locality"), message("Look it up"),
    message("It is this one"), message("The register has nothing like it."),
)  # fmt: skip
SENDER = "sender"
CALLED_ALIKE = message("Many are called alike, and all of them stand here: {n}.")
REMEMBER_TELLS = message("Remember these schools for the next lists")
FIRST_ROWS, LEFT_ASIDE, READ_SO, TITLES_REMEMBERED = (
    message("The first rows as they stand there, and what each column is"), message("left out"), message("Read it so"),
    message("Remember these columns for the next lists of this sender"),
)  # fmt: skip
REFUSED, REFUSED_TELLS = (
    message("Refused rows"),
    message("They are not written. Mend a cell here, or in the file, and have it read again."),
)
READ_AGAIN, MENDED = message("Read these rows again"), message("Written anew here.")
HEADINGS = (message("Row"), message("Column"), message("What is written there"), message("Why it is refused"))
CHANGES = message("What would change")
NO_CHANGE = message("No published figure would change.")
CONFIRM, NOT_YET = message("Confirm"), message("It can be written once each question has an answer.")
NOT_AT_ALL = message("It cannot be written:")
NOTHING_NEW = message("All of it is in the tables already: there is nothing to write.")
NOTHING_TO_TAKE = message("No row of it is to be taken: there is nothing to write.")
WRITTEN = message("Written as change {number}. To have it in the figures, publish.")
UNDONE = message("Undone, as change {number}. To have it in the figures, publish.")
NOW_PUBLISHED = message("Published: the pages follow in a moment.")
NEXT, TAKE_BACK, FIGURES, LINES, FILES = (
    message("What comes next"), message("Take it back"), message("Figures"), message("Lines of the tables"),
    message("Files"),
)  # fmt: skip
STEP_BUTTONS = {
    "publish": message("Publish"), "republish": message("Put the figures of before in force again"),
    "kit": message("Make the press kit again"), "unkit": message("Put the kit of before back"),
    "notice": message("Draft the notice of what changed"),
}  # fmt: skip
"""The steps that need no file, as their buttons say."""
_PUBLISHING = (PUBLISH, REPUBLISH)
"""Those that the journal keeps, by name."""
STEP_WORDS = {
    "plan": message("The file is being read."), "write": message("It is being written."),
    "change": message("What undoing it would do is being looked up."), "undo": message("It is being undone."),
    "publish": message("The figures are being published."), "republish": message("The figures are being published."),
    "kit": message("The press kit is being made."), "unkit": message("The press kit is being put back."),
    "notice": message("The notice is being drafted."), "register": message("The registers are being compared."),
    "weigh": message("What it would change is being looked up."), "decide": message("It is being written."),
}  # fmt: skip
DECIDE = message("Decide")
MORE = {
    "correct": message("Correct a number"), "decide": message("Lists that are missing, and differences to explain"),
    "register": message("School sites closed, moved, merged, renumbered"),
}  # fmt: skip
"""The other pages of data, by the end of their address."""
SO_FAR, STOP = message("Seconds so far: {n}."), message("Stop")
OTHER = message("{name} has a file open for the same table: {file}, last touched {moment}.")
SOMEBODY = message("Somebody else")
USER_HEADER, SECRET_HEADER = "Ennum-User", "Ennum-Secret"
"""What the administration's proxy says of who asks, and by what it is known."""
SAID_HEADING = message("What is said of the file")
NAME_MISSING = message("Say your name: the history keeps who changed what.")
STALE = message("This form is too old: the page was opened anew since. Nothing was done; do it again here.")
CHANGED_SINCE = message(
    "Nothing is written yet: you changed an answer. See below what it would change now, then write."
)
ANSWERS = "answers"
"""The form of all that is asked of a file."""
_OF_SITE, _OF_CELL = re.compile(rf"{SITE_OF}\d{{1,7}}"), re.compile(rf"{CELL_OF}\d{{1,7}}:[a-z_]{{1,40}}")
_LONGEST_CELL = 1000
_ROWS_ONE_BY_ONE = 60
_MOST_FIELDS, _LONGEST_NAME = 400, 80


# --- what is asked ------------------------------------------------------------------------------------


@data.get(f"/<language>/{DATA}")
def front(language: str) -> Response:
    """Show what is underway, where a file is dropped, and what was changed."""
    done = {name: Message(text.text, {"number": request.args.get("number", "")}) for name, text in {
        "written": WRITTEN, "undone": UNDONE}.items()}  # fmt: skip
    notice = done.get(request.args.get("done", ""))
    return shown(reading_of(language), lambda reading: _front(reading, notice))


@data.post(f"/<language>/{DATA}")
def dropped(language: str) -> AnyResponse:
    """Keep a file that is dropped, and lead to what was understood of it; or begin a step that needs no file."""
    reading = reading_of(language)
    stream, form, files = parse_form_data(
        request.environ, lambda *_, **__: SpooledTemporaryFile(1024**2),  # noqa: SIM115 - kept by the parser
        max_form_memory_size=64 * 1024,
        max_content_length=MOST_BYTES, max_form_parts=_MOST_FIELDS,
    )  # fmt: skip
    sent, given = form.to_dict(), files.get("file")
    with ExitStack() as opened:
        opened.callback(stream.close)
        for _name, file in files.items(multi=True):  # noqa: PERF102 - `values` gives the first of each name
            opened.callback(file.close)
        return _received(reading, sent, given)


def _received(reading: Reading, sent: Mapping[str, str], given: FileStorage | None) -> AnyResponse:
    language = reading.language
    require_own(reading, sent)
    try:
        if (step := sent.get("step", "")) in STEP_BUTTONS:
            of = (sent["of"],) if sent.get("of") else ()
            by = person(sent, is_required=step in _PUBLISHING)
            return followed(reading, begun(drafts_here().project, language, step, *of, by=by.author))
        particulars = _particulars_in(sent)
        kind = sent.get("kind", "")
        if given is None or kind not in KINDS:
            raise DraftRefused(message("Say what the file holds."))
        by = person(sent)
        draft = drafts_here().add(
            given.filename or "", given.stream, kind, particulars, owner=by.owner, who=by.name
        )
    except EnnumError as error:
        words, typed = error, sent
        return shown(reading, lambda reading: _front(reading, words, typed), 422)
    return led(language, f"/{draft.number}")


@data.get(f"/<language>/{DATA}/form/<name>.xlsx")
def form_file(language: str, name: str) -> Response:
    """Give a form with the lists of the tables as they are."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from ennum_stats.imports.template import template

    if name not in FORMS:
        abort(404)
    with TemporaryDirectory() as folder:
        content = template(name, drafts_here().project, Path(folder) / f"{name}.xlsx", language).read_bytes()
    return _sent(content, f"{name}.xlsx")


def _sent(content: bytes, name: str) -> Response:
    answer = Response(content, content_type=guess_type(name)[0] or "application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@data.get(f"/<language>/{DATA}/<number>")
def draft_page(language: str, number: str) -> Response:
    """Show what was understood of a file, what is asked, and what it would change."""
    return _shown_draft(reading_of(language, number), number)


def _shown_draft(reading: Reading, number: str, refused: EnnumError | None = None) -> Response:
    try:
        draft = drafts_here().named(number)
        step = _planned(draft, reading.language)
    except DraftRefused as gone:
        words = gone
        return shown(
            reading, lambda reading: [back(reading), *notices(reading, words)], 422 if refused else 200
        )
    if step.answer is None:
        return awaited(reading, step, f"/{number}")
    return shown(reading, lambda reading: _draft(reading, draft, step, refused), 422 if refused else 200)


def _planned(draft: Draft, language: str) -> Step:
    drafts = drafts_here()
    return begun(drafts.project, language, "plan", draft.number, folder=drafts.plan_folder(draft, language))


@data.post(f"/<language>/{DATA}/<number>")
def draft_changed(language: str, number: str) -> AnyResponse:
    """Take answers and cells, write, stop reading, or give a file up."""
    reading, drafts, sent = reading_of(language, number), drafts_here(), request.form.to_dict()
    require_own(reading, sent)
    try:
        draft = drafts.named(number)
        if "stop" in sent or "give_up" in sent:
            stop(drafts.plan_folder(draft, language))
            if "stop" in sent:
                return led(language, f"/{number}")
            drafts.remove(number)
            return led(language)
        plan = _planned(draft, language).answer or {}
        answers = {**draft.answers, **_answers_in(sent)}
        answers |= {**_cells_in(sent, draft, plan), **_columns_in(sent, draft, plan)}
        for name in (REMEMBER, REMEMBER_TITLES):
            if f"of-{name}" in sent and sent.get(f"{ANSWER}{name}", "") != answers.get(name, ""):
                answers[name] = sent.get(f"{ANSWER}{name}", "")
        particulars = _particulars_in({**draft.particulars, **sent})
        is_as_shown = (answers, particulars) == (draft.answers, draft.particulars)
        if "write" in sent and is_as_shown:
            by = person(sent, is_required=True)
            return followed(reading, begun(drafts.project, language, "write", number, by=by.author))
        stop(drafts.plan_folder(draft, language))
        who = person(sent).name or draft.who
        drafts.keep(replace(draft, answers=answers, particulars=particulars, who=who))
        if "write" in sent:
            raise DraftRefused(CHANGED_SINCE)
        if row := sent.get("search", ""):  # what was answered so far is kept before a row is looked into
            values = {str(refusal["row"]): refusal["value"] for refusal in plan.get("refused", ())}
            return led(language, f"/{number}/site/{int(row)}?{urlencode({'q': values.get(row, '')})}")
        return led(language, f"/{number}")
    except EnnumError as error:
        return _shown_draft(reading, number, error)


@data.get(f"/<language>/{DATA}/<number>/site/<int:row>")
def site_search(language: str, number: str, row: int) -> Response:
    """Look a school up in the register, for a row that may mean none of those offered."""
    reading = reading_of(language, f"{number}/site/{row}")
    words = request.args.get("q", "")[:_LONGEST_CELL]
    try:
        draft = drafts_here().named(number)
        blocks = [*_site_search(reading, draft, row, words)]
    except EnnumError as error:
        blocks = [back(reading), *notices(reading, error)]
    return shown(reading, lambda _: blocks)


def _site_search(reading: Reading, draft: Draft, row: int, words: str) -> Content:
    yield back(reading, f"/{draft.number}", draft.file)
    fields = [text_field("q", reading.t(LOOK_FOR), words), button(reading.t(LOOK_UP))]
    looked_for = form(reading, f"/{draft.number}/site/{row}", fields, is_search=True)
    hits = _register_of(draft).search(words) if words.strip() else ()
    offered = [(hit.implantation, candidate_words(asdict(hit))) for hit in hits]
    legend = fieldset(reading.t(ROW, row=str(row)), "", choices(f"{ANSWER}{SITE_OF}{row}", offered, None))
    chosen = form(reading, f"/{draft.number}", [legend, button(reading.t(THIS_ONE))])
    nothing = Paragraph((reading.t(NO_SCHOOL_FOUND),))
    yield part(
        reading, SEARCH_REGISTER, looked_for, *([chosen if hits else nothing] if words.strip() else [])
    )


def _register_of(draft: Draft) -> CandidateIndex:
    project = drafts_here().project
    options = draft.options(FORMS_LANGUAGE)
    of = (options.call, options.programme, options.as_of, options.replaces)
    return _read_register(project, raw_fingerprint(project, Audience.INTERNAL), draft.kind, of)


@lru_cache(maxsize=2)
def _read_register(
    project: Project, _tables: str, kind: str, of: tuple[str, str, str | None, str]
) -> CandidateIndex:
    """Read the register that counts for a list once, as long as the tables stay as they are."""
    call, programme, as_of, replaces = of
    options = ImportOptions(call=call, programme=programme, as_of=as_of, replaces=replaces)
    destination = Destination(project)
    _, day = SchoolListImport(LIST_FORMS[kind]).list_of(destination, options)
    return destination.matcher(day, "").candidates


@data.get(f"/<language>/{DATA}/change/<number>")
def change_page(language: str, number: str) -> Response:
    """Show a change of the history, and what undoing it would do."""
    return _shown_change(reading_of(language, f"change/{number}"), number)


def _shown_change(reading: Reading, number: str, refused: EnnumError | None = None) -> Response:
    step = looked_up(drafts_here().project, reading.language, "change", number)
    if step.answer is None:
        return awaited(reading, step, f"/step/{step.folder.name}")
    return shown(reading, lambda reading: _change(reading, number, step, refused), 422 if refused else 200)


@data.post(f"/<language>/{DATA}/change/<number>")
def change_undone(language: str, number: str) -> AnyResponse:
    """Undo a change of the history."""
    reading, sent = reading_of(language, f"change/{number}"), request.form.to_dict()
    require_own(reading, sent)
    try:
        by = person(sent, is_required=True)
        return followed(reading, begun(drafts_here().project, language, "undo", number, by=by.author))
    except EnnumError as error:
        return _shown_change(reading, number, error)


@data.get(f"/<language>/{DATA}/step/<name>")
def step_page(language: str, name: str) -> AnyResponse:
    """Show how far a step is, or what came of it."""
    reading = reading_of(language, f"step/{name}")
    try:
        step = standing(step_folder(drafts_here().project, name), language)
        if step.answer is None:
            return awaited(reading, step, f"/step/{name}")
        if (kind := name.partition("-")[0]) not in OUTCOMES:
            return followed(reading, step)
        if step.answer.get("language", language) != language:  # words of it are those of another reader
            of, rows = step.answer["name"], json.dumps(step.answer["rows"])
            return followed(reading, begun(drafts_here().project, language, kind, of, rows))
        return shown(reading, lambda reading: [back(reading), *OUTCOMES[kind](reading, step)])
    except DraftRefused as error:
        below = [back(reading), *notices(reading, error)]
        if name.startswith("kit"):  # mostly for a difference that nobody explains
            below.append(
                section("", links=[Link((reading.t(MORE["decide"]),), f"/{language}/{DATA}/decide")])
            )
        return shown(reading, lambda _: below, 422)


@data.post(f"/<language>/{DATA}/step/<name>")
def step_stopped(language: str, name: str) -> AnyResponse:
    """Stop a step that is under way."""
    reading, sent = reading_of(language, f"step/{name}"), request.form.to_dict()
    require_own(reading, sent)
    try:
        stop(step_folder(drafts_here().project, name))
    except DraftRefused:
        abort(404)
    return led(language, f"/step/{name}")


@data.get(f"/<language>/{DATA}/step/<name>/<path:file>")
def step_file(language: str, name: str, file: str) -> Response:
    """Give a file of the kit or the notice that a step made."""
    try:
        project = drafts_here().project
        result = standing(step_folder(project, name), language).result
    except DraftRefused:
        abort(404)
    if file not in result.get("files", {}):
        abort(404)
    path = project.reports / result["folder"] / file
    if not path.is_file():  # put back, or moved since
        abort(404)
    return _sent(path.read_bytes(), path.name)


def _answers_in(sent: Mapping[str, str]) -> dict[str, str]:
    """Give the answers of a form: of a question, of a row of it (`name:row`), of the site of a row (`site:row`)."""
    answers = {name.removeprefix(ANSWER): text for name, text in sent.items() if name.startswith(ANSWER)}
    return {name: text for name, text in answers.items()
            if text in ("take", "leave") or (_OF_SITE.fullmatch(name) and text.isdecimal())}  # fmt: skip


def _cells_in(sent: Mapping[str, str], draft: Draft, plan: Mapping[str, Any]) -> dict[str, str]:
    """Give the cells that a person wrote anew (`cell:row:field`), without those that still say what the file says:
    what is shown of them may be masked."""
    cells = {name.removeprefix(ANSWER): text.strip()[:_LONGEST_CELL] for name, text in sent.items()}
    cells = {name: text for name, text in cells.items() if _OF_CELL.fullmatch(name)}
    as_read = {_cell_name(refusal): refusal["value"] for refusal in plan.get("refused", ())}
    return {name: text for name, text in cells.items()
            if name in draft.answers or text.split() != as_read.get(name, text).split()}  # fmt: skip


def _columns_in(sent: Mapping[str, str], draft: Draft, plan: Mapping[str, Any]) -> dict[str, str]:
    """Give the fields that a person chose for columns (`column:title`), without those that were understood so."""
    top = plan.get("top") or asdict(TopOfTable())
    as_read = {f"{COLUMN_OF}{title}": key for title, key in zip(top["titles"], top["fields"], strict=True)}
    chosen = {name: sent.get(f"{ANSWER}{name}", key or NO_FIELD) for name, key in as_read.items()}
    known = {NO_FIELD, *_field_names(draft)}
    return {name: key for name, key in chosen.items()
            if key in known and (name in draft.answers or key != (as_read[name] or NO_FIELD))}  # fmt: skip


def _field_names(draft: Draft) -> dict[str, Message]:
    """Give the fields of the form of a list, as it calls them."""
    fields = LIST_FORMS[draft.kind].fields if draft.kind in LIST_FORMS else ()
    return {field.key: field.heading for field in fields if field.key != EXAMPLE_KEY}


def _cell_name(refusal: Mapping[str, Any]) -> str:
    return f"{CELL_OF}{refusal['row']}:{refusal['key']}"


def _particulars_in(sent: Mapping[str, str]) -> dict[str, str]:
    return {name: sent[name].strip() for name in PARTICULARS if sent.get(name, "").strip()}


# --- what is shown ------------------------------------------------------------------------------------


def _front(
    reading: Reading, notice: Message | EnnumError | None = None, typed: Mapping[str, str] | None = None
) -> Content:
    project, language = drafts_here().project, reading.language
    yield from notices(reading, notice)
    is_published = is_up_to_date(project, Audience.INTERNAL if _has_internal() else Audience.PUBLIC)
    yield section("", [reading.t(PUBLISHED if is_published else UNPUBLISHED)])
    yield _follow_up(reading, "kit" if is_published else "publish")
    fields = [*_drop_fields(reading, typed or {}), button(reading.t(READ))]
    yield part(reading, DROP, form(reading, "", fields))
    forms = [Link((reading.t(KINDS[name]),), f"/{language}/{DATA}/form/{name}.xlsx") for name in FORMS]
    yield section(reading.t(TAKE_FORM), links=forms)
    pages = [Link((reading.t(words),), f"/{language}/{DATA}/{path}") for path, words in MORE.items()]
    yield section(reading.t(DECIDE), links=pages)
    drafts = tuple(
        row(Link((draft.file,), f"/{language}/{DATA}/{draft.number}"), reading.t(KINDS[draft.kind]), draft.who,
            moment_words(draft.touched_at, reading.language))
        for draft in drafts_here().all()
    )  # fmt: skip
    columns = tuple(column(reading.t(name)) for name in (FILE, HOLDS, message("Who"), message("Touched on")))
    nothing = Paragraph((reading.t(NOTHING_UNDERWAY),))
    yield part(reading, UNDERWAY, WrittenTable(columns, drafts) if drafts else nothing)
    all_ = entries(project)
    undone = undone_by(all_)
    changes = tuple(
        row(Link((entry.number,), f"/{language}/{DATA}/change/{entry.number}"),
            *entry_cells(entry, undone, language)[1:])
        for entry in reversed(all_)
    )  # fmt: skip
    columns = tuple(column(translate(Message(name), language)) for name in HISTORY_COLUMNS)
    none = Paragraph((reading.t(NO_HISTORY),))
    yield part(reading, HISTORY, WrittenTable(columns, changes) if changes else none)


def _follow_up(reading: Reading, step: str, *, of: str = "") -> Still:
    """Offer a step that needs no file, for a step before where it undoes one."""
    sent = [hidden("step", step), *([hidden("of", of)] if of else [])]
    who = name_field(reading, place=f"{step}-by") if step in _PUBLISHING else []
    return form(reading, "", [*sent, *who, button(reading.t(STEP_BUTTONS[step]))])


def _published(reading: Reading, step: Step) -> Content:
    before = step.result["before"]
    yield from notices(reading, NOW_PUBLISHED)
    yield part(reading, NEXT, _follow_up(reading, "kit"), _follow_up(reading, "notice"))
    if before:
        yield part(reading, TAKE_BACK, _follow_up(reading, "republish", of=before))


def _kit(reading: Reading, step: Step) -> Content:
    result = step.result
    if not result["files"]:
        yield from notices(reading, message("The kit {name} is as it was before.", name=result["folder"]))
        return
    yield from notices(reading, message("The press kit was made: {name}.", name=result["folder"]))
    yield _files(reading, step)
    yield part(reading, NEXT, _follow_up(reading, "notice"))
    yield part(reading, TAKE_BACK, _follow_up(reading, "unkit", of=step.folder.name))


def _notice(reading: Reading, step: Step) -> Content:
    result = step.result
    counts = message(
        "Since the kit of {day}: numbers to correct {wrong}, to update {newer}. The notice is a draft: read it before "
        "it goes out.", day=date.fromisoformat(result["since"]), wrong=result["wrong"], newer=result["newer"],
    )  # fmt: skip
    yield from notices(reading, counts)
    yield _files(reading, step)


def _files(reading: Reading, step: Step) -> Section:
    """Offer the documents that a step made, each language on its own."""
    kinds = (".docx", ".pdf", ".pptx", ".xlsx", ".html")
    names = [name for name in step.result["files"] if name.endswith(kinds) and "/charts/" not in name]
    links = [Link((name,), f"/{reading.language}/{DATA}/step/{step.folder.name}/{name}") for name in names]
    return section(reading.t(FILES), links=links)


OUTCOMES: dict[str, Callable[[Reading, Step], Content]] = {
    "publish": _published, "republish": _published, "kit": _kit, "unkit": _kit, "notice": _notice,
}  # fmt: skip
"""What is shown of a step that is done, by its name; of any other, the page of all data."""


def _draft(reading: Reading, draft: Draft, step: Step, refused: EnnumError | None = None) -> Content:
    yield back(reading)
    yield from notices(reading, refused)
    # One form for all that is asked: no answer is lost by the button of another part; the key Enter reads again.
    yield form(reading, f"/{draft.number}", ["<button hidden></button>"], place=ANSWERS)
    yield section("", [(Strong((draft.file,)), " – ", reading.t(KINDS[draft.kind]))])
    others = [
        message(OTHER.text, name=each.who or reading.t(SOMEBODY), file=each.file,
                moment=moment_words(each.touched_at, reading.language))
        for each in drafts_here().others(draft)
    ]  # fmt: skip
    if others:
        yield section("", [reading.t(text) for text in others])
    given_up = in_form(ANSWERS, [button(reading.t(GIVE_UP), "give_up")])
    try:
        plan = step.result
    except DraftRefused as error:
        yield from notices(reading, error)
        yield from _columns(reading, draft, step.answer or {}, is_open=True)
        yield _particulars(reading, draft, is_open=True)
        yield given_up
        return
    is_open = any(question["answer"] is None for question in plan["questions"])
    yield _understood(reading, plan)
    yield from _columns(reading, draft, plan)
    yield _questions(reading, plan)
    yield from _schools(reading, draft, plan)
    yield from _refused(reading, draft, plan)
    if not is_open:
        yield _changes(reading, plan)
    yield _confirm(reading, draft, plan, is_open=is_open)
    yield _particulars(reading, draft)
    yield given_up


def _understood(reading: Reading, plan: Mapping[str, Any]) -> Section:
    names = Apart(h if h == to else f"{h} → {to}" for h, to in plan["columns"].items())
    texts = [reading.t(COLUMNS, names=names)] if names else []
    if plan["ignored_columns"]:
        texts.append(reading.t(LEFT_OUT, names=Apart(plan["ignored_columns"])))
    counts = reading.t(
        COUNTS, read=plan["read"], taken=len(plan["taken"]), there=len(plan["already_there"]),
        set_aside=len(plan["set_aside"]), refused=len({refusal["row"] for refusal in plan["refused"]}),
    )  # fmt: skip
    return section(reading.t(UNDERSTOOD), [*texts, *plan["remarks"], counts])


def _columns(
    reading: Reading, draft: Draft, plan: Mapping[str, Any], *, is_open: bool = False
) -> Iterator[Folded]:
    """Show how a list begins, with a choice of the field that each of its columns is."""
    top, names = plan.get("top"), {key: reading.t(heading) for key, heading in _field_names(draft).items()}
    if not top or not names:
        return
    offered = [(NO_FIELD, reading.t(LEFT_ASIDE)), *names.items()]
    heads = [
        select_field(
            f"{ANSWER}{COLUMN_OF}{title}", title, offered,
            draft.answers.get(f"{COLUMN_OF}{title}", key) or NO_FIELD, place=f"column-{n}",
        )
        if title else ""
        for n, (title, key) in enumerate(zip(top["titles"], top["fields"], strict=True))
    ]  # fmt: skip
    lines = ["".join(f"<th>{head}</th>" for head in heads)]
    lines += ["".join(f"<td>{escape(text)}</td>" for text in cells) for cells in top["rows"]]
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    region = f'class="scroll" tabindex="0" role="region" aria-label="{escape(reading.t(FIRST_ROWS))}"'
    fields = [
        f"<div {region}><table>{table}</table></div>",
        text_field(SENDER, reading.t(PARTICULARS[SENDER]), draft.particulars.get(SENDER, ""),
                   f' maxlength="{_LONGEST_NAME}"'),
        remember_field(REMEMBER_TITLES, reading.t(TITLES_REMEMBERED), draft.answers.get(REMEMBER_TITLES, "")),
        button(reading.t(READ_SO)),
    ]  # fmt: skip
    yield Folded((reading.t(FIRST_ROWS),), (in_form(ANSWERS, fields),), is_open)


def _questions(reading: Reading, plan: Mapping[str, Any]) -> Section:
    if not plan["questions"]:
        return part(reading, QUESTIONS, Paragraph((reading.t(NO_QUESTION),)))
    fields = [_question(reading, question) for question in plan["questions"]]
    return part(reading, QUESTIONS, in_form(ANSWERS, [*fields, button(reading.t(ANSWERED))]))


def _question(reading: Reading, question: Mapping[str, Any]) -> str:
    """Write a question with its two answers; where its rows are few, each may have its own."""
    rows, name, of_rows = question["rows"], question["name"], question["answers_of_rows"]
    where = reading.t(ROWS, n=len(rows), rows=row_ranges(rows)) if rows else ""
    offered = [("take", reading.t(TAKE)), ("leave", reading.t(LEAVE))][not question["may_be_taken"] :]
    fields = choices(ANSWER + name, offered, question["answer"])
    if question["may_be_taken"] and 1 < len(rows) <= _ROWS_ONE_BY_ONE:
        each = "".join(
            fieldset(
                reading.t(ROW, row=str(n)), "", choices(f"{ANSWER}{name}:{n}", offered, of_rows.get(str(n)))
            )
            for n in rows
        )
        summary = f"<summary>{escape(reading.t(ROW_BY_ROW))}</summary>"
        fields += f"<details{' open' * bool(of_rows)}>{summary}{each}</details>"
    return fieldset(question["text"], where, fields)


def _schools(reading: Reading, draft: Draft, plan: Mapping[str, Any]) -> Iterator[Section]:
    """Ask which school each row means that may mean several: none is chosen beforehand."""
    doubtful = {refusal["row"]: refusal for refusal in plan["refused"] if refusal["candidates"]}
    if not doubtful:
        return
    fields = []
    for n, refusal in doubtful.items():
        offered = [(c["implantation"], candidate_words(c)) for c in refusal["candidates"]]
        alike = reading.t(CALLED_ALIKE, n=len(offered)) if len(offered) > SHOWN else ""
        legend = f"{reading.t(ROW, row=str(n))} – {refusal['value']}"
        answer = draft.answers.get(f"{SITE_OF}{n}")
        field = choices(f"{ANSWER}{SITE_OF}{n}", offered, answer)
        if refusal["key"]:
            field += _cell_field(reading, _cell_name(refusal), refusal["value"])
        field += button(reading.t(SEARCH_REGISTER), "search", str(n))
        fields.append(fieldset(legend, alike, field))
    fields += [
        remember_field(REMEMBER, reading.t(REMEMBER_TELLS), draft.answers.get(REMEMBER, "")),
        button(reading.t(ANSWERED)),
    ]
    below = in_form(ANSWERS, fields)
    yield part(reading, SCHOOLS, Paragraph((reading.t(SCHOOLS_TELL),)), below)


def candidate_words(candidate: Mapping[str, Any]) -> str:
    """Say a school of the register on a line."""
    place = f"{candidate['postal_code']} {candidate['locality']}".strip()
    parts = (" / ".join(candidate["names"]), candidate["address"], place)
    return f"{candidate['implantation']} – {', '.join(filter(None, parts))}"


def _refused(reading: Reading, draft: Draft, plan: Mapping[str, Any]) -> Iterator[Section]:
    """Show the cells that are not taken, to be written anew beside the reason, and those that were."""
    refused = [refusal for refusal in plan["refused"] if not refusal["candidates"]]
    names = {_cell_name(refusal): refusal for refusal in refused if refusal["key"]}
    fields = [
        _cell(reading, name, refusal["column"], draft.answers.get(name, refusal["value"]), refusal["reason"])
        for name, refusal in islice(names.items(), _ROWS_ONE_BY_ONE)
    ]
    still = {_cell_name(refusal) for refusal in plan["refused"]}
    mended = [name for name in draft.answers if name.startswith(CELL_OF) and name not in still]
    fields += [_cell(reading, name, "", draft.answers[name], reading.t(MENDED)) for name in mended]
    in_fields = {*islice(names, _ROWS_ONE_BY_ONE)}
    others = [refusal for refusal in refused if _cell_name(refusal) not in in_fields]
    if not fields and not others:
        return
    blocks: list[Any] = [Paragraph((reading.t(REFUSED_TELLS),))]
    if fields:
        blocks.append(in_form(ANSWERS, [*fields, button(reading.t(READ_AGAIN))]))
    if others:
        cells = ([str(r["row"]), r["column"], r["value"], r["reason"]] for r in others)
        blocks.append(written_table([reading.t(name) for name in HEADINGS], cells))
    yield part(reading, REFUSED, *blocks)


def _cell(reading: Reading, name: str, heading: str, text: str, reason: str) -> str:
    """Write a cell as a field, below why it is refused."""
    n = name.split(":")[1]
    legend = " – ".join(filter(None, (reading.t(ROW, row=n), heading)))
    return fieldset(legend, reason, _cell_field(reading, name, text))


def _cell_field(reading: Reading, name: str, text: str) -> str:
    return text_field(f"{ANSWER}{name}", reading.t(HEADINGS[2]), text, f' maxlength="{_LONGEST_CELL}"')


def _particulars(reading: Reading, draft: Draft, *, is_open: bool = False) -> Folded:
    fields = particular_fields(reading, drafts_here().project, draft.particulars, without=SENDER)
    return Folded(
        (reading.t(SAID_HEADING),), (in_form(ANSWERS, [*fields, button(reading.t(READ))]),), is_open
    )


def _changes(reading: Reading, plan: Mapping[str, Any]) -> Section:
    changed = {each["commune"]: each["way"] for each in plan["communes"] if each["way"]}
    drawn = change_map(reading.ledger, changed, reading.language)
    pictured = [Paragraph((drawn.title,)), ChartBlock(drawn)] if drawn else []
    return part(reading, CHANGES, *grouped(plan["preview_lines"] or [reading.t(NO_CHANGE)]), *pictured)


def grouped(lines: Iterable[str]) -> Iterator[Any]:
    """Make paragraphs of lines as a terminal shows them, and lists of those that are set in below one."""
    for is_item, group in groupby(lines, key=lambda line: line.startswith(" ")):
        texts = tuple((line.strip(),) for line in group)
        yield from [Bullets(texts)] if is_item else map(Paragraph, texts)


def _confirm(reading: Reading, draft: Draft, plan: Mapping[str, Any], *, is_open: bool) -> Section:
    if is_open:
        return part(reading, CONFIRM, Paragraph((reading.t(NOT_YET),)))
    if plan["findings"]:
        findings = Bullets(tuple((text,) for text in plan["findings"]))
        return part(reading, CONFIRM, Paragraph((reading.t(NOT_AT_ALL),)), findings)
    if not (plan["new_rows"] or plan["completed"] or plan["taken"]):
        there = plan["already_there"] and not plan["refused"]
        return part(reading, CONFIRM, Paragraph((reading.t(NOTHING_NEW if there else NOTHING_TO_TAKE),)))
    fields = [*name_field(reading, draft.who, is_required=False), button(reading.t(WRITE), "write")]
    return part(reading, CONFIRM, in_form(ANSWERS, fields))


def _change(reading: Reading, number: str, step: Step, refused: EnnumError | None = None) -> Content:
    yield back(reading)
    yield from notices(reading, refused)
    try:
        change = step.result
    except DraftRefused as error:
        yield from notices(reading, error)
        return
    yield section("", change["facts"])
    if change["figures"]:
        yield part(reading, FIGURES, Bullets(tuple((line,) for line in change["figures"])))
    yield Folded((reading.t(LINES),), (Bullets(tuple((Verbatim(line),) for line in change["lines"])),))
    if change["stays"]:
        yield part(reading, UNDO, Paragraph((change["stays"],)))
        return
    fields = [*name_field(reading), button(reading.t(UNDO), "undo")]
    yield part(reading, UNDO, *grouped(change["undo"]), form(reading, f"/change/{number}", fields))


def awaited(reading: Reading, step: Step, path: str) -> Response:
    """Show how far a step is; the page asks again by itself, and can stop it."""
    done, total, what = step.progress
    words = reading.t(STEP_WORDS.get(step.folder.name.partition("-")[0], STEP_WORDS["plan"]))
    parts = [words, reading.t(SO_FAR, n=step.seconds)]
    if total:
        parts.append(reading.t(message("{done} of {total}: {what}.", done=done, total=total, what=what)))
    elif what:
        parts.append(what)

    def content(reading: Reading) -> Content:
        yield back(reading)
        yield Still("p", escape(" ".join(parts)), {"role": "status", "className": "notice"})
        yield form(reading, path, [button(reading.t(STOP), "stop")])

    answer = shown(reading, content)
    answer.headers["Refresh"] = "2"
    return answer


def _drop_fields(reading: Reading, typed: Mapping[str, str]) -> list[str]:
    chosen = (
        '<input type="file" id="data-file" name="file" accept=".xlsx,.xls,.ods,.csv,.geojson,.json" required>'
    )
    kinds = [(name, reading.t(words)) for name, words in KINDS.items()]
    return [
        f'<p><label for="data-file">{escape(reading.t(FILE))}</label> {chosen}</p>',
        select_field("kind", reading.t(HOLDS), kinds, typed.get("kind", "")),
        *particular_fields(reading, drafts_here().project, typed),
        *name_field(reading, typed.get("who", ""), is_required=False),
    ]


# --- who may ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """Hold who asks: a name, how it is known, and what tells one from another."""

    name: str
    known_by: str
    owner: str

    @property
    def author(self) -> Author:
        """Who the journal names."""
        return Author(self.name, self.known_by, PAGE)


def person(sent: Mapping[str, str], *, is_required: bool = False) -> Person:
    """Tell who asks: whom the administration's proxy names, else who declares a name. Raises `DraftRefused` where a
    name is required and there is none."""
    if name := _name_by_proxy():
        return Person(name, "proxy", name)
    name = " ".join(sent.get("who", "").split())[:_LONGEST_NAME]
    if is_required and not name:
        raise DraftRefused(NAME_MISSING)
    return Person(name, "declared", sha256(token().encode()).hexdigest()[:16])


def name_field(reading: Reading, name: str = "", *, is_required: bool = True, place: str = "") -> list[str]:
    """Ask for the name, where no proxy tells it."""
    if _name_by_proxy():
        return []
    more = f'{" required" * is_required} autocomplete="name" maxlength="{_LONGEST_NAME}"'
    return [text_field("who", reading.t(BY_WHOM), name, more, place=place)]


def _name_by_proxy() -> str:
    return str(g.get("data_user", ""))


@data.before_request
def know_person() -> None:
    """Take the name that the administration's proxy gives, and refuse who did not come by it, where there is one."""
    secret = current_app.extensions["ennum-proxy-secret"]
    if not secret:
        return
    if not hmac.compare_digest(secret.encode(), request.headers.get(SECRET_HEADER, "").encode()):
        abort(403)
    g.data_user = without_persons(" ".join(request.headers.get(USER_HEADER, "").split())[:_LONGEST_NAME])
    if not g.data_user:
        abort(403)


def require_own(reading: Reading, sent: Mapping[str, str]) -> None:
    """Refuse what no form of this browser's own page sent."""
    kept = request.cookies.get(COOKIE, "")
    if not (kept and hmac.compare_digest(kept.encode(), sent.get(TOKEN, "").encode())):
        abort(shown(reading, lambda reading: _front(reading, DraftRefused(STALE)), 403))


def drafts_here() -> Drafts:
    """Give the drafts of the project that is served."""
    return Drafts(store_of().project)


def _has_internal() -> bool:
    try:
        current_store(store_of().project, Audience.INTERNAL)
    except EnnumError:
        return False
    return True


def reading_of(language: str, path: str = "") -> Reading:
    """Give what is read at an address of this page, in a language."""
    if split_path(f"/{language}/") is None:
        abort(404)
    name = f"{DATA}/{path}" if path else DATA
    return reading_at(language, name, "", (), accepted_languages())


def followed(reading: Reading, step: Step) -> AnyResponse:
    """Lead to what comes of a step, or to how far it is. Raises `DraftRefused` where it was not taken."""
    kind = step.folder.name.partition("-")[0]
    if step.answer is None or (kind in OUTCOMES and step.result):
        return led(reading.language, f"/step/{step.folder.name}")
    done = {"write": "written", "decide": "written", "undo": "undone"}.get(kind)
    return led(reading.language, f"?done={done}&number={step.result['number']}" if done else "")


def led(language: str, path: str = "") -> AnyResponse:
    """Lead on, so that a reload posts nothing twice."""
    answer = redirect(f"/{language}/{DATA}{path}", 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def shown(reading: Reading, content: Any, code: int = 200) -> Response:
    """Write a page of these; nothing of it is kept anywhere, and the browser gets the token of its forms."""
    page = Page(DATA, DATA_PAGE, TELLS, content, order=None)
    answer = Response(still_document(page, reading), code, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    answer.set_cookie(COOKIE, token(), httponly=True, samesite="Strict", path="/",
                      secure=request.is_secure)  # fmt: skip
    return answer
