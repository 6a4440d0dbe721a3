"""Raw tables as they would have been written on a past day: nothing in them was published later.

Written apart from the package, from what the columns mean: a row with a document is known from the last day of
that document's date, an index of prices from the end of January after its year. What tables refer to must be
there: a programme or call that a document known names has its row, but days that it was not known to have are
others, and a document of later is only a key.
"""

import csv
from calendar import monthrange
from datetime import date

LATER = {"title": "later", "publisher": "later", "url": "", "licence": "", "note": ""}
UNKNOWN = {
    "programmes": {"valid_from": "1901", "valid_to": "1902", "adult_education": "no", "note": ""},
    "calls": {
        "valid_from": "1901-09-01", "valid_to": "1902-08-31", "opened_on": "", "closed_on": "", "note": "",
    },
}  # fmt: skip
OF_DOCUMENTS = ("milestones", "events", "actor_roles", "exchange_rates", "rules", "deductions")


def last_day(text):
    """The last day of an ISO day, month or year."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class RawTables:
    """All rows of the raw tables, and the part of them that was known on a day."""

    def __init__(self, raw):
        self.raw = raw
        self.tables = {path.stem: read(path) for path in sorted(raw.glob("*.csv"))}
        self.observations = {path.name: read(path) for path in sorted(raw.glob("observations/*"))}
        self.columns = {name: list(rows[0]) for name, rows in self.tables.items() if rows}
        self.known_from = {
            row["source_id"]: last_day(row["published_on"] or row["retrieved_on"])
            for row in self.tables["sources"]
        }

    def days(self):
        """The days on which a document or a price became known."""
        told = [row for rows in observations.values() for row in rows]
        tables = {name: rows for name, rows in self.tables.items() if "contacts" not in name}
        for name in OF_DOCUMENTS:
            tables[name] = [row for row in tables[name] if is_known(row)]
        tables["prices"] = [row for row in tables["prices"] if self._priced(row) <= day]
        ids = {row["observation_id"] for row in told}
        tables["corrections"] = [r for r in tables["corrections"] if r["observation_id"] in ids]
        told += [row for name in ("milestones", "events") for row in tables[name]]
        named = {row["call"] for row in told if row.get("call")}
        for rule in tables["rules"]:
            if rule["source_id"]:
                named |= {*rule["calls"].split(), *rule["excluded_calls"].split()}
        named |= {
            c for s in tables["call_sets"] if s["call_set"] in named for c in s["calls"].split()
        }
        tables["calls"] = [
            row if is_known(row) else row | UNKNOWN["calls"]
            for row in tables["calls"]
            if is_known(row) or row["call"] in named
        ]
        calls = {row["call"] for row in tables["calls"]}
        tables["call_sets"] = [r for r in tables["call_sets"] if {*r["calls"].split()} <= calls]
        named = {row["programme"] for row in (*told, *tables["calls"]) if row.get("programme")}
        tables["programmes"] = [
            row if is_known(row) else row | UNKNOWN["programmes"]
            for row in tables["programmes"]
            if is_known(row) or row["programme"] in named
        ]
        documents = {row.get("source_id") for rows in (told, *self._others(tables)) for row in rows}
        tables["sources"] = [
            row if is_known(row) else row | LATER
            for row in tables["sources"]
            if row["source_id"] in documents
        ]
        return tables, observations

    @staticmethod
    def _others(tables):
        return [rows for name, rows in tables.items() if name != "sources"]

    @staticmethod
    def _priced(row):
        return date(int(row["year"]) + 1, 1, 31)

    @staticmethod
    def _write(path, columns, rows):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
