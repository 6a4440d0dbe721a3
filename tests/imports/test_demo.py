"""A demonstration is a project of its own, marked on everything that comes out of it."""

from datetime import date

import pytest

from ennum_stats.charts.declaring import source_line
from ennum_stats.errors import UsageError
from ennum_stats.imports import FileRefused
from ennum_stats.imports.demo import make_demo
from ennum_stats.imports.lists import plan_list
from ennum_stats.imports.register import plan_register
from ennum_stats.kit.edition import Edition
from ennum_stats.measures.sites import sites
from ennum_stats.raw.checks import check_raw_tables
from ennum_stats.store.build import build
from ennum_stats.store.opening import open_ledger


@pytest.fixture(scope="module")
def demo(project, tmp_path_factory):
    made = make_demo(project, tmp_path_factory.mktemp("demo") / "d", 60)
    build(made)
    return made


def test_a_demonstration_says_so_wherever_a_reader_looks(demo, ledger_at):
    ledger = open_ledger(demo, date(2026, 11, 24))
    assert ledger.is_demo
    assert source_line((), ledger, "fr").startswith("Données fictives. ")
    assert Edition(ledger, "fr").known_line.startswith("Données fictives – ")
    assert len(sites(ledger, levels=("compulsory", "adult"))) == 1
    awards = ledger.connection.execute("SELECT count(*) FROM participations").fetchone()
    assert awards == (7 * 7,)
    ledger.connection.close()
    assert all("fictif" in p.name or "fictives" in p.name for p in demo.root.rglob("listes*/*"))
    assert not ledger_at("2026-11-24").is_demo


def test_invented_and_real_rows_never_meet(demo, raw_copy):
    lists = demo.root / "listes-fictives"
    refused = plan_register(lists / "registre_fictif_2012.csv", raw_copy.project)
    assert not refused.taken
    with pytest.raises(FileRefused, match="invented"):
        plan_list("winners", lists / "laureats_EN1_fictifs.csv", raw_copy.project, "EN1")
    for name in ("communes", "registers", "implantations"):
        path = raw_copy.path(f"rows/{name}.csv")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((demo.raw / "rows" / f"{name}.csv").read_bytes())
    findings = check_raw_tables(raw_copy.project.raw, raw_copy.project.root)[1]
    assert len(findings) == 60
    assert "is in the wrong project" in findings[0].words("en")


def test_a_demonstration_needs_a_new_folder(project, tmp_path):
    (tmp_path / "here").write_text("x")
    with pytest.raises(UsageError, match="not empty"):
        make_demo(project, tmp_path)
