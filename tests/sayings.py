"""What a reader is told of each figure on a day, wherever it stands: its number with bounds, its wording and its
label, read from outputs as bytes by what carries a name (a cell of a page, a control of Word, the shape of a slide,
a row of data), else by the label before it.

A wording is how strongly a number is said, and the number. One wording has these forms, and no other:

- in full: "environ 33,7 millions d’euros", followed by "(prévu)" where a document only plans it;
- in letters, which running text has for small counts: "sept personnes";
- as a card, in parts: "14–16", "personnes", "entre 14 et 16"; the words that say how well it is known stand beside it;
- with a sign for its unit ("33,7 M€", "41,6 %"). Without a word such a number is a rounded print, which is read as
  widely as "about", so that no word is needed where its bounds lie within half of its last place; it may be printed
  to another place than in full, and then both must agree at the coarser one;
- where "about" is wider than it reads, with its two ends beside it: "environ 79 % (entre 64 % et 94 %)". Where there
  is no room for both, the ends alone stand for it.

All of these say one number equally strongly. "At least 33" is not "at least 33.7", whatever the room.
"""

import csv
import io
import json
import re
import zipfile
from decimal import Decimal
from html.parser import HTMLParser
from typing import NamedTuple
from xml.etree import ElementTree as ET

import openpyxl

STRENGTHS = {
    "fr": {"environ": "about", "quelque": "about", "près de": "nearly", "plus de": "more", "plus d’": "more",
           "moins de": "less", "au moins": "least", "au plus": "most", "entre": "between", "de": "between"},
    "de": {"rund": "about", "fast": "nearly", "mehr als": "more", "weniger als": "less", "mindestens": "least",
           "höchstens": "most", "zwischen": "between"},
    "nl": {"ongeveer": "about", "bijna": "nearly", "meer dan": "more", "minder dan": "less", "minstens": "least",
           "hoogstens": "most", "tussen": "between"},
    "en": {"about": "about", "nearly": "nearly", "more than": "more", "less than": "less", "fewer than": "less",
           "at least": "least", "at most": "most", "between": "between"},
}  # fmt: skip
OPEN_ENDS = re.compile(r"\b(?:ou (plus|moins)|oder (mehr|weniger)|of (meer|minder)|or (more|less))\b")
LETTERS = {
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "de": "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn",
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien",
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
}
SCALES = (
    (re.compile(r"milliard|miljard|billion|\bmd€|\bmrd\b|\bmld\b|(?<=\d)bn\b"), 10**9),
    (re.compile(r"million|miljoen|\bm€|\bmio\b|\bmln\b|(?<=\d)m\b"), 10**6),
    (re.compile(r"\bk€|\btsd\b|\bdzd\b|(?<=\d)k\b"), 10**3),
)
SIGNS = re.compile(r"%|m€|md€|mio\. €|mrd\. €|€ ?[\d.,]+ ?(?:m|mln|bn|mld)\b")
NUMBER = {
    "fr": re.compile(r"\d{1,3}(?: \d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?"),
    "de": re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?"),
    "nl": re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?"),
    "en": re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"),
}


class Saying(NamedTuple):
    """Something told of a figure: which aspect of it (a number, `words` or `label`), and where."""

    figure: str
    aspect: str
    told: str
    place: str


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
    said = plain(text).lower()
    said, _, beside = re.sub(r" \((?:prévue?|geplant|gepland|planned)\)", "", said).partition(" (")
    numbers, places = _numbers(said, language)
    if not numbers:
        for number, letters in enumerate(LETTERS[language].split(), 1):
            if re.search(rf"\b{letters}e?\b", said):
                numbers, places = (Decimal(number),), (Decimal(1),)
    if not numbers:
        return Wording(said)
    strength = "between" if len(numbers) == 2 else "exact"
    for word, meant in STRENGTHS[language].items():
        if said.startswith(word) and (meant != "between" or len(numbers) == 2):
            strength = meant
    if end := OPEN_ENDS.search(said):
        strength += f" {'more' if {*end.groups()} & {'plus', 'mehr', 'meer', 'more'} else 'less'}"
    return Wording(strength, numbers, places, bool(SIGNS.search(said)), _numbers(beside, language)[0])


