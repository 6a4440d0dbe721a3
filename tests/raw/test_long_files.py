"""A file that is read in many blocks: every fault is still found, once, at its line."""

import polars as pl
import pytest

from ennum_stats.store.build import build
from ennum_stats.store.publish import current_store
from ennum_stats.store.writing import _in_order

KIT = "observations/press_kit_2020.csv"
PUBLISHED = "observations/published.csv"
PUPILS = "batichronique-2018.pupils_concerned.EN2018"
HEADER = "list,position,call,lot,implantation,quantity,delivered_on"
ROWS = 2_000


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch):
    monkeypatch.setattr("ennum_stats.raw.reader._BLOCK", 4_000)
    monkeypatch.setattr("ennum_stats.store.writing._AT_ONCE", 70)


@pytest.fixture
def deliveries(raw_copy):
    """A function that writes a list of invented deliveries with some lines replaced, and gives the
    findings."""

    def findings(changed):
        raw_copy.path("rows").mkdir()
        raw_copy.path("rows/demonstration.csv").write_text("demonstration,size\nschools,7\n")
        raw_copy.path("rows/lists.csv").write_text(
            "list,kind,programme,call,known_on,size,replaces,note\n"
            f"EN3-1,deliveries,ecole_numerique,EN3,2016,{ROWS},,\n"
        )
        rows = [f"EN3-1,{n},EN3,tablets,{9_000_000 + n % 7},3,2015-11-03" for n in range(2, ROWS + 2)]
        lines = [HEADER, *rows]
        for number, line in changed.items():
            lines[number - 1] = line
        raw_copy.path("rows/deliveries.csv").write_text("\n".join(lines) + "\n", "utf-8")
        return [finding.removeprefix("data/raw/rows/deliveries.csv:") for finding in raw_copy.findings()]

    return findings


def test_a_long_list_in_order_has_no_finding(deliveries):
    assert deliveries({}) == []


FAULTS = {
    "a number": ("EN3-1,9999,EN3,tablets,9000001,trois,2015-11-03", "quantity: “trois” is not a whole"),
    "a number in other digits": (
        "EN3-1,9999,EN3,tablets,9000001,\u0663,2015-11-03",
        "quantity: “\u0663” is not a whole number.",
    ),
    "a day": ("EN3-1,9999,EN3,tablets,9000001,3,2015-02-29", "delivered_on: “2015-02-29” is not a day"),
    "nothing": ("EN3-1,9999,EN3,,9000001,3,2015-11-03", "lot: This cell is empty."),
    "a space": ("EN3-1,9999,EN3,tablets ,9000001,3,2015-11-03", "lot: “tablets ” begins or ends with"),
    "a call": ("EN3-1,9999,EN33,tablets,9000001,3,2015-11-03", "call: “EN33” is unknown."),
    "a list": ("EN3-2,9999,EN3,tablets,9000001,3,2015-11-03", "list: “EN3-2” is unknown."),
    "a key": ("EN3-1,2,EN3,tablets,9000001,3,2015-11-03", "position: The key “2” stands here again."),
    "a real site": ("EN3-1,9999,EN3,tablets,5432,3,2015-11-03", "implantation: The site 5432 is in the"),
}


@pytest.mark.parametrize("first", [3, 1_203, ROWS + 2 - len(FAULTS)])
def test_all_faults_are_told_together_each_at_its_line(deliveries, first):
    """At the beginning, over the end of a block, and at the end of the file."""
    lines = dict(enumerate((row for row, _ in FAULTS.values()), first))
    rows = {number: row.replace(",9999,", f",{number + 5_000},") for number, row in lines.items()}
    expected = [f"{number}: {words}" for number, (_, words) in enumerate(FAULTS.values(), first)]
    assert all(map(str.startswith, found := deliveries(rows), expected)), found
    assert len(found) == len(expected)


def test_a_cell_too_many_hides_nothing_that_follows(deliveries):
    found = deliveries({900: "EN3-1,900,EN3,tablets,9000001,3,2015-11-03,", 1_500: ""})
    assert [finding.split(". ")[0] for finding in found] == [
        "900: This line has 8 cells", "1500: This line has 0 cells",
    ]  # fmt: skip


def test_nothing_is_said_of_what_follows_an_open_quotation_mark(deliveries):
    (found,) = deliveries({900: 'EN3-1,900,EN3,"tablets,9000001,3,2015-11-03', 1_500: ""})
    assert found.startswith("900: A quotation mark is not closed on this line.")


def test_a_quotation_mark_in_order_is_read_in_any_block(deliveries):
    rows = {n: f'EN3-1,{n},EN3,"tablets, small",9000001,3,2015-11-03' for n in (7, 1_207, ROWS)}
    assert deliveries(rows) == []


def test_blocks_change_nothing_of_the_content(project, raw_copy):
    assert build(raw_copy.project).content_hash == current_store(project).content_hash


def test_rows_of_many_lists_come_in_the_order_of_their_key():
    rows = [(f"EN{n * 7 % 13}", n * 389 % 1_000) for n in range(1_000)]
    frame = pl.DataFrame(rows, {"list": pl.Categorical, "position": pl.Int32}, orient="row")
    parts = [part.rows() for part in _in_order(frame, ("list", "position"))]
    assert [row for part in parts for row in part] == sorted(rows)
    assert max(map(len, parts)) == 70


def test_a_correction_of_another_block_still_guards_its_value(raw_copy):
    raw_copy.cell(PUBLISHED, PUPILS, "value", "32000")
    (finding,) = raw_copy.findings()
    assert ": old_value: The corrected row no longer says “320000”." in finding


def test_a_number_told_again_in_another_block_is_found(raw_copy):
    like = "press-kit-2020.projects_awarded.EN2018"
    line = raw_copy.row(KIT, like, observation_id="press-kit-2020.again", value="325")
    (finding,) = raw_copy.findings()
    assert finding.startswith(f"data/raw/{KIT}:{line}: measure: The document already gives")
