"""Measure the press kit and the everyday commands as a user starts them: a new process each."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from bench.timing import ENNUM, PYTHON, ROOT, Options, command, show, timed
from ennum_stats.kit.press import KIT_LANGUAGES

_CHANGED = ",6910088,"
"""The budget of EN2018 in its table."""


def measures(options: Options) -> None:
    """Take the times that the main job is asked to keep."""
    scratch, runs = options.scratch, options.runs
    started: list[str | Path] = [ENNUM] if options.is_tiny else [PYTHON, ROOT / "run.py"]
    press: list[str | Path] = [*started, "press", "--out"]
    every = [option for language in KIT_LANGUAGES for option in ("--lang", language)]

    def ennum(*arguments: str) -> None:
        command([ENNUM, *arguments])

    lines = []
    if options.is_fresh:
        lines.append(timed("press, machine neuve", 40.0, lambda _: fresh_press(scratch), 1))
    lines.append(
        timed(
            "press en français, tous les formats, tout refait",
            5.0,
            lambda n: command([*press, scratch / f"kit-{n}"]),
            runs,
            first=None if options.is_tiny else lambda: command([*press, scratch / "kit"]),
        )
    )
    if not options.is_tiny:
        name = "press en quatre langues, tous les formats, tout refait"
        lines.append(timed(name, 14.0, lambda n: command([*press, scratch / f"kits-{n}", *every]), runs))
    lines += [
        timed(
            "press en français, un chiffre changé",
            3.0,
            lambda n: changed_press(scratch / "changed", n + 1),
            runs,
            first=None if options.is_tiny else lambda: changed_press(scratch / "changed", 0),
        ),
        timed("press, rien de changé", 0.5, lambda _: command([*press, scratch / "kit-0"]), runs),
        timed(
            "ennum refresh : 40 pages, 200 contrôles",
            2.0,
            lambda n: ennum("refresh", str(scratch / f"dossier-{n}.docx"), "--known-at", "2020-10-31"),
            runs,
            first=lambda: edited_kits(scratch, runs),
        ),
        timed("ennum conflicts", 1.5, lambda _: ennum("conflicts"), runs),
        timed("ennum diff", 1.5, lambda _: ennum("diff", "--from", "2018-06-30", "--to", "2020-01-31"), runs),
        timed("ennum figures", 1.0, lambda _: ennum("figures"), runs),
        timed("ennum --help", 0.3, lambda _: ennum("--help"), runs),
        timed("import ennum_stats", 0.4, lambda _: command([PYTHON, "-c", "import ennum_stats"]), runs),
    ]
    show("Dossier de presse, commandes de tous les jours", lines, ("étendue",))


def changed_press(project: Path, number: int) -> None:
    """Change one number of a copy of the project, and make the kit there again: the store, too, is built."""
    if not project.exists():
        shutil.copytree(ROOT / "data" / "raw", project / "data" / "raw")
    table = project / "data" / "raw" / "observations" / "press_kit_2020.csv"
    text = (ROOT / table.relative_to(project)).read_text("utf-8")
    table.write_text(text.replace(_CHANGED, f",{int(_CHANGED.strip(',')) + number},"), "utf-8")
    command([ENNUM, "press", "--root", project])


def edited_kits(scratch: Path, runs: int) -> None:
    """Make kits of forty pages with more than two hundred controls, to be refreshed: as somebody who wrote
    twelve pages more into the first that was measured leaves them."""
    from docx import Document

    document = Document(str(scratch / "kit-0" / "fr" / "press-kit.docx"))
    for page in range(12):
        document.add_heading(f"Page {page + 1}", 1)  # which begins a page
        for _ in range(12):
            document.add_paragraph("Une phrase écrite par quelqu’un, données fictives. " * 6)
    for number in range(runs + 1):
        document.save(str(scratch / f"dossier-{number}.docx"))


def fresh_press(scratch: Path) -> None:
    """Clone what is committed into an empty folder and make the kit there with empty caches."""
    clone = scratch / "clone"
    command(["git", "clone", "--quiet", ROOT, clone])
    ours = ("ENNUM_ROOT", "VIRTUAL_ENV")
    env = {name: value for name, value in os.environ.items() if name not in ours}
    env |= {"UV_CACHE_DIR": str(scratch / "uv"), "PIP_NO_CACHE_DIR": "1"}
    python = shutil.which("python3") or sys.executable
    command([python, "run.py", "press"], env, clone)
