"""Things found by name: in four languages, without accents, begun, misspelled, by code."""

import pytest

from ennum_stats.languages import LANGUAGES
from ennum_stats.search.entries import ENTRY_KINDS
from ennum_stats.search.lookup import LONGEST_TEXT, highlighted, lookup

FOUND = [
    ("Verviers", "commune", "63079"),
    ("verv", "commune", "63079"),
    ("Vervier", "commune", "63079"),
    ("Lüttich", "commune", "62063"),
    ("luttich", "commune", "62063"),
    ("Luik", "commune", "62063"),
    ("liege", "commune", "62063"),
    ("62063", "commune", "62063"),
    ("4800", "commune", "63079"),
    ("charlroi", "commune", "52011"),
    ("st nicolas", "commune", "62093"),
    ("82039", "commune", "82003"),
    ("Hennegau", "province", "hainaut"),
    ("Waals-Brabant", "province", "walloon_brabant"),
    ("réseau provincial", "network", "provincial"),
    ("wbe", "network", "wbe"),
    ("EN2018", "call", "EN2018"),
    ("en 2018", "call", "EN2018"),
    ("en2018 budget", "figure", "en2018_budget"),
    ("vestigingsplaatsen", "word", "implantations"),
    ("combien d'écoles à Verviers n'ont rien eu", "commune", "63079"),
]


def codes(found, kind):
    return [one.entry.code for group in found.groups if group.kind == kind for one in group.matches]


@pytest.mark.parametrize(("text", "kind", "code"), FOUND)
def test_found_first_of_its_kind(ledger, text, kind, code):
    for language in LANGUAGES:
        found = lookup(ledger, text, language)
        assert codes(found, kind)[0] == code
        assert not found.is_nearest


def test_a_name_goes_before_what_only_contains_it(ledger):
    found = lookup(ledger, "Liège", "fr")
    assert [group.kind for group in found.groups][:2] == ["commune", "province"]


def test_documents_and_published_numbers(ledger):
    assert codes(lookup(ledger, "Batichronique", "fr"), "document") == ["batichronique-2018"]
    (one,) = [
        match
        for group in lookup(ledger, "fonds propres de Charleroi", "fr").groups
        for match in group.matches
        if match.entry.code == "lavenir-2022-05-28.own_funds.charleroi"
    ]
    assert one.entry.document == "lavenir-2022-05-28"


def test_nothing_found_gives_the_nearest_or_says_so(ledger):
    near = lookup(ledger, "Verwyrs", "fr")
    assert near.is_nearest or codes(near, "commune")[0] == "63079"
    assert lookup(ledger, "zzzzqqq", "fr").groups == ()
    assert lookup(ledger, " ?! ", "fr").groups == ()


def test_what_was_not_known_is_not_found(ledger):
    early = ledger.known_on(ledger.days_known()[0])
    assert codes(lookup(early, "EN2020", "fr"), "call") == []
    assert codes(lookup(ledger, "EN2020", "fr"), "call") == ["EN2020"]


def test_kinds_are_declared_and_bounded(ledger):
    found = lookup(ledger, "a", "fr", most=3)
    assert {group.kind for group in found.groups} <= set(ENTRY_KINDS)
    assert all(len(group.matches) <= 3 <= group.total for group in found.groups if group.total > 3)
    assert lookup(ledger, "Verviers" + " " * LONGEST_TEXT + "zz", "fr").groups


@pytest.mark.parametrize(
    ("label", "text", "typed"),
    [
        ("Liège", "lie", ["Liè"]),
        ("Mont-Saint-Guibert", "mont st gui", ["Mont", "Saint", "Gui"]),
        ("province de Liège", "de liege", ["Liège"]),
        ("Verviers", "Vervier", ["Vervier"]),
        ("Œuvre", "oeu", []),
    ],
)
def test_what_was_typed_is_marked(label, text, typed):
    parts = highlighted(label, text)
    assert "".join(part for part, _ in parts) == label
    assert [part for part, is_typed in parts if is_typed] == typed
