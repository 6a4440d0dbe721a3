"""What a reader is told of each figure on a day, wherever it stands: its number with bounds, its wording and its
label, read from outputs as bytes by what carries a name (a cell of a page, a control of Word, the shape of a slide,
a row of data), else by the label before it.

A wording is how strongly a number is said, and the number. One wording has these forms, and no other:

- in full: "environ 33,7 millions d’euros", followed by "(prévision)" where a document only plans it, by the time of
  a state ("(janvier 2020)"), and by how far "about" reaches where it is said;
- in running text with as few figures as it bears: "quelque 21 200 euros" of 21 197, "entre 12 730 et 12 890" of
  "entre 12 739 et 12 887", outwards by less than the last place that is written;
- in letters, which running text has for small counts: "sept personnes";
- as a card, in parts: "14–16", "personnes", "entre 14 et 16"; the words that say how well it is known stand beside it;
- with a sign for its unit ("33,7 M€", "41,6 %") or as a ratio in tenths on a mark ("2,4"). Without a word such a
  number is a rounded print, read as widely as "about"; it may be printed to another place than in full, and then both
  agree at the coarser one. So is any number on a chart whose subtitle says that they are rounded;
- as the document that is quoted beside it prints it: "6 825 000 euros" where that is rounded;
- where "about" is wider than it reads, with its two ends beside it: "environ 79 % (entre 64 % et 94 %)". Where there
  is no room for both, the ends alone stand for it.

- of a proved sum in words the millions that are full, and as a print also the tenth: "plus de 25 millions" and
  "25,1 M€", as the press kit of 2020 has it in section 2.3 and on chart 2; cut to millions the print is the words.

All of these say one number. "At least 33" is not "at least 33.7", nor "about 25" "at least 25", whatever the room.
An end of a number that a proof needs is no wording of the number. A value or bound is one where files keep fewer
decimals of it: to a millionth, bounds outwards.
"""

import csv
import io
import json
import re
import zipfile
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import openpyxl

from tools.compare import texts_of

STRENGTHS = {
    "fr": {"environ": "about", "quelque": "some", "près de": "nearly", "plus d[e’]": "more", "moins de": "less",
           "au moins": "least", "au plus": "most", "": "exact"},
    "de": {"rund": "about", "etwa": "some", "fast": "nearly", "mehr als": "more", "weniger als": "less",
           "mindestens": "least", "höchstens": "most", "": "exact"},
    "nl": {"ongeveer": "about", "zowat": "some", "bijna": "nearly", "meer dan": "more", "minder dan": "less",
           "minstens": "least", "hoogstens": "most", "": "exact"},
    "en": {"about": "about", "some": "some", "nearly": "nearly", "more than": "more", "(?:less|fewer) than": "less",
           "at least": "least", "at most": "most", "": "exact"},
}  # fmt: skip
WITHIN = re.compile(r", (?:à .*? près|auf .*? genau|op .*? nauwkeurig|to within [^(;]*)")
OPEN_ENDS = re.compile(r"\b(?:ou (plus|moins)|oder (mehr|weniger)|of (meer|minder)|or (more|less))\b")
LETTERS = {
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "de": "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn",
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien",
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
}
SCALES = (
    (re.compile(r"milliard|miljard|billion|\bmd€|\bmrd\b|\bmld\b|(?<=\d)bn\b"), 10**9),
    (re.compile(r"million|miljoen|\bm(?:€| fb)|\bmio\b|\bmln\b|(?<=\d)m\b"), 10**6),
    (re.compile(r"\bk€|\btsd\b|\bdzd\b|(?<=\d)k\b"), 10**3),
)
SIGNS = re.compile(
    r"%|m€|md€|m fb|(?:mio|mrd)\. (?:€|bef)|bef [\d.,]+ ?(?:m|mln|bn|mld)\b|€ ?[\d.,]+ ?(?:m|mln|bn|mld)\b"
)
NUMBER = {
    "fr": re.compile(r"\d{1,3}(?: \d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?"),
    "de": re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?"),
    "nl": re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?"),
    "en": re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"),
}