def _numbers(said, language):
    scale = next((size for pattern, size in SCALES if pattern.search(said)), 1)
    found, places = [], []
    for text in NUMBER[language].findall(re.sub(r"(?<=\d)[–-](?=€? ?\d)", " – ", said)):
        digits = re.sub(r"[ .]" if language != "en" else ",", "", text).replace(",", ".")
        number = Decimal(digits)
        found.append(number * scale)
        places.append(Decimal(1).scaleb(number.as_tuple().exponent) * scale)
    return tuple(found[:2]), tuple(places[:2])


def is_one(first, second):
    """Whether two wordings are forms of one."""
    if {first.strength, second.strength} == {"about", "between"}:
        wide, ends = (first, second) if first.strength == "about" else (second, first)
        return wide.ends == ends.numbers
    if first.is_print or second.is_print:
        print_, other = (first, second) if first.is_print and first.strength == "exact" else (second, first)
        if print_.is_print and print_.strength == "exact" and other.strength in ("exact", "about"):
            return len(other.numbers) == 1 and all(
                abs(a - b) * 2 <= max(p, q)
                for a, b, p, q in zip(
                    print_.numbers, other.numbers, print_.places, other.places, strict=True
                )
            )
    return (first.strength, first.numbers) == (second.strength, second.numbers)


# --- reading -------------------------------------------------------------------------------------------


