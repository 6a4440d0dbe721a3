"""Recognition of e-mails, also those that are spelled so that programs do not find them.

A text comes as `personal_data` reads it: in small letters, without signs that have no width. The sign in the
middle is looked for, then what stands before and behind it, within the lengths that an address may have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST = 80
"""More signs than a name before the sign, or one after it, may have (64, and 63 for each part)."""
_OPEN, _CLOSE = r"[(\[{<*_|\"'-]", r"[)\]}>*_|\"'-]"
_SIGN = re.compile(
    r" ?(?:"
    rf"{_OPEN} ?(?:@|at|arr?obas?e?|apenstaart(?:je)?|klammeraffe) ?{_CLOSE}"
    r"|@|&#64;|&#x40;|&commat;|%40"
    r"|(?<= )(?:arr?obas?e?|a commercial|apenstaart(?:je)?|klammeraffe)(?= )"
    r") ?"
)
"""What can only be the sign of an address."""
_WORD_AT = re.compile(r" at |[(\[{]a[)\]}]")
"""What may also be a word, or the letter of a paragraph: believed only where the rest is spelled as well."""
_NAME = re.compile(r"""[\w.+'&%!#$/=?^`~-]{0,80}\w["' ]?$""")
_DOT = "(?:dot|point|punkt|punt)"
_POINT = rf" {{0,2}}(?:[.,]|[(\[{{] ?(?:\.|{_DOT}) ?[)\]}}]) {{0,2}}| {{1,2}}{_DOT} {{1,2}}"
_ENDINGS = (
    "be|brussels|vlaanderen|wallonie|gent|eu|fr|lu|nl|de|uk|ch|it|es|pt|pl|ie|at|ca|us|com|net|org|info|edu|"
    "gov|int|biz|name|pro|io|me|online|school|education|email|cloud|app|tech"
)
_HOST = re.compile(rf" {{0,2}}[\w-]{{1,63}}(?:(?:{_POINT})[\w-]{{1,63}}){{0,6}}?(?:{_POINT})(?:{_ENDINGS})\b")
_PLAIN_HOST = re.compile(r" {0,2}[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.[^\W\d_]{2,24}\b")
_SPELLED_HOST = re.compile(
    rf"[\w-]{{1,63}}(?: {_DOT} | ?[(\[{{] ?(?:\.|{_DOT}) ?[)\]}}] ?)[^\W\d_]{{2,24}}\b"
)
_IS_NO_WORD = re.compile(r"\w[.+_-]\w|\d")


def e_mails(read: str) -> Iterator[tuple[int, int]]:
    """Find where e-mails begin and end in a text."""
    for sign in _SIGN.finditer(read):
        host = _PLAIN_HOST.match(read, sign.end()) or _HOST.match(read, sign.end())
        start = _start(read, sign.start())
        if host and start is not None:
            yield start, host.end()
    for sign in _WORD_AT.finditer(read):
        start = _start(read, sign.start())
        if start is None:
            continue
        host = _SPELLED_HOST.match(read, sign.end())
        if host is None and _is_name(read[start : sign.start()], sign[0]):
            host = _HOST.match(read, sign.end())
        if host and not host[0].startswith("www"):
            yield start, host.end()


def _is_name(text: str, sign: str) -> bool:
    """Tell whether what stands before "at" is the name of an address rather than a word of a sentence."""
    return sign != " at " or _IS_NO_WORD.search(text) is not None


def _start(read: str, sign: int) -> int | None:
    """Find where the name before the sign begins."""
    first = max(0, sign - _LONGEST)
    name = _NAME.search(read[first:sign])
    return first + name.start() if name else None
