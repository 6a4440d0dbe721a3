"""No text of the code, of a guide or of a notebook claims more than what something proves.

The texts of the press kit are sorted by the build (`ennum_stats.kit.proofs`). Texts of the code cannot change
without it, so that a test is enough: one that says of the programmes what comes first, is more, is so many or
was in a year names beside it what proves that, in a comment:

- `# States last.`: the code says it only where it holds, by a statement that proves such a word, a role of the
  call in it, or a comparison whose wording the reader of `ennum doubt` knows and confirms from the printed numbers;
- `# Quotes press-kit-2020#section-1.`: that document says so there, and a row from that place has its numbers;
- `# Defines the latest first.`: these of its words say what a word means here, or how something is shown.
"""

import re
from functools import cache

import pytest

from ennum_stats.doubt.claims import COMPARISONS
from ennum_stats.figures.statements import ROLES, STATEMENTS
from ennum_stats.kit.proofs import claims_of, claims_proved
from ennum_stats.languages import LANGUAGES, catalogue, translate
from tests.kit.test_proofs import rows_of_places
from tools.catalogues import PACKAGE, declared

ROOT = PACKAGE.parent
STATING = re.compile(r"ennum_stats/(?:charts|comparison|figures|kit|measures)/|dashboards/")
DEFINING = re.compile(r"glossary|/api/|/formats/|/frames/|explanations|proofs\.py")
"""Where texts say what words, parameters, statements and tables mean, or what a file lacks."""
OF_PROGRAMMES = re.compile(
    r"programme|EN\d|École|Cyber|\bcalls?\b|winner|project|school|\bsites?\b|\bteam|budget|\blots?\b|equipment"
    r"|Wi-Fi|connectivity|grant|\bpupil|Wallon|amount|spent|award|desktop",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"(?:more|less|fewer) than \{\w+\}|\{[^}]*\}|\bEN\d+|plan \d{4}.\d{4}|per (?:1,)?[01]00\b|\bat (?:least|most)"
    r"|or more|any more|no longer|more than (?:all|the whole)|later day|real:\d{4}",
    re.IGNORECASE,
)
"""Places of values, names of calls and plans, rates, hedges of numbers, and words that compare nothing."""
MARK = re.compile(r"# (States|Quotes|Defines) (.+)\.$")


texts_of_code = cache(declared)


def claims(text):
    """The words of a text that claim, and the numbers that it types."""
    plain = NAMES.sub("", text)
    return [word for kind, word in claims_of(plain, "en") if kind != "all"] + re.findall(r"\d{2,}", plain)


@cache
def lines(file):
    return (ROOT / file).read_text("utf-8").splitlines()


def mark_of(place):
    """What a comment beside a text, or within three lines, names as its proof."""
    file, _, line = place.partition(":")
    near = lines(file)[max(0, int(line) - 4) : int(line) + 3]
    return next((found.groups() for text in reversed(near) if (found := MARK.search(text))), None)


def is_label_of_figure(text, place):
    """Whether a text is the name of a figure, which defines what that counts."""
    return place.startswith("ennum_stats/figures/") and not text.endswith(".")


def stating():
    """The texts of the code that claim something of the programmes, and where they stand."""
    for key, place in texts_of_code().items():
        text = key if isinstance(key, str) else key[1]
        is_read = STATING.match(place) and not DEFINING.search(place) and not is_label_of_figure(text, place)
        if is_read and OF_PROGRAMMES.search(text) and claims(text):
            yield text, place


def test_what_a_text_of_the_code_claims_is_stated_quoted_or_defined():
    texts = [*stating()]
    assert len(texts) > 10
    assert [f"{place}: {text} ({claims(text)})" for text, place in texts if not mark_of(place)] == []


def is_of_comparison(text, name):
    """Whether a text, in each language, has the wording of a comparison."""
    filled = [
        re.sub(r"\{(\w+)\}", lambda m: "EN7" if m[1] == "call" else "x", translate(text, c))
        for c in LANGUAGES
    ]
    return all(re.search(COMPARISONS[name][c], words) for c, words in zip(LANGUAGES, filled, strict=True))


def states(text, name):
    """Whether what a mark names is a statement, a role or a comparison that has the claiming words of a text."""
    if name in COMPARISONS:
        return is_of_comparison(text, name)
    if name in ROLES:
        return "{call}" in text and {*claims(text)} <= {name}
    kinds = {kind for kind, word in claims_of(text, "en") if word in claims(text)}
    return name in STATEMENTS and kinds <= claims_proved(name) and name in text.lower()


def quotes(text, place):
    """Whether a row from a place of a document has the numbers of a text."""
    cells = " ".join(" ".join(filter(None, row.values())) for row in rows_of_places().get(place, ()))
    return {*re.findall(r"\d{2,}", NAMES.sub("", text))} <= {*re.findall(r"\d+", cells)}


def defines(text, words):
    """Whether words stand in a text, and hold all that it claims."""
    return words.lower() in text.lower() and {*claims(text)} <= {*claims(words)}


TRUE_OF = {"States": states, "Quotes": quotes, "Defines": defines}


def test_what_is_named_as_proof_is_there_and_has_the_words_of_the_text():
    marks = [(*mark, text, place) for text, place in stating() if (mark := mark_of(place))]
    assert {kind for kind, *_ in marks} == {*TRUE_OF}
    assert [(place, kind, name) for kind, name, text, place in marks if not TRUE_OF[kind](text, name)] == []


@pytest.mark.parametrize(
    ("kind", "name", "text"),
    [
        ("States", "last", "The first call, {call}, selected {projects}."),
        ("States", "last", "The last of the lists"),
        ("States", "exceeds", "{call} has the highest number"),
        ("States", "highest mean", "{call} awarded most: {amount}"),
        ("Quotes", "press-kit-2020#section-2.2", "From 2017 the helpdesk also serves École Numérique."),
        ("Quotes", "press-kit-2020#nowhere", "From 2016 the helpdesk also serves École Numérique."),
        ("Defines", "dot", "Where several sites are on one dot, it shows the first."),
        ("Defines", "the latest first", "Three projects, the latest first"),
    ],
)  # fmt: skip
def test_a_mark_that_is_not_true_of_its_text_is_seen(kind, name, text):
    assert not TRUE_OF[kind](text, name)


@pytest.mark.parametrize("language", ["fr", "de", "nl"])
def test_a_translation_says_nothing_first_nor_so_many_that_the_text_does_not(language):
    """French has no word for "both" but "les deux"."""
    texts, more, read = catalogue(language), [], 0
    for key, place in texts_of_code().items():
        text, is_plain = (key, True) if isinstance(key, str) else (key[1], False)
        if not STATING.match(place) or DEFINING.search(place) or not OF_PROGRAMMES.search(text):
            continue
        told = texts.texts.get(key, "") if is_plain else texts.plurals.get(key, ("", ""))[1]
        words = re.sub(r"\{[^}]*\}|les deux", "", told)
        kinds = {kind for kind, _ in claims_of(words, language)} - {kind for kind, _ in claims_of(text, "en")}
        years = {*re.findall(r"\d{4}", words)} - {*re.findall(r"\d{4}", text)}
        more += [(place, told)] if kinds & {"most", "count"} or years else []
        read += bool(told)
    assert read > 300
    assert more == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The budget grew to {total}", ["grew"]),
        ("{total} were spent from 1999 to {last}", ["1999"]),
        ("Four programmes for schools", ["Four"]),
        ("{n} projects per 1,000 school sites of EN2020, at least {m} in the plan 2022–2026", []),
    ],
)
def test_claims_of_a_text_are_seen(text, expected):
    assert claims(text) == expected
