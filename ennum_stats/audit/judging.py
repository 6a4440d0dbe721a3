"""Judge each number of a text: its subject first, then its value, on the day of the text and today."""

from __future__ import annotations

from datetime import date

from ennum_stats.audit.verdict import Verdict, VerdictKind
from ennum_stats.errors import message
from ennum_stats.reading.quantities import NumberInText, numbers_in
from ennum_stats.reading.questions import language_of
from ennum_stats.store.ledger import Ledger

NO_SUBJECT = message("what it is about was not found")
ASIDE = message("set aside as: {reason}")


def audit(
    text: str,
    ledger: Ledger,
    language: str | None = None,
    day: date | None = None,
    *,
    reader: str | None = None,
) -> list[Verdict]:
    """Judge every number of a text, in the order in which they stand; `start` and `end` are places in `text`.

    `language` is that of the text (found where it is not given), `reader` that of the words of the verdicts (the
    text's where it is not given), and `day` the day on which the text was written (the ledger's where it is not
    given). Blank lines part paragraphs; a short line without a full stop is a heading. The ledger says for whom is
    judged: give that of the public, unless the reader may know what is under embargo.
    """
    language, day = language or language_of(text), day or ledger.known_at
    reader = reader or language
    return [_verdict(number, day, reader) for number in numbers_in(text, language)]


def _verdict(number: NumberInText, _day: date, _reader: str) -> Verdict:
    aside = bool(number.reason)
    kind = VerdictKind.NOT_STATISTIC if aside else VerdictKind.UNVERIFIABLE
    reason = message(ASIDE.text, reason=number.reason) if aside else NO_SUBJECT
    return Verdict(number.start, number.end, number.text, kind, kind, unit=number.unit, reason=reason)
