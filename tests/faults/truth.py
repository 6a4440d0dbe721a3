"""What is true of a project, found out without the program: its tables, stores, kits and releases, and what
lies about that nobody should find."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
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
    made |= {name: _folder(root / name) for name in ("reports", "release")}
    demo = root / "demo"
    made["demo"] = f"{_folder(demo / 'data' / 'raw')} {_store(demo, _STORE[0])}"
    return made


def leavings(root: Path, temporary: Path) -> list[str]:
    """List what commands made for themselves and did not take away."""
    hidden = [
        path for path in root.rglob("*") if path.name.startswith(".") and path.name != ".gitkeep"
    ]
    building = [*root.rglob("*.building*")]
    of_duckdb = [*root.rglob("*.wal"), *root.rglob("*.tmp")]
    found = {*hidden, *building, *of_duckdb, *temporary.rglob("*")}
    return sorted(
        str(path.relative_to(root.parent)) for path in found if path.is_relative_to(root)
    ) + sorted(str(path) for path in found if not path.is_relative_to(root))


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
    if data[:2] == b"PK":
        with zipfile.ZipFile(path) as archive:
            yield from map(archive.read, archive.namelist())


def _folder(folder: Path) -> str:
    """Compute a hash of the files of a folder; hidden ones are nobody's business."""
    if not folder.is_dir():
        return NOTHING
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _store(root: Path, place: str) -> str:
    """Compute a hash of all rows of the store in force, and of its Parquet files."""
    import duckdb

    if not (root / place / "current.json").exists():
        return NOTHING
    here = Path.cwd()
    os.chdir(root / place)  # the path of a project is what some cases are about
    try:
        name = pointer(root, place)["store"]
        digest = hashlib.sha256()
        with duckdb.connect(name, read_only=True) as store:
            tables = store.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
            queries = [f'FROM "{table}"' for (table,) in tables]
            files = sorted(Path(Path(name).stem).glob("*.parquet"))
            queries += [f"FROM '{file}'" for file in files]
            for query in queries:
                rows = sorted(map(repr, store.execute(query).fetchall()))
                digest.update("\n".join(rows).encode())
        return f"{len(queries)} tables {digest.hexdigest()}"
    except (duckdb.Error, OSError, ValueError, KeyError, TypeError) as error:
        return f"{DAMAGED}: {type(error).__name__}: {error}"[:300]
    finally:
        os.chdir(here)
