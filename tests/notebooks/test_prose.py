"""The prose of the notebooks states no number of the programmes and no superlative that no document is named for
beside it; a guide none that is in no row."""

import ast
import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from ennum_stats.doubt.reading import _READERS, _digits, plain
from ennum_stats.kit.proofs import claims_of

ROOT = Path(__file__).resolve().parents[2]
CELL = re.compile(r'# %% \[markdown\] lang="(\w+)"\n(.*?)(?=\n# %%|\Z)', re.DOTALL)
NOT_PROSE = re.compile(r"^```.*?^```|`[^`]*`|^#+ .*|^\d+\. ", re.DOTALL | re.MULTILINE)
NUMBER = re.compile(r"\d+(?:[\s.,]\d+)*")
OF_METHOD = re.compile(
    r"\b(?:19|20)\d\d\b|\bEN\d+\b|\b\d\d? janvier\b|\b\d\d? January\b|(?:carnet|notebook) \d\d|\d\d\s?%"
)
"""Years, days, calls, other notebooks, and the level of a test."""
OF_PROGRAMMES = re.compile(
    r"winner|lauréat|\bcalls?\b|\bappels?\b|EN\d|École Numérique|Cyber|school|écoles?\b|implantation|\bteam|équipe\b"
)
RATE = re.compile(r"(?:pour|per) 1\D?000 ")
SUPPOSED = re.compile(r"invent|Suppos")
"""Words of a paragraph whose numbers are of nobody."""


def published():
    """The numbers of each document, as printed."""
    found = {}
    for path in (ROOT / "data" / "raw" / "observations").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["value"]:
                    found.setdefault(row["source_id"], set()).add(Decimal(row["value"]))
    return found


def paragraphs(path):
    for language, cell in CELL.findall(path.read_text("utf-8")):
        plain = re.sub(r"^# ?", "", cell, flags=re.MULTILINE)
        without_code = re.sub(r"^```.*?^```", "", plain, flags=re.DOTALL | re.MULTILINE)
        for paragraph in re.split(r"\n\s*\n", without_code):
            yield language, paragraph


def numbers(paragraph):
    """The numbers that a paragraph states, in units or millions."""
    prose = OF_METHOD.sub("", NOT_PROSE.sub("", paragraph))
    for match in NUMBER.finditer(prose):
        digits = re.sub(r"\s|,(?=\d{3})", "", match[0]).replace(",", ".")
        yield Decimal(digits) * (10**6 if "million" in prose[match.end() : match.end() + 9] else 1)


def test_no_answer_rounds_a_bound_to_the_nearest():
    """A format rounds to the nearest, so inwards half of the time: of bounds it may write whole sites alone."""
    rounded = []
    for path in (ROOT / "notebooks" / "source").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FormattedValue) and node.format_spec:
                what, how = ast.unparse(node.value), ast.unparse(node.format_spec)
                if re.search(r"lower|upper|\blow\b|\bhigh\b", what) and not (
                    "sites" in what and ".0f" in how
                ):
                    rounded.append((path.name, what, how))
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("round"):
                what = ast.unparse(node)
                rounded += [(path.name, what, "")] if re.search(r"lower|upper", what) else []
    assert rounded == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "notebooks" / "source").glob("*.py")), ids=lambda path: path.stem
)
def test_a_number_of_the_programmes_is_that_of_a_document_named_beside_it(path):
    of_document = published()
    unproved = []
    for language, paragraph in paragraphs(path):
        named = [of_document[name] for name in re.findall(r"`([\w-]+)`", paragraph) if name in of_document]
        if not SUPPOSED.search(paragraph):
            unproved += [
                (language, number) for number in numbers(paragraph) if not any(number in one for one in named)
            ]
            unproved += [(language, sentence) for sentence in superlatives(paragraph, language) if not named]
    assert unproved == []


def superlatives(paragraph, language):
    """The sentences that say of the programmes what comes first or is the most; questions are none."""
    for sentence in re.split(r"(?<=[.!?:])\s+", NOT_PROSE.sub("", paragraph).replace("\n", " ")):
        is_meant = OF_PROGRAMMES.search(sentence) and not sentence.rstrip("*").endswith("?")
        if is_meant and any(kind == "most" for kind, _ in claims_of(sentence, language)):
            yield sentence


def test_superlatives_are_found():
    said = "Qui a eu le plus de projets ? EN2020 est le dernier appel. Le premier bouton ouvre la page."
    assert [*superlatives(said, "fr")] == ["EN2020 est le dernier appel."]


def counted(text, language):
    """The numbers of a text with what they count, or with a scale."""
    words = RATE.sub("", plain(text.replace("\n", " ")))
    nouns = "|".join(noun for pair in _READERS[language].nouns.values() for noun in pair)
    for digits in _digits(language, words):
        if digits.match["million"] or re.match(rf" (?:{nouns})\b", words[digits.match.end() :]):
            yield digits.value


def test_a_number_that_a_guide_counts_is_one_of_a_row():
    rows, guides = {number for one in published().values() for number in one}, 0
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("[ef][nr]/*.md")):
        text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        found = [*counted(text, "fr" if path.parent.name == "fr" else "en")]
        assert [number for number in found if number not in rows] == [], path
        guides += bool(found)
    assert guides
    assert [*counted("Plus de 1 300 projets, 45 lignes, 7,5 millions d’euros.", "fr")] == [1300, 7_500_000]


def test_numbers_are_found_as_they_are_written():
    said = "Les 1\u202f300 projets, les 7,5 millions et « 85 millions » de 2009 d’EN2020 ; about 3,800 sites."
    assert [*numbers(said)] == [1300, 7_500_000, 85_000_000, 3800]
