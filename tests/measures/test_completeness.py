"""Which lists are complete, why, and what follows from those that are not: a lower bound, and no word of
schools that had nothing.

Published (press kit of 2020): EN1 28 projects, EN2 72, "about 3,000" sites of Cyberclasse, 183 sites
connected. Nobody published the projects of EN2021.
"""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ennum_stats.measures.coverage.coverage_table import coverage_rows, shown_rows
from ennum_stats.measures.coverage.site_counts import coverage_by_rows, never_awarded_rows, winners_by_rows
from ennum_stats.measures.labels import worded_rows
from ennum_stats.measures.measure_table import records
from ennum_stats.measures.schools import completeness
from ennum_stats.store.answers import Known, Missing
from tests.conftest import SEEDS
from tests.measures.conftest import NAMES, awarded, listed

DAY = "2022-12-31"
NAMUR, ARLON = "92094", "81001"
SITES = [str(n) for n in range(40)]
PLACES = ("level", "network", "province", "commune")


def declared(call, rows, programme="ecole_numerique", **cells):
    """A row of `complete_lists`."""
    return NAMES | {"programme": programme, "call": call, "rows": rows, "reviewed_on": "2022-12"} | cells


@pytest.fixture(scope="module")
def store(made_store):
    """Forty sites in two communes, and no other calls than EN1, EN2 and EN2021."""
    made = made_store()
    made.connection.execute("DELETE FROM calls WHERE call NOT IN ('EN1', 'EN2', 'EN2021')")
    made.put(
        "communes",
        [NAMES | {"commune": NAMUR, "province": "namur", "commune_2025": NAMUR},
         NAMES | {"commune": ARLON, "province": "luxembourg", "commune_2025": ARLON}],
    )  # fmt: skip
    made.put("registers", [{"register": "fwb", "community": "fwb", "as_of": "2012-10-31"}])
    made.put(
        "implantations",
        [{"register": "fwb", "implantation": site, "site": site, "commune": (NAMUR, ARLON)[n % 2]}
         for n, site in enumerate(SITES)],
    )  # fmt: skip
    made.put(
        "etablissements",
        [{"register": "fwb", "etablissement": site, "name": f"École {site}",
          "network": ("municipal", "provincial")[n % 3 == 0]} for n, site in enumerate(SITES)],
    )  # fmt: skip
    made.put(
        "teaching",
        [{"register": "fwb", "implantation": site, "etablissement": site,
          "level": ("fundamental_ordinary", "secondary_ordinary")[n % 4 == 0],
          "teaching": ("primary_ordinary", "secondary_ordinary")[n % 4 == 0]}
         for n, site in enumerate(SITES)],
    )  # fmt: skip
    return made


@pytest.fixture
def with_lists(store):
    """A function that loads lists, by call, and declarations, and gives the ledger."""

    def load(calls, declarations=(), others=()):
        lists = [listed(f"list-{call}", call) for call in calls]
        lists += [listed(code, programme=code, kind="equipped") for code, _ in others]
        store.put("lists", lists)
        rows = [row for found in calls.values() for row in found]
        rows += [
            awarded(str(n), None, programme=programme, stage="installed", list=programme)
            for programme, number in others
            for n in range(number)
        ]
        store.put("participations", rows)
        store.put("complete_lists", declarations)
        store.put("reconciliations", [])
        return store.known_at(DAY)

    return load


def award(call, number, first=0):
    return [awarded(SITES[(first + n) % len(SITES)], call, str(n), "100") for n in range(number)]


def judged(ledger, subject):
    return next(one for one in completeness.completeness(ledger) if one.subject == subject)


def said(ledger, subject):
    """What is said of it in English, with plain spaces."""
    return judged(ledger, subject).words("en").replace("\u00a0", " ")


# --- which lists are complete ---------------------------------------------------------------------------


def test_as_many_as_an_exact_published_number_are_complete(with_lists):
    ledger = with_lists({"EN1": award("EN1", 28), "EN2": award("EN2", 71)})
    assert completeness.complete_calls(ledger) == ("EN1",)
    assert said(ledger, "EN1") == "complete, as many as published (28 projects)"
    assert said(ledger, "EN2") == ("counts as a minimum: 71 in the list, 72 projects published")
    assert completeness.incomplete(ledger, "ecole_numerique") == ("EN2", "EN2021")


