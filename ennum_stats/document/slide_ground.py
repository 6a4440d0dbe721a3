"""Slides of somebody's without what stands on them, as the ground of slides of ours: their theme, master,
layouts, typefaces and size. What is ours is drawn for a page of our own and moved to where theirs has room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from ennum_stats.drawing.theme import EMU_A_POINT, EMU_AN_INCH

_DRAWINGML = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
TITLE_ONLY, COVER = "titleOnly", "title"
"""How Office calls the layouts that slides of ours are made of."""
_FOOTERS = ("ftr", "sldNum", "dt")
_TITLES = ("title", "ctrTitle")
_GAP = 0.1
_LEAST_FOOT = 0.35
_OWN_PARTS = ("core-properties", "extended-properties", "custom-properties", "thumbnail")
"""What tells of the slides that stood there."""


_LEAST_ROOM = 0.5
"""Which part of a slide must be free for what is ours."""
_LETTER, _LINE = 0.55, 1.2
"""How wide a letter and how high a line are, in sizes of the type: wide enough for every typeface."""
_MARGIN = 15
_LEAST_SIZE, _USUAL_SIZE = 9, 18


class NoLayout(ValueError):
    """Slides of which no layout has a title with room below."""


@dataclass(frozen=True)
class Box:
    """Hold a part of a page: left, top, right and bottom, in the unit of slides."""

    left: int
    top: int
    right: int
    bottom: int


class Ground:
    """Hold a presentation of somebody's, emptied. Raises `NoLayout` where no layout of it has a title."""

    def __init__(self, data: bytes) -> None:
        from pptx import Presentation

        self.presentation: Any = Presentation(BytesIO(data))
        _empty(self.presentation)
        if self.layout is None:
            raise NoLayout

    @cached_property
    def layout(self) -> Any:
        """The layout of a slide: a title and nothing else, else the first one with a title."""
        with_title = [candidate for candidate in self.presentation.slide_layouts if self._has_room(candidate)]
        alone = [candidate for candidate in with_title if not _kinds(candidate) - {*_TITLES, *_FOOTERS}]
        named = [candidate for candidate in alone if _type(candidate) == TITLE_ONLY]
        return next(iter((*named, *alone, *with_title)), None)

    @cached_property
    def has_title_alone(self) -> bool:
        """Whether a layout has a title and nothing else."""
        return not _kinds(self.layout) - {*_TITLES, *_FOOTERS}

    @cached_property
    def cover(self) -> Any:
        """The layout of a first slide, with a title and a subtitle; nothing where there is none."""
        covers = [candidate for candidate in self.presentation.slide_layouts if _type(candidate) == COVER]
        return next((candidate for candidate in covers if "subTitle" in _kinds(candidate)), None)

    @cached_property
    def has_footers(self) -> bool:
        """Whether the layout has a place for the foot of a slide."""
        return "ftr" in _kinds(self.layout)

    def footers(self, slide: Any) -> dict[str, Any]:
        """Put the places of foot and number of its layout on a slide; return them by kind."""
        places = {}
        for place in slide.slide_layout.placeholders:
            kind = _kind(place)
            if kind in _FOOTERS[:2]:
                slide.shapes.clone_placeholder(place)
                places[kind] = next(p for p in slide.placeholders if _kind(p) == kind)
        return places

    def _has_room(self, layout: Any) -> bool:
        if not _kinds(layout) & {*_TITLES}:
            return False
        room = self.room(layout)
        return bool(room.bottom - room.top >= _LEAST_ROOM * self.presentation.slide_height)

    def room(self, layout: Any) -> Box:
        """Find where slides of a layout have room: below the title (above one that stands low), and above the
        foot."""
        width, height = self.presentation.slide_width, self.presentation.slide_height
        title = next(placeholder for placeholder in layout.placeholders if _kind(placeholder) in _TITLES)
        gap = int(_GAP * EMU_AN_INCH)
        low = height - int(_LEAST_FOOT * EMU_AN_INCH)
        tops = [p.top for p in layout.placeholders if _kind(p) in _FOOTERS and p.top > height // 2]
        bottom = min([low, *tops]) - gap
        is_wide = title.width > width // 2
        left = title.left if is_wide else width // 20
        right = title.left + title.width if is_wide else width - left
        if title.top > height // 2:
            return Box(left, left, right, title.top - gap)
        return Box(left, title.top + title.height + gap, right, bottom)


def moved(shape: Any, own: Box, room: Box) -> None:
    """Move a shape from where it stands in a box of ours to the same part of the room; a picture keeps its
    form, and words become smaller where there is less room."""
    wide = (room.right - room.left) / (own.right - own.left)
    high = (room.bottom - room.top) / (own.bottom - own.top)
    left = room.left + (shape.left - own.left) * wide
    top = room.top + (shape.top - own.top) * high
    if hasattr(shape, "image"):
        scale = min(wide, high)
        left += shape.width * (wide - scale) / 2
        wide = high = scale
    shape.left, shape.top = int(left), int(top)
    shape.width, shape.height = int(shape.width * wide), int(shape.height * high)
    smaller = min(1.0, wide, high)
    for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
        for run in paragraph.runs:
            if run.font.size:
                run.font.size = int(run.font.size * smaller)


def fit(shape: Any, lines: Sequence[str]) -> None:
    """Make the words of a place of a layout smaller than the layout has them, where they do not fit."""
    from pptx.util import Pt

    size = most = _size_of(shape)
    wide, high = (side / EMU_A_POINT - _MARGIN for side in (shape.width, shape.height))
    while size > _LEAST_SIZE:
        a_line = max(1, int(wide / (_LETTER * size)))
        if _LINE * size * sum(-(-len(line) // a_line) for line in lines) <= high:
            break
        size -= 1
    for paragraph in shape.text_frame.paragraphs if size < most else ():
        for run in paragraph.runs:
            run.font.size = Pt(size)


def _size_of(shape: Any) -> float:
    """Read how large the type of a place is: as its layout says, else as the master does."""
    layout = shape.part.slide_layout
    kind = _kind(shape)
    styles = layout.slide_master.element.find(f"{_SLIDES}txStyles")
    usual = "titleStyle" if kind in _TITLES else "bodyStyle"
    masters = [placeholder for placeholder in layout.slide_master.placeholders if _kind(placeholder) == kind]
    places = [*(placeholder for placeholder in layout.placeholders if _kind(placeholder) == kind), *masters]
    roots = [place.element for place in places]
    if kind not in _FOOTERS and styles is not None:
        roots.append(styles.find(f"{_SLIDES}{usual}"))
    for root in roots:
        first = None if root is None else next(root.iter(f"{_DRAWINGML}lvl1pPr"), None)
        size = None if first is None else first.find(f"{_DRAWINGML}defRPr")
        if size is not None and size.get("sz"):
            return float(size.get("sz")) / 100
    return _USUAL_SIZE


def keep_title_alone(slide: Any) -> None:
    """Take the places of a layout off a slide that nothing is written in."""
    for placeholder in [*slide.placeholders]:
        if _kind(placeholder) not in _TITLES:
            placeholder.element.getparent().remove(placeholder.element)


def subtitle_of(slide: Any) -> Any:
    """Find the place of the subtitle of a first slide."""
    return next(placeholder for placeholder in slide.placeholders if _kind(placeholder) == "subTitle")


def _empty(presentation: Any) -> None:
    """Take all slides away, with what names them: sections, shows, the list of titles, the small picture."""
    root, part = presentation.element, presentation.part
    for element in [*root.sldIdLst] if root.sldIdLst is not None else ():
        number = element.rId
        root.sldIdLst.remove(element)
        part.drop_rel(number)
    for tag in ("custShowLst", "extLst"):
        for element in root.findall(f"{_SLIDES}{tag}"):
            root.remove(element)
    for relation in [*part.package.iter_rels()]:
        if relation.reltype.endswith(_OWN_PARTS):
            part.package.drop_rel(relation.rId)


def _type(layout: Any) -> str:
    return layout.element.get("type") or ""


def _kinds(layout: Any) -> set[str]:
    return {_kind(placeholder) for placeholder in layout.placeholders}


def _kind(placeholder: Any) -> str:
    return placeholder.element.ph.get("type") or "obj"
