"""The page « Données » of the internal dashboard: a file dropped, understood, asked about, confirmed, undone.

Every screen is a form of the browser's own, drawn by the server: it works without scripts, by keyboard and with a
screen reader. What is posted changes a draft (`ennum_stats.imports.drafts`), and the answer leads to the page of what
is so now; so a reload posts nothing twice. Reading and writing are processes of their own. The public application
never loads this module.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from html import escape
from itertools import groupby
from tempfile import SpooledTemporaryFile
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, request
from werkzeug.datastructures import FileStorage
from werkzeug.formparser import parse_form_data
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components.browser import Still
from dashboards.components.texts import section
from dashboards.inner import DATA
from dashboards.reading import Reading, accepted_languages, reading_at, split_path, store_of
from dashboards.registry import Content, Page
from dashboards.rendering.document import still_document
from dashboards.rendering.layout import DATA_PAGE
from ennum_stats.document.blocks import (
    Bullets,
    Folded,
    Heading,
    Link,
    Paragraph,
    Section,
    Strong,
    WrittenTable,
    column,
    row,
    written_table,
)
from ennum_stats.errors import EnnumError, Message, message
from ennum_stats.imports.drafts import MOST_BYTES, SITE_OF, Draft, DraftRefused, Drafts, carried_out
from ennum_stats.imports.history import entries, undone_by
from ennum_stats.imports.report import HISTORY_COLUMNS, entry_cells, row_ranges
from ennum_stats.languages import translate
from ennum_stats.project import Audience
from ennum_stats.store.publish import current_store, is_up_to_date

data = Blueprint("data", __name__)
TELLS = message(
    "Drop a list, a form or a register: what it would change is shown before anything is written."
)
KINDS = {
    "winners": message("a list of winners of a call"),
    "call": message("the results of a call (form)"),
    "observations": message("published numbers (form)"),
    "equipped": message("a list of equipped schools"),
    "connections": message("a list of connected schools"),
    "deliveries": message("a list of deliveries"),
    "register": message("the register of schools"),
    "links": message("checked links between school numbers"),
    "borders": message("the borders of communes"),
}
FORMS = ("winners", "call", "observations", "equipped", "connections", "deliveries")
"""What a form can be taken of."""
PARTICULARS = {
    "call": message("Call, for a list of winners (EN2021)"),
    "programme": message("Programme, for another list"),
    "as_of": message("Day of the list or register"),
    "replaces": message("List that this one corrects"),
    "sheet": message("Sheet of the workbook"),
}
DROP, FILE, HOLDS, READ = (
    message("Drop a file"),
    message("File"),
    message("This file holds"),
    message("Read the file"),
)
TAKE_FORM = message("Or take an empty form")
UNDERWAY, GIVE_UP = message("Underway"), message("Give up")
NOTHING_UNDERWAY = message("Nothing is underway.")
PUBLISHED, UNPUBLISHED = (
    message("The figures in force say what the tables say."),
    message("The tables have changed since the figures in force were published."),
)
PUBLISH, HISTORY, NO_HISTORY = message("Publish"), message("History"), message("Nothing was changed yet.")
UNDO = message("Undo this change")
BY_WHOM, WRITE = message("Your name"), message("Write to the tables")
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
REFUSED, REFUSED_TELLS = (
    message("Refused rows"),
    message("They are not written. Mend them in the file, and drop it again."),
)
HEADINGS = (message("Row"), message("Column"), message("What is written there"), message("Why it is refused"))
CHANGES = message("What would change")
NO_CHANGE = message("No published figure would change.")
CONFIRM, NOT_YET = message("Confirm"), message("It can be written once each question has an answer.")
NOT_AT_ALL = message("It cannot be written:")
NOTHING_NEW = message("All of it is in the tables already: there is nothing to write.")
WRITTEN = message("Written as change {number}. To have it in the figures, publish.")
UNDONE = message("Undone, as change {number}. To have it in the figures, publish.")
NOW_PUBLISHED = message("Published: the pages follow in a moment.")
BACK, SAID_HEADING = message("Back to all data"), message("What is said of the file")
NAME_MISSING = message("Say your name: the history keeps who changed what.")
STALE = message("This form is too old: the page was opened anew since. Nothing was done; do it again here.")
_COOKIE, _FIELD, _ANSWER = "ennum-data", "token", "answer-"
_OF_SITE = re.compile(rf"{SITE_OF}\d{{1,7}}")
_ROWS_ONE_BY_ONE = 60
_MOST_FIELDS = 400


# --- what is asked ------------------------------------------------------------------------------------


@data.get(f"/<language>/{DATA}")
def front(language: str) -> Response:
    """Show what is underway, where a file is dropped, and what was changed."""
    done = {name: Message(text.text, {"number": request.args.get("number", "")}) for name, text in {
        "written": WRITTEN, "undone": UNDONE, "published": NOW_PUBLISHED}.items()}  # fmt: skip
    notice = done.get(request.args.get("done", ""))
    return _shown(_reading(language), lambda reading: _front(reading, notice))


@data.post(f"/<language>/{DATA}")
def dropped(language: str) -> AnyResponse:
    """Keep a file that is dropped, and lead to what was understood of it; or publish."""
    reading = _reading(language)
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
    _require_own(reading, sent)
    try:
        if "publish" in sent:
            carried_out(_drafts().project, language, "publish")
            return _led(language, "?done=published")
        particulars = _particulars_in(sent)
        kind = sent.get("kind", "")
        if given is None or kind not in KINDS:
            raise DraftRefused(message("Say what the file holds."))
        draft = _drafts().add(given.filename or "", given.stream, kind, particulars)
    except EnnumError as error:
        words, typed = error, sent
        return _shown(reading, lambda reading: _front(reading, words, typed), 422)
    return _led(language, f"/{draft.number}")


@data.get(f"/<language>/{DATA}/form/<name>.xlsx")
def form_file(language: str, name: str) -> Response:  # noqa: ARG001 - forms are French
    """Give an empty form with the lists of the tables as they are."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from ennum_stats.imports.template import template

    if name not in FORMS:
        abort(404)
    with TemporaryDirectory() as folder:
        content = template(name, _drafts().project, Path(folder) / f"{name}.xlsx").read_bytes()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


