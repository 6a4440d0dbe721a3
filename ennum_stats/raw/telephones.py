"""Recognition of telephone numbers as people in Belgium write them, and of those of other countries where
their code stands before them.

A text comes as `personal_data` reads it. Its groups of digits are looked at one after the other, each with
the few that follow it: how many digits they are, how they are grouped and what parts them tells a telephone
number from an amount, a day, a number of a school or of an account.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ENOUGH = re.compile(r"\d(?:\D{0,4}\d){5}")
_ENOUGH_ALONE = re.compile(r"\d(?:\D*\d){7}")
_SAID_TO_BE = re.compile(r"tel|gsm|fax|phone|handy|whatsapp|[☎☏✆📞📱+]")
"""What stands in every text with a number of fewer digits than a telephone number has alone."""
_BEGINS = re.compile(
    r"(?<!\d)(?<!\d[.,'-])(?:0|32|3(?!\d)|4[5-9](?:\d|\d{7})(?!\d)|\d\d?(?!\d))|(?<![a-z\d])o(?=[1-9]\d)"
)
"""With what a number begins that nothing calls one."""
_DIGITS = re.compile(r"\d+")
_LETTER_O = re.compile(r"(?<![a-z\d])o(?=[1-9]\d)")
_GAP = re.compile(r"[ ./,;()\[\]_|*'\u2019\u00b7\u2022-]{1,4}| ?[a-z]{1,2}[.:]? ?")
"""What people put between the digits of one number."""
_DAY_HOUR = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d"
    r"|(?:19|20)\d\d([./-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01])"
    r"|(?:19|20)\d\d[/-](?:19|20)\d\d"
    r"|\d{1,2}[:h]\d\d)(?!\d)"
)
_SHORT_DAY = re.compile(r"(?<![\d./-])(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1\d\d(?![./-]?\d)")
"""A day whose year has two digits: no telephone number begins so, but one may end so (081/10.12.19)."""
_ACCOUNT = re.compile(r"(?<![a-z\d])[a-z]{2}\d\d(?: ?[\da-z]{4}){2,7}(?: ?[\da-z]{1,3})?(?![\da-z])")
_TRANSFER = re.compile(r"(?:\+{3}|\*{3})\d{3}/\d{4}/\d{5}(?:\+{3}|\*{3})")
_ENTERPRISE = re.compile(
    r"(?<![a-z\d.])(?:bce|kbo|tva|btw|mwst|entreprise|ondernemingsnummer|unternehmensnummer|be)[ .:n°-]{0,4}"
    r"(?:be)?[ .:-]{0,2}([01]\d{3}[ .]?\d{3}[ .]?\d{3})(?!\d)"
)
_LABEL = re.compile(
    r"(?:(?<![a-z])(?:tel|gsm|fax|phone|telephone|telefoon|telefon|telefax|handy|whatsapp)s?"
    r"|[☎☏✆📞📱])[ .:°/=()-]{0,4}$"
)
_LABEL_LENGTH = 16
_ABROAD = re.compile(r"(?<![+\d])(?:\+|(?<!\d )\+ )\(?$")
"""A plus of the code of a country; between two numbers it is a sum."""
_MOBILE = re.compile(r"4[5-9]\d{7}")
_FIXED = re.compile(r"(?:[2349]\d|1[0-69]|5\d|6[013-57-9]|7[0-18]|8\d|90)\d{6}")
"""National numbers without the zero before them."""
_LUXEMBOURG = re.compile(r"3526[2-9]1\d{6}")
"""A mobile of the neighbour, which is grouped as an amount is."""
_MOST_GROUPS = 10
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15
_FEWEST_LABELLED = 6
_USUAL = frozenset(
    ((2, 7), (3, 6), (4, 6), (2, 3, 2, 2), (3, 2, 2, 2), (4, 2, 2, 2), (4, 3, 3), (2, 3, 4), (4, 2, 3))
)
"""How the digits of a number with its zero are grouped, where what parts them is no sure sign of one."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits that stand together: where they begin and end, and what parts them from the group before;
    nothing where that one belongs to something else."""

    digits: str
    start: int
    end: int
    gap: str


def telephones(read: str) -> Iterator[tuple[int, int]]:
    """Find where telephone numbers begin and end in a text."""
    is_said = _SAID_TO_BE.search(read) is not None
    if not _ENOUGH.search(read) or not (is_said or _ENOUGH_ALONE.search(read)):
        return
    if not (is_said or _BEGINS.search(read) or next(_others(read), None)):
        return  # nearly every number of a project
    read = _LETTER_O.sub("0", read)
    groups = list(_groups(read))
    place = 0
    while place < len(groups):
        size = _size(read, groups, place, may_be_said=is_said)
        if size:
            yield groups[place].start, groups[place + size - 1].end
        place += max(size, 1)


def _groups(read: str) -> Iterator[_Group]:
    """Give the groups of digits that may be of a telephone number."""
    others = deque(sorted(_others(read)))
    before = -1
    for match in _DIGITS.finditer(read):
        start, end = match.span()
        while others and others[0][1] <= start:
            others.popleft()
        if others and others[0][0] <= start:
            before = -1
            continue
        gap = _GAP.fullmatch(read, before, start) if before >= 0 else None
        yield _Group(match[0], start, end, gap[0] if gap else "")
        before = end


def _others(read: str) -> Iterator[tuple[int, int]]:
    """Find numbers with digits enough that are none of a telephone: days, hours, accounts, transfers, and
    enterprises where they are called so and their last two digits check the others."""
    for pattern in (_DAY_HOUR, _TRANSFER):
        yield from (match.span() for match in pattern.finditer(read))
    for match in _ACCOUNT.finditer(read):
        account = match[0].replace(" ", "")
        if int("".join(str(int(sign, 36)) for sign in account[4:] + account[:4])) % 97 == 1:
            yield match.span()
    for match in _ENTERPRISE.finditer(read):
        number = re.sub(r"\D", "", match[1])
        if 97 - int(number[:8]) % 97 == int(number[8:]):
            yield match.span()


def _size(read: str, groups: Sequence[_Group], place: int, *, may_be_said: bool) -> int:
    """Count the groups from a place on that are one telephone number: the most that can be, or none."""
    start = groups[place].start
    behind = read[max(0, start - _LABEL_LENGTH) : start] if may_be_said else ""
    is_labelled, is_abroad = (pattern.search(behind) is not None for pattern in (_LABEL, _ABROAD))
    if not (is_labelled or is_abroad) and (_continues(groups, place) or _SHORT_DAY.match(read, start)):
        return 0
    fewest = _FEWEST_LABELLED if is_labelled else _FEWEST_DIGITS
    longest, digits = 0, ""
    for size in range(1, min(_MOST_GROUPS, len(groups) - place) + 1):
        taken = groups[place : place + size]
        digits += taken[-1].digits
        if len(digits) > _MOST_DIGITS or (size > 1 and not taken[-1].gap):
            break
        if len(digits) < fewest:
            continue
        if len(digits) > 9 and not (is_labelled or is_abroad or digits.startswith(("0", "32"))):
            break  # without a zero or a code before it a number has nine digits at most
        shape = tuple(len(group.digits) for group in taken)
        number = _Number(digits, shape, tuple(group.gap for group in taken[1:]))
        if number.is_telephone(is_labelled=is_labelled, is_abroad=is_abroad):
            longest = size
    return longest


def _continues(groups: Sequence[_Group], place: int) -> bool:
    """Tell whether a group goes on with what stands before it: decimals, a part of a code or of a year."""
    gap = groups[place].gap
    if gap == "/":
        return re.fullmatch(r"(?:19|20)\d\d", groups[place - 1].digits) is not None
    return gap in (".", ",", "-", "'")


@dataclass(frozen=True, slots=True)
class _Number:
    """Digits, how they are grouped, and what parts the groups."""

    digits: str
    shape: tuple[int, ...]
    gaps: tuple[str, ...]

    def is_telephone(self, *, is_labelled: bool, is_abroad: bool) -> bool:
        """Tell whether they are a telephone number, behind what stands before them."""
        return (
            (is_abroad and self._is_of_country(self.digits))
            or (is_labelled and _FEWEST_LABELLED <= len(self.digits) <= 13 and not self._has_letters)
            or self._has_zeros
            or self._has_zero
            or self._has_code
            or self._lacks_zero
        )

    def _is_of_country(self, digits: str) -> bool:
        if digits.startswith("32"):
            return _is_national(digits[2:].removeprefix("0"))
        is_amount = self._is_amount and not _LUXEMBOURG.fullmatch(digits)
        return 9 <= len(digits) <= 13 and digits[0] != "0" and not is_amount

    @property
    def _has_letters(self) -> bool:
        return any(sign.isalpha() for gap in self.gaps for sign in gap)

    @property
    def _is_amount(self) -> bool:
        """Whether they are grouped as those of an amount: 475 123 456."""
        first, *others = self.shape
        return (
            first <= 3 and set(others) == {3} and len(set(self.gaps)) == 1
            and self.gaps[0] in (" ", ".", ",", "'") and self.digits[0] != "0"
        )  # fmt: skip

    @property
    def _has_zeros(self) -> bool:
        """Whether two zeros and the code of a country stand before the number."""
        if not self.digits.startswith("00") or (len(self.shape) > 1 and self.shape[0] == 1):
            return False
        is_padded = self.shape[0] in (5, 6) and not self.digits.startswith(("0032", "00352"))
        return not is_padded and self._is_of_country(self.digits[2:])

    @property
    def _has_zero(self) -> bool:
        """Whether it is a national number with its zero."""
        if not re.fullmatch(r"0[1-9]\d{7}|04[5-9]\d{7}", self.digits):
            return False
        if self.shape == (3, 3, 3) and self.digits.endswith("000000"):
            return False  # 1 050 000 000
        if self.shape[0] == 1 and self.gaps[0][0] in ".,":
            return False  # 0,475123456
        is_list = self._has_letters or any(", " in gap for gap in self.gaps)
        return not is_list or self.shape in _USUAL

    @property
    def _has_code(self) -> bool:
        """Whether the code of Belgium stands before the number without a plus, which Excel takes away."""
        is_list = self._has_letters or any("," in gap for gap in self.gaps)
        return not is_list and self.digits.startswith("32") and self._is_of_country(self.digits)

    @property
    def _lacks_zero(self) -> bool:
        """Whether it is a national number without its zero, which Excel takes away, grouped as no amount is.
        Eight digits that stand together may be anything."""
        kinds = {gap.strip() or " " for gap in self.gaps}
        if self._has_letters or ("," in kinds and len(kinds) > 1) or self._is_amount:
            return False
        if _MOBILE.fullmatch(self.digits):
            return self.shape[0] in (3, 9)
        if not _FIXED.fullmatch(self.digits) or len(self.shape) == 1:
            return False
        if self.gaps[0].strip() == "/" and self.shape in ((2, 6), (2, 3, 3)):
            return self.digits[0] in "5678"  # 19/123456 is a reference of 2019
        return self.shape in ((2, 2, 2, 2), (1, 3, 2, 2)) and (
            kinds <= {" ", "."} or self.gaps[0].strip() == "/"
        )


def _is_national(digits: str) -> bool:
    return bool(_MOBILE.fullmatch(digits) or _FIXED.fullmatch(digits))
