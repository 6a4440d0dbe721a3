"""Whatever rows hold, a build ends with a store of which everything can be made, or with findings and the old
store in force: never with a trace, nor with a dashboard that cannot answer.

Rows of the real tables are altered as typing errors would: doubled, a tenth, zero, negative, exchanged; days
exchanged; rows and whole calls left out.
"""

import shutil
from decimal import Decimal
from random import Random
from types import SimpleNamespace

import pytest

from dashboards.app import create_app
from dashboards.registry import all_pages
from ennum_stats import publication
from ennum_stats.doubt.alterations import (
    NUMBERS,
    Tables,
    call_left_out,
    days_exchanged,
    numbers_exchanged,
    precision_altered,
    rows_left_out,
    school_year_left_out,
    times,
)
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.formats.excel import write_excel
from ennum_stats.languages import LANGUAGES
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.store.ledger import open_ledger
from ennum_stats.store.publish import current_store
from tests.conftest import SEEDS, RawCopy, copy_of_raw

FACTORS = {"doubled": 2, "a tenth": Decimal("0.1"), "tenfold": 10, "zero": 0, "negative": -1}
PAGES = [page.path for page in all_pages().values() if page.is_listed]
ASKED = [*PAGES, "figure/en_coverage", "chart/winners_per_call"]
COVERING = (0, 2, 5, 9)
"""Seeds of one table of each alteration, some of which are published."""
PART = 12
EVERY = 1 if SEEDS else 5
"""Of each altered project every page is asked for, or a fifth of them, another one each time."""
TRIED = range(-(-SEEDS // PART) * PART) if SEEDS else COVERING


def numbers_altered(tables, random):
    name, kind = random.choice(NUMBERS), random.choice([*FACTORS, "several"])
    rows = tables.read(name)
    printed = [row for row in rows if row["value"]]
    for row in random.sample(printed, 12 if kind == "several" else 1):
        factor = FACTORS[random.choice(list(FACTORS)[:4]) if kind == "several" else kind]
        row.update(times(row, factor))
    tables.write(name, rows)


ALTERATIONS = (
    numbers_altered, numbers_altered, numbers_exchanged, numbers_exchanged, precision_altered,
    days_exchanged, rows_left_out, call_left_out, school_year_left_out,
)  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A project whose tables are altered again and again, and a dashboard that runs meanwhile."""
    root = tmp_path_factory.mktemp("altered")
    project = copy_of_raw(root / "project")
    shutil.copytree(project.raw, root / "raw")
    publication.build(project)
    app = create_app(project)
    return SimpleNamespace(
        project=project, client=app.server.test_client(), store=app.server.extensions["ennum"],
        pristine=root / "raw",
    )  # fmt: skip


def altered(served, seed):
    random = Random(seed)  # noqa: S311 - the same rows each time
    shutil.rmtree(served.project.raw)
    shutil.copytree(served.pristine, served.project.raw)
    alter = random.choice(ALTERATIONS)
    alter(Tables(served.project.raw), random)
    return alter.__name__


def build_and_ask(served, seed, pages):
    """Builds from altered rows, and asks the dashboard for pages; says whether the store was published."""
    what = altered(served, seed)
    before = current_store(served.project)
    findings = []
    try:
        publication.build(served.project)
    except RawTablesRefused as refused:
        findings = refused.findings
    if findings:
        assert current_store(served.project) == before, (seed, what)
        assert all(finding.words("fr") for finding in findings), (seed, what)
    served.store.look()
    assert served.store.problem is None, (seed, what)
    for place, page in enumerate(pages):
        language = LANGUAGES[(seed + place) % len(LANGUAGES)]
        answer = served.client.get(f"/{language}/{page}")
        assert answer.status_code == 200, (seed, what, page)
    return not findings


@pytest.mark.search
@pytest.mark.parametrize("first", range(0, len(TRIED), PART))
def test_altered_tables_are_published_whole_or_not_at_all(served, first):
    """Pages, and the workbook of the kit, of each store that is published."""
    published = 0
    for seed in TRIED[first : first + PART]:
        if build_and_ask(served, seed, ASKED[seed % EVERY :: EVERY]):
            published += 1
            ledger = open_ledger(served.project)
            assert write_excel(Edition(ledger, LANGUAGES[seed % 4]), [], "", "")
            ledger.connection.close()
    assert 0 < published < len(TRIED[first : first + PART])


@pytest.mark.product
def test_a_dashboard_goes_on_with_the_old_store_while_rows_are_impossible(served):
    """956 of 955 projects of EN2020 in one document."""
    shutil.rmtree(served.project.raw)
    shutil.copytree(served.pristine, served.project.raw)
    publication.build(served.project)
    served.store.look()
    before = served.client.get("/fr/winners").data
    RawCopy(served.project).cell(NUMBERS[1], "rtl-belga-2020-06.projects_awarded.EN2020", "value", "956")
    with pytest.raises(RawTablesRefused):
        publication.build(served.project)
    served.store.look()
    assert served.store.problem is None
    assert served.client.get("/fr/winners").data == before