def test_a_list_without_a_published_number_is_believed_only_when_declared(with_lists):
    lists = {"EN2021": award("EN2021", 4)}
    ledger = with_lists(lists)
    assert said(ledger, "EN2021") == ("counts as a minimum: no document says how many there were (rows: 4)")
    ledger = with_lists(lists, [declared("EN2021", 4, name_fr="reçue du jury")])
    assert completeness.complete_calls(ledger) == ("EN2021",)
    assert "reçue du jury" in judged(ledger, "EN2021").words("fr")
    # A decision is about the list: it holds on each day on which the list is known.
    assert completeness.complete_calls(ledger.known_on(ledger.known_at.replace(year=2021))) == ("EN2021",)
    assert completeness.complete_calls(ledger.known_on(ledger.known_at.replace(year=2019))) == ()


def test_a_declaration_of_other_rows_is_stale(with_lists):
    ledger = with_lists({"EN2021": award("EN2021", 5)}, [declared("EN2021", 4)])
    assert completeness.complete_calls(ledger) == ()
    (stale,) = completeness.stale_declarations(ledger)
    assert stale.named_words("en") == ("EN2021: counts as a minimum: declared complete with 4 rows, it has 5")


def test_a_declaration_does_not_outweigh_a_published_number(with_lists):
    """4 of 72: somebody must explain that first, in reconciliations.csv."""
    ledger = with_lists({"EN2": award("EN2", 4)}, [declared("EN2", 4)])
    assert completeness.complete_calls(ledger) == ()
    assert "72 projects published" in said(ledger, "EN2")


@pytest.mark.parametrize(
    ("programme", "number", "is_complete"),
    [("connectivity", 183, True), ("connectivity", 182, False), ("cyberclasse", 3000, False)],
)
def test_about_so_many_proves_nothing(with_lists, programme, number, is_complete):
    """183 is exact; "about 3,000" does not tell a whole list from one that lacks some."""
    ledger = with_lists({}, others=[(programme, number)])
    assert judged(ledger, programme).is_complete is is_complete
    assert completeness.incomplete(ledger, programme) == (() if is_complete else (programme,))
    ledger = with_lists({}, [declared(None, number, programme)], others=[(programme, number)])
    assert judged(ledger, programme).is_complete is (number != 182)


def test_of_any_programme_all_that_had_begun_must_be_complete(with_lists):
    ledger = with_lists({"EN1": award("EN1", 28)}, others=[("connectivity", 183)])
    assert set(completeness.incomplete(ledger, None)) == {"EN2", "EN2021", "cyberecole", "cyberclasse"}
    assert completeness.incomplete(ledger, None, ["EN1"]) == ()


# --- what follows from lists that are not -----------------------------------------------------------------


ALL = {"EN1": award("EN1", 28), "EN2": award("EN2", 72), "EN2021": award("EN2021", 4, 30)}
DECLARED = [declared("EN2021", 4)]


def test_who_had_nothing_is_only_told_of_complete_lists(with_lists):
    ledger = with_lists(ALL)
    (row,) = never_awarded_rows(ledger).rows
    assert isinstance(row.participations, Missing)
    assert str(row.participations.caveats[0]).endswith("Lists missing or not complete: ['EN2021'].")
    of_one = never_awarded_rows(ledger, calls=["EN1"]).rows
    assert {row.implantation for row in of_one} == set(SITES[28:])  # those of EN1 are sites 0 to 27
    # EN2 has 72 awards for 40 sites: with it nobody is left.
    assert never_awarded_rows(with_lists(ALL, DECLARED)).rows == []


def test_four_rows_of_many_are_no_count(with_lists):
    """The steward's trap: "4 school sites had a project; 36 had none"."""
    ledger = with_lists({"EN2": award("EN2", 4)})
    repeats = coverage_by_rows(ledger, "repeats")
    assert [row.part for row in repeats.rows] == ["1+"]
    _, cells = worded_rows(ledger, repeats, "fr")
    assert cells[0][0] == "1 ou plus"
    assert "EN1, EN2 et EN2021" in cells[0]
    assert "au moins 4 implantations" in " ".join(cells[0]).replace("\u00a0", " ")
    by = {row["province"]: row for row in records(coverage_by_rows(ledger, "province"))}
    assert (by["namur"]["sites"], by["namur"]["sites_lower"]) == (None, 2)
    assert by["namur"]["sites_upper"] is by["namur"]["share"] is None
    assert by["namur"]["incomplete"] == ("EN1", "EN2", "EN2021")
    rates = [row.projects_per_1000_sites for row in winners_by_rows(ledger, "province").rows]
    assert all(isinstance(rate, Known) and rate.quantity.value is None for rate in rates)


