"""Lists against their rows and against each other: for each check failing and passing examples.

Schools and lists are invented (données fictives): the numbers of their sites begin at 9 000 000.
"""

import csv

import pytest

from ennum_stats.imports.apply import new_contents
from ennum_stats.imports.plan import NewRow
from ennum_stats.raw.tables import TABLE_BY_NAME

FIRST, SECOND, THIRD = "EN2020-winners-2020-06", "EN2020-winners-2020-10", "EN2020-winners-2021-01"


@pytest.fixture
def lists(raw_copy):
    """A function that writes lists (name, day, the list that it corrects, sites) with their rows, and gives
    what the check finds. Changed cells of a list come after its name."""

    def findings(*rows, **changed):
        listed, taken = [], []
        for name, known_on, replaces, sites in rows:
            row = {
                "list": name, "kind": "winners", "programme": "ecole_numerique", "call": "EN2020",
                "known_on": known_on, "size": str(len(sites)), "replaces": replaces, "note": "",
            }  # fmt: skip
            listed.append(row | changed.get(name.replace("-", "_"), {}))
            taken += [
                {
                    "participation": f"EN2020.awarded.{site}", "list": name,
                    "programme": "ecole_numerique", "call": "EN2020", "stage": "awarded",
                    "implantation": str(site),
                }
                for site in sites
            ]  # fmt: skip
        write(raw_copy, "demonstration", [{"demonstration": "schools", "size": "9"}])
        write(raw_copy, "lists", listed)
        write(raw_copy, "participations", taken)
        return raw_copy.findings()

    return findings


def write(raw_copy, table, rows):
    columns = TABLE_BY_NAME[table].column_names
    lines = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    path = raw_copy.path(TABLE_BY_NAME[table].path)
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(",".join(line) for line in lines) + "\n", "utf-8")


def test_lists_with_their_rows_that_share_none_are_in_order(lists):
    assert lists((FIRST, "2020-06", "", [9000001]), (SECOND, "2020-10", "", [9000002])) == []


def test_a_list_has_as_many_rows_as_it_says(lists):
    (found,) = lists((FIRST, "2020-06", "", [9000001, 9000002]), EN2020_winners_2020_06={"size": "304"})
    assert found.startswith(f"data/raw/rows/lists.csv:2: size: The list {FIRST} has 2 rows, and says 304.")


def test_rows_of_a_list_that_does_not_exist_are_found(lists):
    found = lists((FIRST, "2020-06", "", [9000001]), EN2020_winners_2020_06={"list": "another", "size": "0"})
    (one,) = found
    assert one.startswith(f"data/raw/rows/participations.csv:2: list: “{FIRST}” is unknown.")


def test_a_row_in_two_lists_that_count_on_one_day_is_found(lists):
    (found,) = lists((FIRST, "2020-06", "", [9000001, 9000002]), (SECOND, "2020-10", "", [9000002]))
    assert found.startswith(
        "data/raw/rows/participations.csv:4: participation: “EN2020.awarded.9000002” stands in the list "
        f"{FIRST} too, and both count on the same day."
    )


@pytest.mark.parametrize("day", ["2020-06", "2020-10"])
def test_a_list_may_hold_the_rows_of_the_one_that_it_corrects(lists, day):
    assert lists((FIRST, "2020-06", "", [9000001, 9000002]), (SECOND, day, FIRST, [9000002])) == []


def test_a_list_may_be_corrected_again(lists):
    rows = [9000001, 9000002]
    assert lists(
        (FIRST, "2020-06", "", rows), (SECOND, "2020-10", FIRST, rows), (THIRD, "2021-01", SECOND, rows)
    ) == []  # fmt: skip


