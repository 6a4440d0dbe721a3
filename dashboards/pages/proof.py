"""Why a sentence of the press kit may be said on a day: the sentences, the rule, the arithmetic and the rows
of a statement, or the document and the place of a quotation, under an address of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dashboards.components import evidence_link, page_link, section, table_section
from dashboards.components.evidence import RESTS_ON, published_numbers
from dashboards.components.texts import ALL_NUMBERS, located, numbers_link, title_of, titled
from dashboards.filters import PRICES_AS_PRINTED
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from ennum_stats.document import blocks as doc
from ennum_stats.errors import message, unknown_name
from ennum_stats.figures import Figure
from ennum_stats.figures.explanations import QUOTES, RowRead, explained, names_compared, page_of
from ennum_stats.figures.observations import bounds_words, place_words, source_named
from ennum_stats.kit.lineage import lineage, lineage_svg
from ennum_stats.kit.resting import place_quoted, proofs_named, resting_on
from ennum_stats.languages import day
from ennum_stats.measures.dates import published_words
from ennum_stats.store.answers import Source

TITLE = message("Why this may be said")
SENTENCE = message("What the press kit says, and on what it rests.")
HOLDS = message("By the numbers known on {day}, this is so.")
HOLDS_NOT = message("By the numbers known on {day}, this is not proved: the press kit does not say it.")
NOT_PROVED = message("Not proved: {claim}")
QUOTED = message("The press kit quotes a document, and says where it stands there.")
SENTENCES = message("In the press kit")
NO_SENTENCE = message("No sentence of the press kit of this day rests on it.")
RULE = message("Rule")
ARITHMETIC = message("Arithmetic")
FIGURES = message("Figures compared")
FIGURES_HEADER = (message("Figure"), message("Number"), message("Bounds"))
ROWS = message("Rows it reads")
ROWS_HEADER = (message("What"), message("Says"), message("Document"))
DOCUMENT = message("Document")
STATED = message("What the press kit states with it")
WAY = message("From documents to sentences and charts")
QUOTED_AT = message("Quoted in the press kit")
NO_PROOF = message("The press kit has no sentence with the proof “{name}”.")


def statements_with(reading: Reading, figure: str) -> Iterator[doc.Section]:
    """Give links to the proofs of what the press kit states with a figure, if anything."""
    named = (each for each in proofs_named() if not each.startswith(QUOTES))
    meant = [each for each in named if figure in names_compared(reading.ledger, each)]
    known = ((each, explained(reading.ledger, each, reading.language)) for each in meant)
    links = [page_link(reading.view.address(page_of(each)), why.claim) for each, why in known if why.holds]
    if links:
        yield section(reading.t(STATED), links=links)


def way_of(reading: Reading, figure: Figure) -> Iterator[doc.Section]:
    """Draw the way of a figure from places in documents to what is said and drawn of it, and lead on to that."""
    steps = lineage(figure, reading.language)
    title = reading.t(WAY)
    sentences = [step.text for step in steps if step.step == "sentence"]
    charts = [
        page_link(reading.view.address(f"chart/{step.name}"), step.text)
        for step in steps
        if step.step == "chart"
    ]
    if sentences or charts:
        drawn = doc.Illustration(lineage_svg(steps, reading.language, title), title, "way")
        yield doc.Section((doc.Heading(2, (title,)), drawn))
        yield section(items=sentences, links=charts)


def places_quoted(reading: Reading, document: str) -> Iterator[doc.Section]:
    """Give links to what the press kit quotes of a document, if anything."""
    places = [each for each in proofs_named() if each.startswith(f"{QUOTES}:{document}#")]
    links = [
        page_link(
            reading.view.address(page_of(each)),
            doc.Text(*place_words(place_quoted(each)[1], reading.language)),
        )
        for each in places
    ]
    if links:
        yield section(reading.t(QUOTED_AT), links=links)


def proof_named(reading: Reading) -> str:
    """Find the statement or quotation of the address. Raises `UnknownName`."""
    by_page = {page_of(proof): proof for proof in proofs_named()}
    if reading.view.page not in by_page:
        names = [page.partition("/")[2] for page in by_page]
        raise unknown_name(message(NO_PROOF.text, name=reading.view.page.partition("/")[2]), names)
    return by_page[reading.view.page]


def _quoted(reading: Reading) -> Source | None:
    """Find the document that the address quotes; nothing for a statement. Raises `UnknownName`."""
    meant = proof_named(reading)
    return source_named(reading.ledger, place_quoted(meant)[0]) if meant.startswith(f"{QUOTES}:") else None


def heading(reading: Reading) -> str:
    """Give what is stated, or the title of the document that is quoted. Raises `UnknownName`."""
    if source := _quoted(reading):
        return source.title
    known = explained(reading.ledger, proof_named(reading), reading.language)
    claim = known.claim.removesuffix(".")
    return claim if known.holds else reading.t(NOT_PROVED, claim=claim)


def heading_language(reading: Reading) -> str:
    """Tell in which language that is. Raises `UnknownName`."""
    source = _quoted(reading)
    return source.title_language if source else reading.language


def proof(reading: Reading) -> Content:
    """Show on what sentences of the press kit rest. Raises `UnknownName`."""
    meant, source = proof_named(reading), _quoted(reading)
    yield from _quotation(reading, meant, source) if source else _statement(reading, meant)


def _statement(reading: Reading, statement: str) -> Iterator[Any]:
    language = reading.language
    known = explained(reading.ledger, statement, language)
    on = day(reading.ledger.known_at, language)
    yield section(paragraphs=[reading.t(HOLDS if known.holds else HOLDS_NOT, day=on)])
    yield _sentences(reading, statement)
    yield section(reading.t(RULE), [known.rule])
    if known.arithmetic:
        yield section(reading.t(ARITHMETIC), items=known.arithmetic)
    if known.figures:
        numbers = [
            [
                evidence_link(reading, f"figure/{figure.name}", figure.label(language)),
                figure.full_text(language),
                bounds_words(figure.quantity, language) if figure.quantity else "",
            ]
            for figure in known.figures
        ]
        header = [reading.t(text) for text in FIGURES_HEADER]
        yield table_section("proof-figures", reading.t(FIGURES), header, numbers, numeric={1})
    if known.rows:
        header = [reading.t(text) for text in ROWS_HEADER]
        rows = [[row.label, row.words, _document(reading, row)] for row in known.rows]
        yield table_section("proof-rows", reading.t(ROWS), header, rows)
    observations = {o.observation_id: o for figure in known.figures for o in figure.observations}
    yield from published_numbers(reading, "proof", RESTS_ON, [*observations.values()])


def _quotation(reading: Reading, quotation: str, source: Source) -> Iterator[Any]:
    locator = place_quoted(quotation)[1]
    yield section(paragraphs=[reading.t(QUOTED)])
    yield _sentences(reading, quotation)
    on = published_words(source, reading.language)
    numbers = numbers_link(reading, source, reading.t(ALL_NUMBERS))
    where = (title_of(source), " – ", located(reading, locator), f", {on} · ", numbers)
    yield section(reading.t(DOCUMENT), [where])
    printed = [
        o for o in reading.ledger.all_observations()
        if o.source == source and o.locator.partition(",")[0] == locator
    ]  # fmt: skip
    yield from published_numbers(reading, "proof", RESTS_ON, printed)


def _document(reading: Reading, row: RowRead) -> doc.Inlines:
    if not row.source_id:
        return ()
    source = reading.ledger.source(row.source_id)
    on = published_words(source, reading.language)
    return titled(reading, source, row.locator, on) if row.locator else (title_of(source), doc.Small((on,)))


def _sentences(reading: Reading, meant: str) -> Any:
    lines = resting_on(reading.ledger, reading.language, meant)
    texts = [tuple(_shown(reading, line)) for line in lines]
    return section(
        reading.t(SENTENCES), () if texts else (reading.t(NO_SENTENCE),), texts, style="text sentences"
    )


def _shown(reading: Reading, inlines: Iterable[Any]) -> Iterator[Any]:
    """Show a filled line: its figures lead to their evidence."""
    for inline in inlines:
        if isinstance(inline, doc.FigureWords) and inline.is_number:
            name = inline.figure.partition(".")[0]
            yield evidence_link(reading, f"figure/{name}", inline.words)
        elif isinstance(inline, doc.Sentence):
            yield from _shown(reading, inline.inlines)
        else:
            yield doc.plain_text(inline)


register_page(
    "proof/<name>", TITLE, SENTENCE, proof,
    filters=(PRICES_AS_PRINTED,), heading=heading, heading_language=heading_language,
)  # fmt: skip
