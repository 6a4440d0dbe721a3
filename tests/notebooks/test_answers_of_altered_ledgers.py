"""What notebooks answer: right to the space and the thousands, of the ledger as it is and of altered ones, or the
notebook stops at what it asserts."""

import ast
import re
from contextlib import suppress
from datetime import date

import pytest

import ennum_stats
from ennum_stats.doubt import cases, reading
from ennum_stats.doubt.alterations import WAYS
from ennum_stats.opening import store_of
from ennum_stats.publication import ledger_of_tables
from ennum_stats.raw.schema import RawTablesRefused
from tests.conftest import SEEDS, copy_of_raw, covering

NEEDS_FILES = ("06_an_atlas_of_the_communes", "09_your_own_list", "10_sql_and_bi")
"""They make a demonstration, or read the published file."""
UNPARTED = re.compile(r"(?<![\w.,])(?!(?:19|20)\d\d\b)\d{4,}")


@pytest.fixture(scope="module")
def editions():
    from tools import notebooks

    return [edition for edition in notebooks.editions() if edition.name not in NEEDS_FILES]


def answer_of(edition, ledger, monkeypatch):
    """The words of the last cell, run without a kernel."""

    def opened(known_at=None):
        return store_of(ledger.known_on(date.fromisoformat(known_at)) if known_at else ledger)

    monkeypatch.setattr(ennum_stats, "open", opened)
    code = "\n".join(cell.source for cell in edition.notebook.cells if cell.cell_type == "code")
    *steps, shown = ast.parse(code).body
    names = {}
    exec(compile(ast.Module(steps, []), edition.name, "exec"), names)  # noqa: S102 - our own
    return eval(compile(ast.Expression(shown.value), edition.name, "eval"), names).data  # noqa: S307


def doubtful_in(answer, language):
    words = re.sub(r"`\w+`", "R", answer).replace("**", "")  # rules are named as analysts ask for them
    found = [doubt.piece for doubt in reading.doubts(words, language, is_prose=True)]
    return found + UNPARTED.findall(reading.plain(words))


@pytest.mark.filterwarnings("ignore")
def test_answers_of_the_ledger_hold_nothing_doubtful(editions, ledger_at, monkeypatch):
    ledger = ledger_at("2026-11-24")
    assert len(editions) == 14  # seven in French, then in English: in each run each in one of them
    for edition in covering(editions, 7):
        answer = answer_of(edition, ledger, monkeypatch)
        assert doubtful_in(answer, edition.language) == [], edition.path


@pytest.mark.search
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("case", range(SEEDS or 2))
def test_answers_of_altered_ledgers_hold_nothing_doubtful(editions, case, tmp_path, monkeypatch):
    project, way = copy_of_raw(tmp_path), WAYS[case % len(WAYS)]
    with (
        cases._altered(project, way, f"0.{case}") as (altered, _),
        suppress(RawTablesRefused),
        ledger_of_tables(altered, date(2026, 11, 28)) as ledger,
    ):
        for edition in editions[case % 2 :: 2 if SEEDS else 4]:
            answer = ""
            with suppress(Exception):  # it stops, and answers nothing
                answer = answer_of(edition, ledger, monkeypatch)
            assert not answer or doubtful_in(answer, edition.language) == [], edition.path


def test_a_number_without_thousands_or_with_two_spaces_is_doubtful():
    assert doubtful_in("**Réponse.** 1455 implantations en 2021.", "fr") == ["1455"]
    assert doubtful_in("**Réponse.** 24\u00a0 % des écoles.", "fr")
    assert doubtful_in("**Answer.** 1,455 sites of `en2017_2020_union` in 2021.", "en") == []
