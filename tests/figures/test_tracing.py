"""Where a figure comes from, where it comes from lists of schools."""

from datetime import date

from ennum_stats.figures import figure
from ennum_stats.figures.reports import trace_lines
from ennum_stats.measures.schools.school_lists import lists_named, registers_named


def test_the_lists_of_a_figure_are_told_with_their_days(counted):
    """EN2020 is no call of the twenty years: its list is not among them."""
    lines = trace_lines(figure(counted.dots, "en_coverage"), "fr")
    start = lines.index("Repose sur ces listes d’écoles\u00a0:")
    told = lines[start + 1 : start + 13]
    assert "  - Liste de lauréats, EN1 · 78 lignes · 31\u00a0décembre 2020" in told
    assert [line.strip() for line in told[1::2]] == [
        f"{call}-winners" for call in ("EN1", "EN2", "EN2017", "EN2018", "EN2019", "EN3")
    ]


def test_they_are_in_the_record_and_other_figures_have_none(counted, ledger_at):
    listed = figure(counted.dots, "en_coverage").record("en")["lists"]
    first = next(one for one in listed if one["call"] == "EN1")
    assert first == {
        "list": "EN1-winners", "kind": "winners", "programme": "ecole_numerique", "call": "EN1",
        "size": 78, "known_on": "2020-12-31",
    }  # fmt: skip
    for ledger, name in ((counted.dots, "en2018_projects"), (ledger_at("2026-11-24"), "en_coverage")):
        found = figure(ledger, name)
        assert found.record("en")["lists"] == []
        assert not any("lists of schools" in line for line in trace_lines(found, "en"))


def test_what_was_not_known_yet_is_no_evidence(counted):
    before = counted.dots.known_on(date(2020, 12, 30))
    assert lists_named(before, ["EN1-winners"]) == ()
    assert figure(before, "en_coverage").lists == ()


def test_a_register_has_its_day_and_its_sites(counted):
    (found,) = registers_named(counted.dots, ["fwb-2012", "other"])
    assert (found.register, found.as_of, found.sites) == ("fwb-2012", date(2012, 12, 31), 700)