def test_two_corrections_of_one_list_are_found_and_what_counts_twice_in_them(lists):
    one, other = lists(
        (FIRST, "2020-06", "", [9000001]), (SECOND, "2020-10", FIRST, [9000001]),
        (THIRD, "2021-01", FIRST, [9000001]),
    )  # fmt: skip
    assert f"lists.csv:4: replaces: The list {FIRST} is corrected by {SECOND} already." in one
    assert (
        f"participations.csv:4: participation: “EN2020.awarded.9000001” stands in the list {SECOND}" in other
    )


def test_a_correction_is_not_known_before_what_it_corrects(lists):
    found = lists((FIRST, "2020-06", "", [9000001]), (SECOND, "2020-05", FIRST, [9000002]))
    assert [f"known_on: The list {SECOND} was known before {FIRST}" in one for one in found] == [True]


@pytest.mark.parametrize(
    "other", [{"call": "EN2019"}, {"kind": "equipped"}, {"call": "", "programme": "cyberclasse"}]
)
def test_a_list_corrects_one_of_the_same_kind_programme_and_call(lists, other):
    found = lists(
        (FIRST, "2020-06", "", [9000001]), (SECOND, "2020-10", FIRST, [9000002]), EN2020_winners_2020_10=other
    )
    assert [f"replaces: The list {FIRST} is of something else than {SECOND}" in one for one in found] == [
        True
    ]


@pytest.mark.parametrize("by", [FIRST, SECOND])
def test_no_list_corrects_itself(lists, by):
    found = lists((FIRST, "2020-06", by, [9000001]), (SECOND, "2020-06", FIRST, [9000002]))
    assert any(f"replaces: The list {FIRST} corrects itself" in one for one in found)


def test_a_list_that_is_unknown_is_not_corrected(lists):
    (found,) = lists((SECOND, "2020-10", FIRST, [9000001]))
    assert f"lists.csv:2: replaces: “{FIRST}” is unknown. Expected a code of lists." in found


@pytest.mark.parametrize(
    ("programme", "call", "is_found"),
    [("ecole_numerique", "EN2020", False), ("ecole_numerique", "", True),
     ("cyberclasse", "", False), ("cyberclasse", "EN2020", True)],
)  # fmt: skip
def test_lists_are_declared_complete_of_a_call_that_there_is(raw_copy, programme, call, is_found):
    names = {f"name_{code}": "x" for code in ("fr", "de", "nl", "en")}
    row = {"programme": programme, "call": call, "rows": "4", "reviewed_on": "2026-11"} | names
    write(raw_copy, "complete_lists", [row])
    found = raw_copy.findings()
    assert bool(found) is is_found
    assert all(f"complete_lists.csv:2: call: “{call}” is no call of" in one for one in found)


def test_a_file_from_before_a_column_was_declared_is_in_order(lists, raw_copy):
    """Who imported lists before lists could correct each other has no column `replaces`."""
    lists((FIRST, "2020-06", "", [9000001]), (SECOND, "2020-10", "", [9000002]))
    path = raw_copy.path(TABLE_BY_NAME["lists"].path)
    header, *rows = path.read_text("utf-8").splitlines()
    place = header.split(",").index("replaces")
    older = [",".join(c for n, c in enumerate(line.split(",")) if n != place) for line in (header, *rows)]
    path.write_text("\n".join(older) + "\n", "utf-8")
    assert "replaces" not in path.read_text("utf-8")
    assert raw_copy.findings() == []
    new = {
        "list": "x", "kind": "winners", "programme": "ecole_numerique", "call": "EN2020",
        "known_on": "2021", "size": "1", "replaces": FIRST, "note": "",
    }  # fmt: skip
    raw = path.parents[1]
    contents, places = new_contents(raw, [NewRow("lists", "rows/lists.csv", new, 5)])
    read = list(csv.DictReader(contents["rows/lists.csv"].decode().splitlines()))
    assert [(row["list"], row["replaces"]) for row in read] == [(FIRST, ""), (SECOND, ""), ("x", FIRST)]
    assert [line for _, line in places] == [4]
