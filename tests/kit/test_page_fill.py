"""Pages of the kit: filled to two thirds and more, in every language and on other days, in fourteen pages."""

import io
from itertools import product

import numpy as np
import pypdfium2
import pytest

from ennum_stats.charts.catalogue import chart
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.formats.page_fill import BOTTOM_CM, TOP_CM, End, EndKind, emptiness
from ennum_stats.kit.formats.pdf import write_pdf
from ennum_stats.kit.press import KIT_LANGUAGES
from ennum_stats.kit.text import kit_text
from tests.conftest import SEEDS

ROOM = BOTTOM_CM - TOP_CM
HEIGHT_CM = 29.7
LONGEST_MAIN_PART = 14
TWO_THIRDS = 0.66
"""With a tolerance of a line: what is asked is that no page is more than a third empty."""
A_ROW_ALONE = 0.1


def test_what_is_left_before_an_undivided_block_is_empty():
    """Half of the first page stands empty before a chart that begins the second."""
    ends = [End(EndKind.DIVIDED, 2, TOP_CM + ROOM / 2), End(EndKind.WHOLE, 3, 20.0)]
    assert emptiness(ends) == pytest.approx(0.5)


def test_text_that_goes_on_leaves_nothing_empty():
    assert emptiness([End(EndKind.DIVIDED, 2, 15.0), End(EndKind.DIVIDED, 3, 20.0)]) == 0


def test_the_last_page_of_a_part_may_be_short_but_no_line_stands_alone():
    before = [End(EndKind.DIVIDED, 2, 27.0), End(EndKind.DIVIDED, 3, TOP_CM + 8)]
    after = [End(EndKind.PART, 4, TOP_CM), End(EndKind.DIVIDED, 4, 20.0)]
    assert emptiness([*before, *after]) == 0
    alone = [before[0], End(EndKind.DIVIDED, 3, TOP_CM + 1), *after]
    assert emptiness(alone) == 1


TODAY, THEN = "2026-11-24", "2020-01-31"
KITS = [*product((TODAY, THEN), KIT_LANGUAGES if SEEDS else ("fr", "de"))]
if not SEEDS:
    KITS += [(TODAY, "nl"), (TODAY, "en")]
"""Of the day of the press kit in each run the shortest text and the longest, which is the German one."""


@pytest.fixture
def pdf_of(kit_of, ledger_at, tmp_path):
    """The PDF of a kit in a language as known on a day: of the kits that are made for other tests, or alone."""

    def of(language, day):
        for made_on, languages in (("2026-11-24", KIT_LANGUAGES), ("2020-01-31", ("fr",))):
            if day == made_on and language in languages:
                return (kit_of(day, languages) / language / "press-kit.pdf").read_bytes()
        edition = Edition(ledger_at(day), language)
        text = kit_text(language)
        drawn = {name for name in text.charts if chart(edition.ledger, name, language).marks}
        (tmp_path / "charts").mkdir()
        return write_pdf(
            edition, Resolver(edition, drawn).resolved(text), "Titre", "Dossier", tmp_path / "charts"
        )

    return of


@pytest.mark.parametrize(("day", "language"), KITS)
def test_no_page_is_more_than_a_third_empty(pdf_of, language, day):
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf_of(language, day)))
    filled = [_filled(page) for page in pages]
    (annex,) = (
        number
        for number, page in enumerate(pages)
        if number > 2 and _first_words(page).startswith(("Annexe A", "Anhang A", "Bijlage A", "Annex A"))
    )
    assert annex <= LONGEST_MAIN_PART
    last = {annex - 1, len(pages) - 1}
    assert [n for n, share in enumerate(filled) if share < TWO_THIRDS and n not in last] == []
    assert all(filled[number] > A_ROW_ALONE for number in last)


def _filled(page):
    """How far down ink goes on a page, as a share of the height of its text."""
    grey = np.asarray(page.render(scale=0.5).to_pil().convert("L"))
    top, bottom = (round(cm / HEIGHT_CM * len(grey)) for cm in (TOP_CM, BOTTOM_CM))
    inked = np.nonzero((grey[top:bottom] < 200).any(axis=1))[0]
    return (inked[-1] + 1) / (bottom - top) if len(inked) else 0.0


def _first_words(page):
    """What stands first below the line that runs along the head of pages."""
    lines = page.get_textpage().get_text_range().replace("\r", "").split("\n")
    return next((line for line in lines[1:] if line[:4] in ("Anne", "Anha", "Bijl")), "")
