"""Days that cannot be: for each check failing and passing examples.

Schools and lists are invented (données fictives): the numbers of their sites begin at 9 000 000.
"""

from datetime import UTC, datetime, timedelta

import pytest

from ennum_stats.raw.tables import TABLE_BY_NAME

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


@pytest.mark.parametrize(
    ("file", "key", "column"),
    [
        ("sources.csv", "press-kit-2020", "retrieved_on"),
        ("corrections.csv", "batichronique-2018.pupils_concerned.EN2018", "decided_on"),
    ],
)
def test_what_was_read_or_decided_is_not_still_to_come(raw_copy, file, key, column):
    line = raw_copy.cell(file, key, column, str(IN_A_YEAR))
    assert only(raw_copy.findings()).startswith(
        f"data/raw/{file}:{line}: {column}: This day ({IN_A_YEAR}) is still to come."
    )


def test_a_year_that_has_begun_is_not_still_to_come(raw_copy):
    raw_copy.cell("sources.csv", "press-kit-2020", "retrieved_on", THIS_YEAR)
    assert raw_copy.findings() == []


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


# --- documents ----------------------------------------------------------------------------------------


def test_a_document_is_not_read_before_it_is_published(raw_copy):
    raw_copy.cell("sources.csv", "adn-2021-impact", "published_on", "2021-03")
    line = raw_copy.cell("sources.csv", "adn-2021-impact", "retrieved_on", "2021-02-28")
    assert only(raw_copy.findings()).startswith(
        f"data/raw/sources.csv:{line}: published_on: The document was read before it was published (2021-03)."
    )


def test_a_document_may_be_read_in_the_month_of_its_publication(raw_copy):
    raw_copy.cell("sources.csv", "adn-2021-impact", "published_on", "2021-03")
    raw_copy.cell("sources.csv", "adn-2021-impact", "retrieved_on", "2021-03-01")
    assert raw_copy.findings() == []


# --- calls and events ---------------------------------------------------------------------------------


def test_a_call_does_not_close_before_it_opens(raw_copy):
    line = raw_copy.cell("calls.csv", "EN2020", "closed_on", "2019-12-31")
    assert only(raw_copy.findings()).startswith(
        f"data/raw/calls.csv:{line}: closed_on: The call closes (2019-12-31) before it opens."
    )


def test_a_call_may_close_in_the_month_in_which_it_opens(raw_copy):
    raw_copy.cell("calls.csv", "EN2020", "closed_on", "2020-01-02")
    assert raw_copy.findings() == []


def test_a_call_does_not_open_after_its_school_years(raw_copy):
    line = raw_copy.cell("calls.csv", "EN3", "opened_on", "2016-09")
    assert only(raw_copy.findings()).startswith(
        f"data/raw/calls.csv:{line}: opened_on: The call opens (2016-09) after its school years."
    )


def test_an_event_does_not_end_before_it_begins(raw_copy):
    line = raw_copy.cell("events.csv", "EN2020.information_period", "ends_on", "2020-01-26")
    assert only(raw_copy.findings()).startswith(
        f"data/raw/events.csv:{line}: ends_on: The period ends (2020-01-26) before it begins."
    )


# --- lists --------------------------------------------------------------------------------------------


def test_a_list_is_not_known_before_its_call_opened(listed):
    assert only(listed("2019-12")).startswith(
        "data/raw/rows/lists.csv:2: known_on: The list was known before its call opened (2020-01)."
    )


def test_winners_are_not_known_before_their_call_closed(listed):
    assert only(listed("2020-03-03")).startswith(
        "data/raw/rows/lists.csv:2: known_on: These winners were known before their call closed (2020-03-04)."
    )


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