@data.get(f"/<language>/{DATA}/<number>")
def draft_page(language: str, number: str) -> Response:
    """Show what was understood of a file, what is asked, and what it would change."""
    return _shown(_reading(language, number), lambda reading: _draft(reading, number))


@data.post(f"/<language>/{DATA}/<number>")
def draft_changed(language: str, number: str) -> AnyResponse:
    """Take answers, write, or give a file up."""
    reading, drafts, sent = _reading(language, number), _drafts(), request.form.to_dict()
    _require_own(reading, sent)
    try:
        draft = drafts.named(number)
        if "give_up" in sent:
            drafts.remove(number)
            return _led(language)
        if "write" not in sent:
            answers = {**draft.answers, **_answers_in(sent)}
            particulars = (
                _particulars_in(sent) if any(name in sent for name in PARTICULARS) else draft.particulars
            )
            drafts.keep(replace(draft, answers=answers, particulars=particulars))
            return _led(language, f"/{number}")
        if not (who := sent.get("who", "").strip()):
            raise DraftRefused(NAME_MISSING)
        written = carried_out(drafts.project, language, "write", number, who)
    except EnnumError as error:
        refused = error
        return _shown(reading, lambda reading: _draft(reading, number, refused), 422)
    return _led(language, f"?done=written&number={written['number']}")


@data.get(f"/<language>/{DATA}/change/<number>")
def change_page(language: str, number: str) -> Response:
    """Show a change of the history, and what undoing it would do."""
    return _shown(_reading(language, f"change/{number}"), lambda reading: _change(reading, number))


