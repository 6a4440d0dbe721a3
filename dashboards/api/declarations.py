"""How an address of the API is declared: its parameters, what it answers, and how a question is read.

A parameter has one schema (JSON Schema, as in OpenAPI): it describes the parameter and checks what is
asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from dashboards.served_store import OpenedStore
from ennum_stats.errors import Message, UsageError, message
from ennum_stats.languages import LANGUAGES
from ennum_stats.periods import period_of
from ennum_stats.store.ledger import Ledger

Schema = dict[str, Any]
_SEPARATORS = ",~"
"""Between several values of one parameter; a parameter may also be given several times."""
_SHOWN = 40


@dataclass(frozen=True)
class ApiParameter:
    """Hold what may be asked, or what stands in the path: its name, its meaning, and which values it may
    have."""

    name: str
    description: Message
    schema: Schema = field(default_factory=lambda: {"type": "string", "maxLength": 200})
    is_many: bool = False
    is_in_path: bool = False
    is_required: bool = False
    default: Any = None

    def read(self, texts: Sequence[str]) -> Any:
        """Give the value asked for, or several as a tuple. Raise `UsageError` for one that it may not
        have."""
        if self.is_many:
            parts = (part for text in texts for part in _split(text))
            return tuple(dict.fromkeys(self._checked(part) for part in parts))
        if not texts:
            if self.is_required:
                raise UsageError(
                    message("The parameter “{name}” is missing.", name=self.name), where=self.name
                )
            return self.default
        if len(texts) > 1:
            raise UsageError(message("“{name}” is given more than once.", name=self.name), where=self.name)
        return self._checked(texts[0])

    def _checked(self, text: str) -> Any:
        expected: Message | None = None
        if self.schema.get("format") == "date":
            return period_of(text[:_SHOWN], self.name).last
        if self.schema["type"] == "integer":
            least, most = self.schema["minimum"], self.schema["maximum"]
            if text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most:
                return int(text)
            expected = message("Expected a whole number from {least} to {most}.", least=least, most=most)
        elif "enum" in self.schema and text not in self.schema["enum"]:
            named = ", ".join(filter(None, self.schema["enum"]))
            expected = message("Expected one of: {names}.", names=named)
        elif len(text) > self.schema.get("maxLength", _SHOWN * 5):
            expected = message("Expected at most {n} signs.", n=self.schema["maxLength"])
        if expected is None:
            return text
        raise UsageError(
            message("“{value}” is not a value of “{name}”.", value=text[:_SHOWN], name=self.name),
            where=self.name, expected=expected,
        )  # fmt: skip


def _split(text: str) -> list[str]:
    for sign in _SEPARATORS[1:]:
        text = text.replace(sign, _SEPARATORS[0])
    return [part for part in text.split(_SEPARATORS[0]) if part]


@dataclass(frozen=True)
class ApiQuestion:
    """Hold what is asked of an address, read and checked."""

    ledger: Ledger
    edition: OpenedStore
    language: str
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True)
class Plain:
    """Hold an answer that is no JSON of ours: a file for other programs."""

    text: str
    kind: str
    name: str


@dataclass(frozen=True)
class Address:
    """Hold an address: what it answers, with which parameters besides the day and the language."""

    path: str
    """As OpenAPI writes it: `/api/figures/{name}`."""
    summary: Message
    answer: Callable[[ApiQuestion], Any]
    schema: Schema
    """That of the answer; of a list, that of one of its items."""
    parameters: tuple[ApiParameter, ...] = ()
    is_list: bool = False
    """Whether it answers with items, page by page."""

    @property
    def name(self) -> str:
        """Give the function that answers: it names the address for programs."""
        return self.answer.__name__

    @property
    def all_parameters(self) -> tuple[ApiParameter, ...]:
        """Give its own, then those of every address."""
        return (*self.parameters, *ALWAYS, *(PAGING if self.is_list else ()))

    def read(self, arguments: MultiDict[str, str], path: Mapping[str, str]) -> dict[str, Any]:
        """Tell what is asked, by the names of the parameters. Raise `UsageError`."""
        in_query = {
            parameter.name: parameter for parameter in self.all_parameters if not parameter.is_in_path
        }
        unknown = sorted(set(arguments) - set(in_query))
        if unknown:
            raise UsageError(
                message("There is no parameter “{name}”.", name=unknown[0][:_SHOWN]),
                expected=message("Expected one of: {names}.", names=", ".join(in_query)),
            )
        values = {name: parameter.read(arguments.getlist(name)) for name, parameter in in_query.items()}
        return values | dict(path)


def _date(name: str, description: Message, *, is_required: bool = False) -> ApiParameter:
    return ApiParameter(name, description, {"type": "string", "format": "date"}, is_required=is_required)


KNOWN_AT = _date("known_at", message("The day as known on which everything is told; today unless told."))
LANG = ApiParameter(
    "lang", message("The language of all words."), {"type": "string", "enum": [*LANGUAGES]},
    default=LANGUAGES[0],
)  # fmt: skip
ALWAYS = (KNOWN_AT, LANG)
LIMIT = ApiParameter(
    "limit", message("At most so many items."), {"type": "integer", "minimum": 1, "maximum": 1_000},
    default=500,
)  # fmt: skip
OFFSET = ApiParameter(
    "offset", message("So many items are passed over; “next” in an answer tells where to go on."),
    {"type": "integer", "minimum": 0, "maximum": 1_000_000}, default=0,
)  # fmt: skip
PAGING = (LIMIT, OFFSET)
FROM = _date("from", message("The earlier day."), is_required=True)
TO = _date("to", message("The later day; today unless told."))
