"""Texts are set by the rules of their language; expected texts are typed by hand (U+00A0 as an escape)."""

import pytest

from ennum_stats.typography import semicolons, tied_to_digits, typeset, unbroken, with_number


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("l'école : « oui » ?", "fr", "l\u2019école\u00a0: «\u00a0oui\u00a0»\u00a0?"),
        ("d'abord ; ensuite !", "fr", "d\u2019abord\u00a0; ensuite\u00a0!"),
        ("foto's ; video's: ja?", "nl", "foto\u2019s; video\u2019s: ja?"),
        ("so geht's: gut", "de", "so geht\u2019s: gut"),
        ("1999-2019", "de", "1999–2019"),
        ("1999-2019", "nl", "1999-2019"),
        ("the unit's budget; no more", "en", "the unit\u2019s budget; no more"),
    ],
)
def test_a_text_is_set_as_its_language_wants(text, language, expected):
    assert typeset(text, language) == expected
    assert typeset(expected, language) == expected


def test_semicolons_stand_alone_in_french_only():
    assert semicolons(["a", "b"], "fr") == "a\u00a0; b"
    assert [semicolons(["a", "b"], language) for language in ("de", "nl", "en")] == ["a; b"] * 3


def test_what_must_stay_on_one_line_does():
    assert unbroken("31 janvier 2020") == "31\u00a0janvier\u00a02020"
    assert tied_to_digits("section 2.1, page 3") == "section\u00a02.1, page\u00a03"
    assert with_number("# millions d’euros", "#", "137") == "137\u00a0millions d’euros"
    assert with_number("# M €", "#", "25,1") == "25,1\u00a0M\u00a0€"
    assert with_number("BEF # m", "#", "1") == "BEF\u00a01\u00a0m"
