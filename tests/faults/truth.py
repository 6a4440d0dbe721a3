"""What is true of a project, found out without the program: its tables, stores, kits and releases, and what
lies about that nobody should find."""

import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

NOTHING = "nothing"
DAMAGED = "damaged"
_STORE = ("data/processed", "data/processed/internal")


def pointer(root: Path, place: str = "data/processed") -> dict[str, Any]:
    return json.loads((root / place / "current.json").read_text("utf-8"))


def parts(root: Path) -> dict[str, str]:
    """Give what each part of a project holds, as a hash, or that it is nothing or damaged: the raw tables,
    the stores in force, and everything that was made of them."""
    made = {"raw": _folder(root / "data" / "raw")}
    made |= {place.rpartition("/")[2]: _store(root, place) for place in _STORE}
    for entry in [root / "release", root / "site", *sorted((root / "reports").glob("[!.]*"))]:
        made[entry.relative_to(root).as_posix()] = _content(entry)
    demo = root / "demo"
    made["demo"] = f"{_folder(demo / 'data' / 'raw')} {_store(demo, _STORE[0])}"
    return made


def leavings(root: Path, temporary: Path) -> list[str]:
    """List what commands made for themselves and did not take away."""
    hidden = [path for path in root.rglob("*") if path.name.startswith(".") and path.name != ".gitkeep"]
    building = [*root.rglob("*.building*")]
    of_duckdb = [*root.rglob("*.wal"), *root.rglob("*.tmp")]
    found = {*hidden, *building, *of_duckdb, *temporary.rglob("*")}
    return sorted(str(path.relative_to(root.parent)) for path in found if path.is_relative_to(root)) + sorted(
        str(path) for path in found if not path.is_relative_to(root)
    )


def is_whole(kit: Path) -> bool:
    """Tell whether the folder of a kit holds the files of its manifest, byte for byte."""
    told = json.loads((kit / "MANIFEST.json").read_text("utf-8"))["files"]
    return all(_content(kit / name) == digest for name, digest in told.items())


def holding(folder: Path, words: list[str]) -> list[str]:
    """List the files that hold one of these words where nobody should read it; archives are looked into."""
    needles = [word.encode() for word in words]
    found = []
    for path in folder.rglob("*"):
        shown = path.relative_to(folder).as_posix()
        if "/embargoed/" in shown or "/internal/" in shown or not path.is_file():
            continue
        if any(needle in content for content in _contents(path) for needle in needles):
            found.append(shown)
    return found


def _contents(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    yield data
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield from map(archive.read, archive.namelist())


def _content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else _folder(path)


def _folder(folder: Path) -> str:
    """Compute a hash of the files of a folder; hidden ones are nobody's business."""
    if not folder.is_dir():
        return NOTHING
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            told = _change(path) if path.parent.name == "history" else f"{name} {_content(path)}\n"
            digest.update(told.encode())
    return digest.hexdigest()


def _change(path: Path) -> str:
    """Tell what an entry of the history says but for its number, time and place, which no two runs share; nothing
    of those that change no table."""
    try:
        entry = json.loads(path.read_text("utf-8"))
    except ValueError:
        return ""
    if not entry["files"]:
        return ""
    own = ("number", "at", "place", "previous")
    return f"{sorted((key, str(value)) for key, value in entry.items() if key not in own)}\n"


def _store(root: Path, place: str) -> str:
    """Compute a hash of all rows of the store in force, and of what other programs read of it."""
    import duckdb
    import polars as pl

    if not (root / place / "current.json").exists():
        return NOTHING
    try:
        name = pointer(root, place)["store"]
        digest = hashlib.sha256()
        folder = root / place
        if "\\" in str(root):  # which DuckDB takes for a slash
            folder = Path(shutil.copytree(folder, Path(tempfile.mkdtemp(), "stores"), symlinks=True))
        held = []
        for file in (folder / name, folder / "ennum.duckdb"):
            with duckdb.connect(str(file), read_only=True) as store:
                query = "SELECT table_name FROM duckdb_tables() ORDER BY 1"
                tables = store.execute(query).fetchall()
                held += [store.execute(f'FROM "{table}"').fetchall() for (table,) in tables]
        for file in sorted(folder.glob("ennum/*.parquet")):
            held.append(pl.read_parquet(file, glob=False).rows())
        for rows in held:
            digest.update("\n".join(sorted(map(repr, rows))).encode())
        return f"{len(held)} tables {digest.hexdigest()}"
    except (duckdb.Error, pl.exceptions.PolarsError, OSError, ValueError, KeyError, TypeError) as error:
        return f"{DAMAGED}: {type(error).__name__}: {error}"[:300]
