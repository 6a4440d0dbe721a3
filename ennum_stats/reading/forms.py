"""How people write numbers: one table a language, read by whoever imports a cell and whoever reads a text.

Patterns are matched against text that `levelled` has prepared: small letters without accents, plain spaces
and apostrophes, as long as the text itself, so that a place in the one is the same place in the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from ennum_stats.vocabulary import Precision

T = TypeVar("T")
Patterns = tuple[tuple[str, Precision], ...]

_ABOUT, _NEARLY, _ROUNDED, _EXACT = Precision.ABOUT, Precision.NEARLY, Precision.ROUNDED, Precision.EXACT
_MORE, _LESS, _LEAST, _MOST = Precision.MORE_THAN, Precision.LESS_THAN, Precision.AT_LEAST, Precision.AT_MOST
_THOUSAND, _MILLION, _MILLIARD = Decimal(10) ** 3, Decimal(10) ** 6, Decimal(10) ** 9
SIGNS: Patterns = ((r"[~±]|ca\.?", _ABOUT), (r">=|≥", _LEAST), (r"<=|≤", _MOST), (r">", _MORE), (r"<", _LESS))
SHORT_SCALES = (
    (r"milliards?|mrds?|mds?|mia|bn", _MILLIARD),
    (r"mios?|mill|mln|mn|m", _MILLION),
    (r"k", _THOUSAND),
)
"""Scales that are one only beside a currency: "7 m" are metres."""


@dataclass(frozen=True)
class NumberForms:
    """Hold the words of one language that stand about a number."""

    before: Patterns
    """Words before a number that say how well it is known; the longer ones first."""
    after: Patterns
    scales: tuple[tuple[str, Decimal], ...]
    units: tuple[tuple[str, str], ...]
    ranges: tuple[tuple[str, str], ...]
    """What opens a range, and what joins its ends."""
    parts: tuple[tuple[str, Fraction], ...]
    """Shares told in words: "la moitié", "une école sur deux"."""
    collectives: tuple[tuple[str, int], ...]
    """Round numbers told in a noun: "une cinquantaine"; each is about so many."""
    out_of: str
    """What stands between the two numbers of "9 sur 10"."""
    months: str
    linking: str
    """What may stand between a number and its unit."""
    noun: str
    """How a word is written that may be the noun of what is counted, in the plural, in German with a capital; or a
    participle, of which is not known what was done."""


FORMS = {
    "fr": NumberForms(
        before=(
            (r"a peu pres|approximativement|environ|env\.?|quelque|autour de|aux alentours de|de l'ordre de", _ABOUT),
            (r"pres de|presque|quasi(?:ment)?|pas loin de|a peine moins d[e']|pas tout a fait", _NEARLY),
            (r"(?:un peu |bien )?plus d[e']|superieure?s? a|au-dela de|a peine plus d[e']", _MORE),
            (r"depass(?:ant|ent?|ait|aient|er)(?: les)?", _MORE),
            (r"(?:un peu |bien )?moins d[e']|pas meme|meme pas", _LESS),
            (r"au moins|au minimum|minimum|pas moins d[e']", _LEAST),
            (r"a peine|au plus|au maximum|maximum|jusqu'a|tout au plus|pas plus d[e']", _MOST),
            (r"exactement|precisement|exact", _EXACT),
            (r"arrondi a|arrondi", _ROUNDED),
        ),
        after=((r"ou plus|au moins|au minimum", _LEAST), (r"au plus|au maximum|ou moins", _MOST),
        (r"environ", _ABOUT)),
        scales=((r"milliards?", _MILLIARD), (r"millions?", _MILLION), (r"milliers?|mille", _THOUSAND)),
        units=(
            (r"€|eur|euros?", "EUR"),
            (r"francs?(?: belges?)?|bef|fb", "BEF"),
            (r"%|pour cent(?! eleves)|pourcents?", "percent"),
            (r"projets?", "projects"),
            (r"implantations?", "implantations"),
            (r"etablissements?", "etablissements"),
            (r"ecoles?", "schools"),
        ),
        ranges=((r"entre", r"et"), (r"de", r"a"), (r"", r"a")),
        parts=(
            (r"(?:la|l'autre|pour) moitie|une? (?:[a-z]+ )?sur deux", Fraction(1, 2)), (r"deux tiers", Fraction(2, 3)),
            (r"(?:un|le)(?: bon| petit)? tiers|une? (?:[a-z]+ )?sur trois", Fraction(1, 3)),
            (r"trois quarts", Fraction(3, 4)),
            (r"(?:un|le)(?: bon| petit)? quart|une? (?:[a-z]+ )?sur quatre", Fraction(1, 4)),
            (r"un cinquieme|une? (?:[a-z]+ )?sur cinq", Fraction(1, 5)), (r"un sixieme", Fraction(1, 6)),
            (r"un huitieme", Fraction(1, 8)), (r"un dixieme|une? (?:[a-z]+ )?sur dix", Fraction(1, 10)),
        ),
        collectives=(
            (r"dizaine", 10), (r"douzaine", 12), (r"quinzaine", 15), (r"vingtaine", 20), (r"trentaine", 30),
            (r"quarantaine", 40), (r"cinquantaine", 50), (r"soixantaine", 60), (r"septantaine", 70), (r"centaine", 100),
            (r"millier", 1000),
        ),
        out_of=r"sur(?: les)?",
        months=r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre",
        linking=r"(?:d'|de |des )?",
        noun=r".{2,}(?:[sx]|é)|gens",
    ),
    "de": NumberForms(
        before=(
            (r"rund|etwa|ungefahr|circa|zirka|an die|gut und gerne", _ABOUT),
            (r"fast|beinahe|nahezu|knapp|nicht ganz", _NEARLY),
            (r"(?:etwas |weit |deutlich )?mehr als|(?:hoher|gros+er) als|uber|gut", _MORE),
            (r"(?:etwas )?weniger als|unter|(?:noch )?keine|nicht einmal", _LESS),
            (r"mindestens|wenigstens|nicht weniger als", _LEAST),
            (r"kaum|hochstens|maximal|bis zu|nicht mehr als", _MOST),
            (r"genau|exakt", _EXACT),
            (r"gerundet", _ROUNDED),
        ),
        after=((r"oder mehr", _LEAST), (r"oder weniger", _MOST)),
        scales=((r"milliarden?|mrd\.?", _MILLIARD), (r"million(?:en)?|mio\.?", _MILLION), (r"tausend", _THOUSAND)),
        units=(
            (r"€|eur|euro", "EUR"), (r"(?:belgischen? )?franken|belgische francs?|bef", "BEF"),
            (r"%|prozent|v\. ?h\.", "percent"), (r"projekte?n?", "projects"),
            (r"(?:schul)?standorte?n?", "implantations"),
            (r"bildungseinrichtung(?:en)?", "etablissements"), (r"schulen?", "schools"),
        ),
        ranges=((r"zwischen", r"und"), (r"von", r"bis"), (r"", r"bis")),
        parts=(
            (r"d(?:ie|er)(?: anderen?)? halfte|zur halfte|jede[rs]? zweite[nr]?", Fraction(1, 2)),
            (r"zwei drittel", Fraction(2, 3)),
            (r"ein drittel|jede[rs]? dritte[nr]?", Fraction(1, 3)), (r"drei viertel", Fraction(3, 4)),
            (r"ein viertel|jede[rs]? vierte[nr]?", Fraction(1, 4)),
            (r"ein funftel|jede[rs]? funfte[nr]?", Fraction(1, 5)),
            (r"ein sechstel", Fraction(1, 6)), (r"ein achtel", Fraction(1, 8)),
            (r"ein zehntel|jede[rs]? zehnte[nr]?", Fraction(1, 10)),
        ),
        collectives=((r"dutzend", 12),),
        out_of=r"von(?: den)?",
        months=r"januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember",
        linking=r"(?:der |von )?",
        noun=r"[A-ZÄÖÜ].*|.{,5}ge.{3,}(?:t|en)",
    ),
    "nl": NumberForms(
        before=(
            (r"ongeveer|zowat|zo'n|circa|rond de|om en bij de", _ABOUT),
            (r"bijna|haast|vrijwel|tegen de|net (?:geen|niet)|niet helemaal", _NEARLY),
            (r"(?:iets |veel |ruim )?meer dan|(?:hoger|groter) dan|ruim|boven de", _MORE),
            (r"(?:iets )?minder dan|onder de|(?:nog )?geen|niet eens", _LESS),
            (r"minstens|ten minste|minimaal|niet minder dan", _LEAST),
            (r"amper|nauwelijks|hoogstens|ten hoogste|maximaal|tot maximum|niet meer dan", _MOST),
            (r"precies|exact", _EXACT),
            (r"afgerond", _ROUNDED),
        ),
        after=((r"of meer", _LEAST), (r"of minder", _MOST), (r"-tal", _ABOUT)),
        scales=((r"miljard(?:en)?|mld\.?", _MILLIARD), (r"miljoen(?:en)?|mln\.?", _MILLION), (r"duizend", _THOUSAND)),
        units=(
            (r"€|eur|euro'?s?", "EUR"), (r"(?:belgische )?frank|bef", "BEF"),
            (r"%|procent|pct\.?|ten honderd", "percent"),
            (r"project(?:en)?", "projects"),
            (r"(?:vestigingsplaats|vestiging|schoolvestiging)(?:en)?", "implantations"),
            (r"onderwijsinstelling(?:en)?", "etablissements"), (r"scholen|school", "schools"),
        ),
        ranges=((r"tussen", r"en"), (r"van", r"tot"), (r"", r"tot")),
        parts=(
            (r"de(?: andere)? helft|een op (?:de )?twee", Fraction(1, 2)), (r"twee derden?", Fraction(2, 3)),
            (r"een derde|een op (?:de )?drie", Fraction(1, 3)), (r"drie ?kwart", Fraction(3, 4)),
            (r"een kwart|een op (?:de )?vier", Fraction(1, 4)),
            (r"een vijfde|een op (?:de )?vijf", Fraction(1, 5)),
            (r"een zesde", Fraction(1, 6)), (r"een achtste", Fraction(1, 8)),
            (r"een tiende|een op (?:de )?tien", Fraction(1, 10)),
        ),
        collectives=(
            (r"tiental", 10), (r"dozijn", 12), (r"twintigtal", 20), (r"dertigtal", 30),
            (r"veertigtal", 40), (r"vijftigtal", 50), (r"zestigtal", 60), (r"honderdtal", 100),
            (r"tweehonderdtal", 200), (r"driehonderdtal", 300), (r"vijfhonderdtal", 500), (r"duizendtal", 1000),
        ),
        out_of=r"(?:op|van) de",
        months=r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
        linking=r"(?:van de |van )?",
        noun=r".{2,}(?:en|s)|.+lui|.{,5}ge.{3,}d",
    ),
    "en": NumberForms(
        before=(
            (r"about|around|approximately|roughly|some|circa|in the region of", _ABOUT),
            (r"nearly|almost|close to|(?:just )?(?:short|shy) of|just under|not quite", _NEARLY),
            (r"(?:a little |just )?more than|(?:higher|larger|greater) than", _MORE),
            (r"(?:just |well )?over|above|exceed(?:ing|s|ed)?|upwards of", _MORE),
            (r"(?:a little )?(?:less|fewer) than|under|below|not even", _LESS),
            (r"at least|no (?:less|fewer) than|a minimum of", _LEAST),
            (r"barely|at most|up to|no more than|a maximum of", _MOST),
            (r"exactly|precisely", _EXACT),
            (r"rounded to", _ROUNDED),
        ),
        after=((r"or more|at least", _LEAST), (r"or (?:less|fewer)|at most", _MOST), (r"or so", _ABOUT)),
        scales=((r"billions?", _MILLIARD), (r"millions?", _MILLION), (r"thousands?", _THOUSAND)),
        units=(
            (r"€|eur|euros?", "EUR"), (r"(?:belgian )?francs?|bef", "BEF"), (r"%|per ?cent", "percent"),
            (r"projects?", "projects"), (r"school sites?", "implantations"),
            (r"(?:educational )?institutions?", "etablissements"),
            (r"schools?", "schools"),
        ),
        ranges=((r"between", r"and"), (r"from", r"to"), (r"", r"to")),
        parts=(
            (r"half of(?: the)?|half the|the other half|(?:one|1) in (?:two|2)|every second", Fraction(1, 2)),
            (r"(?<!a )(?<!first )(?<!second )half(?!-| (?:past|an?|term|day|hour|year|time|way))", Fraction(1, 2)),
            (r"two[ -]thirds", Fraction(2, 3)),
            (r"(?:a|one)[ -]third|one in three", Fraction(1, 3)), (r"three[ -]quarters", Fraction(3, 4)),
            (r"(?:a|one)[ -]quarter|one in four", Fraction(1, 4)),
            (r"(?:a|one)[ -]fifth|one in five", Fraction(1, 5)),
            (r"(?:a|one)[ -]sixth", Fraction(1, 6)), (r"(?:an|one)[ -]eighth", Fraction(1, 8)),
            (r"(?:a|one)[ -]tenth|one in ten", Fraction(1, 10)),
        ),
        collectives=((r"dozen", 12),),
        out_of=r"(?:out of|of|in)(?: the)?",
        months=r"january|february|march|april|may|june|july|august|september|october|november|december",
        linking=r"(?:of the |of )?",
        noun=r".{3,}(?:s|ed)|people|children|(?:wo)?men",
    ),
}  # fmt: skip

_PLAIN = str.maketrans(
    "àáâãäåçèéêëìíîïñòóôõöùúûüýÿß\u00a0\u2007\u2009\u202f\u2060’‘‐‑", "aaaaaaceeeeiiiinooooouuuuyys     ''--"
)


def levelled(text: str) -> str:
    """Write a text in small letters without accents, with plain spaces and apostrophes, as long as it was.

    >>> levelled("Près de 1\u202f709 ÉCOLES")
    'pres de 1 709 ecoles'
    """
    small = text.lower()
    if len(small) != len(text):  # "İ" has a small letter of two characters
        small = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return small.translate(_PLAIN)


def either(table: tuple[tuple[str, object], ...]) -> str:
    """Make one pattern of those of a table."""
    return "|".join(pattern for pattern, _ in table)


def meaning(table: tuple[tuple[str, T], ...], text: str) -> T:
    """Give what the pattern that a text matches stands for."""
    return next(value for pattern, value in table if re.fullmatch(pattern, text))


def last_place(value: Decimal, scale: Decimal, decimals: int, precision: Precision) -> Decimal:
    """Find the place of the last certain digit of a number: its last printed one; of a number in full that is not
    exact, the last that is not zero.

    >>> last_place(Decimal(6_850_000), Decimal(10) ** 6, 2, Precision.ROUNDED)
    Decimal('1E+4')
    """
    if decimals or scale != 1:
        place = scale.scaleb(-decimals)
        return min(place, Decimal(1)) if precision is Precision.EXACT else place
    if precision is Precision.EXACT or not value:
        return Decimal(1)
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** (exponent if isinstance(exponent, int) else 0)
