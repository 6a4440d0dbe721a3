"""A register of schools into raw rows: sites, schools, what each teaches where, communes.

Whole columns at a time, because a register has thousands of rows. What is not in Wallonia is left out and
counted; a row that cannot be read is refused with its reason. Only the columns named in the form are kept:
nothing that names or reaches a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from ennum_stats.errors import Message, Parameter, message
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.kind import ImportKind, ImportOptions
from ennum_stats.imports.lists.days import past_day
from ennum_stats.imports.plan import FileChanges, Refusal
from ennum_stats.imports.register import reader
from ennum_stats.imports.register.changes import changes_since
from ennum_stats.imports.spreadsheets.bounds import LONGEST_CELL, FileRefused, too_long
from ennum_stats.imports.spreadsheets.kept_cells import REACHES_A_PERSON
from ennum_stats.imports.spreadsheets.sheet import ERROR_VALUE, IS_FORMULA
from ennum_stats.raw.communes import communes
from ennum_stats.raw.personal_data import reaches_person, without_persons
from ennum_stats.raw.school_tables import INVENTED_FROM
from ennum_stats.store.ledger import today
from ennum_stats.table import begins_like_formula, formula_words


class RegisterImport(ImportKind):
    """Hold a register of schools, in the Federation's form or in that of a mapping file."""

    name = "register"
    is_previewed = False

    def changes(self, file: Path, destination: Destination, options: ImportOptions) -> FileChanges:
        """Read a register whole.

        The day, month or year of its state is `as_of`, else the one in the name of the file. Raises also
        `UsageError` for a day that does not exist.
        """
        project = destination.project
        form = reader.read_form(options.mapping) if options.mapping else reader.FEDERATION
        source = reader.read_register(file, form)
        day = past_day(options.as_of or reader.period_in(source.name))
        rows = _coded(source.fields, form)
        reasons = _reasons(rows, project.is_demo)
        refused = _refusals(rows.join(reasons, on="_row"), source)
        is_elsewhere = pl.col("_commune") == "elsewhere"
        in_wallonia = rows.join(reasons, on="_row", how="anti").filter(~is_elsewhere)
        elsewhere = rows.filter(is_elsewhere)
        register = f"{form.community}-{day.text}"
        tables = _tables(in_wallonia, register, form.community, day.text)
        is_site = pl.col("implantation").str.contains(_IS_NUMBER)
        places = elsewhere.filter(is_site).select("implantation", pl.col("commune").alias("place"))
        tables["elsewhere"] = places.unique("implantation", keep="first", maintain_order=True)
        is_there = _is_there(destination, register, tables, source.name)
        since = None if is_there else changes_since(project, tables)
        numbers = tuple(in_wallonia["_row"].to_list())
        ours = source.titles.values()
        return FileChanges(
            file=source.name,
            table=source.refused_rows(refusal.row for refusal in refused),
            columns=tuple((t, reader.FEDERATION.columns[key][0]) for key, t in source.titles.items()),
            known_at=max(today(), day.last),
            ignored_columns=tuple(name for name in source.file.columns if name not in ours),
            remarks=(
                *source.remarks,
                *_remarks(register, tables, elsewhere),
                *(since.remarks() if since else ()),
            ),
            taken=() if is_there else numbers,
            already_there=numbers if is_there else (),
            refused=refused,
            left_out=len(elsewhere),
            frames={} if is_there else _new(destination, tables),
            since=since,
        )


# --- coding and checking ----------------------------------------------------------------------------


