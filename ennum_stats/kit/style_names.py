"""Name the kit's styles of Word in the language of the document, as people see them in Word's list.

Word itself translates the names of its own styles (headings, title, contents); these are ours. Their ids, by
which text and program name them, are the same in every language.
"""

from __future__ import annotations

from typing import Any

from ennum_stats.errors import message
from ennum_stats.languages import translate

STYLE_NAMES = {
    "FirstParagraph": message("First paragraph"),
    "Compact": message("Compact text"),
    "ContentsHeading": message("Contents: heading"),
    "Chart": message("Chart: drawing"),
    "ChartTitle": message("Chart: title"),
    "ChartSubtitle": message("Chart: subtitle"),
    "TableCaption": message("Table: caption"),
    "TableText": message("Table: text"),
    "TableHead": message("Table: head"),
    "TableGroup": message("Table: group"),
    "TableTextDense": message("Table: text, small"),
    "TableHeadDense": message("Table: head, small"),
    "TableGroupDense": message("Table: group, small"),
    "AfterTable": message("Table: space below"),
    "CoverDate": message("Cover: date"),
    "CoverHeading": message("Cover: heading"),
    "CoverNote": message("Cover: note"),
    "Stripe": message("Cover: stripe of colours"),
    "CardNumber": message("Card: number"),
    "CardPrecision": message("Card: precision"),
    "CardText": message("Card: text"),
    "CardSource": message("Card: source"),
    "CardGap": message("Card: space between"),
    "Figure": message("Number in the text"),
    "CaptionNumber": message("Number of a caption"),
    "KitTable": message("Table of the kit"),
    "CardTable": message("Cards"),
}
"""What each is called, by its id."""


def name_styles(styles: Any, language: str) -> None:
    """Name our styles among those of a file."""
    for style in styles.iter("{*}style"):
        told = STYLE_NAMES.get(style.get(f"{{{style.nsmap['w']}}}styleId"))
        if told is not None:
            name = style.find("{*}name")
            name.set(f"{{{style.nsmap['w']}}}val", translate(told, language))
