"""Files on their way into the raw tables from a page: what was dropped, and what is said of it.

A draft is a folder `data/drafts/<number>/`, which git ignores and its owner alone can read: the file under its own
name, and `draft.json`, written anew at each answer, so that a reload, a kill or another machine finds it as it was.
What is read of it stands in folders beside (`steps`).
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from ennum_stats.errors import EnnumError, message
from ennum_stats.files.atomic import folder_beside, write_atomic
from ennum_stats.files.leavings import place_beside, remove_leavings
from ennum_stats.files.system import sync_all
from ennum_stats.imports.kind import ImportOptions
from ennum_stats.project import Audience, Project
from ennum_stats.raw.personal_data import without_persons
from ennum_stats.store.publish import raw_fingerprint

MOST_BYTES = 64 * 1024**2
"""Of a file."""
_MOST_OF_ALL, _MOST_OF_ONE = (20, 1024**3), (5, 256 * 1024**2)
"""How many drafts, and bytes of their files, there may be: of all people, and of each."""
_KEPT = timedelta(days=30)
_NUMBER = re.compile(r"[0-9a-f]{32}")
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME = 120
SITE_OF, CELL_OF, COLUMN_OF = "site:", "cell:", "column:"
"""What stands before the number of a row, where its answer is the site that it means; before the row and field of
a cell, where it is what a person wrote into it; and before the title of a column, where it is the field that it is."""
REMEMBER, REMEMBER_TITLES = "remember", "remember-titles"
"""The answers that have the schools chosen for rows remembered for the next lists, and what the titles of columns
mean."""
NO_FIELD = "none"
"""What a column is that is left out."""
_DRAFT, _FILE = "draft.json", "file"
"""What is said of a file, and the folder of the file itself, whatever its name."""


class DraftRefused(EnnumError, ValueError):
    """Tell of a file that is not kept, or of a step that could not be taken; in words that are there already where the
    step gave them."""


@dataclass(frozen=True)
class Draft:
    """Hold a file on its way: its number, kind of import and name, what is said beside it (call, programme, day…), the
    answers to questions by name (`name:row` for one row, `site:row` for the site that a row means, `cell:row:field` for
    what a person wrote into a cell, `column:title` for the field that a column is), and when it was touched last (UTC).
    `owner` tells persons apart, for their quotas; `who` is the name that others see."""

    number: str
    kind: str
    file: str
    particulars: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    touched_at: str = ""
    owner: str = ""
    who: str = ""

    @property
    def about(self) -> tuple[str, str]:
        """The table that it goes to, as people name it: its kind, and the call or programme."""
        return self.kind, self.particulars.get("call") or self.particulars.get("programme", "")

    def options(self, language: str, who: str = "") -> ImportOptions:
        """Give what is said, as an import takes it; sentences of its preview are those of a language. Where schools
        are to be remembered, they are by `who` writes."""
        took, left = (
            frozenset(name for name, answer in self.answers.items() if answer == wanted)
            for wanted in ("take", "leave")
        )
        stated: dict[str, Any] = {name: text for name, text in self.particulars.items() if text}
        cells = {
            (int(row), key): text
            for name, text in self._answers_to(CELL_OF).items()
            for row, _, key in [name.partition(":")]
        }
        by = {
            name: (who or self.who or "?") for name in (REMEMBER, REMEMBER_TITLES) if self.answers.get(name)
        }
        return ImportOptions(
            **stated, take=took, leave=left, cells=cells, language=language,
            sites={int(row): number for row, number in self._answers_to(SITE_OF).items()},
            columns={title: "" if key == NO_FIELD else key for title, key in self._answers_to(COLUMN_OF).items()},
            remembered_by=by.get(REMEMBER, ""), titles_remembered_by=by.get(REMEMBER_TITLES, ""),
        )  # fmt: skip

    def _answers_to(self, start: str) -> dict[str, str]:
        """Give the answers whose names begin so, by the rest of these."""
        return {
            name.removeprefix(start): text for name, text in self.answers.items() if name.startswith(start)
        }


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
        if self.folder.is_dir():
            remove_leavings(
                self.folder
            )  # of files half dropped, or half removed, by a process that was killed
        for path in self.folder.glob(f"*/{_DRAFT}"):
            if not _NUMBER.fullmatch(path.parent.name):
                continue
            draft = self._read(path)
            if draft is None or datetime.now(UTC) - datetime.fromisoformat(draft.touched_at) > _KEPT:
                _remove(path.parent)
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

    def add(
        self,
        name: str,
        content: IO[bytes],
        kind: str,
        particulars: Mapping[str, str],
        *,
        owner: str = "",
        who: str = "",
    ) -> Draft:
        """Keep a file that is dropped. Raises `DraftRefused` where there is no room for it, or it is empty."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        all_ = self.all()
        _require_room(all_, self, _MOST_OF_ALL)
        _require_room([draft for draft in all_ if draft.owner == owner], self, _MOST_OF_ONE)
        shown = _NOT_IN_NAMES.sub(" ", Path(name.replace("\\", "/")).name).strip(" .")
        shown = shown if len(shown) <= _LONGEST_NAME else Path(shown).stem[:100] + Path(shown).suffix[:10]
        draft = Draft(secrets.token_hex(16), kind, shown, particulars, owner=owner, who=without_persons(who))
        with folder_beside(self.folder / draft.number) as place:
            place.chmod(0o700)
            dropped = place / _FILE / (shown or "file")
            dropped.parent.mkdir()
            with dropped.open("wb") as file:
                shutil.copyfileobj(content, file)
            if not shown or not dropped.stat().st_size:
                raise DraftRefused(message("No file was chosen, or it is empty."))
            (place / _DRAFT).write_bytes(_written(draft))
            sync_all(place)
            place.rename(self.folder / draft.number)
        return draft

    def keep(self, draft: Draft) -> None:
        """Keep what is said of a draft; what was read of it before goes."""
        self.named(draft.number)
        for plan in (self.folder / draft.number).glob("plan-*"):
            shutil.rmtree(plan, ignore_errors=True)
        write_atomic(self.folder / draft.number / _DRAFT, _written(draft))

    def remove(self, number: str) -> None:
        """Give a draft up, its file with it."""
        _remove(self.folder / self.named(number).number)

    def file(self, draft: Draft) -> Path:
        """Give where the file of a draft is."""
        return self.folder / draft.number / _FILE / draft.file

    def plan_folder(self, draft: Draft, language: str) -> Path:
        """Give where the plan of a draft is made and kept, for its answers and the raw tables as they are."""
        question = json.dumps([draft.kind, {**draft.particulars}, {**draft.answers}], sort_keys=True)
        state = f"{question} {raw_fingerprint(self.project, Audience.INTERNAL)} {language}"
        return self.folder / draft.number / f"plan-{hashlib.sha256(state.encode()).hexdigest()[:20]}"

    def others(self, draft: Draft) -> list[Draft]:
        """List the drafts of other people for the same table."""
        return [each for each in self.all() if each.about == draft.about and each.owner != draft.owner]

    def _read(self, path: Path) -> Draft | None:
        try:
            return Draft(**json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None


def _remove(place: Path) -> None:
    """Take a draft out of sight in one step, then remove it."""
    gone = place_beside(place)
    place.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _require_room(drafts: Sequence[Draft], of: Drafts, most: tuple[int, int]) -> None:
    files = [of.file(draft) for draft in drafts]
    if len(drafts) >= most[0] or sum(path.stat().st_size for path in files if path.is_file()) > most[1]:
        raise DraftRefused(
            message("There is no room for another file."),
            remedy=message("Finish or give up one of those below."),
        )


def _written(draft: Draft) -> bytes:
    touched = replace(draft, touched_at=datetime.now(UTC).isoformat(timespec="seconds"))
    return json.dumps(asdict(touched), ensure_ascii=False, indent=1).encode()