@data.post(f"/<language>/{DATA}/change/<number>")
def change_undone(language: str, number: str) -> AnyResponse:
    """Undo a change of the history."""
    reading, sent = _reading(language, f"change/{number}"), request.form.to_dict()
    _require_own(reading, sent)
    try:
        if not (who := sent.get("who", "").strip()):
            raise DraftRefused(NAME_MISSING)
        undone = carried_out(_drafts().project, language, "undo", number, who)
    except EnnumError as error:
        refused = error
        return _shown(reading, lambda reading: _change(reading, number, refused), 422)
    return _led(language, f"?done=undone&number={undone['number']}")


def _answers_in(sent: Mapping[str, str]) -> dict[str, str]:
    """Give the answers of a form: of a question, of a row of it (`name:row`), of the site of a row (`site:row`)."""
    answers = {name.removeprefix(_ANSWER): text for name, text in sent.items() if name.startswith(_ANSWER)}
    return {name: text for name, text in answers.items()
            if text in ("take", "leave") or (_OF_SITE.fullmatch(name) and text.isdecimal())}  # fmt: skip


def _particulars_in(sent: Mapping[str, str]) -> dict[str, str]:
    return {name: sent[name].strip() for name in PARTICULARS if sent.get(name, "").strip()}


# --- what is shown ------------------------------------------------------------------------------------


def _front(
    reading: Reading, notice: Message | EnnumError | None = None, typed: Mapping[str, str] | None = None
) -> Content:
    project, language = _drafts().project, reading.language
    yield from _told(reading, notice)
    is_published = is_up_to_date(project, Audience.INTERNAL if _has_internal() else Audience.PUBLIC)
    yield section("", [reading.t(PUBLISHED if is_published else UNPUBLISHED)])
    if not is_published:
        yield _form(reading, "", [_button(reading.t(PUBLISH), "publish")])
    fields = [*_drop_fields(reading, typed or {}), _button(reading.t(READ))]
    yield _part(reading, DROP, _form(reading, "", fields))
    forms = [Link((reading.t(KINDS[name]),), f"/{language}/{DATA}/form/{name}.xlsx") for name in FORMS]
    yield section(reading.t(TAKE_FORM), links=forms)
    drafts = tuple(
        row(Link((draft.file,), f"/{language}/{DATA}/{draft.number}"), reading.t(KINDS[draft.kind]),
            draft.touched_at.replace("T", " ")[:16] + " UTC")
        for draft in _drafts().all()
    )  # fmt: skip
    columns = tuple(column(reading.t(name)) for name in (FILE, HOLDS, message("Touched on")))
    nothing = Paragraph((reading.t(NOTHING_UNDERWAY),))
    yield _part(reading, UNDERWAY, WrittenTable(columns, drafts) if drafts else nothing)
    all_ = entries(project)
    undone = undone_by(all_)
    changes = tuple(
        row(Link((entry.number,), f"/{language}/{DATA}/change/{entry.number}"),
            *entry_cells(entry, undone, language)[1:])
        for entry in reversed(all_)
    )  # fmt: skip
    columns = tuple(column(translate(Message(name), language)) for name in HISTORY_COLUMNS)
    none = Paragraph((reading.t(NO_HISTORY),))
    yield _part(reading, HISTORY, WrittenTable(columns, changes) if changes else none)


