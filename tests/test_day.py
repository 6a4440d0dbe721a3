"""On a day on which something became known: a store of only the rows known then answers as the whole
store does when it is asked for that day, byte for byte.

Each day is asked in one language, the next day in the next one: all tables as SQL shows them, figures with
their evidence, measures, conflicts, charts as drawn, and the text of the kit; after a January in which only a
price index became known, tables and amounts. The hash of a store is not among them: it names the rows, and
these differ.

The rows of a past day (`RawTables`) are selected apart from the package, from what the columns mean. A row
with a document is known from the last day of that document's date, the price index of a year from the end of
the January after it. What tables refer to must be there: a programme or call that a known document names has
its row, with invented days where only a later document tells them; and such a document is there as a key,
with nothing that it says.
"""

import csv
import json
import re
from calendar import monthrange
from datetime import date
from itertools import chain
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pytest

from ennum_stats.charts import CHARTS, chart
from ennum_stats.figures import figures
from ennum_stats.figures.contradictions import conflict_record
from ennum_stats.figures.reports import trace_lines
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.text import kit_text
from ennum_stats.languages import LANGUAGES
from ennum_stats.measures.catalogue import TABLES, measure_rows
from ennum_stats.measures.measure_table import records
from ennum_stats.project import Project
from ennum_stats.publication import proof
from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.build import build
from ennum_stats.store.conflicts import conflicts
from ennum_stats.store.ledger import open_ledger
from ennum_stats.store.publish import current_store
from ennum_stats.store.sql import in_memory
from tests.conftest import SEEDS
from tests.drawing.conftest import file_svg
from tests.faults.commands import some_products
from tests.outputs import Outputs
from tools.compare import texts_of

FROM_DOCUMENTS = ("milestones", "events", "actor_roles", "exchange_rates", "rules", "deductions")
BRIEF_DAY = date(2010, 5, 31)
"""A day with little to tell; whatever comes later would change every page."""
UNTOLD = {
    "sources": {"title": "x", "publisher": "x", "url": "", "licence": "", "note": ""},
    "programmes": {"valid_from": "1901", "valid_to": "1902", "adult_education": "no", "note": ""},
    "calls": {
        "valid_from": "1901-09-01", "valid_to": "1902-08-31", "opened_on": "", "closed_on": "", "note": "",
    },
}  # fmt: skip


