"""Collect what one checkout answers, for `tools.compare`: run with that checkout's Python, never imported.

It may use only what every design keeps: commands, public names, the files of a store, and the addresses of
the dashboard. Nothing here knows a module of one design; a question that cannot be asked is answered by its
error, which then differs.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

LANGUAGES = ("fr", "de", "nl", "en")
DAYS = ("2012-12-31", "2018-12-31", "2020-01-31", "2021-06-30", "2025-12-31", "")
"""The days known at; the empty one is today."""
KITS = ("2020-01-31", "")
"""On these days everything is asked in four languages, on the others in French."""
FORMS = (
    "call", "observations", "winners", "equipped", "connections", "deliveries", "corrections", "reconciliations",
    "complete_lists",
)  # fmt: skip
PAGES = (
    "", "budgets", "budgets?by=call", "winners", "winners?by=commune", "coverage", "connectivity", "people",
    "targets", "compare", "documents", "glossary", "method", "calendar", "numbers", "search?q=EN2019", "table",
    "commune/52011", "province/50000", "network/official", "point/winners_per_call",
)  # fmt: skip
"""Pages of the dashboard, beside those of single figures, charts and documents; what is no page says so."""
PAGE_FILES = ("overview", "budgets", "winners", "coverage", "figure/total_investment", "chart/timeline")
SITES_OF_DEMO = "300"
Asked = Iterator[tuple[str, str]]


class Project:
    """Hold a folder with raw tables; ask its commands and addresses in this process."""

    def __init__(self, folder: Path, days: tuple[str, ...]) -> None:
        from typer.testing import CliRunner

        self.folder, self.days = folder, days
        self._runner = CliRunner()
        self._app = importlib.import_module("ennum_stats.cli").app

    def run(self, *arguments: str) -> str:
        """Run a command; return its exit code and output, in which its own folder has the same name in
        every checkout."""
        done = self._runner.invoke(self._app, ["--root", str(self.folder), *arguments])
        failed = done.exception and not isinstance(done.exception, SystemExit)
        told = f"{done.exit_code}\n{done.stdout}\n{done.stderr}" + (f"\n{done.exception!r}" if failed else "")
        return told.replace(str(self.folder), "PROJECT")

    def asked(self, *commands: tuple[str, ...]) -> Asked:
        """Run commands; return the answer of each."""
        for command in commands:
            asked = " ".join(command).replace(str(self.folder), "PROJECT")
            yield f"{self.folder.name}: ennum {asked}", self.run(*command)


def known(day: str) -> tuple[str, ...]:
    """Return the option for a day; none for today."""
    return ("--known-at", day) if day else ()


def names(text: str) -> list[str]:
    """Find the names that a refusal offers."""
    found = re.search(r"(?:Known|Expected one of): ([\w, -]+)\.", text)
    return found[1].split(", ") if found else []


# --- subjects ---------------------------------------------------------------------------------------


def store_tables(project: Project) -> Asked:
    """Read the content hash of the store, and columns, rows and content of each table."""
    import duckdb

    processed = project.folder / "data" / "processed"
    pointer = json.loads((processed / "current.json").read_text("utf-8"))
    yield f"{project.folder.name}: content hash", pointer["content_hash"]
    with duckdb.connect(str(processed / pointer["store"]), read_only=True) as connection:
        for (table,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            answer = connection.execute(f'FROM "{table}" ORDER BY ALL')
            columns = [f"{column[0]} {column[1]}" for column in answer.description or ()]
            rows = [repr(row) for row in answer.fetchall()]
            content = hashlib.sha256("\n".join(rows).encode()).hexdigest()
            told = [*columns, f"{len(rows)} rows", *rows[:2000], content]
            yield f"{project.folder.name}: {table}", "\n".join(told)


def figures(project: Project) -> Asked:
    """Ask every figure with its bounds and words, in four languages on each day, and as the command gives
    it."""
    for day in project.days:
        store = opened(day or None)
        for found in map(store.figure, known_figures(store)):
            for language in LANGUAGES:
                question = f"{project.folder.name}: {found.name} {language} {day or 'today'}"
                record = found.record(language)
                yield question, json.dumps(record, ensure_ascii=False, indent=1, default=str)
    yield from project.asked(*(("figures", "--format", form) for form in ("table", "json", "csv")))


def measures(project: Project) -> Asked:
    """Ask every measure by every dimension: its numbers on each day, and in words, as JSON and CSV today."""
    stores = {day or "today": opened(day or None) for day in project.days}
    for name in names(project.run("measure", "?", "--lang", "en")):
        offered = names(project.run("measure", name, "--by", "?", "--lang", "en"))
        for number, by in enumerate((None, *offered)):
            for day, store in stores.items():
                question = f"{project.folder.name}: {name} by {by} {day}"
                frame = store.measure(name, by).frame()
                yield question, frame.to_csv(index=False) + repr(dict(frame.dtypes))
            asked = ("measure", name, *(("--by", by) if by else ()))
            other = LANGUAGES[number % len(LANGUAGES)]
            yield from project.asked(
                (*asked, "--format", "json"), (*asked, "--format", "csv"), asked, (*asked, "--lang", other)
            )
    yield from project.asked(
        ("measure", "budgets", "--prices", "real:2019", "--format", "json"),
        ("measure", "coverage", "--calls", "EN2017,EN2018", "--format", "json"),
        ("measure", "coverage", "--without", "one_project_a_site", "--format", "json"),
        ("measure", "winners", "--by", "commune", "--levels", "compulsory", "--format", "json"),
        ("measure", "never_awarded", "--calls", "EN2018", "--format", "json"),
        ("measure", "coverage", "--by", "network", "--programme", "all", "--format", "json"),
    )


def reports(project: Project) -> Asked:
    """Ask conflicts, rules, reconciliation, lists and changes, in each format and each language."""
    commands = ("conflicts", "rules", "reconcile", "lists")
    for language in LANGUAGES:
        yield from project.asked(*((name, "--lang", language) for name in commands))
    for form in ("json", "csv"):
        yield from project.asked(*((name, "--format", form) for name in commands))
    for day in project.days:
        yield from project.asked(*((name, "--format", "json", *known(day)) for name in commands[:2]))
    last = date.today().isoformat()  # noqa: DTZ011  the day on which both are asked
    for start, end in zip(project.days, (*project.days[1:-1], last), strict=False):
        yield from project.asked(("diff", "--from", start, "--to", end, "--format", "json"))
    changed = ("diff", "--from", "2018-12-31", "--to", "2020-01-31")
    yield from project.asked(
        (*changed, "--format", "csv"), changed,
        *((*changed, "--format", "markdown", "--lang", language) for language in LANGUAGES),
    )  # fmt: skip


def traces(project: Project) -> Asked:
    """Ask the trace of each figure today: in French, and in one other language in turn."""
    for number, name in enumerate(known_figures(opened())):
        other = LANGUAGES[number % len(LANGUAGES)]
        yield from project.asked(("trace", name), ("trace", name, "--lang", other))
    yield from project.asked(*(("trace", "total_investment", "--format", form) for form in ("json", "csv")))


def known_figures(store: Any) -> list[str]:
    """List the names of all figures of a store: a table of them, or, in older designs, a list."""
    found = store.figures()
    return [*found["name"]] if hasattr(found, "columns") else [one.name for one in found]


def opened(known_at: str | None = None) -> Any:
    """Open the store of the project that is asked, through the public name."""
    return importlib.import_module("ennum_stats").open(CURRENT[-1].folder, known_at=known_at)


def charts(project: Project) -> Asked:
    """Ask everything about a chart that is not its drawing."""
    declared = importlib.import_module("ennum_stats.charts")
    for day in project.days:
        store = opened(day or None)
        for name in declared.CHARTS:
            for language in LANGUAGES if day in KITS else LANGUAGES[:1]:
                made = declared.chart(store, name, language)
                table = made.table
                rows = getattr(table, "rows", table)
                told = (made.title, made.subtitle, made.description, made.note, made.source_line, repr(rows))
                question = f"{project.folder.name}: {name} {language} {day or 'today'}"
                yield question, "\n".join(map(str, told))


def addresses(project: Project) -> Asked:
    """List the addresses that the dashboard knows, and ask those under /api and the CSV files."""
    client, rules = _client(project)
    yield f"{project.folder.name}: rules", "\n".join(sorted(rules))
    paths = ["/api/figures/none", "/api/measures/none", "/api/figures?known_at=x", "/xx/", "/fr/none"]
    for language in LANGUAGES:
        paths += [f"/api/figures?lang={language}&known_at={day}" for day in project.days if day]
        paths += [f"/api/figures/{name}?lang={language}" for name in known_figures(opened())]
        paths += [f"/{language}/chart/{name}.csv" for name in _chart_names()]
    for name in names(project.run("measure", "?", "--lang", "en")):
        offered = names(project.run("measure", name, "--by", "?", "--lang", "en"))
        paths += [f"/api/measures/{name}", *(f"/api/measures/{name}?by={by}" for by in offered)]
        paths += [f"/fr/table/{name}.csv", *(f"/fr/table/{name}.csv?by={by}" for by in offered)]
    for path in paths:
        answer = client.get(path)
        is_page = "html" in answer.content_type
        told = "" if is_page else answer.get_data(as_text=True)
        yield f"{project.folder.name}: GET {path}", f"{answer.status_code}\n{told}"


def pages(project: Project) -> Asked:
    """Ask pages in four languages, and some as files, which are left for `tools.compare` to open."""
    client, _ = _client(project)
    store = opened()
    sources = sorted({one["source_id"] for one in store.observations().to_dict("records")})
    paths = [
        *PAGES, *(f"figure/{name}" for name in known_figures(store)[::8]),
        *(f"chart/{name}" for name in _chart_names()), *(f"document/{one}" for one in sources[::6]),
    ]  # fmt: skip
    for language in LANGUAGES:
        for path in paths:
            answer = client.get(f"/{language}/{path}", follow_redirects=True)
            told = f"{answer.status_code}\n{answer.get_data(as_text=True)}"
            yield f"{project.folder.name}: /{language}/{path}", told
    for path in PAGE_FILES:
        for form in ("pdf", "pptx"):
            target = project.folder / "pages" / f"{path}.{form}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(client.get(f"/fr/{path}.{form}").data)


def _client(project: Project) -> tuple[Any, list[str]]:
    repository = importlib.import_module("ennum_stats.project").Project(project.folder)
    made = importlib.import_module("dashboards.app").create_app(repository)
    app = getattr(made, "server", made)  # Flask's, in a design that returns Dash's
    return app.test_client(), [f"{rule.rule} {sorted(rule.methods)}" for rule in app.url_map.iter_rules()]


def _chart_names() -> list[str]:
    return list(importlib.import_module("ennum_stats.charts").CHARTS)


def public_names(_project: Project) -> Asked:
    """List the public names with their parameters, and those of the methods of public classes."""
    package = importlib.import_module("ennum_stats")
    yield "__all__", "\n".join(package.__all__)
    for name in package.__all__:
        thing = getattr(package, name)
        yield name, _parameters(thing)
        if inspect.isclass(thing):
            for method, _ in inspect.getmembers(thing):
                if not method.startswith("_"):
                    yield f"{name}.{method}", _parameters(getattr(thing, method))


def _parameters(thing: Any) -> str:
    """List names, kinds and defaults of parameters; annotations name modules, which may move."""
    try:
        signature = inspect.signature(thing)
    except (TypeError, ValueError):
        return type(thing).__name__
    return "\n".join(f"{one.kind} {one.name}={one.default!r}" for one in signature.parameters.values())


def files(project: Project) -> Asked:
    """Make kit, release and forms, and leave them in the folder, for `tools.compare` to open."""
    kits = [option for language in LANGUAGES for option in ("--lang", language)]
    if project.folder.name != "published":
        kits = kits[:2]
    yield from project.asked(
        ("press", *kits, "--known-at", "2020-01-31", "--out", str(project.folder / "kit" / "2020")),
        ("release", str(project.folder / "release")),
    )
    if project.folder.name == "published":
        yield from project.asked(("press", "--out", str(project.folder / "kit" / "today")))
        (project.folder / "forms").mkdir(exist_ok=True)
        yield from project.asked(*(
            ("template", form, str(project.folder / "forms" / f"{form}-{language}.xlsx"), "--lang", language)
            for form in FORMS for language in LANGUAGES
        ))  # fmt: skip


# --- asking all of them -----------------------------------------------------------------------------

SUBJECTS: dict[str, Callable[[Project], Asked]] = {
    "store": store_tables,
    "figures": figures,
    "measures": measures,
    "reports": reports,
    "traces": traces,
    "charts": charts,
    "dashboard": addresses,
    "pages": pages,
    "public names": public_names,
}
CURRENT: list[Project] = []


def main(folder: Path, *, quick: bool) -> None:
    """Build both projects in a folder, ask everything of them, and leave the answers there."""
    published = Project(folder / "published", DAYS)
    found: dict[str, dict[str, str]] = {
        "demonstration": dict(published.asked(("demo", str(folder / "invented"), "--schools", SITES_OF_DEMO)))
    }
    found["demonstration"] = {
        question.replace(str(folder), "FOLDER"): text.replace(str(folder), "FOLDER")
        for question, text in found["demonstration"].items()
    }
    for path in sorted((folder / "invented" / "data").rglob("*.csv")):
        found["demonstration"][str(path.relative_to(folder))] = path.read_text("utf-8")
    invented = Project(folder / "invented", DAYS[2::3])
    for project in (published, invented):
        CURRENT.append(project)
        found.setdefault("commands: build", {}).update(project.asked(("check",), ("build",)))
        for subject, ask in (SUBJECTS if quick else {**SUBJECTS, "commands: files": files}).items():
            answered = found.setdefault(subject, {})
            try:
                for question, answer in ask(project):
                    answered[question] = answer
            except Exception as error:  # noqa: BLE001  one subject that fails must not hide the others
                answered[f"{project.folder.name}: asked"] = f"{type(error).__name__}: {error}"
    (folder / "answers.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), quick="--quick" in sys.argv)
