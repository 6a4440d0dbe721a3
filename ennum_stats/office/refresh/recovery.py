"""Find again what other programs dropped from a Word file of ours: what the tags of its controls have no room for, and
its tables. The kit of the day of the tags, made anew, has both."""

from __future__ import annotations

from collections.abc import Mapping

from ennum_stats.document.blocks import Blocks
from ennum_stats.document.control import BOOKMARK, ControlForm, bookmark_of, fingerprint_of_rows
from ennum_stats.document.word import WordWriter
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.formats.control_writer import Controls
from ennum_stats.kit.publisher import Publisher
from ennum_stats.kit.resting import with_proofs
from ennum_stats.kit.text import TEXTS, kit_text
from ennum_stats.office.markup import SDT, TABLE, P, w, within
from ennum_stats.office.package import Element
from ennum_stats.office.refresh.word_table import rows_of, words_of_row
from ennum_stats.office.word_file import WordFile
from ennum_stats.store.ledger import Ledger


def texts_of(edition: Edition) -> Mapping[str, Blocks]:
    """Give the blocks of each text as on the day of an edition, by its name."""
    texts = {}
    for name in TEXTS:
        text = kit_text(edition.language, name)
        drawn = [chart for chart in text.charts if edition.chart(chart).marks]
        texts[name] = with_proofs(edition, Resolver(edition, drawn).resolved(text))
    return texts


def recover(document: WordFile, ledger: Ledger, publisher: Publisher) -> bool:
    """Keep again what was kept of the controls of a file, and mark its tables, where a program dropped that; tell
    whether one did."""
    tags = {(control.written.language, control.written.known_at) for control in document.controls()}
    if document.registry or not tags:
        return False
    for language, day in sorted(tags):
        edition = Edition(ledger.known_on(day), language, publisher)
        controls = Controls(edition, document.registry)
        writer = WordWriter(controls, language, chart=lambda _: "", cover=lambda _: "")
        for blocks in texts_of(edition).values():
            writer.markup(blocks)
    tables = {
        entry.written.fingerprint: tag
        for tag, entry in document.registry.items()
        if entry.written.form is ControlForm.TABLE
    }
    for table in document.package.tree(document.main).iter(TABLE):
        tag = tables.get(fingerprint_of_rows(map(words_of_row, rows_of(table))))
        if tag and not within(table, SDT) and not _is_marked(table):
            _mark(document, table, f"{bookmark_of(tag)}_{document.marks.change()}")
    return True


def _is_marked(table: Element) -> bool:
    return any(mark.get(w("name"), "").startswith(BOOKMARK) for mark in table.iter(w("bookmarkStart")))


def _mark(document: WordFile, table: Element, name: str) -> None:
    """Put a bookmark into the first paragraph of a table."""
    paragraph, number = next(table.iter(P)), document.marks.change()
    for tag, more in (("bookmarkStart", {w("name"): name}), ("bookmarkEnd", {})):
        paragraph.append(paragraph.makeelement(w(tag), {w("id"): number, **more}))
