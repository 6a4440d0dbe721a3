"""Write stacks of bars as a chart of Office, in DrawingML: pieces, words and axes."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from ennum_stats.charts.spec import Chart
from ennum_stats.drawing.office.room import OPEN, Places
from ennum_stats.drawing.office.stacks import BarWords, Look, Piece, PieceColumn, Spot
from ennum_stats.drawing.theme import EMU_A_POINT, LIGHT, NEUTRAL, bare
from ennum_stats.languages import tag_of
from ennum_stats.typography import NBSP
from ennum_stats.wording import amount

_STROKE, _STROKE_IN_TRACK = 0.17, 0.28
"""How thick a stroke is, in em: at the ends of a range, and in a track."""
_OUTLINE = 0.75
_DOT = 7
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<c:date1904 val="0"/><c:roundedCorners val="0"/>'
)
_CATEGORIES, _VALUES = "1001", "1002"
"""The numbers of both axes."""
_HIDDEN = "<a:noFill/><a:ln><a:noFill/></a:ln>"
_UNSEEN = f"<c:spPr>{_HIDDEN}</c:spPr>"
_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_ON_GROUND = '<c:spPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></c:spPr>'
"""What hides the axis behind words."""


def chart_markup(chart: Chart, places: Places, workbook: str = "") -> bytes:
    """Write the part of a chart; `workbook` is the relation that leads to its workbook."""
    source = f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData>' if workbook else ""
    return (
        f'{_HEAD}<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{_Writer(chart, places).plot()}'
        '</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"{_UNSEEN}{_type(places.room.em, LIGHT.text)}{source}</c:chartSpace>"
    ).encode()


class _Writer:
    """Write the bars of a chart at their places."""

    def __init__(self, chart: Chart, places: Places) -> None:
        self.chart, self.places = chart, places
        self.em, self.is_upright = places.room.em, places.is_upright

    def plot(self) -> str:
        """Write bars, lines and axes."""
        columns = [*enumerate(self.places.stacks.columns)]
        bars = "".join(self._series(at, column) for at, column in columns if not column.is_line)
        lines = "".join(self._series(at, column) for at, column in columns if column.is_line)
        is_stack = len(columns) > 1
        overlap = '<c:overlap val="100"/>' if is_stack else ""
        axes = f'<c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/>'
        written = (
            f'{self._layout()}<c:barChart><c:barDir val="{"col" if self.is_upright else "bar"}"/>'
            f'<c:grouping val="{"stacked" if is_stack else "clustered"}"/><c:varyColors val="0"/>{bars}'
            f'<c:gapWidth val="{self.places.gap}"/>{overlap}{axes}</c:barChart>'
        )
        if lines:
            written += (
                '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
                f'{lines}<c:marker val="1"/>{axes}</c:lineChart>'
            )
        return written + self._axes() + _UNSEEN

    def _layout(self) -> str:
        places, room = self.places, self.places.room
        left = places.left / room.width
        sides = {
            "x": left,
            "y": places.top / room.height,
            "w": 1 - left,
            "h": 1 - (places.top + places.bottom) / room.height,
        }
        edges = "".join(f'<c:{side} val="{_number(share)}"/>' for side, share in sides.items())
        return (
            '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{edges}</c:manualLayout></c:layout>'
        )

    # --- series -----------------------------------------------------------------------------------------

    def _series(self, at: int, column: PieceColumn) -> str:
        letter = chr(ord("B") + at)
        name = (
            f"<c:tx><c:strRef><c:f>Sheet1!${letter}$1</c:f><c:strCache>"
            f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(column.name)}</c:v></c:pt></c:strCache>'
            "</c:strRef></c:tx>"
        )
        last = len(self.places.stacks.names) + 1
        values = [None if piece is None else piece.length for piece in column.pieces]
        data = (
            f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>"
            f"{_points([escape(name) for name in self.places.stacks.names])}</c:strCache></c:strRef></c:cat>"
            f"<c:val><c:numRef><c:f>Sheet1!${letter}$2:${letter}${last}</c:f><c:numCache>"
            "<c:formatCode>General</c:formatCode>"
            f"{_points([None if value is None else _number(value) for value in values])}"
            "</c:numCache></c:numRef></c:val>"
        )
        look = self._line_look(column) if column.is_line else self._bar_look(column)
        smooth = '<c:smooth val="0"/>' if column.is_line else ""
        return (
            f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>{name}{look}{self._words(column)}{data}'
            f"{smooth}</c:ser>"
        )

    def _bar_look(self, column: PieceColumn) -> str:
        """Write how bars look: one look for the series, and others where a bar differs."""
        fills = [None if piece is None else self._fill(piece) for piece in column.pieces]
        seen = [fill for fill in fills if fill is not None]
        most = max(seen, key=seen.count, default=_HIDDEN)
        points = "".join(
            f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
            f"<c:spPr>{fill}</c:spPr></c:dPt>"
            for at, fill in enumerate(fills)
            if fill not in (None, most)
        )
        return f'<c:spPr>{most}</c:spPr><c:invertIfNegative val="0"/>{points}'

    def _line_look(self, column: PieceColumn) -> str:
        points = "".join(
            f'<c:dPt><c:idx val="{at}"/><c:marker><c:symbol val="circle"/><c:size val="{_DOT}"/>'
            f"<c:spPr>{_solid(LIGHT.colour(piece.colour))}<a:ln><a:noFill/></a:ln></c:spPr></c:marker>"
            '<c:bubble3D val="0"/></c:dPt>'
            for at, piece in enumerate(column.pieces)
            if piece is not None and at in column.dots
        )
        line = "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
        return f'{line}<c:marker><c:symbol val="none"/></c:marker>{points}'

    def _fill(self, piece: Piece) -> str:
        hue = LIGHT.colour(piece.colour)
        match piece.look:
            case Look.HIDDEN:
                return _HIDDEN
            case Look.SOLID:
                return f"{_solid(hue)}<a:ln><a:noFill/></a:ln>"
            case Look.HOLLOW:
                return f"<a:noFill/>{_outline(hue, _OUTLINE)}"
            case Look.HATCHED:
                return (
                    f'<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="{bare(hue)}"/></a:fgClr>'
                    f'<a:bgClr><a:srgbClr val="{bare(LIGHT.background)}"/></a:bgClr></a:pattFill>'
                    f"{_outline(hue, _OUTLINE)}"
                )
            case Look.TRACK:
                return self._stroked(piece, hue, LIGHT.tint(NEUTRAL, 0.14))
            case _:
                return self._stroked(piece, hue, LIGHT.tint(piece.colour))

    def _stroked(self, piece: Piece, hue: str, tint: str) -> str:
        """Fill a piece with its strokes: as a part of the fill they stay within it."""
        if not any(piece.strokes):
            return f"{_solid(tint)}<a:ln><a:noFill/></a:ln>"
        first, last = piece.strokes[::-1] if self.is_upright else piece.strokes
        stroke = self.em * (_STROKE_IN_TRACK if self.places.has_scale else _STROKE)
        low, high = self.places.span
        share = stroke / max(piece.length / (high - low) * self.places.length, stroke / 2)
        if share * (first + last) >= 1:  # so short that all of it is stroke
            return f"{_solid(hue)}{_outline(hue, stroke)}"
        stops: list[tuple[float, str]] = []
        stops += [(0, hue), (share, hue), (share, tint)] if first else [(0, tint)]
        stops += [(1 - share, tint), (1 - share, hue), (1, hue)] if last else [(1, tint)]
        shades = "".join(
            f'<a:gs pos="{round(place * 100_000)}"><a:srgbClr val="{bare(colour)}"/></a:gs>'
            for place, colour in stops
        )
        angle = 5_400_000 if self.is_upright else 0
        return (
            f'<a:gradFill rotWithShape="1"><a:gsLst>{shades}</a:gsLst><a:lin ang="{angle}" scaled="0"/>'
            "</a:gradFill><a:ln><a:noFill/></a:ln>"
        )

    # --- words ------------------------------------------------------------------------------------------

    def _words(self, column: PieceColumn) -> str:
        if column.spot is None:
            return ""
        ground = _ON_GROUND if column.spot is Spot.BELOW else ""
        lead = "" if self.is_upright else NBSP
        labels = "".join(
            f'<c:dLbl><c:idx val="{at}"/><c:layout/>{self._text(words, lead)}{ground}'
            f'<c:dLblPos val="{column.spot}"/>{_SHOWN.format(1)}</c:dLbl>'
            for at, words in enumerate(column.words)
            if words is not None
        )
        strong = [words.is_strong for words in column.words if words is not None]
        most = max(strong, key=strong.count, default=False)  # LibreOffice's Writer reads this one
        common = _type(self.em, LIGHT.text, is_strong=most)
        return f"<c:dLbls>{labels}{common}{_SHOWN.format(0)}</c:dLbls>"

    def _text(self, words: BarWords, lead: str) -> str:
        """Write words in lines; `lead` keeps them off their bar."""
        side = "ctr" if self.is_upright else "l"
        size, language = round(self.em * 100), tag_of(self.chart.language)
        look = f'lang="{language}" sz="{size}" b="{int(words.is_strong)}"'
        ink = _solid(LIGHT.muted if words.is_muted else LIGHT.text)
        lines = [
            f"<a:r><a:rPr {look}>{ink}</a:rPr><a:t>{lead}{escape(line)}</a:t></a:r>"
            for line in self.places.lines(words)
        ]
        if words.is_open:
            hue = _solid(LIGHT.colour(words.colour))
            lines[0] = f"<a:r><a:rPr {look}>{hue}</a:rPr><a:t>{OPEN}</a:t></a:r>{lines[0]}"
        paragraphs = "".join(f'<a:p><a:pPr algn="{side}"/>{line}</a:p>' for line in lines)
        return f'<c:tx><c:rich><a:bodyPr wrap="none" anchor="ctr"/><a:lstStyle/>{paragraphs}</c:rich></c:tx>'

    # --- axes -------------------------------------------------------------------------------------------

    def _axes(self) -> str:
        if self.is_upright:
            return self._category_axis("b", "low", "ctr") + self._value_axis("l", "autoZero")
        shown, step = "", 0.0
        if self.places.has_scale:
            whole = float(self.chart.whole)
            shown, step = f"[<={_number(whole)}]{_format(self.chart)};", whole / 2
        names = self._category_axis("l", "nextTo", "r", order="maxMin")
        return names + self._value_axis("b", "max", shown, step)

    def _category_axis(self, place: str, names: str, side: str, order: str = "minMax") -> str:
        return (
            f'<c:catAx><c:axId val="{_CATEGORIES}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
            f'<c:delete val="0"/><c:axPos val="{place}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
            '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
            f'<c:tickLblPos val="{names}"/><c:spPr>{_outline(LIGHT.muted, _OUTLINE)}</c:spPr>'
            f"{_type(self.em, LIGHT.text)}"
            f'<c:crossAx val="{_VALUES}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
            f'<c:lblAlgn val="{side}"/><c:lblOffset val="60"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        )

    def _value_axis(self, place: str, crosses: str, shown: str = "", step: float = 0) -> str:
        """Write the axis of values; it is seen where numbers are `shown` in a format, one each `step`."""
        low, high = self.places.span
        labels = "nextTo" if shown else "none"
        unit = f'<c:majorUnit val="{_number(step)}"/>' if step else ""
        return (
            f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling><c:orientation val="minMax"/>'
            f'<c:max val="{_number(high)}"/><c:min val="{_number(low)}"/></c:scaling>'
            f'<c:delete val="{int(not shown)}"/><c:axPos val="{place}"/>'
            f'<c:numFmt formatCode={quoteattr(shown or "General")} sourceLinked="0"/>'
            f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="{labels}"/>'
            f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_type(self.em, LIGHT.muted)}"
            f'<c:crossAx val="{_CATEGORIES}"/><c:crosses val="{crosses}"/>'
            f'<c:crossBetween val="between"/>{unit}</c:valAx>'
        )


def _format(chart: Chart) -> str:
    """Give Excel's format of the numbers on a scale."""
    if chart.unit != "share":
        return "#,##0"
    between = amount(0, chart.unit, chart.language, noun=False)[1:-1]
    return f'0"{between}"%' if between else "0%"


def _points(texts: Sequence[str | None]) -> str:
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{text}</c:v></c:pt>' for at, text in enumerate(texts) if text is not None
    )
    return f'<c:ptCount val="{len(texts)}"/>{points}'


def _number(value: float) -> str:
    return f"{value:.15g}"


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{bare(colour)}"/></a:solidFill>'


def _outline(colour: str, points: float) -> str:
    return f'<a:ln w="{round(points * EMU_A_POINT)}">{_solid(colour)}</a:ln>'


def _type(points: float, colour: str, *, is_strong: bool = False) -> str:
    """Write size, weight and colour of words that do not turn."""
    return (
        '<c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr sz="{round(points * 100)}" b="{int(is_strong)}">{_solid(colour)}</a:defRPr></a:pPr>'
        "<a:endParaRPr/></a:p></c:txPr>"
    )
