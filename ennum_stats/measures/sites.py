"""School sites and schools counted in the registers: the population of everything that is counted."""

from __future__ import annotations

from collections.abc import Sequence

from ennum_stats.errors import Message, UnknownName, UsageError, message
from ennum_stats.measures.frames import Frame, FrameKind, Row, Rows, in_frame
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Known, Missing
from ennum_stats.store.opening import Ledger

COMPULSORY = (
    "nursery_ordinary", "primary_ordinary", "nursery_special", "primary_special",
    "secondary_ordinary", "secondary_special", "cefa",
)  # fmt: skip
LEVELS = {"compulsory": COMPULSORY, "adult": ("adult_secondary",)}
"""What may be counted: compulsory education with CEFA (without that of promotion sociale), and promotion
sociale at secondary level; types of teaching of each."""
BY = ("network", "level", "province", "commune")
_COLUMNS = {
    "network": "e.network",
    "level": "t.level",
    "province": "c.province",
    "commune": "i.commune",
}


def sites(
    ledger: Ledger,
    by: str = "",
    levels: Sequence[str] = ("compulsory",),
    *,
    frame: FrameKind = "pandas",
) -> Frame:
    """School sites (implantations) and schools (établissements) of Wallonia, as the registers list them.

    One row is a network, level, province or commune (`by`), or all of Wallonia. A site counts once
    wherever it stands in several networks or levels, so rows may add up to more than the whole. Reads the
    last register of each community that was known on the ledger's day. `levels`: compulsory, adult, or
    both.

    Columns: the one of `by`, `levels`, `registers`, `implantations` and `etablissements` with `_lower` and
    `_upper` (counts, exact), `status`, `missing_reason`, `observation_ids`. Where no
    register was known, one row says so (not collected). Raises `UsageError` for a `by` or level that there
    is none of.

    >>> sites(store, "network")[["network", "implantations"]]  # doctest: +SKIP
    """
    return in_frame(sites_rows(ledger, by, levels), frame)


def registers_known(ledger: Ledger) -> tuple[str, ...]:
    """The last register of each community by the ledger's day; none without any."""
    rows = (
        ledger.connection.cursor()
        .execute(
            "SELECT arg_max(register, as_of) FROM registers WHERE as_of <= ? "
            "GROUP BY community ORDER BY community",
            [ledger.known_at],
        )
        .fetchall()
    )
    return tuple(row[0] for row in rows)


def sites_rows(ledger: Ledger, by: str = "", levels: Sequence[str] = ("compulsory",)) -> Rows:
    """The rows of `sites`, with answers."""
    teaching = teaching_of(levels)
    if by and by not in BY:
        raise UsageError(
            message("{measure} cannot be given by “{by}”.", measure="sites", by=by),
            expected=message("Expected one of: {names}.", names=", ".join(BY)),
        )
    registers = registers_known(ledger)
    answers = ("implantations", "etablissements")
    columns = (*((by,) if by else ()), "levels", "registers", *answers)
    if not registers:
        none = Missing(Reason.NOT_COLLECTED, caveats=register_to_load(ledger))
        row: Row = {"levels": tuple(levels), "registers": ()} | dict.fromkeys(answers, none)
        return Rows([row], columns, answers)
    group = _COLUMNS.get(by, "''")
    query = f"""
        SELECT {group}, count(DISTINCT i.site), count(DISTINCT t.etablissement)
        FROM teaching t
        JOIN implantations i ON i.register = t.register AND i.implantation = t.implantation
        JOIN etablissements e ON e.register = t.register AND e.etablissement = t.etablissement
        JOIN communes c ON c.commune = i.commune
        WHERE list_contains(?, t.register) AND list_contains(?, t.teaching)
        GROUP BY 1 ORDER BY {"1" if by == "commune" else "2 DESC, 1"}
    """  # noqa: S608 - the column comes from a table above
    found = ledger.connection.cursor().execute(query, [list(registers), list(teaching)]).fetchall()
    rows: list[Row] = [
        {
            **({by: code} if by else {}),
            "levels": tuple(levels),
            "registers": registers,
            "implantations": Known(Quantity.exact(count, "implantations")),
            "etablissements": Known(Quantity.exact(schools, "etablissements")),
        }
        for code, count, schools in found
    ]
    return Rows(rows, columns, answers)


def register_to_load(ledger: Ledger) -> tuple[Message, ...]:
    """What is missing where no register was known, and the command that loads one."""
    return (
        message("No register of schools was known on {day}.", day=ledger.known_at),
        message("Load one: ennum import register FILE"),
    )


def teaching_of(levels: Sequence[str]) -> tuple[str, ...]:
    """The types of teaching of levels (compulsory, adult). Raises `UnknownName` for any other."""
    unknown = [name for name in levels if name not in LEVELS]
    if unknown or not levels:
        raise UnknownName(
            message("There are no levels “{name}”.", name=", ".join(unknown)),
            expected=message("Expected one of: {names}.", names=", ".join(LEVELS)),
        )
    return tuple(code for name in levels for code in LEVELS[name])
