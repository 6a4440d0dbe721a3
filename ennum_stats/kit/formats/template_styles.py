"""Which styles of a team's Word file stand for the kit's, by the names that Word gives them in each language.

A style of the team's replaces one of the kit's whole, under the kit's name: the kit's text and its content
controls stay as they are, and so do all rules of layout that are no matter of taste.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any, TypeAlias

from ennum_stats.languages import LANGUAGES
from ennum_stats.typography import NBSP

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""
_CAPTION = {"fr": "Légende", "de": "Beschriftung", "nl": "Bijschrift", "en": "Caption"}
# The kit's name, then what Word calls that style in French, German, Dutch and English.
COUNTERPARTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("Normal", {"fr": "Normal", "de": "Standard", "nl": "Standaard", "en": "Normal"}),
    ("Title", {"fr": "Titre", "de": "Titel", "nl": "Titel", "en": "Title"}),
    ("Subtitle", {"fr": "Sous-titre", "de": "Untertitel", "nl": "Ondertitel", "en": "Subtitle"}),
    *(
        (
            f"Heading {level}",
            {
                "fr": f"Titre {level}",
                "de": f"Überschrift {level}",
                "nl": f"Kop {level}",
                "en": f"Heading {level}",
            },
        )
        for level in (1, 2, 3)
    ),
    ("Body Text", {"fr": "Corps de texte", "de": "Textkörper", "nl": "Platte tekst", "en": "Body Text"}),
    (
        "List Bullet",
        {"fr": "Liste à puces", "de": "Aufzählungszeichen", "nl": "Lijst opsom.teken", "en": "List Bullet"},
    ),
    (
        "List Number",
        {"fr": "Liste à numéros", "de": "Listennummer", "nl": "Lijstnummering", "en": "List Number"},
    ),
    ("Quote", {"fr": "Citation", "de": "Zitat", "nl": "Citaat", "en": "Quote"}),
    ("Chart Title", _CAPTION),
    ("Table Caption", _CAPTION),
    ("Header", {"fr": "En-tête", "de": "Kopfzeile", "nl": "Koptekst", "en": "Header"}),
    ("Footer", {"fr": "Pied de page", "de": "Fußzeile", "nl": "Voettekst", "en": "Footer"}),
)
TABLE = "KitTable"
_OPTIONAL = ("Normal", "Body Text", "Header", "Footer")
"""What no file is told to lack: running text takes after Normal, and few files name the others."""
_OURS_ALONE = "caption"
"""The style of the notes below a chart: what others call a caption is the title of ours."""
_LIKE_HEADINGS = ("Contents Heading", "Cover Heading", "Card Number")
"""Our styles without a counterpart that have typeface and colour of a heading of the second level."""
_RUNNING = ("Body Text", "First Paragraph", "Compact")
"""Our styles of running text."""
_DROPPED = ("aliases", "next", "link", "rsid", "locked", "personal")


def by_name(styles: Element) -> dict[str, Element]:
    """Give the styles of a file by all their names, in lower case; the first of a name counts."""
    named: dict[str, Element] = {}
    for style in styles.iter(w("style")):
        others = style.find(w("aliases"))
        names = [style.name_val or "", *(others.get(w("val")).split(",") if others is not None else ())]
        for name in names:
            named.setdefault(_plain(name), style)
    return named


def _plain(name: str) -> str:
    """Give a name as names are compared: in lower case, with plain spaces."""
    return name.replace(NBSP, " ").strip().lower()


def kit_name(style: Element) -> str:
    """Give the name in the table above of a style of the kit, whatever the document calls it: its id is
    that name without spaces."""
    named = (*(name for name, _ in COUNTERPARTS), *_LIKE_HEADINGS, *_RUNNING)
    return next((name for name in named if name.replace(" ", "") == style.styleId), style.name_val or "")


def counterpart(ours: str, styles: dict[str, Element]) -> Element | None:
    """Find the style of a team's file that stands for one of the kit's: of the same name, or of one that Word
    gives it in a language."""
    if ours.lower() == _OURS_ALONE:
        return None
    names = next((by_language for name, by_language in COUNTERPARTS if name.lower() == ours.lower()), {})
    tried = (ours, *(names[language] for language in LANGUAGES if names))
    return next((styles[_plain(name)] for name in tried if _plain(name) in styles), None)


def lacking(styles: dict[str, Element], language: str) -> list[str]:
    """List the styles of the table that a team's file does not have, as Word calls them in a language."""
    required = [(ours, names) for ours, names in COUNTERPARTS if ours not in _OPTIONAL]
    absent = (names[language] for ours, names in required if counterpart(ours, styles) is None)
    return [*dict.fromkeys(absent)]


