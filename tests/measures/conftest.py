"""A store in memory into which a test puts its own schools and lists: small, made, and told in full."""

from datetime import date

import duckdb
import polars as pl
import pytest

from ennum_stats.raw.tables import TABLE_BY_NAME
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.writing import store_columns


class MadeStore:
    """A copy of the built store; `put` fills one of its tables with rows and nothing else."""

    def __init__(self, built):
        self.connection = duckdb.connect()
        path = built.connection.execute(
            "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
        ).fetchone()[0]
        self.connection.execute(f"ATTACH '{path}' AS built (READ_ONLY)")
        self.connection.execute("COPY FROM DATABASE built TO memory")
        self.connection.execute("DETACH built")

    def put(self, table, rows):
        columns = [name for name, _ in store_columns(TABLE_BY_NAME[table])]
        texts = [{name: row.get(name) for name in columns} for row in rows]
        given = pl.DataFrame(texts, schema=dict.fromkeys(columns, pl.String), strict=False)
        self.connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a name
        self.connection.register("given", given)
        self.connection.execute(f"INSERT INTO {table} SELECT * FROM given")  # noqa: S608
        self.connection.unregister("given")

    def known_at(self, day):
        return Ledger(self.connection, date.fromisoformat(day), "made")


@pytest.fixture(scope="session")
def made_store(ledger_at):
    """A function that makes a store in memory with the published numbers and no schools."""
    made = []

    def make():
        made.append(MadeStore(ledger_at("2026-11-24")))
        return made[-1]

    yield make
    for store in made:
        store.connection.close()


NAMES = {f"name_{code}": "x" for code in ("fr", "de", "nl", "en")}


def listed(name, call="", programme="ecole_numerique", kind="winners", known_on="2020-12-31"):
    """A row of `lists`."""
    return {
        "list": name, "kind": kind, "programme": programme, "call": call or None,
        "known_on": known_on, "size": 1,
    }  # fmt: skip


def awarded(site, call, project="", amount=None, **more):
    """A row of `participations`, in the list of its call."""
    return {
        "participation": f"{call}.{site}.{project}", "list": f"list-{call}",
        "programme": "ecole_numerique", "call": call, "stage": "awarded", "implantation": site,
        "project": project, "amount_eur": amount, "site": site,
    } | more  # fmt: skip