BETWEEN = "entre|zwischen|tussen|between"
KEPT = 1.01e-6
"""To what a value or bound is kept in files."""


class Saying(NamedTuple):
    """Something told of a figure: which aspect of it (a number, `words` or `label`), and where; `is_quoted` where it
    is a document’s own print."""

    figure: str
    aspect: str
    told: Any
    place: str
    is_quoted: bool = False


class Wording(NamedTuple):
    """How strongly a number is said, the number or two, each with its last place; `is_print` where the unit is
    a sign; `ends` those beside it. Without a number `strength` is the words."""

    strength: str
    numbers: tuple[Decimal, ...] = ()
    places: tuple[Decimal, ...] = ()
    is_print: bool = False
    ends: tuple[Decimal, ...] = ()


def plain(text):
    """A text without the differences of spaces, which programs change."""
    return re.sub(r"\s+", " ", text.replace("\u202f", " ").replace("\xa0", " ")).strip()


def wording(text, language):
    """What a text says of a number."""
    said = WITHIN.sub("", plain(text).lower())
    beside = re.split("[();] ?", said)
    said = re.sub(r" ?\([^()]*\)?", "", said)
    numbers, places = _numbers(said, language)
    if not numbers:
        for number, letters in enumerate(LETTERS[language].split(), 1):
            if re.search(rf"\b{letters}e?\b", said):
                numbers, places = (Decimal(number),), (Decimal(1),)
    if not numbers:
        return Wording(said)
    words = (word for word in STRENGTHS[language] if re.search(rf"(?:^|[ ,]){word}(?=[ \d€]|$|(?<=’))", said))
    strength = "between" if len(numbers) == 2 else STRENGTHS[language][next(words, "")]
    if end := OPEN_ENDS.search(said):
        strength += f" {'more' if {*end.groups()} & {'plus', 'mehr', 'meer', 'more'} else 'less'}"
    ends = next((_numbers(part, language)[0] for part in beside[1:] if re.match(BETWEEN, part)), ())
    if strength == "some":
        places = tuple(map(last_written, numbers))
    return Wording(strength, numbers, places, bool(SIGNS.search(said)), ends)


def _numbers(said, language):
    scale = next((size for pattern, size in SCALES if pattern.search(said)), 1)
    found, places = [], []
    for text in NUMBER[language].findall(re.sub(r"(?<=\d)[–-](?=€? ?\d)", " – ", said)):
        digits = re.sub(r"[ .]" if language != "en" else ",", "", text).replace(",", ".")
        number = Decimal(digits)
        found.append(number * scale)
        places.append(Decimal(1).scaleb(number.as_tuple().exponent) * scale)
    return tuple(found[:2]), tuple(places[:2])


def last_written(number):
    """The place of the last figure of a number that is no zero."""
    return Decimal(1).scaleb(number.normalize().as_tuple().exponent)


def is_one(full, other, *, is_quoted=False):
    """Whether a wording is a form of the one in full."""
    if (full.strength, full.numbers) == (other.strength, other.numbers):
        return True
    if {full.strength, other.strength} == {"about", "between"}:
        wide, ends = (full, other) if full.strength == "about" else (other, full)
        return wide.ends == ends.numbers
    if full.strength == other.strength == "between":
        (low, high), (first, last) = full.numbers, other.numbers
        step = min(map(last_written, other.numbers))
        return 0 <= low - first < step and 0 <= last - high < step
    if (full.strength, other.strength) == ("more", "exact") and other.is_print:
        return other.numbers[0] // full.places[0] * full.places[0] == full.numbers[0] < other.numbers[0]
    is_rounder = other.strength == "some" or (other.is_print and other.strength == "exact")
    if is_quoted or is_rounder:
        pairs = zip(full.numbers, other.numbers, full.places, other.places, strict=True)
        return full.strength in ("about", "exact") and all(
            abs(a - b) * 2 <= max(p, q) for a, b, p, q in pairs
        )
    return False