def _draft(reading: Reading, number: str, refused: EnnumError | None = None) -> Content:
    language = reading.language
    yield _back(reading)
    yield from _told(reading, refused)
    try:
        draft = _drafts().named(number)
    except DraftRefused as gone:
        yield from _told(reading, gone)
        return
    yield section("", [(Strong((draft.file,)), " – ", reading.t(KINDS[draft.kind]))])
    try:
        plan = _drafts().planned(draft, language)
    except DraftRefused as error:
        yield from _told(reading, error)
        yield _particulars(reading, draft, is_open=True)
        return
    is_open = any(question["answer"] is None for question in plan["questions"])
    yield _understood(reading, plan)
    yield _questions(reading, draft, plan)
    yield from _schools(reading, draft, plan)
    if plan["refused"]:
        cells = ([str(r["row"]), r["column"], r["value"], r["reason"]] for r in plan["refused"])
        table = written_table([reading.t(name) for name in HEADINGS], cells)
        yield _part(reading, REFUSED, Paragraph((reading.t(REFUSED_TELLS),)), table)
    if not is_open:
        yield _changes(reading, plan)
    yield _confirm(reading, draft, plan, is_open=is_open)
    yield _particulars(reading, draft)


def _understood(reading: Reading, plan: Mapping[str, Any]) -> Section:
    names = " ; ".join(h if h == to else f"{h} → {to}" for h, to in plan["columns"].items())
    texts = [reading.t(COLUMNS, names=names)] if names else []
    if plan["ignored_columns"]:
        texts.append(reading.t(LEFT_OUT, names=" ; ".join(plan["ignored_columns"])))
    counts = reading.t(
        COUNTS, read=plan["read"], taken=len(plan["taken"]), there=len(plan["already_there"]),
        set_aside=len(plan["set_aside"]), refused=len({refusal["row"] for refusal in plan["refused"]}),
    )  # fmt: skip
    return section(reading.t(UNDERSTOOD), [*texts, *plan["remarks"], counts])


def _questions(reading: Reading, draft: Draft, plan: Mapping[str, Any]) -> Section:
    if not plan["questions"]:
        return _part(reading, QUESTIONS, Paragraph((reading.t(NO_QUESTION),)))
    fields = [_question(reading, question) for question in plan["questions"]]
    return _part(
        reading, QUESTIONS, _form(reading, f"/{draft.number}", [*fields, _button(reading.t(ANSWERED))])
    )


def _question(reading: Reading, question: Mapping[str, Any]) -> str:
    """Write a question with its two answers; where its rows are few, each may have its own."""
    rows, name, of_rows = question["rows"], question["name"], question["answers_of_rows"]
    where = reading.t(ROWS, n=len(rows), rows=row_ranges(rows)) if rows else ""
    offered = [("take", reading.t(TAKE)), ("leave", reading.t(LEAVE))][not question["may_be_taken"] :]
    choices = _choices(name, offered, question["answer"])
    if question["may_be_taken"] and 1 < len(rows) <= _ROWS_ONE_BY_ONE:
        each = "".join(
            _fieldset(reading.t(ROW, row=str(n)), "", _choices(f"{name}:{n}", offered, of_rows.get(str(n))))
            for n in rows
        )
        summary = f"<summary>{escape(reading.t(ROW_BY_ROW))}</summary>"
        choices += f"<details{' open' * bool(of_rows)}>{summary}{each}</details>"
    return _fieldset(question["text"], where, choices)


def _schools(reading: Reading, draft: Draft, plan: Mapping[str, Any]) -> Iterator[Section]:
    """Ask which school each row means that may mean several: none is chosen beforehand."""
    doubtful = {refusal["row"]: refusal for refusal in plan["refused"] if refusal["candidates"]}
    if not doubtful:
        return
    fields = []
    for n, refusal in doubtful.items():
        offered = [(c["implantation"], _candidate_words(c)) for c in refusal["candidates"]]
        legend = f"{reading.t(ROW, row=str(n))} – {refusal['value']}"
        answer = draft.answers.get(f"{SITE_OF}{n}")
        fields.append(_fieldset(legend, "", _choices(f"{SITE_OF}{n}", offered, answer)))
    form = _form(reading, f"/{draft.number}", [*fields, _button(reading.t(ANSWERED))])
    yield _part(reading, SCHOOLS, Paragraph((reading.t(SCHOOLS_TELL),)), form)


