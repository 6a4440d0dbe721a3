"""Files at an address: read whole and within a time, or not at all; large ones piece by piece, into a file.

Addresses of the web need nothing but Python to be read; any other (`s3://…`) is read, and all are written, by
obstore, with what the user's own settings say of rights and places (`AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID`, …).
What is read is trusted by nobody: who reads compares it with its checksum.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.client import HTTPException
from io import BytesIO
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from ennum_stats.errors import EnnumError, message
from ennum_stats.files.boundary import FileFault, FileMissing, is_address, require_file, require_installed

_WEB = ("http://", "https://")
PATIENCE = 10.0
"""How many seconds a place may be silent."""
LONGEST = 60.0
"""How many seconds one file may take, however its place goes on sending."""
READER = "ennum-stats reader"
"""The name of threads that read."""
_LARGEST, _PIECE = 256 * 2**20, 2**20


class AddressUnreachable(FileFault):
    """Tell of an address that does not answer, too slowly, or with an error."""

    __str__ = EnnumError.__str__


def read_remote(address: str, name: str, largest: int = _LARGEST) -> bytes:
    """Read the file of a name in the folder at an address.

    Raises `FileMissing` where there is none, `AddressUnreachable` for what does not answer, takes longer than
    `LONGEST` or is larger than `largest` bytes, `ExtraMissing` where obstore is needed and lacks.
    """
    content = BytesIO()
    _copied(address, name, content, largest)
    return content.getvalue()


def fetch_at(place: str | Path, name: str, into: Path, largest: int) -> None:
    """Bring the file of a name in a folder, or at an address, into a file. Raises what `read_at` does."""
    with into.open("wb") as file:
        if is_address(place):
            _copied(str(place), name, file, largest)
        else:
            with require_file(Path(place) / name).open("rb") as source:
                shutil.copyfileobj(source, file)


def _copied(address: str, name: str, into: IO[bytes], largest: int) -> None:
    where = f"{address.rstrip('/')}/{name}"
    is_web = address.lower().startswith(_WEB)
    if not is_web:
        require_installed("obstore")

    def copy() -> None:
        left = largest
        for piece in _of_web(where) if is_web else _of_storage(address, name):
            left -= len(piece)
            if left < 0:
                raise HTTPException(f"> {largest} B")
            into.write(piece)

    _within(LONGEST, copy, where)


def read_at(place: str | Path, name: str, largest: int = _LARGEST) -> bytes:
    """Read the file of a name in a folder, or at an address. Raises `FileMissing`, `AddressUnreachable`."""
    if is_address(place):
        return read_remote(str(place), name, largest)
    return require_file(Path(place) / name).read_bytes()


def write_remote(address: str, name: str, content: bytes | Path) -> None:
    """Write a file of a name, or copy another one, in the folder at an address (`s3://…`, `https://…` by WebDAV), in
    one step where its storage can: all object stores can.

    Raises `AddressUnreachable` for what does not answer, or takes longer than `LONGEST`, `ExtraMissing`
    where obstore lacks.
    """
    where = f"{address.rstrip('/')}/{name}"
    require_installed("obstore")

    _within(LONGEST, lambda: _storage(address).put(name, content), where)


def _within(seconds: float, read: Callable[[], object], where: str) -> None:
    """Read or write in a thread of its own, which is left alone where it takes longer: no library has a limit for all
    of connecting, headers and content."""
    results: SimpleQueue[Exception | None] = SimpleQueue()

    def put() -> None:
        try:
            read()
            results.put(None)
        except Exception as error:  # noqa: BLE001 - each kind of storage raises errors of its own
            results.put(error)

    Thread(target=put, name=READER, daemon=True).start()
    try:
        content = results.get(timeout=seconds)
    except Empty:
        raise _unreachable(where, f"> {seconds:g} s") from None
    match content:
        case None:
            return
        case EnnumError():
            raise content
        case FileNotFoundError():
            raise _missing(where) from content
        case HTTPError(code=404 | 410):
            raise _missing(where) from content
        case HTTPError():
            raise _unreachable(where, f"{content.code} {content.reason}") from content
    words = str(getattr(content, "reason", "") or content) or type(content).__name__
    raise _unreachable(where, words) from content


def _of_web(where: str) -> Iterator[bytes]:
    request = Request(quote(where, safe="/:?&=%#@+,;~"), headers={"User-Agent": "ennum-stats"})  # noqa: S310
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            yield from iter(partial(answer.read, _PIECE), b"")
            if answer.length:  # what was announced did not all come
                raise HTTPException(f"- {answer.length} B")
    except HTTPError as error:
        error.close()
        raise


def _of_storage(address: str, name: str) -> Iterator[bytes]:
    yield from map(bytes, _storage(address).get(name).stream(min_chunk_size=_PIECE))


def _storage(address: str) -> Any:
    from obstore.store import from_url

    limits: Any = {"connect_timeout": f"{PATIENCE:g}s", "timeout": f"{LONGEST:g}s", "allow_http": True}
    return from_url(address, client_options=limits, retry_config={"max_retries": 0})


def _missing(where: str) -> FileMissing:
    return FileMissing(
        message("There is no such file at this address."), where=where,
        remedy=message("Check the address: it is that of the folder in which the file stands."),
    )  # fmt: skip


def _unreachable(where: str, answer: str) -> AddressUnreachable:
    return AddressUnreachable(
        message(
            "This address does not answer, or not as it should ({answer}).", answer=" ".join(answer.split())
        ),
        where=where,
        remedy=message("Check the address and the connection, then try again."),
    )
