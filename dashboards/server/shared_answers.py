"""What one worker has made, for all: each answer is made once, by one thread of one worker.

The workers of a server are forked from one process. They share a block of memory, in which answers stand one
after the other, and locks of the system, which end with the process that holds them. Nothing is ever
written to a file, because answers may be under embargo.
"""

from __future__ import annotations

import hashlib
import importlib
import mmap
import os
import struct
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Generic, TypeVar

V = TypeVar("V")

fcntl = None if os.name == "nt" else importlib.import_module("fcntl")
"""Locks between processes; there is one process on Windows."""
_BYTES = 32 * 1024 * 1024
_HEAD = struct.Struct("<QQ")
"""How often the memory was begun anew, and where its next answer will stand."""
_ENTRY = struct.Struct("<32sQ")
"""The digest of a question, and the length of its answer."""
_LOCKS = 1_024
_MEMORY_LOCK = _LOCKS
"""The bytes of an empty file are locks: one for each answer that is being made, one for the memory itself."""
_SECONDS_TO_WAIT = 5
_SECONDS_BETWEEN_TRIES = 0.005


class SharedAnswers:
    """Answers as bytes by their question, in the memory that workers share. When it is full it begins anew.

    >>> shared = SharedAnswers()
    >>> shared.put("one", b"1")
    >>> shared.get("one"), shared.get("two")
    (b'1', None)
    """

    def __init__(self, size: int = _BYTES) -> None:
        self._memory = mmap.mmap(-1, size)
        self._locks = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as this
        weakref.finalize(self, self._locks.close)
        self._thread = threading.Lock()
        self._places: dict[bytes, tuple[int, int]] = {}
        self._read = (0, _HEAD.size)
        self._memory[: _HEAD.size] = _HEAD.pack(0, _HEAD.size)

    def get(self, question: str) -> bytes | None:
        """The answer that one of the workers has made; nothing where none has."""
        with self._memory_locked():
            self._read_on()
            place = self._places.get(_digest(question))
            return self._memory[place[0] : sum(place)] if place else None

    def last(self, most: int) -> list[bytes]:
        """The answers that were put last, the last one first."""
        with self._memory_locked():
            self._read_on()
            places = sorted(self._places.values(), reverse=True)[:most]
            return [self._memory[place : place + length] for place, length in places]

    def put(self, question: str, answer: bytes) -> None:
        """Gives an answer to all workers, if it is not too large for what they share."""
        entry = _ENTRY.pack(_digest(question), len(answer)) + answer
        with self._memory_locked():
            turn, end = _HEAD.unpack_from(self._memory)
            if end + len(entry) > len(self._memory):
                turn, end = turn + 1, _HEAD.size
                self._memory[: _HEAD.size] = _HEAD.pack(turn, end)
            if end + len(entry) > len(self._memory):
                return
            self._memory[end : end + len(entry)] = entry
            self._memory[: _HEAD.size] = _HEAD.pack(turn, end + len(entry))

    @contextmanager
    def making(self, question: str) -> Iterator[None]:
        """While one makes an answer, the other workers that want it wait."""
        slot = int.from_bytes(_digest(question)[:4], "big") % _LOCKS
        end = time.monotonic() + _SECONDS_TO_WAIT
        is_locked = _try_lock(self._locks.fileno(), slot)
        while not is_locked and time.monotonic() < end:
            # Waiting in the system would be taken for a deadlock, where two threads of each worker wait.
            time.sleep(_SECONDS_BETWEEN_TRIES)
            is_locked = _try_lock(self._locks.fileno(), slot)
        try:
            yield
        finally:
            if is_locked:
                _unlock(self._locks.fileno(), slot)

    def _read_on(self) -> None:
        """Finds what has been added since the last time."""
        turn, end = _HEAD.unpack_from(self._memory)
        read_turn, at = self._read
        if turn != read_turn:
            self._places.clear()
            at = _HEAD.size
        while at < end:
            digest, length = _ENTRY.unpack_from(self._memory, at)
            at += _ENTRY.size
            self._places[digest] = (at, length)
            at += length
        self._read = (turn, end)

    @contextmanager
    def _memory_locked(self) -> Iterator[None]:
        file = self._locks.fileno()
        with self._thread:
            if fcntl:
                fcntl.lockf(file, fcntl.LOCK_EX, 1, _MEMORY_LOCK)
            try:
                yield
            finally:
                _unlock(file, _MEMORY_LOCK)


def _try_lock(file: int, byte: int) -> bool:
    """Whether a lock between processes is ours now; it always is where there is one process."""
    if not fcntl:
        return True
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
    except OSError:
        return False
    return True


def _unlock(file: int, byte: int) -> None:
    if fcntl:
        fcntl.lockf(file, fcntl.LOCK_UN, 1, byte)


def _digest(question: str) -> bytes:
    return hashlib.sha256(question.encode("utf-8", "surrogatepass")).digest()


class SingleFlight(Generic[V]):
    """Threads that want the same thing at once: one makes it, the others wait and are given it.

    >>> SingleFlight().of("one", lambda: 1)
    1
    """

    def __init__(self) -> None:
        self._under_way: dict[object, Future[V]] = {}
        self._lock = threading.Lock()

    def of(self, key: object, make: Callable[[], V]) -> V:
        """What a key stands for, made by whoever comes first."""
        with self._lock:
            waited = self._under_way.get(key)
            made: Future[V] = Future()
            if waited is None:
                self._under_way[key] = made
        if waited is not None:
            return waited.result()
        try:
            made.set_result(make())
        except BaseException as error:
            made.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._under_way[key]
        return made.result()
