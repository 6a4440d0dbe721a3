"""The steps that a page takes with the raw tables and what follows of them: read, write, undo, publish, make the kit,
draft a notice. Each is a process of its own with limits of memory and time, which goes on whatever becomes of the
server and can be stopped.

A step is a folder: `lock`, which its process keeps locked while it lives, `progress.json`, and `answer.json` once it is
done. So every worker of a server, and the next one, finds it as it is.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from ennum_stats.errors import EnnumError, Message, Parameter, message
from ennum_stats.files.atomic import write_atomic
from ennum_stats.files.boundary import program_fault, translated_error
from ennum_stats.files.system import lock
from ennum_stats.imports.drafts import DraftRefused, Drafts
from ennum_stats.imports.report import PARTICULARS
from ennum_stats.imports.spreadsheets.header import ColumnsRefused
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.project import Audience, Project
from ennum_stats.raw.history import PAGE, Author, acting_for, entries, undone_by, with_number
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.store.publish import raw_fingerprint

if TYPE_CHECKING:
    from ennum_stats.kit.correction_notice import MadeKit

PATIENCE_S = 2.5
"""How long whoever asks waits for a step before it is told how far it is."""
_SECONDS, _SECONDS_OF_KIT, _MEMORY = 120, 900, 4 * 1024**3
"""What a step may take: seconds of the processor, and addresses (those of the libraries are the most of them)."""
_START_S, _PAUSE_S, _KEPT_S = 15, 0.04, 24 * 3600
_FINDINGS_SHOWN = 50
_MODULE = "ennum_stats.imports.steps"
_ANSWER, _LOCK, _PROGRESS, _STOPPED = "answer.json", "lock", "progress.json", "stopped"
_ENDED, STEPS = "ended", "steps"
NOBODY = Author("")
_OF_LIMITS = {str(-getattr(signal, name, 0)) for name in ("SIGXCPU", "SIGKILL", "SIGALRM")}
"""How a process ends that takes more of the processor, of memory or of time than it may."""
IS_STOPPED = message("It was stopped.")
ENDED = message("This took more time or memory than one file may, and was stopped.")
CUT_SHORT = message("It ended before it was done.")
NOT_STARTED = message(
    "It could not be started. Try again in a moment, or tell those who look after the program."
)
NOTHING_WRITTEN, LOOK_IT_UP, SAVE_AGAIN = (
    message("Nothing was written."), message("Look in the history whether it was written."),
    message("Save the file again with its sheet alone, and drop it anew."),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """Hold a step as it stands: what it answered, nothing while it is under way; since how many seconds it is, and how
    much of it is done: so many of so many parts, and what is being done."""

    folder: Path
    answer: dict[str, Any] | None = None
    seconds: int = 0
    progress: tuple[int, int, str] = (0, 0, "")

    @property
    def result(self) -> dict[str, Any]:
        """What it answered. Raises `DraftRefused` with its words where it was not taken."""
        answer = self.answer or {}
        if "error" in answer:
            raise DraftRefused(message("{words}", words=answer["error"]))
        return answer


def step_folder(project: Project, name: str) -> Path:
    """Give where a step is that belongs to no draft, by its name. Raises `DraftRefused` for what is none."""
    if not all(part.isalnum() for part in name.split("-")):
        raise DraftRefused(message("This step is not known any more."))
    return Drafts(project).folder / STEPS / name


def begun(
    project: Project,
    language: str,
    step: str,
    *arguments: str,
    folder: Path | None = None,
    by: Author = NOBODY,
) -> Step:
    """Begin a step in a process of its own, unless it was begun already in its `folder` (a new one unless given), or is
    the same for whoever asks; give how it stands when it ended, or after `PATIENCE_S`. The journal names `by`."""
    _tidy(project)
    if folder is None and not arguments:  # what needs nothing said is under way once, whoever asks
        others = (Drafts(project).folder / STEPS).glob(f"{step}-*")
        folder = next((place for place in others if _is_alive(place)), None)
    place = (folder or step_folder(project, f"{step}-{secrets.token_hex(16)}")).resolve()
    try:
        place.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        return standing(place, language)
    _launch(place, step, str(project.root.resolve()), language, by.name, by.known_by, *arguments)
    return standing(place, language)


def looked_up(project: Project, language: str, step: str, *arguments: str) -> Step:
    """Give what a step tells of the tables as they are, which it is begun for once; it changes nothing."""
    state = " ".join((*arguments, raw_fingerprint(project, Audience.INTERNAL), language))
    place = step_folder(project, f"{step}-{hashlib.sha256(state.encode()).hexdigest()[:32]}")
    return begun(project, language, step, *arguments, folder=place)


def _launch(place: Path, step: str, *arguments: str) -> None:
    command = [sys.executable, "-m", _MODULE, step, str(place), *arguments]
    nowhere = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
        )
    except OSError:  # no memory, or no process more
        (place / _ENDED).touch()
        return
    Thread(target=_attend, args=(process, place), daemon=True).start()


def _attend(process: subprocess.Popen[bytes], place: Path) -> None:
    """Note that a process ended, which may not have come as far as its lock, and how."""
    code = process.wait()
    with suppress(OSError):
        (place / _ENDED).write_text(str(code), "utf-8")


def standing(folder: Path, language: str) -> Step:
    """Give how a step stands, waiting a little for its end. Raises `DraftRefused` where there is none."""
    until = time.monotonic() + PATIENCE_S
    while True:
        if not folder.is_dir():
            raise DraftRefused(message("This step is not known any more."))
        is_alive = _is_alive(folder)
        with suppress(OSError, ValueError):
            return Step(folder, json.loads((folder / _ANSWER).read_text("utf-8")))
        if not is_alive:
            return Step(folder, {"error": _end_words(folder, language)})
        if time.monotonic() > until:
            progress = (0, 0, "")
            with suppress(OSError, ValueError):
                progress = tuple(json.loads((folder / _PROGRESS).read_text("utf-8")))
            since = folder / _LOCK if (folder / _LOCK).exists() else folder
            return Step(folder, None, int(time.time() - since.stat().st_mtime), progress)
        time.sleep(_PAUSE_S)


def stop(folder: Path) -> None:
    """Stop a step that is under way; of what it writes all is there or nothing."""
    if not _is_alive(folder):
        return
    (folder / _STOPPED).touch()
    with suppress(OSError, ValueError):
        number = int((folder / _LOCK).read_text("utf-8"))
        if sys.platform == "win32":
            os.kill(number, signal.SIGTERM)
        else:  # it began a session of its own, and what it started ends with it
            os.killpg(number, signal.SIGTERM)


def _is_alive(folder: Path) -> bool:
    """Tell whether a step has a process, or is about to."""
    if (folder / _ENDED).exists() or (folder / _ANSWER).exists():
        return False
    with suppress(OSError), (folder / _LOCK).open("rb") as file:
        if not lock(file.fileno()):
            return True
        if file.read():  # of one that has just opened it, and not locked it yet, it is empty
            return False
    with suppress(OSError):
        return time.time() - folder.stat().st_ctime < _START_S
    return False


def _end_words(folder: Path, language: str) -> str:
    """Say why a step ended without an answer, as far as that is known, and what may have been written."""
    step, code, process = folder.name.partition("-")[0], "", ""
    with suppress(OSError):
        code = (folder / _ENDED).read_text("utf-8")
        process = (folder / _LOCK).read_text("utf-8")
    why = CUT_SHORT
    if (folder / _STOPPED).exists():
        why = IS_STOPPED
    elif not process:
        why = NOT_STARTED
    elif code in _OF_LIMITS:
        why = ENDED
    parts = (
        why,
        *((SAVE_AGAIN,) if why is ENDED and step in ("plan", "write") else ()),
        LOOK_IT_UP if process and step in ("write", "undo", "decide") else NOTHING_WRITTEN,
    )
    return " ".join(translate(part, language) for part in parts)


def _tidy(project: Project) -> None:
    """Remove the steps that ended a day ago."""
    for place in (Drafts(project).folder / STEPS).glob("*"):
        with suppress(OSError):
            if time.time() - place.stat().st_mtime > _KEPT_S and not _is_alive(place):
                shutil.rmtree(place, ignore_errors=True)


# --- the steps --------------------------------------------------------------------------------------

Tell = Callable[[int, int, Message], None]


@dataclass(frozen=True)
class Taken:
    """Hold a step that is being taken: its project, the language of its words, its folder, whom to tell how far it
    is, and for whom."""

    project: Project
    language: str
    folder: Path
    tell: Tell
    by: Author


def _plan(taken: Taken, number: str) -> dict[str, Any]:
    from ennum_stats.imports import plan_import
    from ennum_stats.imports.report import plan_record, preview_lines
    from ennum_stats.imports.spreadsheets.bounds import reporting_progress

    drafts = Drafts(taken.project)
    draft = drafts.named(number)
    with reporting_progress(lambda what: taken.tell(0, 0, what)):
        plan = plan_import(draft.kind, drafts.file(draft), taken.project, draft.options(taken.language))
    seen = preview_lines(plan.preview, plan.known_at, taken.language, by_label=True) if plan.preview else ()
    return plan_record(plan, taken.language, on_the_page) | {
        "preview_lines": [*seen], "top": asdict(plan.table.top),
    }  # fmt: skip


def _write(taken: Taken, number: str) -> dict[str, Any]:
    from ennum_stats.imports import apply, plan_import

    drafts = Drafts(taken.project)
    draft = drafts.named(number)
    plan = plan_import(
        draft.kind, drafts.file(draft), taken.project, draft.options(taken.language, taken.by.name)
    )
    written = apply(plan, taken.by)
    drafts.remove(number)
    return {"number": entries(taken.project)[-1].number if written else "", "rows": plan.row_count}


def _change(taken: Taken, number: str) -> dict[str, Any]:
    """Tell a change of the history, and what undoing it would do or why it cannot be undone."""
    from ennum_stats.imports.removal import plan_undo
    from ennum_stats.imports.report import changed_lines, entry_facts, figure_lines, removal_lines

    all_ = entries(taken.project)
    entry = with_number(all_, number)
    shown = {
        "facts": entry_facts(entry, undone_by(all_), taken.language),
        "figures": [*figure_lines(entry, taken.language)],
        "lines": [*changed_lines(entry)],
        "undo": [], "stays": "",
    }  # fmt: skip
    try:
        undone = plan_undo(taken.project, number, taken.language)
    except EnnumError as error:
        return shown | {"stays": words_on_page(error, taken.language)}
    return shown | {"undo": removal_lines(undone, taken.language, by_label=True)}


def _undo(taken: Taken, number: str) -> dict[str, Any]:
    from ennum_stats.imports.removal import plan_undo, remove

    remove(plan_undo(taken.project, number, taken.language), taken.by)
    return {"number": entries(taken.project)[-1].number}


def _publish(taken: Taken) -> dict[str, Any]:
    """Publish the figures of the tables as they are; tell which store was in force before."""
    from ennum_stats.publication import build
    from ennum_stats.store.publish import current_store

    before = ""
    with suppress(EnnumError):
        before = current_store(taken.project).content_hash
    store = build(taken.project).content_hash
    return {"store": store, "before": before if before != store else ""}


def _republish(taken: Taken, content_hash: str) -> dict[str, Any]:
    """Put an earlier store in force again."""
    from ennum_stats.store.publish import rollback

    return {"store": rollback(taken.project, content_hash).content_hash, "before": ""}


def _public_kits(project: Project) -> dict[str, list[MadeKit]]:
    """Give the languages of public kits by the day known at; notices and sheets beside them are none."""
    from ennum_stats.kit.correction_notice import made_kits

    kits: dict[str, list[MadeKit]] = {}
    for kit in made_kits(project.reports):
        if kit.is_for("public") and "figures" in kit.made_of:
            kits.setdefault(str(kit.made_of.get("known_at")), []).append(kit)
    return kits


def _kit(taken: Taken) -> dict[str, Any]:
    """Make the press kit of today again, in the languages of the last one; keep that of before for its undo."""
    from ennum_stats.kit.inputs import default_folder
    from ennum_stats.kit.press import KIT_LANGUAGES, press
    from ennum_stats.kit.publisher import templates_named
    from ennum_stats.office.templates import open_templates
    from ennum_stats.publication import newest_store

    kits = _public_kits(taken.project)
    last = max(kits, default="")
    languages = [kit.language for kit in kits.get(last, ())] or [
        taken.language if taken.language in KIT_LANGUAGES else KIT_LANGUAGES[0]
    ]
    named = templates_named(taken.project)
    look = open_templates((), named) if named else None
    with newest_store(taken.project, Audience.PUBLIC, None) as store:
        ledger = store.opened()
        folder = default_folder(taken.project, ledger).resolve()
        if folder.is_dir():
            shutil.copytree(folder, taken.folder / "before")
        files = press(
            taken.project, ledger, languages, progress=taken.tell, template=look.word if look else None,
            slides=look.slides if look else None, published=store.published,
        )  # fmt: skip
    return _documents(folder, files)


def _unkit(taken: Taken, name: str) -> dict[str, Any]:
    """Put the kit back that was there before a step made it again, or take it away where there was none; a file that
    somebody changed since stays, and with it all."""
    step = step_folder(taken.project, name)
    answer = json.loads((step / _ANSWER).read_text("utf-8"))
    folder = taken.project.reports / answer["folder"]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    if _documents(folder, files)["files"] != answer["files"]:
        raise DraftRefused(
            message("Files of this kit were changed since: it stays."),
            where=folder.name,
            remedy=message("Take what you need out of it first, then make the kit again."),
        )
    shutil.move(folder, step / "made")
    if (step / "before").is_dir():
        shutil.move(step / "before", folder)
    return {"folder": answer["folder"], "files": {}}


def _notice(taken: Taken) -> dict[str, Any]:
    """Draft the notice of what reads otherwise today than in the last kit before, in all languages."""
    from ennum_stats.kit.notice_files import default_notice_folder, write_notice
    from ennum_stats.store.ledger import open_ledger, today

    earlier = max((day for day in _public_kits(taken.project) if day < today().isoformat()), default="")
    if not earlier:
        raise DraftRefused(message("No press kit of an earlier day is there: there is nothing to set right."))
    from datetime import date

    ledger = open_ledger(taken.project, today())
    before = ledger.known_on(date.fromisoformat(earlier))
    changed = write_notice(taken.project, before, ledger, LANGUAGES)
    folder = default_notice_folder(taken.project, before, ledger)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    wrong = sum(number.is_mistake for number in changed)
    return _documents(folder, files) | {"since": earlier, "wrong": wrong, "newer": len(changed) - wrong}


def _weigh(taken: Taken, name: str, rows: str) -> dict[str, Any]:
    """Tell what decisions would change, before they are written; or why they cannot be."""
    from ennum_stats.imports.decided import Decisions, plan_decisions
    from ennum_stats.imports.report import preview_lines

    decided: list[dict[str, str]] = json.loads(rows)
    plan = plan_decisions(taken.project, name, decided, taken.language)
    there = Decisions(taken.project, "corrections")
    for cells in decided if "column" in decided[0] else ():
        cells["old_value"] = there.old_value(cells)
    findings = [
        " ".join(
            translate(on_the_page(part), taken.language) for part in (each.found, each.expected, each.remedy)
        )
        for each in plan.preview.findings
    ]
    seen = () if findings else preview_lines(plan.preview, plan.known_at, taken.language, by_label=True)
    return {"name": name, "rows": decided, "findings": findings, "lines": [*seen], "language": taken.language}


def _decide(taken: Taken, weighed: str) -> dict[str, Any]:
    """Write the decisions that a step weighed."""
    from ennum_stats.imports.decided import plan_decisions
    from ennum_stats.imports.removal import remove

    of = json.loads((step_folder(taken.project, weighed) / _ANSWER).read_text("utf-8"))
    remove(plan_decisions(taken.project, of["name"], of["rows"], taken.language), taken.by)
    return {"number": entries(taken.project)[-1].number}


def _register(taken: Taken) -> dict[str, Any]:
    """Tell the school sites whose numbers went, came or moved between the last two registers of each Community, and
    which numbers may be one site."""
    from ennum_stats.imports.register.changes import latest_changes

    return {
        "registers": [
            {
                "before": changes.before,
                "come": len(changes.come),
                "moved": [[*old.cells, " – ".join(filter(None, new.cells[1:]))] for old, new in changes.moved],
                "gone": {site.implantation: [*site.cells] for site in changes.gone},
                "candidates": [
                    [pair.former.implantation, pair.now.implantation, [*pair.now.cells],
                     translate(pair.reason, taken.language)]
                    for pair in changes.candidates
                ],
            }
            for changes in latest_changes(taken.project)
        ]
    }  # fmt: skip


def _documents(folder: Path, files: list[Path]) -> dict[str, Any]:
    """Name the files of a folder of reports, each with its size and time."""
    return {
        "folder": folder.name,
        "files": {
            path.relative_to(folder).as_posix(): [path.stat().st_size, path.stat().st_mtime_ns]
            for path in files
        },
    }


_STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    "plan": _plan, "write": _write, "change": _change, "undo": _undo, "publish": _publish,
    "republish": _republish, "kit": _kit, "unkit": _unkit, "notice": _notice,
    "weigh": _weigh, "decide": _decide, "register": _register,
}  # fmt: skip


# --- words of the page ------------------------------------------------------------------------------

ON_THE_PAGE = {
    "Undo them first: {command}": message("Undo them first, each on its own page in the history."),
    "To bring it back, undo that one: {command}":
        message("To bring it back, undo that one, on its page in the history."),
    "Leave the option out; ennum remove takes out what was imported by mistake.":
        message("Leave this field empty; what was written by mistake is undone in the history."),
    "Load one first: ennum import register FILE": message("Drop the register of schools first."),
    "Numbers that may be the same site: {n}. If they are, date them in the workbook, then: ennum import links.":
        message("Numbers that may be the same site: {n}. Decide them on the page of the register."),
    "Run: ennum build": message("Publish first."),
    "Run the same command with --debug, and send what it shows to those who look after the program.":
        message("Send this text to those who look after the program."),
    "ennum stores lists them.": message("Choose another."),
    "A list in another form is read with a mapping file ({parameter}).":
        message("Give the columns these titles and drop it again, or send it to those who look after the program."),
    "Correct the list, or explain each difference in data/raw/rows/reconciliations.csv.":
        message("Correct the list, or explain each difference on this page."),
    "A list that is known to be complete is declared so in {file}.":
        message("A list that is known to be complete is declared so on this page."),
}  # fmt: skip
"""What a page says instead of texts that name commands and files."""


def on_the_page(text: Message) -> Message:
    """Word a text for whoever has a page and no terminal: fields instead of options, and no commands."""
    values = {
        name: _field_words(value) if isinstance(value, Parameter) else value
        for name, value in text.values.items()
    }
    return Message(ON_THE_PAGE.get(text.text, text).text if text.text in ON_THE_PAGE else text.text, values)


def _field_words(parameter: Parameter) -> Message:
    label = PARTICULARS.get(parameter.name, message(parameter.name))
    if not parameter.value:
        return message("the field “{field}”", field=label)
    return message("the field “{field}”: {value}", field=label, value=parameter.value)


def words_on_page(error: EnnumError, language: str) -> str:
    """Say an error to whoever has a page and no terminal."""
    parts = (error.found, error.expected, error.remedy)
    words = " ".join(translate(on_the_page(part), language) for part in parts if part)
    where: str | Message = "" if error.where.startswith(("ennum ", "import ")) else Path(error.where).name
    if isinstance(error.where, Parameter):
        where = _field_words(error.where)
    return translate(message("{place}: {text}", place=where, text=words), language) if where else words


# --- the process of a step --------------------------------------------------------------------------


def take(step: str, folder: Path, root: str, language: str, who: str, known_by: str, *arguments: str) -> None:
    """Take a step here and now, and leave in its folder what it answers, or in words why it was not taken."""
    last = 0.0

    def tell(done: int, total: int, what: Message) -> None:
        nonlocal last
        if time.monotonic() - last > 0.3:
            last = time.monotonic()
            write_atomic(folder / _PROGRESS, json.dumps([done, total, translate(what, language)]).encode())

    by = Author(who, known_by, PAGE)
    try:
        with acting_for(by):
            answer = _STEPS[step](Taken(Project(Path(root)), language, folder, tell, by), *arguments)
    except Exception as error:  # noqa: BLE001 - whatever it is, a person reads why
        known = translated_error(error) or program_fault(error)
        findings = known.findings[:_FINDINGS_SHOWN] if isinstance(known, RawTablesRefused) else ()
        answer = {
            "error": "\n".join([words_on_page(known, language), *(f.words(language) for f in findings)])
        }
        if isinstance(error, ColumnsRefused):
            answer["top"] = asdict(error.top)
    write_atomic(folder / _ANSWER, json.dumps(answer, ensure_ascii=False).encode())


def _main(step: str, place: str, *arguments: str) -> None:
    """Take a step within its limits."""
    gc.disable()  # what is read is needed to the end, seconds later
    folder = Path(place)
    if sys.platform != "win32":
        import resource

        seconds = _SECONDS_OF_KIT if step == "kit" else _SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        signal.alarm(5 * seconds)
        if step in ("plan", "write"):
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with (folder / _LOCK).open("w", encoding="utf-8") as file:
        while not lock(file.fileno()):  # whoever looks whether it is alive holds it for a moment
            time.sleep(_PAUSE_S)
        file.write(str(os.getpid()))
        file.flush()
        take(step, folder, *arguments)


if __name__ == "__main__":
    _main(*sys.argv[1:])