def differing(outputs, language):
    """What outputs of a day tell of a figure otherwise than data for programs do: figure, aspect, what is told
    there and here, and where."""
    figures = {one["name"]: one for one in json.loads(outputs["/api/figures"])["items"]}
    found = set()
    for place, content in outputs.items():
        for saying in [] if "/proof/" in place else sayings(place, content, language, figures):
            if saying.figure in figures:
                expected = figures[saying.figure]["text" if saying.aspect == "words" else saying.aspect]
                if not is_same(expected, saying, language, is_ratio=is_ratio(figures[saying.figure])):
                    found.add((saying.figure, saying.aspect, expected, saying.told, saying.place))
    return sorted(found, key=str)


def beyond_reach(outputs, language):
    """What outputs of a day print of a figure with more figures than its bounds allow, or with ends inside them:
    figure, ends, what is printed, and where; of data, values beside their bounds."""
    figures = {one["name"]: one for one in json.loads(outputs["/api/figures"])["items"]}
    found = set()
    for place, content in outputs.items():
        for name, value, low, high in bounded(content) if content.startswith((b"{", b"[")) else ():
            if not (low is None or low <= value + KEPT) or not (high is None or value - KEPT <= high):
                found.add((name, str(low), str(high), str(value), place))
        for saying in [] if "/proof/" in place else sayings(place, content, language, figures):
            ends = ends_of(figures.get(saying.figure))
            if saying.aspect != "words" or saying.is_quoted or not ends:
                continue
            said = wording(saying.told, language)
            read = reach(said._replace(is_print=said.is_print or is_ratio(figures[saying.figure])))
            if read and not (read[0] <= ends[0] and ends[1] <= read[1]):
                found.add((saying.figure, *map(str, ends), saying.told, saying.place))
    return sorted(found)


def bounded(content):
    """Every number of data for programs that has bounds beside it, by its name."""
    nested = [json.JSONDecoder().raw_decode(content.decode())[0]]
    while nested:
        data = nested.pop()
        nested += data if isinstance(data, list) else []
        if isinstance(data, dict):
            nested += data.values()
            for name, low in data.items():
                stem = name.removesuffix("lower")
                value = data.get(stem.removesuffix("_") or "value")
                if stem != name and isinstance(value, int | float):
                    yield stem, value, low, data[f"{stem}upper"]


def ends_of(figure):
    """The ends of a figure as data for programs tell them; of things, whole numbers; nothing where it has none."""
    if not figure or (figure["lower"], figure["upper"]) == (None, None):
        return None
    ends = (Decimal(str(figure[end])) if figure[end] is not None else None for end in ("lower", "upper"))
    low, high = (
        other if end is None else end for end, other in zip(ends, (-INFINITY, INFINITY), strict=True)
    )
    return (low * 100, high * 100) if figure["unit"] == "share" else (low, high)


INFINITY = Decimal("Infinity")


def reach(said):
    """The ends of what a wording says; nothing where it says no number."""
    if not said.numbers:
        return None
    low, high = said.ends if len(said.ends) == 2 else (said.numbers[0], said.numbers[-1])
    half = max(last_written(said.numbers[0]), said.places[0]) / 2
    if len(said.ends) == 2 or said.strength == "between":
        return low, high
    if said.strength.startswith("nearly"):
        return low * 3 / 4, high
    if {"more", "least"} & {*said.strength.split()}:
        return (low - half if "about" in said.strength else low), INFINITY
    if {"less", "most"} & {*said.strength.split()}:
        return -INFINITY, high + half if "about" in said.strength else high
    is_rounded = said.strength in ("about", "some") or said.is_print
    return (low - half, high + half) if is_rounded else (low, high)


def is_ratio(figure):
    """Whether a number is printed in tenths on marks and in cells."""
    return figure["unit"] == "projects/project"


