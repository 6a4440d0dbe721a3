"""What takes long is tried in turn, and nothing is forgotten."""

import re
from pathlib import Path

from tests.conftest import LONG, TESTS, TURNS, left_to_others
from tools import planted


class Named:
    """An item of pytest, of which only the name is asked."""

    def __init__(self, nodeid):
        self.nodeid = nodeid


def test_each_turn_tries_a_part_and_together_they_try_all():
    items = [
        Named(name) for name in (*LONG.read_text("utf-8").splitlines(), "tests/test_short.py::test_short")
    ]
    left = [left_to_others(items, now) for now in range(TURNS)]
    always = {test.partition("[")[0] for fault in planted.faults() for test in fault.tests}
    for item in items:
        is_in_turn = item is not items[-1] and item.nodeid.partition("[")[0] not in always
        assert sum(item in of_turn for of_turn in left) == is_in_turn * (TURNS - 1), item.nodeid
    assert max(map(len, left)) - min(map(len, left)) <= 1


def test_each_name_is_that_of_a_test():
    for name in LONG.read_text("utf-8").splitlines():
        file, *_, test = name.partition("[")[0].split("::")
        assert re.search(rf"^ *def {test}\(", Path(TESTS.parent, file).read_text("utf-8"), re.MULTILINE), name
