"""Files at an address: read whole and within a time, or not at all.

Addresses of the web need nothing but Python to be read; any other (`s3://…`) is read, and all are written, by
obstore, with what the user's own settings say of rights and places (`AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID`, …).
What is read is trusted by nobody: who reads compares it with its checksum.
"""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
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
_LARGEST = 256 * 2**20


class AddressUnreachable(FileFault):
    """Tell of an address that does not answer, too slowly, or with an error."""

    __str__ = EnnumError.__str__


def read_remote(address: str, name: str, largest: int = _LARGEST) -> bytes:
    """Read the file of a name in the folder at an address.

    Raises `FileMissing` where there is none, `AddressUnreachable` for what does not answer, takes longer than
    `LONGEST` or is larger than `largest` bytes, `ExtraMissing` where obstore is needed and lacks.
    """
    where = f"{address.rstrip('/')}/{name}"
    is_web = address.lower().startswith(_WEB)
    if not is_web:
        require_installed("obstore")
    most = largest + 1
    content = _within(
        LONGEST, lambda: _of_web(where, most) if is_web else _of_storage(address, name, most), where
    )
    if len(content) > largest:
        raise _unreachable(where, f"> {largest} B")
    return content


def read_at(place: str | Path, name: str, largest: int = _LARGEST) -> bytes:
    """Read the file of a name in a folder, or at an address. Raises `FileMissing`, `AddressUnreachable`."""
    if is_address(place):
        return read_remote(str(place), name, largest)
    return require_file(Path(place) / name).read_bytes()


def write_remote(address: str, name: str, content: bytes) -> None:
    """Write a file of a name in the folder at an address (`s3://…`, `https://…` by WebDAV), in one step where its
    storage can: all object stores can.

    Raises `AddressUnreachable` for what does not answer, or takes longer than `LONGEST`, `ExtraMissing`
    where obstore lacks.
    """
    where = f"{address.rstrip('/')}/{name}"
    require_installed("obstore")

    def put() -> bytes:
        _storage(address).put(name, content)
        return b""

    _within(LONGEST, put, where)


def _within(seconds: float, read: Callable[[], bytes], where: str) -> bytes:
    """Read in a thread of its own, which is left alone where it takes longer: no library has a limit for all of
    connecting, headers and content."""
    results: SimpleQueue[bytes | Exception] = SimpleQueue()

    def put() -> None:
        try:
            results.put(read())
        except Exception as error:  # noqa: BLE001 - each kind of storage raises errors of its own
            results.put(error)

    Thread(target=put, name=READER, daemon=True).start()
    try:
        content = results.get(timeout=seconds)
    except Empty:
        raise _unreachable(where, f"> {seconds:g} s") from None
    match content:
        case bytes():
            return content
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


def _of_web(where: str, most: int) -> bytes:
    request = Request(quote(where, safe="/:?&=%#@+,;~"), headers={"User-Agent": "ennum-stats"})  # noqa: S310
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            content: bytes = answer.read(most)
            if answer.length and len(content) < most:  # what was announced did not all come
                raise HTTPException(f"{len(content)} < {len(content) + answer.length} B")
    except HTTPError as error:
        error.close()
        raise
    return content


def _of_storage(address: str, name: str, most: int) -> bytes:
    answer = _storage(address).get(name)
    if answer.meta["size"] >= most:
        raise HTTPException(f"> {most - 1} B")
    return bytes(answer.bytes())


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