def is_same(expected, saying, language, *, is_ratio=False):
    """Whether something told of a figure is what is told of it elsewhere."""
    if saying.aspect == "words":
        full, other = (wording(text, language) for text in (expected, saying.told))
        other = other._replace(is_print=other.is_print or is_ratio)
        return is_one(full, other, is_quoted=saying.is_quoted)
    if saying.aspect == "label":
        return plain(expected) == plain(saying.told)
    if expected is None or saying.told in (None, ""):
        return expected is None and saying.told in (None, "")
    return abs(float(saying.told) - float(expected)) <= KEPT


# --- reading -------------------------------------------------------------------------------------------


def sayings(name, content, language, figures):
    """What an output tells of figures, which are given as data for programs tell them."""
    suffix = PurePosixPath(name.partition("?")[0]).suffix
    if content.startswith((b"{", b"[")):
        yield from _of_data(name, json.JSONDecoder().raw_decode(content.decode())[0])
    elif content.startswith(b"\xef\xbb\xbf"):
        _, codes, *rows = [*csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"), [], []]
        yield from _of_file(name, codes, rows)
    elif suffix == ".csv" or name.endswith("--format csv"):
        rows = csv.DictReader(io.StringIO(content.decode("utf-8")))
        own = {f"{aspect}_{language}": aspect for aspect in ("text", "label")}  # a release has all languages
        yield from _of_data(name, [{own.get(key, key): value for key, value in row.items()} for row in rows])
    elif suffix == ".docx":
        yield from _of_word(name, content)
    elif suffix == ".pptx":
        yield from _of_slides(name, content, figures)
        if not name.startswith("kit"):
            yield from _by_label(name, " ".join(_texts(suffix, content)), language, figures)
    elif suffix == ".xlsx":
        yield from _of_sheets(name, content)
    elif suffix == ".atom":
        yield from _of_feed(name, content, language, figures)
    elif suffix == ".pdf":
        text = " ".join(_texts(suffix, content))
        text = re.sub(r"\xad\s?|(?<=[a-zà-ÿ])-\s(?=[a-zà-ÿ])", "", text)  # words divided at the end of a line
        yield from _by_label(name, text, language, figures)
    elif content.startswith((b"<!DOCTYPE", b"<!doctype")):
        page = _Page(name)
        page.feed(content.decode())
        labels = {name: plain(one["label"]) for name, one in figures.items()}
        yield from (
            one for one in page.found if one.aspect == "label" or plain(one.told) != labels.get(one.figure)
        )
        for figure, text in page.copied:
            yield from _by_label(name, text, language, {figure: figures[figure]} if figure in figures else {})
    elif suffix in ("", ".md", ".txt"):
        yield from _by_label(name, content.decode(), language, figures)


def _texts(suffix, content):
    with NamedTemporaryFile(suffix=suffix) as file:
        file.write(content)
        file.flush()
        return [text for _, text in texts_of(Path(file.name))]


def _of_file(place, codes, rows):
    """Rows of a file of a page, whose columns are told by codes; numbers of documents have no figure’s name."""
    for row in rows:
        told = dict(zip(codes, row, strict=False))
        for aspect, code in FILE_COLUMNS.items():
            value = told.get(code)
            is_number = isinstance(value, str) and aspect in ("value", "lower", "upper")
            number = value.replace(",", ".") if is_number else value
            if told.get("observation_id") and code in told:
                yield Saying(told["observation_id"], aspect, number, place)


FILE_COLUMNS = {
    "words": "text", "label": "subject", "value": "value", "lower": "lower", "upper": "upper",
}  # fmt: skip


def _of_data(place, data, name=""):
    """Records of figures, wherever they are nested, by their name or the key that they stand under."""
    if isinstance(data, list):
        for one in data:
            yield from _of_data(place, one)
    elif isinstance(data, dict):
        name = data.get("name", name)
        if isinstance(name, str) and "lower" in data and "text" in data:
            told = {"words": data["text"], "label": data.get("label") or data.get("what")}
            told |= {aspect: data[aspect] for aspect in ("value", "lower", "upper") if aspect in data}
            is_quoted = place.startswith(("ennum find", "mcp", "analyst"))
            yield from (
                Saying(name, aspect, value, place, is_quoted)
                for aspect, value in told.items()
                if value or aspect not in ("words", "label")
            )
        if data.get("right_words"):  # a verdict, of a figure or of the number of a document
            yield Saying(name, "words", data["right_words"], place, is_quoted=True)
        for key, one in data.items():
            if isinstance(one, dict | list) and key not in ("before", "after", "claim", "conflicts"):
                yield from _of_data(place, one, key)


def _of_word(place, content):
    """Controls of a Word file, by their tags; roles by the figure that they name on the day."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314
        kept = [ET.fromstring(archive.read(n)) for n in archive.namelist() if KEPT_PART.fullmatch(n)]  # noqa: S314
    entries = {one.get("tag"): one for part in kept for one in part.iter() if one.get("tag")}
    cards = {}
    for control in root.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        whole = tag.get(f"{W}val") if tag is not None else ""
        pieces = whole.split("|")
        if pieces[0] != "ennum" or len(pieces) < 6:
            continue
        entry = entries.get(whole)
        name = pieces[5] if entry is None else entry.get("of") or entry.get("name")
        text = "".join(one.text or "" for one in control.iter(f"{W}t"))
        if pieces[2] in ("words", "cell", "plan"):
            yield Saying(name, "words", text, place)
        elif pieces[2] == "label":
            yield Saying(name, "label", text, place)
        elif pieces[2] in ("number", "unit", "sure"):
            cards.setdefault(name, {})[pieces[2]] = text
    for name, card in cards.items():
        yield Saying(name, "words", card_words(**card), f"{place} (card)")


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
ATOM = "{http://www.w3.org/2005/Atom}"
KEPT_PART = re.compile(r"customXml/item\d+\.xml")
SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
SPAN = re.compile(r"\d ?[%€\w.]* ?– ?\D*\d")
NOT_SAID = re.compile(
    r"exact|genau\b|arrondi|gerundet|afgerond|rounded"
    r"|(?:prévision(?: d[’']alors)?|(?:damals )?geplant|(?:toen )?gepland|planned(?: at the time)?)(?:, )?"
)


def card_words(number="", unit="", sure=""):
    """The parts of a card as one text; the same two ends are not told twice."""
    beside = NOT_SAID.sub("", WITHIN.sub("", plain(sure)))
    if SPAN.search(number) and re.search(r"\d", beside):
        beside = ""
    if "…" in beside:
        return beside.replace("…", f"{number} {unit}")
    head, comma, ends = beside.partition(", ")
    return f"{head} {number} {unit}{f' ({ends})' * bool(comma)}".strip()


def _of_slides(place, content, figures):
    """Cards on slides, by the names of their shapes: number and unit, how sure, label, a paragraph each."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in filter(SLIDE.fullmatch, archive.namelist()):
            for shape in ET.fromstring(archive.read(part)).iter(f"{P}sp"):  # noqa: S314
                name = shape.find(f".//{P}cNvPr").get("name").rpartition("|card:")[2]
                lines = ["".join(one.text or "" for one in p.iter(f"{A}t")) for p in shape.iter(f"{A}p")]
                if name in figures:
                    number, sure, label = [line for line in lines if line][:3]
                    yield Saying(name, "words", card_words(number, "", sure), place)
                    yield Saying(name, "label", label, place)


def _of_sheets(place, content):
    """Rows of the sheet of figures, which end with their name; of a page’s file, by the codes in its second sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    if "Codes" in book.sheetnames:
        codes = [code for _, code in book["Codes"].iter_rows(values_only=True)]
        rows = book.worksheets[0].iter_rows(values_only=True)
        next(rows)
        yield from _of_file(place, codes, rows)
        return
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            if len(row) == SHEET_COLUMNS and row[-1]:
                told = zip(("label", "value", "lower", "upper", "words"), (*row[1:5], row[7]), strict=True)
                yield from (Saying(row[-1], aspect, value, place) for aspect, value in told)


SHEET_COLUMNS = 13


def _of_feed(place, content, language, figures):
    """Entries of the last day of a feed: those before tell what was known on their own days."""
    root = ET.fromstring(content)  # noqa: S314
    last = root.findtext(f"{ATOM}updated")
    for entry in root.iter(f"{ATOM}entry"):
        if entry.findtext(f"{ATOM}updated") == last:
            yield from _by_label(place, entry.findtext(f"{ATOM}summary") or "", language, figures)


AS_NUMBER = re.compile(
    rf"(?:(?:{'|'.join(word for words in STRENGTHS.values() for word in words if word)}|{BETWEEN}) ?)?(?:€ ?)?\d"
)


class _Page(HTMLParser):
    """Numbers with the name of their figure on a page, and what its buttons copy."""

    def __init__(self, place):
        super().__init__()
        self.place, self.found, self.copied = place, [], []
        self._name, self._card, self._field = "", {}, ""
        self._link = self._linked = ""
        self._in_row = set()
        """What the row tells already: its further columns tell other numbers of the same figure, at other prices."""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        cell = given.get("data-cell") or ""
        self._in_row = set() if tag == "tr" else self._in_row
        if tag in ("li", "h1", "h2", "section", "main") or cell:
            self._end_card()
        if cell.startswith("figure/"):
            self._name, self._card, self._field = cell.removeprefix("figure/"), {}, "number"
            self.found.append(Saying(self._name, "label", given["data-label"], self.place))
        elif self._name and tag == "span" and "unit" not in self._card:
            self._field = "unit"
        elif self._name and given.get("class") == "precision":
            self._field = "sure"
        if link := re.match(r"/\w\w/figure/(\w+)", ("data-evidence-link" in given and given["href"]) or ""):
            self._link, self._linked = link[1], ""
        address = re.match(r"/\w\w/figure/(\w+)", given.get("data-address") or "")
        if address and "data-copy" in given:
            self.copied.append((address[1], given["data-copy"]))

    def handle_endtag(self, tag):
        if tag == "a" and self._link:
            if AS_NUMBER.match(plain(self._linked)) and self._link not in self._in_row:
                self._in_row.add(self._link)
                self.found.append(Saying(self._link, "words", self._linked, f"{self.place} (cell)"))
            self._link = ""
        if tag in ("strong", "span", "p"):
            self._field = ""
        if tag in ("li", "section", "main"):
            self._end_card()

    def handle_data(self, data):
        self._linked += data if self._link else ""
        if self._field:
            self._card[self._field] = self._card.get(self._field, "") + data

    def _end_card(self):
        if self._name:
            self.found.append(Saying(self._name, "words", card_words(**self._card), f"{self.place} (card)"))
        self._name = self._field = ""


def _by_label(place, text, language, figures):
    """What begins as a number after a label: as long as the number in full, with as many numbers."""
    text = plain(text)
    strengths = "|".join(filter(None, STRENGTHS[language]))
    number = re.compile(rf"(?: ?: | )((?:(?:{strengths}|{BETWEEN})? ?(?:€ )?\d))", re.IGNORECASE)
    for name, one in figures.items():
        label = plain(one["label"])
        start = text.find(label)
        while start >= 0:
            end = start + len(label)
            if begins := number.match(text, end):
                rest = text[begins.start(1) :]
                told = (
                    rest[: len(plain(one["text"]))] + re.match(r"[\w’]*", rest[len(plain(one["text"])) :])[0]
                )
                full = wording(one["text"], language)
                are_ends_beside = re.search(rf"\d.*\((?:{BETWEEN})", told)
                most = len(full.numbers) * (not full.ends or bool(are_ends_beside)) + len(full.ends)
                every = [*NUMBER[language].finditer(told)][most:]
                yield Saying(name, "words", told[: every[0].start()] if every else told, place)
            start = text.find(label, end)