def _coded(fields: pl.DataFrame, form: reader.RegisterForm) -> pl.DataFrame:
    """Add codes for communes, teaching and networks; nothing where there is none."""
    fields = fields.with_columns(pl.col("postal_code").str.replace(r"[.,]00?$", ""))
    reference = communes()
    places = {
        (name, code): reference.code(name or "", code or "")
        or ("elsewhere" if reference.is_elsewhere(name or "", code or "") else None)
        for name, code in fields.select("commune", "postal_code").unique().rows()
    }
    place = pl.DataFrame(
        [(*key, value) for key, value in places.items()],
        schema={"commune": pl.String, "postal_code": pl.String, "_commune": pl.String},
        orient="row",
    )
    teaching = {t: form.teaching_code(t) for t in fields["teaching"].drop_nulls().unique()}
    networks = {n: form.network_code(n or "") for n in fields["network"].unique()}
    numbers = [
        pl.col(key)
        .str.replace(r"[.,]00?$", "")
        .str.replace_all(r"[\s.\u00a0\u202f]", "")
        .str.replace(r"^0+(\d)", "$1")
        for key in ("implantation", "etablissement")
    ]
    coordinates = [
        pl.col(key).str.replace(",", ".").cast(pl.Float64, strict=False)
        .round(7).cast(pl.Decimal(20, 6), strict=False).cast(pl.String)
        for key in ("latitude", "longitude")
    ]  # fmt: skip
    return fields.join(place, on=["commune", "postal_code"], how="left", nulls_equal=True).with_columns(
        pl.col("teaching").replace_strict(teaching, default=None, return_dtype=pl.String).alias("_teaching"),
        pl.col("network").replace_strict(networks, default=None, return_dtype=pl.String).alias("_network"),
        *numbers,
        *coordinates,
    )


def _reasons(rows: pl.DataFrame, is_demo: bool) -> pl.DataFrame:
    """Find the rows that are refused: the field that is wrong, by row. Elsewhere nothing is."""
    invented = pl.col("implantation").cast(pl.Int64, strict=False) >= INVENTED_FROM
    field = (
        pl.when(~pl.col("implantation").fill_null("").str.contains(_IS_NUMBER))
        .then(pl.lit("implantation"))
        .when(invented != is_demo)
        .then(pl.lit("invented"))
        .when(~pl.col("etablissement").fill_null("").str.contains(_IS_NUMBER))
        .then(pl.lit("etablissement"))
        .when(pl.col("_commune").is_null())
        .then(pl.lit("commune"))
        .when(pl.col("_teaching").is_null())
        .then(pl.lit("teaching"))
        .when(pl.col("_network").is_null())
        .then(pl.lit("network"))
        .when(~pl.col("postal_code").str.contains(r"^\d{4}$"))
        .then(pl.lit("postal_code"))
    )
    for key in _TEXTS:
        wrong = [text for text in rows[key].drop_nulls().unique() if _is_unfit(text)]
        field = field.when(pl.col(key).is_in(wrong)).then(pl.lit(key))
    outside = pl.col("_commune") == "elsewhere"
    cells = rows.select("_row", field.alias("_field"), outside.alias("_outside"))
    return cells.filter(pl.col("_field").is_not_null() & ~pl.col("_outside").fill_null(value=False)).select(
        "_row", "_field"
    )


_IS_NUMBER = r"^\d{1,7}$"
_BY_FIRST = {"=": IS_FORMULA, "#": ERROR_VALUE}
_TEXTS = ("name", "address", "locality")


def _is_unfit(text: str) -> bool:
    return (
        len(text) > LONGEST_CELL or text.startswith("#") or begins_like_formula(text) or reaches_person(text)
    )


_WHY = {
    "implantation": message("This is no FASE number."),
    "etablissement": message("This is no FASE number."),
    "commune": message("No commune of Belgium has this name."),
    "teaching": message("This type of teaching is not known."),
    "network": message("This network is not known."),
    "postal_code": message("A postal code has four digits."),
    "invented": message("Invented schools and real ones never stand in one project."),
}


def _refusals(wrong: pl.DataFrame, source: reader.RegisterTable) -> tuple[Refusal, ...]:
    result = []
    for row in wrong.sort("_row").to_dicts():
        key = row["_field"] if row["_field"] != "invented" else "implantation"
        shown = source.shown(row["_row"], key) if key in source.titles else ""
        text, reason = without_persons(shown), _reason(row["_field"], shown)
        if len(shown) > LONGEST_CELL:
            text, reason = too_long(text)
        result.append(Refusal(row["_row"], key, source.titles.get(key, ""), text, reason))
    return tuple(result)


