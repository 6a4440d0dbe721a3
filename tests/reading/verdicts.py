"""How often an audit is right: its verdicts beside those labelled by hand, one count for each question asked of it."""

from collections import Counter
from datetime import date

from ennum_stats.audit import audit
from ennum_stats.audit.verdict import RIGHT
from tests.reading.corpus import Number, planted, texts

RIGHT_KINDS = {kind.value for kind in RIGHT}
SILENT = {"missing", "not_statistic", "unverifiable"}
RATES = (
    ("found", "found", "statistics", 98),
    ("set aside rightly", "aside", "no statistics", 98),
    ("subject right, of those found and judged", "subject", "judged", 95),
    ("right, of those said to be right", "right", "said right", 97),
    ("contradicted, of those said to be", "contradicted", "said contradicted", 90),
    ("planted errors found", "caught", "planted", 90),
    ("right numbers confirmed", "confirmed", "truly right", 0),
)
"""What is asked, the counts that it is of, and the share that is wanted, in percent."""


def counts(ledger, part: str, language: str = "") -> Counter[str]:
    """Count what became of the numbers of a part, by what is asked of the audit."""
    result: Counter[str] = Counter()
    for _, number, got, subject in judged(ledger, part, language):
        if number.set_aside:
            result["no statistics"] += 1
            result["aside"] += got in ("missing", "not_statistic")
            result["false right"] += got in RIGHT_KINDS
            continue
        can_be_right, is_planted = lawful(number)
        result["statistics"] += 1
        result["found"] += got not in ("missing", "not_statistic")
        result["planted"] += is_planted
        result["caught"] += is_planted and got not in RIGHT_KINDS | SILENT
        result["truly right"] += can_be_right
        result["confirmed"] += can_be_right and got in RIGHT_KINDS
        result["said right"] += got in RIGHT_KINDS
        result["right"] += got in RIGHT_KINDS and can_be_right
        result["false right"] += got in RIGHT_KINDS and not can_be_right
        result["said contradicted"] += got == "contradicted"
        result["contradicted"] += got == "contradicted" and "contradicted" in number.verdicts
        result["judged"] += got not in SILENT
        result["subject"] += got not in SILENT and subject
    return result


def confusion(ledger, part: str, language: str = "") -> Counter[tuple[str, str]]:
    """Count the verdicts by those that were labelled: what was wanted, and what was got."""
    return Counter(
        ("/".join(number.verdicts), got if got not in number.verdicts else "/".join(number.verdicts))
        for _, number, got, _ in judged(ledger, part, language)
    )


def lawful(number: Number) -> tuple[bool, bool]:
    """Say whether a number may be called right, and whether an error was planted that must be found."""
    can_be_right = bool(RIGHT_KINDS & {*number.verdicts})
    return can_be_right, not can_be_right and "unverifiable" not in number.verdicts


def judged(ledger, part: str, language: str = ""):
    """Give each labelled number with the verdict on the text's day, and whether it was judged by the labelled rows."""
    for text in texts(part):
        if language and text.language != language:
            continue
        verdicts = audit(text.words, ledger, text.language, date.fromisoformat(text.day))
        for number in text.numbers:
            nearby = [one for one in verdicts if one.start < number.end and number.start < one.end]
            got = nearby[0].kind.value if nearby else "missing"
            yield text, number, got, bool(nearby) and _is_of(nearby[0], number)


def _is_of(verdict, number: Number) -> bool:
    """Tell whether a verdict rests on the subject of the label: one of its rows, or others of the same subjects."""
    wanted = {_subject(row) for proof in number.proof for row in proof}
    return bool(wanted & {_subject(one.observation_id) for one in verdict.evidence})


def _subject(row: str) -> str:
    return row.partition(".")[2]


def null_faults(ledger, part: str) -> int:
    """Count the sentences on other subjects of which any number is called right or contradicted."""
    return sum(
        any(
            one.kind.value in RIGHT_KINDS | {"contradicted"}
            for one in audit(sentence.sentence, ledger, sentence.language)
        )
        for sentence in planted(part)
    )


def rule_of_three(events: int, cases: int) -> float:
    """Give the upper limit, at 95 %, of a rate in percent: of no event in so many cases, three of them."""
    limits = (3.0, 4.75, 6.3, 7.76)
    return 100 * (limits[events] if events < len(limits) else events + 2 * events**0.5 + 2) / max(cases, 1)
