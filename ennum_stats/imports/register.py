"""A register of schools into raw rows: sites, schools, what each teaches where, communes.

Whole columns at a time, because a register has thousands of rows. What is not in Wallonia is left out and
counted; a row that cannot be read is refused with its reason. Only the columns named in the form are kept:
nothing that names or reaches a person.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ennum_stats.errors import Message, message
from ennum_stats.imports.bulk import appended, known_rows
from ennum_stats.imports.columns import Recognised
from ennum_stats.imports.communes import communes
from ennum_stats.imports.files import read_file, require_readable
from ennum_stats.imports.foreign import Cell, FileRefused, ForeignRow
from ennum_stats.imports.names import fold
from ennum_stats.imports.plan import ImportPlan, Refusal
from ennum_stats.imports.register_forms import FEDERATION, LEVELS, REQUIRED, RegisterForm
from ennum_stats.periods import Period
from ennum_stats.project import Audience, Project
from ennum_stats.raw.school_tables import INVENTED_FROM
from ennum_stats.store.opening import today
from ennum_stats.store.publish import raw_fingerprint

_FIELDS = tuple(FEDERATION.columns)
_BYTE_ORDER_MARK = "\ufeff"
_MOST_CANDIDATES = 20


@dataclass(frozen=True)
class _Source:
    """A register as read: its fields by row (`_row` is the row in the file), and its own columns."""

    name: str
    fields: pl.DataFrame
    file: pl.DataFrame
    titles: dict[str, str]
    remarks: tuple[Message, ...] = ()


def plan_register(
    file: Path, project: Project, as_of: str | None = None, form: RegisterForm = FEDERATION
) -> ImportPlan:
    """What importing a register would do; nothing is written.

    `as_of` is the day, month or year of its state; without it, the one in the name of the file. Raises
    `FileRefused`.
    """
    fingerprint = raw_fingerprint(project, Audience.INTERNAL)
    source = _read(Path(file), form)
    day = Period(as_of or _period_in(source.name))
    rows = _coded(source.fields, form)
    reasons = _reasons(rows, project.is_demo)
    refused = _refusals(rows.join(reasons, on="_row"), source)
    in_wallonia = rows.join(reasons, on="_row", how="anti").filter(
        pl.col("_commune") != "elsewhere"
    )
    elsewhere = rows.filter(pl.col("_commune") == "elsewhere")
    register = f"{form.community}-{day.text}"
    tables = _tables(in_wallonia, register, form.community, day.text)
    tables["elsewhere"] = elsewhere.select("implantation", pl.col("commune").alias("place")).unique(
        "implantation", keep="first"
    )
    is_there = _is_there(project, register, tables, source.name)
    taken = () if is_there else tuple(in_wallonia["_row"].to_list())
    return ImportPlan(
        kind="register",
        file=source.name,
        project=project,
        table=_refused_table(source, refused),
        columns=tuple((title, key) for key, title in source.titles.items()),
        ignored_columns=tuple(
            name for name in source.file.columns if name not in source.titles.values()
        ),
        remarks=(
            *source.remarks,
            *_remarks(register, tables, elsewhere),
            *_changes(project, tables),
        ),
        examples=0,
        taken=taken,
        already_there=tuple(in_wallonia["_row"].to_list()) if is_there else (),
        refused=refused,
        new_rows=(),
        readings=(),
        findings=(),
        changes=(),
        known_at=max(today(), day.last),
        contents={} if is_there else _contents(project, tables),
        fingerprint=fingerprint,
        left_out=len(elsewhere),
    )


# --- reading ----------------------------------------------------------------------------------------


def _read(path: Path, form: RegisterForm) -> _Source:
    if path.suffix.lower() == ".xlsx":
        frame, remarks = _workbook_frame(path)
    else:
        require_readable(path)
        frame, remarks = _text_frame(path)
    titles = {form.by_title[fold(c)]: c for c in frame.columns if fold(c) in form.by_title}
    missing = [form.columns[key][0] for key in REQUIRED if key not in titles]
    if missing:
        raise FileRefused(
            message("Columns are missing: {names}.", names=", ".join(missing)),
            where=path.name,
            remedy=message("A list in another form is read with a mapping file (--mapping)."),
        )
    fields = frame.select(
        pl.int_range(2, pl.len() + 2).alias("_row"),
        *(
            (pl.col(titles[key]).str.strip_chars() if key in titles else pl.lit(None, pl.String))
            .replace("", None).alias(key)
            for key in _FIELDS
        ),
    )  # fmt: skip
    return _Source(path.name, fields, frame, titles, remarks)


def _text_frame(path: Path) -> tuple[pl.DataFrame, tuple[Message, ...]]:
    data, remarks = path.read_bytes(), []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        remarks.append(message("The file is not UTF-8; it was read as Windows-1252."))
    text = text.lstrip(_BYTE_ORDER_MARK)
    header = text.split("\n", 1)[0]
    separator = max(";\t,", key=header.count)
    try:
        frame = pl.read_csv(io.BytesIO(text.encode()), separator=separator, infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise FileRefused(
            message("The file cannot be read as CSV: {error}", error=str(error).split("\n")[0]),
            where=path.name,
            remedy=message("Save it again as an Excel workbook (.xlsx)."),
        ) from error
    return frame, tuple(remarks)


def _workbook_frame(path: Path) -> tuple[pl.DataFrame, tuple[Message, ...]]:
    """The first sheet with rows; its first row is the header."""
    foreign = read_file(path)
    sheet = next((s for s in foreign.sheets if s.rows), None)
    if sheet is None:
        raise FileRefused(message("No sheet holds any rows."), where=path.name)
    header, *rows = sheet.rows
    names = [" ".join(cell.shown.split()) or f"_{n}" for n, cell in enumerate(header.cells)]
    cells = [[row.cell(n).shown or None for n in range(len(names))] for row in rows]
    schema = {name: pl.String() for name in names}
    return pl.DataFrame(cells, schema=schema, orient="row"), foreign.remarks


def _period_in(name: str) -> str:
    found = re.search(r"(?<!\d)((?:19|20)\d\d)(?:[-_]?(\d\d)(?:[-_]?(\d\d))?)?(?!\d)", name)
    if found is None:
        raise FileRefused(
            message("Of which day is this register?"),
            where=name,
            remedy=message("Say it: --as-of 2023-10."),
        )
    return "-".join(part for part in found.groups() if part)


# --- coding and checking ----------------------------------------------------------------------------


def _coded(fields: pl.DataFrame, form: RegisterForm) -> pl.DataFrame:
    """With codes for communes, teaching and networks; nothing where there is none."""
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
        pl.col(key).str.replace_all(r"[\s.\u00a0\u202f]", "").str.replace(r"^0+(\d)", "$1")
        for key in ("implantation", "etablissement")
    ]
    coordinates = [
        pl.col(key).str.replace(",", ".").cast(pl.Float64, strict=False)
        .round(7).cast(pl.Decimal(20, 6), strict=False).cast(pl.String)
        for key in ("latitude", "longitude")
    ]  # fmt: skip
    return fields.join(place, on=["commune", "postal_code"], how="left", nulls_equal=True).with_columns(
        pl.col("teaching").replace_strict(teaching, default=None, return_dtype=pl.String)
        .alias("_teaching"),
        pl.col("network").replace_strict(networks, default=None, return_dtype=pl.String)
        .alias("_network"),
        *numbers, *coordinates,
    )  # fmt: skip


def _reasons(rows: pl.DataFrame, is_demo: bool) -> pl.DataFrame:
    """The rows that are refused: the field that is wrong, by row."""
    invented = pl.col("implantation").cast(pl.Int64, strict=False) >= INVENTED_FROM
    is_number = r"^\d{1,7}$"
    field = (
        pl.when(~pl.col("implantation").fill_null("").str.contains(is_number))
        .then(pl.lit("implantation"))
        .when(invented != is_demo)
        .then(pl.lit("invented"))
        .when(~pl.col("etablissement").fill_null("").str.contains(is_number))
        .then(pl.lit("etablissement"))
        .when(pl.col("_commune").is_null())
        .then(pl.lit("commune"))
        .when(pl.col("_teaching").is_null())
        .then(pl.lit("teaching"))
        .when(pl.col("_network").is_null())
        .then(pl.lit("network"))
    )
    outside = pl.col("_commune") == "elsewhere"
    found = rows.select("_row", field.alias("_field"), outside.alias("_outside"))
    return found.filter(
        pl.col("_field").is_not_null() & ~pl.col("_outside").fill_null(value=False)
    ).select("_row", "_field")


_WHY = {
    "implantation": message("This is no FASE number."),
    "etablissement": message("This is no FASE number."),
    "commune": message("No commune of Belgium has this name."),
    "teaching": message("This type of teaching is not known."),
    "network": message("This network is not known."),
    "invented": message("Invented schools and real ones never stand in one project."),
}


def _refusals(wrong: pl.DataFrame, source: _Source) -> tuple[Refusal, ...]:
    result = []
    for row in wrong.sort("_row").to_dicts():
        key = row["_field"] if row["_field"] != "invented" else "implantation"
        reason = _WHY[row["_field"]]
        result.append(Refusal(row["_row"], key, source.titles.get(key, ""), row[key] or "", reason))
    return tuple(result)


def _refused_table(source: _Source, refused: tuple[Refusal, ...]) -> Recognised:
    """The header and the refused rows, for the workbook that gives them back."""
    names = source.file.columns
    numbers = sorted({refusal.row for refusal in refused})
    rows = tuple(
        ForeignRow(number, tuple(Cell(value) for value in source.file.row(number - 2)))
        for number in numbers
    )
    header = ForeignRow(1, tuple(Cell(name) for name in names))
    positions = {key: names.index(title) for key, title in source.titles.items()}
    return Recognised("", header, rows, positions, ())


# --- raw rows ---------------------------------------------------------------------------------------


def _tables(
    rows: pl.DataFrame, register: str, community: str, as_of: str
) -> dict[str, pl.DataFrame]:
    """The new rows of each raw table."""
    named = rows.with_columns(
        pl.lit(register).alias("register"),
        pl.col("_commune").alias("commune"), pl.col("_teaching").alias("teaching"),
        pl.col("_network").alias("network"),
        pl.col("_teaching").replace_strict(LEVELS, default=None, return_dtype=pl.String).alias("level"),
        pl.coalesce("name", pl.format("{}", "etablissement")).alias("name"),
    )  # fmt: skip
    one = pl.DataFrame(
        {"register": [register], "community": [community], "as_of": [as_of], "note": [None]},
        schema_overrides={"note": pl.String},
    )
    return {
        "registers": one,
        "implantations": named.select(
            "register", "implantation", "address", "postal_code", "locality", "commune",
            "latitude", "longitude",
        ).unique(["register", "implantation"], keep="first").sort("implantation"),
        "etablissements": named.select("register", "etablissement", "name", "network")
        .unique(["register", "etablissement"], keep="first").sort("etablissement"),
        "teaching": named.select("register", "implantation", "etablissement", "teaching", "level")
        .unique().sort("implantation", "etablissement", "teaching"),
    }  # fmt: skip


def _is_there(project: Project, register: str, tables: dict[str, pl.DataFrame], name: str) -> bool:
    """Whether the same register stands there already; `FileRefused` where another one does."""
    there = known_rows(project, "registers").filter(pl.col("register") == register)
    if there.is_empty():
        return False
    for table in ("implantations", "etablissements", "teaching"):
        old = known_rows(project, table).filter(pl.col("register") == register)
        new = tables[table]
        if not old.sort(old.columns).equals(new.sort(new.columns), null_equal=True):
            raise FileRefused(
                message("The register {register} is there already with another content.",
                        register=register),
                where=name,
                remedy=message("Give this one its own day: --as-of."),
            )  # fmt: skip
    return True


def _contents(project: Project, tables: dict[str, pl.DataFrame]) -> dict[str, bytes]:
    reference = communes()
    new = dict(tables)
    for name, frame, key in (
        ("communes", reference.frame(), ["commune"]),
        ("postal_codes", reference.postal_frame(), ["postal_code", "commune"]),
        ("elsewhere", tables["elsewhere"], ["implantation"]),
    ):
        new[name] = frame.join(known_rows(project, name), on=key, how="anti")
    return dict(appended(project, name, frame) for name, frame in new.items() if len(frame))


# --- what is told -----------------------------------------------------------------------------------


def _remarks(
    register: str, tables: dict[str, pl.DataFrame], elsewhere: pl.DataFrame
) -> Iterator[Message]:
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


def _changes(project: Project, tables: dict[str, pl.DataFrame]) -> Iterator[Message]:
    """What came, went and moved since the register before, and what may be the same site."""
    registers = known_rows(project, "registers")
    this = tables["registers"].row(0, named=True)
    earlier = registers.filter(
        (pl.col("community") == this["community"]) & (pl.col("as_of") < this["as_of"])
    ).sort("as_of")
    if earlier.is_empty():
        return
    before = earlier["register"][-1]
    old = known_rows(project, "implantations").filter(pl.col("register") == before)
    new = tables["implantations"]
    gone, come = old.join(new, on="implantation", how="anti"), new.join(
        old, on="implantation", how="anti"
    )  # fmt: skip
    moved = old.join(new, on="implantation").filter(_place("") != _place("_right"))
    yield message(
        "Since {before}: {gone} numbers gone, {come} come, {moved} with another address.",
        before=before, gone=len(gone), come=len(come), moved=len(moved),
    )  # fmt: skip
    links = set(known_rows(project, "site_links")["implantation"])
    pairs = gone.with_columns(_place("").alias("_place")).join(
        come.with_columns(_place("").alias("_place")), on="_place", suffix="_new"
    )
    for row in pairs.sort("implantation").head(_MOST_CANDIDATES).to_dicts():
        if row["implantation"] not in links:
            yield message(
                "{old} and {new} have the same address ({address}): if they are one site, add a row to "
                "site_links.csv.",
                old=row["implantation"], new=row["implantation_new"], address=row["address"] or "",
            )  # fmt: skip


def _place(suffix: str) -> pl.Expr:
    address = pl.col(f"address{suffix}").fill_null("").str.to_lowercase()
    plain = address.str.replace_all(r"[^\p{L}\d]+", " ").str.strip_chars()
    return pl.concat_str(pl.col(f"commune{suffix}"), plain, separator=" ")
