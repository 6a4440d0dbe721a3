"""Measure what becomes of questions in words, and of the numbers of texts, beside what was labelled by hand."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Sequence
from datetime import date

from bench import serving
from bench.timing import ENNUM, Line, Options, show, timed
from ennum_stats.languages import LANGUAGES
from ennum_stats.project import Project
from ennum_stats.reading.answers import find
from ennum_stats.store.ledger import Ledger, open_ledger
from tests.reading.corpus import PARTS, planted, questions, texts
from tests.reading.rates import RIGHT, WRONG, rates
from tests.reading.verdicts import RATES, confusion, counts, null_faults, rule_of_three

DAY = date(2026, 11, 28)


def measures(options: Options) -> None:
    """Print the rates of the questions that the code was written with, and of those that it was not."""
    root, runs = serving.copied(options.scratch / "find"), options.runs
    ledger = open_ledger(Project(root), DAY)
    # open is by far the largest: what only tries the benchmark measures a closed part
    wanted = options.only or PARTS[options.size(0, 1) : options.size(len(PARTS), 2)]
    languages = LANGUAGES[: options.size(4, 1)]
    lines = []
    for part in wanted:
        by_language = {f"{part} ({language})": rates(ledger, part, language) for language in languages}
        for name, counted in {part: sum(by_language.values(), Counter()), **by_language}.items():
            asked_of = counted.total()
            right, wrong = (100 * counted[kind] / asked_of for kind in (RIGHT, WRONG))
            upper = rule_of_three(counted[WRONG], asked_of)
            lines.append(Line(f"{name} : juste", "85 %", f"{right:.1f} % de {asked_of}", right >= 85))
            lines.append(Line(f"{name} : faux et sûr", "1 %", f"{wrong:.1f} % (≤ {upper:.1f} %)", wrong <= 1))
    show("Questions en mots", lines)
    for part in wanted:
        show(f"Nombres des textes ({part})", _verdicts(ledger, part, languages))
    asked = questions(PARTS[0])[: options.size(105, 3)]
    every = " ".join(text.words for text in texts(PARTS[0])[: options.size(1000, 3)])
    million = options.scratch / "million.txt"
    million.write_bytes("\n\n".join([every] * options.size(5, 1)).encode()[: 10**6])
    command = [
        str(ENNUM),
        "--root",
        str(root),
        "audit",
        str(million),
        "--lang",
        "fr",
        "--date",
        DAY.isoformat(),
    ]
    times = [
        timed(
            "100 questions, à chaud", 2.0, lambda _: [find(ledger, q.words, q.language) for q in asked], runs
        ),
        timed(
            "ennum audit, un texte de 1 Mo",
            10.0,
            lambda _: subprocess.run([*command, "--format", "json"], stdout=subprocess.DEVNULL, check=False),
            runs,
        ),
    ]
    show("Temps", times, ("étendue",))


def _verdicts(ledger: Ledger, part: str, languages: Sequence[str]) -> list[Line]:
    """Set the rates of an audit beside those that are wanted, and the verdicts beside those labelled, by language."""
    by_language = {language: counts(ledger, part, language) for language in languages}
    counted = sum(by_language.values(), Counter())
    lines = [
        Line(name, f"{wanted} %", f"{100 * counted[got] / counted[of]:.1f} % de {counted[of]}",
             100 * counted[got] >= wanted * counted[of])
        for name, got, of, wanted in RATES
    ]  # fmt: skip
    for name, those in {"": counted, **by_language}.items():
        false, said = those["false right"], those["said right"]
        upper = rule_of_three(false, said)
        lines.append(
            Line(f"dits justes à tort {name}", "0", f"{false} de {said} (≤ {upper:.1f} %)", not false)
        )
    null = null_faults(ledger, part)
    lines.append(Line("phrases sur d'autres sujets jugées", "1 %", f"{null} de {len(planted(part))}",
                      100 * null <= len(planted(part))))  # fmt: skip
    for language in languages:
        for (wanted, got), number in sorted(confusion(ledger, part, language).items()):
            if wanted != got:
                lines.append(Line(f"{language} : {wanted}", "", f"{got} : {number}", got == "unverifiable"))
    return lines