def _reason(field: str, shown: str) -> Message:
    """Say why a row is refused for what stands in a field."""
    if reaches_person(shown):
        return REACHES_A_PERSON
    return _BY_FIRST.get(shown[:1]) or _WHY.get(field) or formula_words(shown)


# --- raw rows ---------------------------------------------------------------------------------------


def _tables(rows: pl.DataFrame, register: str, community: str, as_of: str) -> dict[str, pl.DataFrame]:
    """Give the new rows of each raw table."""
    named = rows.with_columns(
        pl.lit(register).alias("register"),
        pl.col("_commune").alias("commune"), pl.col("_teaching").alias("teaching"),
        pl.col("_network").alias("network"),
        pl.col("_teaching").replace_strict(reader.LEVELS, default=None, return_dtype=pl.String).alias("level"),
        pl.coalesce("name", pl.format("{}", "etablissement")).alias("name"),
    )  # fmt: skip
    registers = pl.DataFrame(
        {"register": [register], "community": [community], "as_of": [as_of], "note": [None]},
        schema_overrides={"note": pl.String},
    )
    return {
        "registers": registers,
        "implantations": named.select(
            "register", "implantation", "address", "postal_code", "locality", "commune",
            "latitude", "longitude",
        ).unique(["register", "implantation"], keep="first").sort("implantation"),
        "etablissements": named.select("register", "etablissement", "name", "network")
        .unique(["register", "etablissement"], keep="first").sort("etablissement"),
        "teaching": named.select("register", "implantation", "etablissement", "teaching", "level")
        .unique().sort("implantation", "etablissement", "teaching"),
    }  # fmt: skip


def _is_there(destination: Destination, register: str, tables: dict[str, pl.DataFrame], name: str) -> bool:
    """Tell whether the same register stands there already; `FileRefused` where another one does."""
    there = destination.rows("registers").filter(pl.col("register") == register)
    if there.is_empty():
        return False
    for table in ("implantations", "etablissements", "teaching"):
        old = destination.rows(table).filter(pl.col("register") == register)
        new = tables[table]
        if not old.sort(old.columns).equals(new.sort(new.columns), null_equal=True):
            raise FileRefused(
                message("The register {register} is there already with another content.", register=register),
                where=name,
                remedy=message("Give this one its own day: {parameter}.", parameter=Parameter("as_of", "…")),
            )
    return True


def _new(destination: Destination, tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Leave out the communes, postal codes and places elsewhere that are there already."""
    reference = communes()
    new = dict(tables)
    for name, frame, key in (
        ("communes", reference.frame(), ["commune"]),
        ("postal_codes", reference.postal_frame(), ["postal_code", "commune"]),
        ("elsewhere", tables["elsewhere"], ["implantation"]),
    ):
        new[name] = frame.join(destination.rows(name), on=key, how="anti")
    return {name: frame for name, frame in new.items() if len(frame)}


# --- what is told -----------------------------------------------------------------------------------


def _remarks(register: str, tables: dict[str, pl.DataFrame], elsewhere: pl.DataFrame) -> Iterator[Message]:
    sites, schools = tables["implantations"], tables["etablissements"]
    yield message(
        "Register {register}: {sites} sites, {schools} schools, in {communes} communes of Wallonia.",
        register=register, sites=len(sites), schools=len(schools),
        communes=sites["commune"].n_unique(),
    )  # fmt: skip
    shared = tables["teaching"].group_by("implantation").agg(pl.col("etablissement").n_unique())
    several = len(shared.filter(pl.col("etablissement") > 1))
    yield message("Sites of more than one school: {n}.", n=several)
    if len(elsewhere):
        yield message("Rows left out because they are not in Wallonia: {n}.", n=len(elsewhere))
    without = len(sites.filter(pl.col("latitude").is_null()))
    if without:
        yield message("Sites without coordinates: {n}.", n=without)
