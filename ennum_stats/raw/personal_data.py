"""Detection of telephone numbers and e-mails of persons: a text with one is never kept nor shown.

Names cannot be told from other words; imports leave the columns that hold them where they are. Numbers are
those of Belgium, in the ways in which people write them, and any that begins with the code of a country.
"""

from __future__ import annotations

import re

_GAP = r"[\s./()\u2013-]{0,3}"
_IS_DAY = r"(?!\d\d[/.-]\d\d[/.-](?:19|20)\d\d)"
_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]+"
    rf"|(?<!\d)(?:\+|00){_GAP}[1-9]\d(?:{_GAP}\d){{7,10}}(?!\d)"
    rf"|(?<!\d)(?<!\d[.,-]){_IS_DAY}\(?0(?:{_GAP}[1-9](?:{_GAP}\d){{7}}|{_GAP}4(?:{_GAP}\d){{8}})(?!\d)"
)
MASK = "[…]"


def reaches_person(text: str) -> bool:
    """Tell whether a telephone number or an e-mail stands in a text.

    >>> reaches_person("Tél. 081/23.45.67"), reaches_person("27/01/2020")
    (True, False)
    """
    return _PERSONAL.search(text) is not None


def without_persons(text: str) -> str:
    """Replace telephone numbers and e-mails in a text by a mark."""
    return _PERSONAL.sub(MASK, text)
