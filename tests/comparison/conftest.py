"""The store in memory of the measures."""

from tests.measures.conftest import made_store

__all__ = ["made_store"]