def sayings(name, content, language, labels):
    """What an output tells of figures; `labels` are those of figures by their names."""
    path = name.partition("?")[0]
    if content.startswith((b"{", b"[")):
        yield from _of_data(name, json.JSONDecoder().raw_decode(content.decode())[0])
    elif path.endswith(".csv") or name.endswith("--format csv"):
        yield from _of_data(name, list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")))))
    elif path.endswith(".docx"):
        yield from _of_word(name, content)
    elif path.endswith(".pptx"):
        yield from _of_slides(name, content, labels)
    elif path.endswith(".xlsx"):
        yield from _of_sheets(name, content)
    elif content.startswith((b"<!DOCTYPE", b"<!doctype")):
        page = _Page(name, language)
        page.feed(content.decode())
        yield from page.found
    elif not content.startswith((b"%PDF", b"\x89PNG", b"<svg", b"PAR1")):
        yield from _by_label(name, content.decode(), language, labels)


def _of_data(place, data):
    """Records with a name of a figure, wherever they are nested."""
    if isinstance(data, list):
        for one in data:
            yield from _of_data(place, one)
    elif isinstance(data, dict):
        name = data.get("name")
        if isinstance(name, str) and ("lower" in data or "text" in data):
            for aspect in ("value", "lower", "upper", "unit"):
                if aspect in data:
                    yield Saying(name, aspect, data[aspect], place)
            for column, aspect in (("text", "words"), ("label", "label"), ("what", "label")):
                if data.get(column):
                    yield Saying(name, aspect, data[column], place)
        for key, one in data.items():
            if isinstance(one, dict) and key not in ("before", "after"):
                named = one if "name" in one else one | {"name": key} if "text" in one and "lower" in one else one
                yield from _of_data(place, named)
            elif isinstance(one, list):
                yield from _of_data(place, one)


def _of_word(place, content):
    """Controls of a Word file, by their tags; roles by the figure that they name on the day."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))
        kept = [ET.fromstring(archive.read(n)) for n in archive.namelist() if re.fullmatch(r"customXml/item\d+\.xml", n)]
    entries = {one.get("tag"): one for part in kept for one in part.iter() if one.get("tag")}
    parts = {}
    for control in root.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        pieces = (tag.get(f"{W}val") if tag is not None else "").split("|")
        if pieces[0] != "ennum" or len(pieces) < 6:
            continue
        entry = entries.get("|".join(pieces))
        name = entry.get("of") or entry.get("name") if entry is not None else pieces[5]
        text = "".join(one.text or "" for one in control.iter(f"{W}t"))
        form = pieces[2]
        if form in ("words", "cell", "plan") and re.fullmatch(r"\w+", name):
            yield Saying(name, "words", text, f"{place} ({form})")
        elif form == "label":
            yield Saying(name, "label", text, place)
        elif form in ("number", "unit", "sure"):
            parts.setdefault(name, {})[form] = text
    for name, card in parts.items():
        yield Saying(name, "words", card_words(card["number"], card.get("unit", ""), card.get("sure", "")), f"{place} (card)")


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
NOT_BESIDE = re.compile(r"exact|genau|arrondi|gerundet|afgerond|rounded|(?:prévu|geplant|gepland|planned)(?:, )?")


def card_words(number, unit, precision):
    """The parts of a card as one text."""
    beside = NOT_BESIDE.sub("", plain(precision))
    if re.search(r"\d", beside) and re.search(r"\d ?[%€\w.]* ?– ?\D*\d", number):
        beside = ""  # it says the same two ends again
    if beside.endswith("…") or "…" in beside:
        return beside.replace("…", f"{number} {unit}")
    return f"{beside} {number} {unit}".strip()


def _of_slides(place, content, labels):
    """Cards on slides, by the names of their shapes: number, unit, how sure, label, a paragraph each."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in sorted(n for n in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)):
            for shape in ET.fromstring(archive.read(part)).iter(f"{P}sp"):
                named = shape.find(f".//{P}cNvPr").get("name").rpartition("|card:")[2]
                lines = ["".join(one.text or "" for one in p.iter(f"{A}t")) for p in shape.iter(f"{A}p")]
                if named in labels:
                    yield from _card_lines(named, [line for line in lines if line], place)


def _card_lines(name, lines, place):
    yield Saying(name, "card", "\n".join(lines), place)


def _of_sheets(place, content):
    """Rows of a workbook whose last cell is the name of a figure."""
    for sheet in openpyxl.load_workbook(io.BytesIO(content), read_only=True):
        if sheet.title == "x":
            yield
        for row in sheet.iter_rows(values_only=True):
            if len(row) == 13 and row[12] and re.fullmatch(r"\w+", str(row[12])) and row[7]:
                name = row[12]
                yield from (Saying(name, aspect, told, place) for aspect, told in zip(("value", "lower", "upper"), row[2:5], strict=True) if told is None or not isinstance(told, str))
                yield Saying(name, "words", row[7], place)
                yield Saying(name, "label", row[1], place)


class _Page(HTMLParser):
    """Numbers with the name of their figure on a page, and what its buttons copy."""

    def __init__(self, place, language):
        super().__init__()
        self.place, self.language, self.found = place, language, []
        self._open, self._cell, self._parts, self._field = [], "", {}, ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in ("strong",) and (given.get("data-cell") or "").startswith("figure/"):
            self._flush()
            self._cell = given["data-cell"].removeprefix("figure/")
            self.found.append(Saying(self._cell, "label", given["data-label"], self.place))
            self._parts, self._field = {"number": "", "unit": "", "sure": ""}, "number"
        elif self._cell and tag == "span" and not self._parts["unit"] and self._field == "after":
            self._field = "unit"
        elif self._cell and tag == "p" and given.get("class") == "precision":
            self._field = "sure"
        if tag in ("li", "h1", "h2", "section", "main"):
            self._flush()
        address = re.match(r"/\w\w/figure/(\w+)", given.get("data-address") or "")
        if address and given.get("data-copy"):
            self.found.append(Saying(address[1], "copied", given["data-copy"], self.place))

    def handle_endtag(self, tag):
        if self._field == "number" and tag == "strong":
            self._field = "after"
        elif self._field in ("unit", "sure") and tag in ("span", "p"):
            self._field = "done"
        if tag in ("li", "section", "main"):
            self._flush()

    def handle_data(self, data):
        if self._cell and self._field in self._parts:
            self._parts[self._field] += data

    def _flush(self):
        if self._cell:
            self.found.append(Saying(self._cell, "words", card_words(self._parts["number"], self._parts["unit"], self._parts["sure"]), f"{self.place} (card)"))
        self._cell = self._field = ""


def _by_label(place, text, language, labels):
    """What follows the label of a figure and a colon."""
    text = plain(text)
    for name, label in labels.items():
        for found in re.finditer(re.escape(plain(label)) + r" ?: (?!\D{0,3}$)([^.;\n(]{2,80})", text):
            yield Saying(name, "after label", found[1], place)
