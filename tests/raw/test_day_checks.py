"""Days that cannot be: for each check failing and passing examples.

Schools and lists are invented (données fictives): the numbers of their sites begin at 9 000 000.
"""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from ennum_stats.raw import embargo
from ennum_stats.raw.embargoed_rows import without_embargoed
from ennum_stats.raw.tables import TABLE_BY_NAME, TABLES

IN_A_YEAR = (datetime.now(UTC) + timedelta(days=366)).date()
THIS_YEAR = str(datetime.now(UTC).astimezone().year)
SITE = "9000001"


def only(findings):
    (finding,) = findings
    return finding


def write(raw_copy, table, *rows):
    columns = TABLE_BY_NAME[table].column_names
    lines = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    path = raw_copy.path(TABLE_BY_NAME[table].path)
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(",".join(line) for line in lines) + "\n", "utf-8")


@pytest.fixture
def listed(raw_copy):
    """A function that writes a list of one row, of EN2020 (opened in January 2020, closed on 4 March)
    unless told otherwise, and gives what is found."""

    def findings(known_on, day="", kind="winners", call="EN2020", programme="ecole_numerique"):
        of = {"list": "one", "programme": programme, "call": call}
        header = of | {"kind": kind, "known_on": known_on, "size": "1"}
        write(raw_copy, "demonstration", {"demonstration": "schools", "size": "1"})
        write(raw_copy, "lists", header)
        row = of | {"implantation": SITE}
        if kind == "deliveries":
            delivered = {"position": "1", "lot": "robots", "quantity": "3", "delivered_on": day}
            write(raw_copy, "deliveries", row | delivered)
        else:
            award = {"participation": f"one.{SITE}", "stage": "awarded", "occurred_on": day}
            write(raw_copy, "participations", row | award)
        return raw_copy.findings()

    return findings


# --- what is still to come ----------------------------------------------------------------------------


def test_a_list_is_not_still_to_come(listed):
    assert only(listed(str(IN_A_YEAR))).startswith(
        f"data/raw/rows/lists.csv:2: known_on: This day ({IN_A_YEAR}) is still to come."
    )


def test_a_register_is_not_still_to_come(raw_copy):
    write(raw_copy, "demonstration", {"demonstration": "schools", "size": "1"})
    row = {"register": "later", "community": "fwb", "as_of": f"{IN_A_YEAR:%Y-%m}"}
    write(raw_copy, "registers", row)
    assert "registers.csv:2: as_of: This day" in only(raw_copy.findings())


def test_a_milestone_may_be_planned(raw_copy):
    key = raw_copy.path("milestones.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    raw_copy.cell("milestones.csv", key, "occurred_on", str(IN_A_YEAR.year))
    assert raw_copy.findings() == []


# --- documents, calls and events ----------------------------------------------------------------------

STUDY = ("sources.csv", "adn-2021-impact")
FAULTS = {
    "a document is not read before it is published": [
        (*STUDY, "retrieved_on", "2021-02-28"), (*STUDY, "published_on", "2021-03"),
        "The document was read before it was published (2021-03).",
    ],
    "a call does not close before it opens": [
        ("calls.csv", "EN2020", "closed_on", "2019-12-31"), "The call closes (2019-12-31) before it opens."
    ],
    "a call does not open after its school years": [
        ("calls.csv", "EN3", "opened_on", "2016-09"), "The call opens (2016-09) after its school years."
    ],
    "an event does not end before it begins": [
        ("events.csv", "EN2020.information_period", "ends_on", "2020-01-26"),
        "The period ends (2020-01-26) before it begins.",
    ],
    **{
        f"what was {column} is not still to come": [
            (file, key, column, str(IN_A_YEAR)), f"This day ({IN_A_YEAR}) is still to come."
        ]
        for file, key, column in (
            ("sources.csv", "press-kit-2020", "retrieved_on"),
            ("corrections.csv", "batichronique-2018.pupils_concerned.EN2018", "decided_on"),
        )
    },
}  # fmt: skip
IN_ORDER = {
    "read in the month of its publication": [
        (*STUDY, "published_on", "2021-03"), (*STUDY, "retrieved_on", "2021-03-01")
    ],
    "closed in the month in which it opens": [("calls.csv", "EN2020", "closed_on", "2020-01-02")],
    "read in a year that has begun": [("sources.csv", "press-kit-2020", "retrieved_on", THIS_YEAR)],
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_day_that_cannot_be_is_one_finding(raw_copy, fault):
    *cells, told = FAULTS[fault]
    findings, place = raw_copy.changed(*cells)
    assert only(findings).startswith(place + told)


@pytest.mark.parametrize("case", IN_ORDER)
def test_a_day_that_may_be_is_no_finding(raw_copy, case):
    assert raw_copy.changed(*IN_ORDER[case])[0] == []


# --- lists --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2019-12", "The list was known before its call opened (2020-01)."),
        ("2020-03-03", "These winners were known before their call closed (2020-03-04)."),
    ],
)
def test_a_list_is_not_known_before_its_call_opened_nor_winners_before_it_closed(listed, day, told):
    assert only(listed(day)).startswith(f"data/raw/rows/lists.csv:2: known_on: {told}")