def _candidate_words(candidate: Mapping[str, Any]) -> str:
    place = f"{candidate['postal_code']} {candidate['locality']}".strip()
    parts = (" / ".join(candidate["names"]), candidate["address"], place)
    return f"{candidate['implantation']} – {', '.join(filter(None, parts))}"


def _particulars(reading: Reading, draft: Draft, *, is_open: bool = False) -> Folded:
    buttons = [_button(reading.t(READ)), _button(reading.t(GIVE_UP), "give_up")]
    form = _form(reading, f"/{draft.number}", [*_particular_fields(reading, draft.particulars), *buttons])
    return Folded((reading.t(SAID_HEADING),), (form,), is_open)


def _changes(reading: Reading, plan: Mapping[str, Any]) -> Section:
    return _part(reading, CHANGES, *_grouped(plan["preview_lines"] or [reading.t(NO_CHANGE)]))


def _grouped(lines: Iterable[str]) -> Iterator[Any]:
    """Make paragraphs of lines as a terminal shows them, and lists of those that are set in below one."""
    for is_item, group in groupby(lines, key=lambda line: line.startswith(" ")):
        texts = tuple((line.strip(),) for line in group)
        yield from [Bullets(texts)] if is_item else map(Paragraph, texts)


def _confirm(reading: Reading, draft: Draft, plan: Mapping[str, Any], *, is_open: bool) -> Section:
    if is_open:
        return _part(reading, CONFIRM, Paragraph((reading.t(NOT_YET),)))
    if plan["findings"]:
        findings = Bullets(tuple((text,) for text in plan["findings"]))
        return _part(reading, CONFIRM, Paragraph((reading.t(NOT_AT_ALL),)), findings)
    if not (plan["new_rows"] or plan["completed"] or plan["taken"]):
        return _part(reading, CONFIRM, Paragraph((reading.t(NOTHING_NEW),)))
    fields = [_name_field(reading), _button(reading.t(WRITE), "write")]
    return _part(reading, CONFIRM, _form(reading, f"/{draft.number}", fields))


def _change(reading: Reading, number: str, refused: EnnumError | None = None) -> Content:
    yield _back(reading)
    yield from _told(reading, refused)
    try:
        change = carried_out(_drafts().project, reading.language, "change", number)
    except DraftRefused as error:
        yield from _told(reading, error)
        return
    yield section("", change["lines"])
    if change["stays"]:
        yield _part(reading, UNDO, Paragraph((change["stays"],)))
        return
    fields = [_name_field(reading), _button(reading.t(UNDO), "undo")]
    yield _part(reading, UNDO, *_grouped(change["undo"]), _form(reading, f"/change/{number}", fields))


def _part(reading: Reading, heading: Message, *blocks: Any) -> Section:
    return Section((Heading(2, (reading.t(heading),)), *blocks), "text")


def _back(reading: Reading) -> Paragraph:
    return Paragraph((Link((reading.t(BACK),), f"/{reading.language}/{DATA}"),))


def _told(reading: Reading, notice: Message | EnnumError | None) -> Iterator[Any]:
    """Say first what was done, or why it was not."""
    if isinstance(notice, EnnumError):
        lines = " ".join(
            reading.t(part) for part in (notice.found, notice.expected, notice.remedy) if part
        ).split("\n")
        shown = "".join(f"<p>{escape(line)}</p>" for line in lines)
        yield Still("div", shown, {"role": "alert", "className": "notice strong"})
    elif notice:
        yield Still("p", escape(reading.t(notice)), {"role": "status", "className": "notice"})


# --- forms of the browser -----------------------------------------------------------------------------


def _form(reading: Reading, path: str, fields: Iterable[str]) -> Still:
    written = "".join([_hidden(_FIELD, _token()), *fields])
    action = f"/{reading.language}/{DATA}{path}"
    given = {"method": "post", "action": action, "encType": "multipart/form-data", "className": "check"}
    return Still("form", written, given)


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def _button(words: str, name: str = "") -> str:
    named = f' name="{name}" value="1"' if name else ""
    return f"<p><button{named}>{escape(words)}</button></p>"


