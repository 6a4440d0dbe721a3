"""Whether the numbers of a text hold: each is read, its subject found, and judged by what the ledger knows of it."""

from ennum_stats.audit.judging import audit
from ennum_stats.audit.verdict import Evidence, Verdict, VerdictKind

__all__ = ["Evidence", "Verdict", "VerdictKind", "audit"]
