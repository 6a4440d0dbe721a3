"""Write what an audit found in a text as one page that needs nothing else: no colour alone says anything."""

from __future__ import annotations

from ennum_stats.kit.edition import Edition
from ennum_stats.kit.formats.web_page import page_look, write_short_page
from ennum_stats.office.texts.report import TITLE, TextAudit

_LOOK = """
mark{background:none;color:inherit;border-bottom:4px double;font-weight:600}
mark.unverifiable{border-bottom:2px dotted}
mark:is(.exact,.rounded,.bound,.derived){border-bottom:1px solid;font-weight:inherit}
sup{font-size:.75em}
dt{font-weight:600;margin-top:.8rem}
"""


def audit_page(edition: Edition, audit: TextAudit) -> bytes:
    """Write the text with its marks, and the remarks on them."""
    title = audit.t(TITLE, name=audit.text.name)
    return write_short_page(edition, title, edition.publisher_name, audit.blocks(), page_look() + _LOOK)