def _name_field(reading: Reading) -> str:
    return _text_field("who", reading.t(BY_WHOM), "", ' required autocomplete="name" maxlength="80"')


def _choices(name: str, offered: Iterable[tuple[str, str]], answer: str | None) -> str:
    return "".join(
        f'<label><input type="radio" name="{_ANSWER}{escape(name)}" value="{escape(value)}"'
        f"{' checked' * (answer == value)}> {escape(words)}</label>"
        for value, words in offered
    )


def _fieldset(legend: str, text: str, choices: str) -> str:
    below = f"<p>{escape(text)}</p>" if text else ""
    return f"<fieldset><legend>{escape(legend)}</legend>{below}{choices}</fieldset>"


def _text_field(name: str, label: str, value: str, more: str = "") -> str:
    kind = "date" if name == "as_of" else "text"
    return (
        f'<p><label for="data-{name}">{escape(label)}</label> '
        f'<input type="{kind}" id="data-{name}" name="{name}" value="{escape(value)}"{more}></p>'
    )


def _particular_fields(reading: Reading, particulars: Mapping[str, str]) -> list[str]:
    return [
        _text_field(name, reading.t(label), particulars.get(name, "")) for name, label in PARTICULARS.items()
    ]


def _drop_fields(reading: Reading, typed: Mapping[str, str]) -> list[str]:
    options = "".join(
        f'<option value="{name}"{" selected" * (name == typed.get("kind"))}>{escape(reading.t(words))}</option>'
        for name, words in KINDS.items()
    )
    file = escape(reading.t(FILE))
    chosen = '<input type="file" id="data-file" name="file" accept=".xlsx,.csv,.geojson,.json" required>'
    holds = f'<label for="data-kind">{escape(reading.t(HOLDS))}</label>'
    return [
        f'<p><label for="data-file">{file}</label> {chosen}</p>',
        f'<p>{holds} <select id="data-kind" name="kind">{options}</select></p>',
        *_particular_fields(reading, typed),
    ]


# --- who may ------------------------------------------------------------------------------------------


def _token() -> str:
    """Give what a form must send back: a page of another site cannot read it."""
    if "data_token" not in g:
        g.data_token = request.cookies.get(_COOKIE) or secrets.token_urlsafe(24)
    token: str = g.data_token
    return token


def _require_own(reading: Reading, sent: Mapping[str, str]) -> None:
    """Refuse what no form of this browser's own page sent."""
    kept = request.cookies.get(_COOKIE, "")
    if not (kept and hmac.compare_digest(kept.encode(), sent.get(_FIELD, "").encode())):
        abort(_shown(reading, lambda reading: _front(reading, DraftRefused(STALE)), 403))


def _drafts() -> Drafts:
    return Drafts(store_of().project)


def _has_internal() -> bool:
    try:
        current_store(store_of().project, Audience.INTERNAL)
    except EnnumError:
        return False
    return True


def _reading(language: str, path: str = "") -> Reading:
    if split_path(f"/{language}/") is None:
        abort(404)
    name = f"{DATA}/{path}" if path else DATA
    return reading_at(language, name, "", (), accepted_languages())


def _led(language: str, path: str = "") -> AnyResponse:
    answer = redirect(f"/{language}/{DATA}{path}", 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _shown(reading: Reading, content: Any, code: int = 200) -> Response:
    """Write a page of these; nothing of it is kept anywhere, and the browser gets the token of its forms."""
    page = Page(DATA, DATA_PAGE, TELLS, content, order=None)
    answer = Response(still_document(page, reading), code, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    answer.set_cookie(_COOKIE, _token(), httponly=True, samesite="Strict", path="/",
                      secure=request.is_secure)  # fmt: skip
    return answer
