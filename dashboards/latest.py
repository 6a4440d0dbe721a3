"""The last values that were made, at most so many: what a worker may keep beside the store."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Latest(Generic[K, V]):
    """Keeps the values that were asked for last.

    >>> squares = Latest(2)
    >>> [squares.of(n, lambda n=n: n * n) for n in (1, 2, 1, 3)]
    [1, 4, 1, 9]
    >>> list(squares)
    [1, 3]
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[K]:
        """The keys, the one asked for last at the end."""
        return iter(list(self._kept))

    def __contains__(self, key: object) -> bool:
        """Whether the value of a key is there."""
        return key in self._kept

    def of(self, key: K, make: Callable[[], V]) -> V:
        """The value of a key, made where it is not there; nobody waits for what another one makes."""
        found = self._kept.get(key)
        made = make() if found is None else found
        with self._lock:
            kept = self._kept.setdefault(key, made)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return kept
