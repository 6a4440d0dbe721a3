"""Files on their way into the raw tables from a page: what was dropped, what is said of it, and the steps to its end.

A draft is a folder `data/drafts/<number>/`, which git ignores and its owner alone can read: the file under its own
name, and `draft.json`, written anew at each answer, so that a reload, a kill or another machine finds it as it was.
Each step (read, write, undo, publish) is a process of its own with limits of memory and time: what is dropped may be
anything, and the server goes on.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from ennum_stats.errors import EnnumError, message
from ennum_stats.files.atomic import folder_beside, write_atomic
from ennum_stats.files.boundary import program_fault, translated_error
from ennum_stats.imports.history import PAGE, Author, entries, undone_by, with_number
from ennum_stats.imports.kind import ImportOptions
from ennum_stats.project import Audience, Project
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.store.publish import raw_fingerprint

MOST_BYTES = 64 * 1024**2
"""Of a file."""
_MOST_BYTES_IN_ALL = 1024**3
_MOST_DRAFTS = 20
_KEPT = timedelta(days=30)
_SECONDS, _MEMORY = 120, 4 * 1024**3
"""What a step may take: seconds of the processor, and addresses (those of the libraries are the most of them)."""
_NUMBER = re.compile(r"[0-9a-f]{32}")
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME = 120
_FINDINGS_SHOWN = 50
SITE_OF = "site:"
"""What stands before the number of a row, where its answer is the site that it means."""
_DRAFT, _FILE = "draft.json", "file"
"""What is said of a file, and the folder of the file itself, whatever its name."""
_MODULE = "ennum_stats.imports.drafts"


class DraftRefused(EnnumError, ValueError):
    """Tell of a file that is not kept, or of a step that could not be taken; in words that are there already where the
    step gave them."""


@dataclass(frozen=True)
class Draft:
    """Hold a file on its way: its number, kind of import and name, what is said beside it (call, programme, day…), the
    answers to questions by name (`name:row` for one row, `site:row` for the site that a row means), and when it was
    touched last (UTC)."""

    number: str
    kind: str
    file: str
    particulars: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    touched_at: str = ""

    @property
    def options(self) -> ImportOptions:
        """What is said, as an import takes it."""
        took, left = (
            frozenset(name for name, answer in self.answers.items() if answer == wanted)
            for wanted in ("take", "leave")
        )
        call, programme, sheet, replaces, as_of = (
            self.particulars.get(name, "") for name in ("call", "programme", "sheet", "replaces", "as_of")
        )
        sites = {
            int(name.removeprefix(SITE_OF)): number
            for name, number in self.answers.items()
            if name.startswith(SITE_OF)
        }
        return ImportOptions(call, programme, as_of or None, None, sheet, replaces, took, left, sites)


@dataclass(frozen=True)
class Drafts:
    """Hold the drafts of a project."""

    project: Project

    @property
    def folder(self) -> Path:
        """Give where they are."""
        return self.project.root / "data" / "drafts"

    def all(self) -> list[Draft]:
        """List the drafts, touched last first; those that nobody touched for 30 days go."""
        drafts = []
        for path in self.folder.glob(f"*/{_DRAFT}"):
            draft = self._read(path)
            if draft is None or datetime.now(UTC) - datetime.fromisoformat(draft.touched_at) > _KEPT:
                shutil.rmtree(path.parent, ignore_errors=True)
            else:
                drafts.append(draft)
        return sorted(drafts, key=lambda draft: draft.touched_at, reverse=True)

    def named(self, number: str) -> Draft:
        """Find a draft. Raises `DraftRefused` where it is gone."""
        draft = self._read(self.folder / number / _DRAFT) if _NUMBER.fullmatch(number) else None
        if draft is None:
            raise DraftRefused(
                message("This file is not there any more: it was written, given up, or left for 30 days."),
                remedy=message("Drop it again."),
            )
        return draft

    def add(self, name: str, content: IO[bytes], kind: str, particulars: Mapping[str, str]) -> Draft:
        """Keep a file that is dropped. Raises `DraftRefused` where there is no room for it, or it is empty."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = [path for path in self.folder.rglob("*") if path.is_file()]
        if len(self.all()) >= _MOST_DRAFTS or sum(p.stat().st_size for p in kept) > _MOST_BYTES_IN_ALL:
            raise DraftRefused(
                message("There is no room for another file."),
                remedy=message("Finish or give up one of those below."),
            )
        shown = _NOT_IN_NAMES.sub(" ", Path(name.replace("\\", "/")).name).strip(" .")
        shown = shown if len(shown) <= _LONGEST_NAME else Path(shown).stem[:100] + Path(shown).suffix[:10]
        draft = Draft(secrets.token_hex(16), kind, shown, particulars)
        with folder_beside(self.folder / draft.number) as place:
            place.chmod(0o700)
            dropped = place / _FILE / (shown or "file")
            dropped.parent.mkdir()
            with dropped.open("wb") as file:
                shutil.copyfileobj(content, file)
            if not shown or not dropped.stat().st_size:
                raise DraftRefused(message("No file was chosen, or it is empty."))
            (place / _DRAFT).write_bytes(_written(draft))
            place.rename(self.folder / draft.number)
        return draft

    def keep(self, draft: Draft) -> None:
        """Keep what is said of a draft."""
        self.named(draft.number)
        write_atomic(self.folder / draft.number / _DRAFT, _written(draft))

    def remove(self, number: str) -> None:
        """Give a draft up, its file with it."""
        shutil.rmtree(self.folder / self.named(number).number)

    def file(self, draft: Draft) -> Path:
        """Give where the file of a draft is."""
        return self.folder / draft.number / _FILE / draft.file

    def planned(self, draft: Draft, language: str) -> dict[str, Any]:
        """Give what importing a draft would do, as `report.plan_record` tells it: as read before where neither the
        answers nor the raw tables changed since. Raises `DraftRefused`."""
        question = json.dumps([draft.kind, {**draft.particulars}, {**draft.answers}], sort_keys=True)
        state = f"{question} {raw_fingerprint(self.project, Audience.INTERNAL)} {language}"
        kept = self.folder / draft.number / f"plan-{hashlib.sha256(state.encode()).hexdigest()[:20]}.json"
        with suppress(OSError, ValueError):
            plan: dict[str, Any] = json.loads(kept.read_text("utf-8"))
            return plan
        plan = carried_out(self.project, language, "plan", draft.number)
        with suppress(OSError):
            write_atomic(kept, json.dumps(plan, ensure_ascii=False).encode())
        return plan

    def _read(self, path: Path) -> Draft | None:
        try:
            return Draft(**json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None


def _written(draft: Draft) -> bytes:
    touched = replace(draft, touched_at=datetime.now(UTC).isoformat(timespec="seconds"))
    return json.dumps(asdict(touched), ensure_ascii=False, indent=1).encode()


# --- steps, each a process of its own ----------------------------------------------------------------


def carried_out(project: Project, language: str, step: str, *arguments: str) -> dict[str, Any]:
    """Take a step in a process of its own, and give what it says. Raises `DraftRefused` with its words."""
    command = [sys.executable, "-m", _MODULE, step, str(project.root), language, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=5 * _SECONDS, check=False)
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise DraftRefused(
            message("This took more time or memory than one file may, and was stopped. Nothing was written."),
            remedy=message("Save the file again with its sheet alone, and drop it anew."),
        ) from error
    if "error" in answer:
        raise DraftRefused(message("{words}", words=answer["error"]))
    return answer


def _plan(project: Project, language: str, number: str) -> dict[str, Any]:
    from ennum_stats.imports import plan_import
    from ennum_stats.imports.report import plan_record, preview_lines

    draft = Drafts(project).named(number)
    plan = plan_import(draft.kind, Drafts(project).file(draft), project, draft.options)
    seen = [*preview_lines(plan.preview, plan.known_at, language)] if plan.preview else []
    return plan_record(plan, language) | {"preview_lines": seen}


def _write(project: Project, _language: str, number: str, who: str) -> dict[str, Any]:
    from ennum_stats.imports import apply, plan_import

    draft = Drafts(project).named(number)
    plan = plan_import(draft.kind, Drafts(project).file(draft), project, draft.options)
    written = apply(plan, Author.here(who, PAGE))
    Drafts(project).remove(number)
    return {"number": entries(project)[-1].number if written else "", "rows": plan.row_count}


def _change(project: Project, language: str, number: str) -> dict[str, Any]:
    """Tell a change of the history, and what undoing it would do or why it cannot be undone."""
    from ennum_stats.imports.removal import plan_undo
    from ennum_stats.imports.report import entry_lines, removal_lines

    all_ = entries(project)
    lines = entry_lines(with_number(all_, number), undone_by(all_), language)
    try:
        undone = plan_undo(project, number)
    except EnnumError as error:
        return {"lines": lines, "undo": [], "stays": _words(error, language)}
    return {"lines": lines, "undo": removal_lines(undone, language), "stays": ""}


def _undo(project: Project, _language: str, number: str, who: str) -> dict[str, Any]:
    from ennum_stats.imports.removal import plan_undo, remove

    remove(plan_undo(project, number), Author.here(who, PAGE))
    return {"number": entries(project)[-1].number}


def _publish(project: Project, _language: str) -> dict[str, Any]:
    from ennum_stats.publication import build

    return {"store": build(project).content_hash}


_STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    "plan": _plan, "write": _write, "change": _change, "undo": _undo, "publish": _publish,
}  # fmt: skip


def _words(error: EnnumError, language: str) -> str:
    from ennum_stats.languages import translate

    parts = (error.found, error.expected, error.remedy)
    words = " ".join(translate(part, language) for part in parts if part)
    where = Path(error.where).name if error.where else ""
    return translate(message("{place}: {text}", place=where, text=words), language) if where else words


def answered(step: str, root: str, language: str, *arguments: str) -> str:
    """Take a step here and now, and give what it says as JSON, or in words why it was not taken."""
    try:
        answer = _STEPS[step](Project(Path(root)), language, *arguments)
    except Exception as error:  # noqa: BLE001 - whatever it is, a person reads why
        known = translated_error(error) or program_fault(error)
        findings = known.findings[:_FINDINGS_SHOWN] if isinstance(known, RawTablesRefused) else ()
        answer = {"error": "\n".join([_words(known, language), *(f.words(language) for f in findings)])}
    return json.dumps(answer, ensure_ascii=False)


def _main(step: str, *arguments: str) -> None:
    """Take a step within its limits, and print what it says."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 5))
        if step in ("plan", "write"):
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    sys.stdout.write(answered(step, *arguments))


if __name__ == "__main__":
    _main(*sys.argv[1:])