class StylesTaken:
    """Put a team's styles in the place of the kit's; `id_of` says what theirs are called in the kit."""

    def __init__(
        self, kit: Element, team: Element, number_of: Callable[[str], str | None], table: str
    ) -> None:
        """Take the styles; `number_of` gives the kit's number of a numbering of theirs, `table` is the id of their
        style of tables, if any."""
        self._kit, self._named, self._number_of = kit, by_name(team), number_of
        self._theirs = {style.styleId: style for style in team.iter(w("style"))}
        self._ids: dict[str, str] = {}
        self._language = [deepcopy(element) for element in kit.iter(w("lang"))][:1]
        pairs = [
            (style, match)
            for style in [*kit.iter(w("style"))]
            if (match := self._match(style, table)) is not None
            and match.get(w("type")) == style.get(w("type"))
        ]
        for ours, match in pairs:
            self._ids.setdefault(match.styleId, ours.styleId)
        self._take_defaults(team)
        for ours, match in pairs:
            if not ours.styleId.startswith("TOC"):  # tabs and pages of our contents are ours
                kit.replace(ours, self._taken(ours, match))
        self._follow()

    def _match(self, style: Element, table: str) -> Element | None:
        match = counterpart(kit_name(style), self._named)
        return self._theirs.get(table) if match is None and style.styleId == TABLE else match

    def id_of(self, key: str) -> str | None:
        """Give the kit's name of a style of theirs, which comes along where the kit has none; none where
        there is no such style."""
        if key not in self._ids and key in self._theirs:
            taken = {style.styleId for style in self._kit.iter(w("style"))}
            self._ids[key] = key if key not in taken else f"Team{key}"
            style = self._bare(self._theirs[key])
            style.attrib.pop(w("default"), None)
            style.set(w("styleId"), self._ids[key])
            self._kit.append(style)
        return self._ids.get(key)

    def _bare(self, style: Element) -> Element:
        """Copy a style without what leads to other parts of its file, and without a language of its own."""
        copied = deepcopy(style)
        for name in _DROPPED:
            for element in copied.findall(w(name)):
                copied.remove(element)
        for element in [*copied.iter(w("lang"))]:
            element.getparent().remove(element)
        renumber(copied, self._number_of)
        base = copied.find(w("basedOn"))
        if base is not None:
            known = self.id_of(base.get(w("val")))
            if known:
                base.set(w("val"), known)
            else:
                copied.remove(base)
        return copied

    def _taken(self, ours: Element, source: Element) -> Element:
        """Make the style that stands in the place of ours: their look, our name and our rules of layout."""
        style = self._bare(source)
        style.attrib.clear()
        style.attrib.update(ours.attrib)
        style.find(w("name")).set(w("val"), ours.name_val)
        rules = ours.find(w("pPr"))
        for name, place in (("keepNext", 0), ("outlineLvl", None)):
            rule = None if rules is None else rules.find(w(name))
            if rule is not None:
                form = style.get_or_add_pPr()
                for old in form.findall(w(name)):
                    form.remove(old)
                form.insert(len(form) if place is None else place, deepcopy(rule))
        return style

    def _take_defaults(self, team: Element) -> None:
        """Take the defaults of all paragraphs and letters, in the language of the kit."""
        ours, defaults = self._kit.find(w("docDefaults")), team.find(w("docDefaults"))
        if ours is None or defaults is None:
            return
        copied = deepcopy(defaults)
        for element in [*copied.iter(w("lang"))]:
            element.getparent().remove(element)
        for letters in copied.iter(w("rPr")):
            letters.extend(deepcopy(self._language))
        self._kit.replace(ours, copied)

    def _follow(self) -> None:
        """Let our other styles take after theirs: running text after Normal, small headings after Heading 2,
        and nothing of ours be justified as their text is."""
        ours = {kit_name(style).lower(): style for style in self._kit.iter(w("style"))}
        for name in _RUNNING:
            if name.lower() in ours and counterpart(name, self._named) is None:
                _take_after(ours[name.lower()], whole=name == "First Paragraph")
        heading = counterpart("Heading 2", self._named)
        letters = None if heading is None else heading.find(w("rPr"))
        for name in _LIKE_HEADINGS if letters is not None else ():
            if name.lower() in ours and counterpart(name, self._named) is None:
                _paint(ours[name.lower()], letters)
        normal = ours["normal"].find(f"{w('pPr')}/{w('jc')}")
        for style in self._kit.iter(w("style")) if normal is not None else ():
            is_running = kit_name(style).lower() in ("normal", "body text")
            if style.base_style is ours["normal"] and not is_running:
                form = style.get_or_add_pPr()
                if form.find(w("jc")) is None:
                    form.get_or_add_jc().set(w("val"), "left")


def _take_after(style: Element, *, whole: bool) -> None:
    """Let a style have the letters and lines of the one that it is based on; `whole` also its spaces."""
    letters, form = style.find(w("rPr")), style.find(w("pPr"))
    if letters is not None:
        style.remove(letters)
    spacing = None if form is None else form.find(w("spacing"))
    if spacing is not None and whole:
        form.remove(spacing)
    elif spacing is not None:
        for name in ("line", "lineRule"):
            spacing.attrib.pop(w(name), None)


def _paint(style: Element, letters: Element) -> None:
    """Give a style the typeface and the colour of a heading."""
    own = style.get_or_add_rPr()
    for name, maker in (("rFonts", "get_or_add_rFonts"), ("color", "get_or_add_color")):
        element = letters.find(w(name))
        if element is not None:
            mine = getattr(own, maker)()
            mine.attrib.clear()
            mine.attrib.update(element.attrib)


def renumber(root: Element, number_of: Callable[[str], str | None]) -> None:
    """Put the kit's number in the place of each numbering of theirs; what has none is not numbered."""
    for place in [*root.iter(w("numPr"))]:
        key = place.find(w("numId"))
        number = None if key is None else number_of(key.get(w("val")))
        if number is None and key is not None:
            place.getparent().remove(place)
        elif key is not None:
            key.set(w("val"), number)


def w(name: str) -> str:
    """Give a name of WordprocessingML in full."""
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
