"""Write WordprocessingML: runs, fields, bookmarks, paragraphs and captions."""

from __future__ import annotations

import hashlib
from xml.sax.saxutils import escape, quoteattr

from ennum_stats.languages import tag_of

_LONGEST_BOOKMARK = 40
"""How many characters Word lets a bookmark's name have."""


def run(words: str, style: str = "", more: str = "") -> str:
    """Write words in a character style; `more` holds further properties in Word's markup."""
    named = f"<w:rStyle w:val={quoteattr(style)}/>" if style else ""
    properties = f"<w:rPr>{named}{more}</w:rPr>" if named or more else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def field(instruction: str, shown: str) -> str:
    """Write a field with the text that it shows until Word computes it again."""
    return field_start(instruction) + run(shown) + field_end()


def field_start(instruction: str) -> str:
    """Write the begin of a field; what it shows follows."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field_end() -> str:
    """Write the end of a field."""
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def bookmarked(name: str, number: str) -> tuple[str, str]:
    """Write the two ends of a bookmark."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(_bookmark(name))}/>',
        f'<w:bookmarkEnd w:id="{number}"/>',
    )


def _bookmark(name: str) -> str:
    """Give the name under which Word knows a heading or a caption: a long one by its hash."""
    name = name.replace(":", "_")
    if len(name) <= _LONGEST_BOOKMARK:
        return name
    return f"X{hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()[1:]}"


LEADS_ON = '<w:u w:val="single"/>'
"""How words of running text look that lead somewhere."""


def link(words: str, url: str, look: str = "") -> str:
    """Write words that lead out of the document, as a field, which needs no relationship outside of it."""
    quoted = url.replace('"', "%22")
    return field_start(f'HYPERLINK "{quoted}"') + run(words, more=look) + field_end()


def in_language(language: str) -> str:
    """Write the property of words in another language than the document's; nothing where there is none."""
    return f'<w:lang w:val="{tag_of(language)}"/>' if language else ""


def jump(bookmark: str, words: str, page: str) -> str:
    """Write words that link to a heading of the document, and its page, which Word computes anew when it opens
    the file."""
    bookmark = _bookmark(bookmark)
    begin = field_start(f"PAGEREF {bookmark} \\h").replace('"begin"', '"begin" w:dirty="true"', 1)
    content = f"{run(words)}<w:r><w:tab/></w:r>{begin}{run(page)}{field_end()}"
    return f"<w:hyperlink w:anchor={quoteattr(bookmark)}>{content}</w:hyperlink>"


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Write a paragraph in a style."""
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{properties}</w:pPr>{content}</w:p>"


def caption(
    word: str,
    number: int,
    content: str,
    mark: tuple[str, str],
    style: str = "CaptionNumber",
    *,
    begins: bool = False,
) -> str:
    """Write a numbered caption, which Word can renumber and list; in a style of its own the word. The two
    ends of a bookmark stand around the number, for references to it; where it `begins` the count, Word goes on
    from it."""
    counted = f"SEQ {word} \\* ARABIC" + (f" \\r {number}" if begins else "")
    return run(f"{word} ", style) + field(counted, str(number)).join(mark) + run("\u2002") + content


def reference(name: str, number: str) -> str:
    """Write the number of a caption elsewhere in the document, which leads there and which Word renews."""
    return field(f"REF {_bookmark(name)} \\h", number)


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHART_URI = f"{_DRAWING}/chart"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _drawing(size: tuple[int, int], alt: str, kind: str, graphic: str, number: str, locks: str = "") -> str:
    """Write a run with a drawing, so wide and high in EMU; `kind` names the markup of its graphic."""
    cx, cy = size
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" '
        f'distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:docPr id="{number}" name="Chart {number}" descr={quoteattr(alt)}/>'
        f"<wp:cNvGraphicFramePr>{locks}</wp:cNvGraphicFramePr>"
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{kind}">{graphic}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def picture(relation: str, size: tuple[int, int], alt: str, number: str = "1") -> str:
    """Write the run of a picture, whose part a relation leads to."""
    cx, cy = size
    graphic = (
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Chart {number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip xmlns:r="{_RELATIONS}" r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        "</pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    locks = f'<a:graphicFrameLocks xmlns:a="{_DRAWING}/main" noChangeAspect="1"/>'
    return _drawing(size, alt, f"{_DRAWING}/picture", graphic, number, locks)


def native_chart(relation: str, size: tuple[int, int], alt: str, number: str = "1") -> str:
    """Write the run of a chart that Word draws itself, whose part a relation leads to."""
    graphic = f'<c:chart xmlns:c="{CHART_URI}" xmlns:r="{_RELATIONS}" r:id="{relation}"/>'
    return _drawing(size, alt, CHART_URI, graphic, number)