def test_nothing_in_an_incomplete_list_is_not_none(with_lists):
    ledger = with_lists({"EN2": [awarded(SITES[0], "EN2", "1", "5")]})
    by = {row.part: row for row in coverage_by_rows(ledger, "commune").rows}
    assert isinstance(by[ARLON].sites, Missing)
    won = {row.part: row for row in winners_by_rows(ledger, "commune").rows}
    assert isinstance(won[ARLON].amount_eur, Missing)
    assert won[NAMUR].amount_eur.quantity.bounds.ends[0] == 5


def test_each_call_is_counted_by_its_own_list(with_lists):
    ledger = with_lists({"EN1": award("EN1", 28), "EN2": award("EN2", 4)})
    rows = {row["call"]: row for row in records(coverage_by_rows(ledger, "call"))}
    assert (rows["EN1"]["sites"], rows["EN1"]["incomplete"]) == (28, ())
    assert (rows["EN2"]["sites"], rows["EN2"]["sites_lower"]) == (None, 4)
    years = {row.part: row for row in winners_by_rows(ledger, "year").rows}
    assert years[2012].projects.quantity.value == 28
    assert years[2013].projects.quantity.value is None


def test_a_programme_is_counted_or_bounded_and_never_both(with_lists):
    def shown(ledger):
        rows = [row for row in shown_rows(ledger) if row.programme == "ecole_numerique"]
        return {row.basis for row in rows}, rows[0]

    bases, _ = shown(with_lists({"EN1": award("EN1", 28)}))
    assert "counted" not in bases
    bases, row = shown(with_lists({"EN1": award("EN1", 28), "EN2": award("EN2", 72)}))
    assert bases == {"counted"}  # of EN2021, which took place, nothing is known: at least so many
    assert row.sites.quantity.value is None
    assert row.calls_not_known == ("EN2021",)
    bases, row = shown(with_lists(ALL, DECLARED))
    assert (bases, row.sites.quantity.value) == ({"counted"}, 40)
    everywhere = coverage_rows(with_lists(ALL, DECLARED)).rows
    assert {r.basis for r in everywhere if r.programme == "ecole_numerique"} == {"counted"}


# --- property -----------------------------------------------------------------------------------------------


def numbers(ledger):
    """Every answer that is counted from lists, by measure, dimension, part and column; of the number of
    projects of a site, as "n or more"."""
    found = {}
    for make in (coverage_by_rows, winners_by_rows):
        dimensions = (*PLACES, "repeats", *(("call",) if make is coverage_by_rows else ("year",)))
        for by in dimensions:
            table = make(ledger, by)
            for row in table.rows:
                for column in table.answers:
                    found[make.__name__, by, str(row.part), column] = table.cell(row, column)
    return found


def or_more(whole, key):
    """The complete number of sites with so many projects or more, from the exact ones."""
    name, by, part, column = key
    parts = [k for k in whole if k[:2] == (name, by) and k[3] == column]
    least = int(part.removesuffix("+"))
    return sum(whole[k].quantity.value for k in parts if int(k[2]) >= least)


@pytest.mark.search
@settings(max_examples=max(10, SEEDS))
@given(
    seed=st.integers(0, 2**32),
    kept=st.floats(0, 0.99),
    lost=st.sets(st.sampled_from(sorted(ALL)), min_size=1),
)
def test_what_part_of_the_lists_say_is_a_bound_of_what_all_say(store, seed, kept, lost):
    """Whatever rows of some calls are left out: each lower bound ≤ the complete number ≤ the upper bound."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    won = {
        call: [awarded(chance.choice(SITES), call, str(n), str(chance.randrange(1, 99)))
               for n in range(number)]
        for call, number in (("EN1", 28), ("EN2", 72), ("EN2021", 12))
    }  # fmt: skip

    def load(lists, declarations):
        store.put("lists", [listed(f"list-{call}", call) for call, rows in lists.items() if rows])
        store.put("participations", [row for rows in lists.values() for row in rows])
        store.put("complete_lists", declarations)
        store.put("reconciliations", [])
        return store.known_at(DAY)

    whole = numbers(load(won, [declared("EN2021", 12)]))
    assert all(isinstance(one, Missing) or one.quantity.is_exact for one in whole.values())
    some = {
        call: [row for row in rows if call not in lost or chance.random() < kept]
        for call, rows in won.items()
    }
    if any(len(some[call]) == len(won[call]) for call in lost) or not any(some.values()):
        return
    for key, answer in numbers(load(some, [declared("EN2021", 12)])).items():
        if isinstance(answer, Missing) or key[2] == "None":
            continue
        low, high = answer.quantity.bounds.ends
        if key[1] == "repeats":
            if key[3] in ("sites", "projects", "amount_eur"):
                assert low <= or_more(whole, key) <= high, key
        else:
            assert low <= whole[key].quantity.value <= high, key