@pytest.mark.parametrize("day", ["2020-03", "2020-03-04", "2020-06"])
def test_winners_may_be_known_from_the_closing_of_their_call(listed, day):
    assert listed(day) == []


def test_a_call_without_days_may_have_opened_in_the_year_before_its_school_years(listed):
    """EN2018 is of the school year 2017-2018, and no document gives its days; winners of June before the
    school year are usual (EN1, of 2012-2013, opened in 2011)."""
    found = only(listed("2016-06", call="EN2018"))
    assert "more than a year before the school years of its call (2017-09-01)" in found
    assert listed("2017-06", call="EN2018") == []


def test_a_list_is_not_known_before_its_programme_began(listed):
    """Cyberclasse began in 2009."""
    asked = {"kind": "equipped", "call": "", "programme": "cyberclasse"}
    assert "known before its programme began (2009-01-01)" in only(listed("2008-12-31", **asked))
    assert listed("2009", **asked) == []


# --- rows of lists ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "table", "column"),
    [("winners", "participations", "occurred_on"), ("deliveries", "deliveries", "delivered_on")],
)
def test_what_a_list_tells_lies_between_its_call_and_its_day(listed, kind, table, column):
    place = f"data/raw/rows/{table}.csv:2: {column}: "
    late = only(listed("2020-06-27", "2020-06-28", kind))
    assert late.startswith(f"{place}This day (2020-06-28) is after the list was known (2020-06-27).")
    early = only(listed("2020-06-27", "2019-12-31", kind))
    assert early.startswith(f"{place}This day (2019-12-31) is before the call opened (2020-01).")
    for day in ("2020-01-01", "2020-06-27"):
        assert listed("2020-06-27", day, kind) == []


def test_a_year_is_in_order_where_one_of_its_days_is(listed):
    assert listed("2020-06-27", "2020") == []
    assert "is before the call opened" in only(listed("2020-06-27", "2019"))


# --- announcements ------------------------------------------------------------------------------------

RELEASES = "release,kind,announced_on,expected_on,expected_at,name_fr,name_de,name_nl,name_en,url,note\n"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,document,2026-11-20,2026-10-01,,a,b,c,d,,", "was announced after it had come"),
        ("a,document,2026-11-20,2098-03,10:30,a,b,c,d,,", "is told of no day"),
        ("a,party,2026-11-20,2098-03,,a,b,c,d,,", "is not allowed here"),
        ("a,document,2098-01-01,2098-03,,a,b,c,d,,", "still to come"),
        ("a,document,2026-11-20,2098-03-15,25:99,a,b,c,d,,", "is not an hour"),
    ],
)
def test_an_announcement_that_cannot_be_is_found(raw_copy, row, told):
    (raw_copy.project.raw / "releases.csv").write_text(f"{RELEASES}{row}\n", "utf-8")
    [finding] = raw_copy.findings()
    assert finding.startswith("data/raw/releases.csv:2:")
    assert told in finding


# --- embargoes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("until", ["2030-01-30T12:00", "2030-01-30T11:00+00:00", "2030-01-30T06:00-05:00"])
def test_an_embargo_is_over_at_its_moment_which_is_belgian_where_no_zone_is_told(until):
    """Noon in January is eleven o'clock in Greenwich."""
    end = datetime(2030, 1, 30, 11, tzinfo=UTC)
    assert embargo.is_under_embargo(until, end - timedelta(seconds=1))
    assert not embargo.is_under_embargo(until, end)


@pytest.mark.parametrize("until", ["demain", "2030-02-30", "30/01/2030 12:00"])
def test_an_embargo_whose_end_nobody_can_read_is_never_over(until):
    assert embargo.is_under_embargo(until, datetime(2999, 1, 1, tzinfo=UTC))


def test_a_document_from_which_only_numbers_under_embargo_come_is_none_for_the_public():
    """Of "both" one number is public already, so it is, too."""
    rows = [("late", "2030-01-30T12:00"), ("both", "2030-01-30T12:00"), ("both", None), ("early", None)]
    frames = {table.name: pl.DataFrame(schema={"source_id": pl.String}) for table in TABLES} | {
        "observations": pl.DataFrame(rows, ["source_id", "embargo_until"], orient="row"),
        "sources": pl.DataFrame({"source_id": ["late", "both", "early"]}),
    }
    for day, documents in ((29, ["both", "early"]), (31, ["late", "both", "early"])):
        public = without_embargoed(frames, datetime(2030, 1, day, tzinfo=UTC))
        assert public["sources"]["source_id"].to_list() == documents
        assert {*public["observations"]["source_id"]} == {*documents}