def last_day(text):
    """The last day of an ISO day, month or year."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


class RawTables:
    """The public raw tables, as dictionaries by file; `days` are those on which anything became known, in
    `run.py test search` all of them, in each run one in the middle of each table."""

    def __init__(self, raw):
        paths = [*raw.glob("*.csv"), *raw.glob("observations/*.csv")]
        self.files = {
            path.relative_to(raw).as_posix(): list(csv.DictReader(path.read_text("utf-8").splitlines()))
            for path in paths
            if not path.name.startswith("contacts")
        }
        self.known_on = {
            row["source_id"]: last_day(row["published_on"] or row["retrieved_on"])
            for row in self.files["sources.csv"]
        }
        of_tables = [
            sorted({self.known_on[row["source_id"]] for row in rows if row["source_id"]})
            for rows in map(self._from_documents, self.files)
        ]
        of_tables.append(sorted({_priced(row) for row in self.files["prices.csv"]}))
        *of_documents, _ = of_tables
        self.of_documents = {*chain.from_iterable(of_documents)}
        covering = {days[place] for days in of_tables if days for place in (len(days) // 2,)}
        self.days = sorted({*chain.from_iterable(of_tables)} if SEEDS else covering)

    def write(self, raw, day):
        """Write to a folder what was known on a day."""
        (raw / "observations").mkdir(parents=True)
        for name, rows in self.known(day).items():
            with (raw / name).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, [*self.files[name][0]], lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)

    def known(self, day):
        """The rows of each file that were known on a day."""

        def is_told(row):
            return not row["source_id"] or self.known_on[row["source_id"]] <= day

        def named_rows(table, names):
            key = table.removesuffix("s")
            return [
                row if is_told(row) else row | UNTOLD[table]
                for row in self.files[f"{table}.csv"]
                if is_told(row) or row[key] in names
            ]

        known = dict(self.files)
        for name in self.files:
            if self._from_documents(name):
                known[name] = [row for row in self.files[name] if is_told(row)]
        known["prices.csv"] = [row for row in self.files["prices.csv"] if _priced(row) <= day]
        rows = [row for name in known if self._from_documents(name) for row in known[name]]
        numbers = {row.get("observation_id") for row in rows}
        known["corrections.csv"] = [
            row for row in self.files["corrections.csv"] if row["observation_id"] in numbers
        ]
        notes = {row.get("note") for row in rows if "observation_id" in row}
        known["remarks.csv"] = [row for row in self.files["remarks.csv"] if row["note"] in notes]
        calls = {row.get("call") for row in rows}
        calls |= {name for row in rows if row["source_id"] for name in row.get("calls", "").split()}
        calls |= {name for row in rows for name in row.get("excluded_calls", "").split()}
        for row in self.files["call_sets.csv"]:
            if row["call_set"] in calls:
                calls |= {*row["calls"].split()}
        known["calls.csv"] = named_rows("calls", calls)
        calls = {row["call"] for row in known["calls.csv"]}
        known["call_sets.csv"] = [
            row for row in self.files["call_sets.csv"] if {*row["calls"].split()} <= calls
        ]
        names = {row.get("programme") for row in (*rows, *known["calls.csv"])}
        known["programmes.csv"] = named_rows("programmes", names)
        used = {row.get("source_id") for name in known if name != "sources.csv" for row in known[name]}
        known["sources.csv"] = [
            row if is_told(row) else row | UNTOLD["sources"]
            for row in self.files["sources.csv"]
            if row["source_id"] in used
        ]
        return known

    def _from_documents(self, name):
        is_told = name.startswith("observations/") or name.removesuffix(".csv") in FROM_DOCUMENTS
        return self.files[name] if is_told else []


def _priced(row):
    """The day on which the index of a year is known."""
    return date(int(row["year"]) + 1, 1, 31)


@pytest.fixture(scope="module")
def raw_tables(project):
    return RawTables(project.raw)


@pytest.mark.search
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_past_day_holds_nothing_that_came_later(raw_tables, ledger_at, tmp_path, language):
    for day in raw_tables.days[LANGUAGES.index(language) :: len(LANGUAGES)]:
        past = Project(tmp_path / day.isoformat())
        raw_tables.write(past.raw, day)
        build(past)
        ledger = open_ledger(past, day)
        asked = (amounts, texts) if day in raw_tables.of_documents else (amounts,)
        told, expected = (
            [found for ask in asked for found in ask(one, language)] for one in (ledger_at(day), ledger)
        )
        ledger.connection.close()
        assert [name for name, _ in told] == [name for name, _ in expected], day
        assert [a[0] for a, b in zip(told, expected, strict=True) if a != b] == [], day


@pytest.mark.search
@pytest.mark.parametrize("language", LANGUAGES if SEEDS else LANGUAGES[:1])
def test_no_output_of_a_past_day_holds_anything_that_came_later(
    project, raw_tables, tmp_path, language, monkeypatch
):
    """Each day in one language: pages, data for programs, feeds, commands, files and slides, kit, release, notice,
    and the Word file and slides of the day before, renewed. In each run one day, and of each kind one."""
    days = outputs_days(raw_tables)[LANGUAGES.index(language) :: len(LANGUAGES)] if SEEDS else [BRIEF_DAY]
    monkeypatch.setattr(proof, "products", some_products)  # else each of the builds draws all again
    earlier, later = None, []
    for day in days:
        past = Project(tmp_path / day.isoformat())
        raw_tables.write(past.raw, day)
        build(past)
        whole, alone = (
            dict(Outputs(one, day, language, is_brief=not SEEDS).every(earlier)) for one in (project, past)
        )
        stores = [current_store(one).content_hash for one in (project, past)]
        assert len(whole) > 50
        later += [f"{day} {name}: in one alone" for name in {*whole} ^ {*alone}]
        later += [
            f"{day} {name}"
            for name in whole.keys() & alone.keys()
            if whole[name] != alone[name]
            and read(name, whole[name], stores[0]) != read(name, alone[name], stores[1])
        ]
        earlier = tmp_path / "kits" / day.isoformat()
        for name in (name for name in whole if name.startswith("kit/") and name.endswith("x")):
            path = earlier / name.removeprefix("kit/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(whole[name])
    assert later == []


def outputs_days(raw_tables):
    """The sixty days since the first number became known on which anything did; before it there is no page."""
    return [day for day in raw_tables.days if day >= date(2006, 12, 31)]


def read(name, content, store):
    """An output as text, without what is lawfully of another store: its hash, when it was published, and the days
    among which a reader of it may choose."""
    suffix = PurePosixPath(name.partition("?")[0]).suffix
    with TemporaryDirectory(prefix="outputs-") as folder:
        path = Path(folder, f"x{suffix if not name.startswith('ennum ') else '.txt'}")
        if content.startswith(b"<!"):
            content = re.sub(
                rb'<select id="known-at".*?</select>|<script.*?</script>', b"", content, flags=re.DOTALL
            )
            path = path.with_suffix(".html")
        path.write_bytes(content)
        told = "\n".join(text for _, text in texts_of(path))
    moment = r"(?:\d{1,2}(?:er|\.)?\s\w+\s\d{4}\W+(?:\w+\W+)?)?\b\d\d:\d\d\b"  # at midnight the day, too
    return re.sub(rf"\b[0-9a-f]{{64}}\b|{store[:8]}[0-9a-f]*|{moment}", "#", told)


def amounts(ledger, _language):
    """Tables as SQL shows them, and amounts of money, each with its name, as text."""
    memory = in_memory(ledger)
    for name in TABLE_BY_NAME:
        yield f"table {name}", repr(memory.table(name).order("ALL").fetchall())
    years = [row["year"] for row in ledger.records("prices")]
    for prices in ("nominal", *(f"real:{max(years)}" for _ in years[:1])):
        for by in TABLES["budgets"].by:
            rows = measure_rows(ledger, "budgets", by, prices=prices)
            yield f"budgets by {by}, {prices}", repr(records(rows))


def texts(ledger, language):
    """Figures, conflicts, measures, charts and the text of the kit, each with its name, as text."""
    for one in figures(ledger):
        record = json.dumps(one.record(language), default=str)
        yield f"figure {one.name}", "\n".join([record, *trace_lines(one, language)])
    yield "conflicts", repr([conflict_record(ledger, one, language) for one in conflicts(ledger)])
    for name, measure in TABLES.items():
        for by in measure.by:
            yield f"measure {name} {by}", repr(records(measure.of(ledger, by)))
    shown = set()
    for name in CHARTS:
        drawn = chart(ledger, name, language)
        yield f"chart {name}", "\n".join([file_svg(drawn), drawn.description, repr(drawn.table)])
        if drawn.marks:
            shown.add(name)
    text = Resolver(Edition(ledger, language), shown).resolved(kit_text(language))
    yield "kit", repr(text)
