"""The planted faults follow the code: each can still be planted, and the tests that are to see it are there.

That they see it is shown by `python3 run.py test planted`, which takes minutes.
"""

from tools.planted import PAGE, faults, page

KINDS = 12


def test_each_fault_can_be_planted_and_its_tests_are_there():
    assert [told for fault in faults() for told in fault.problems()] == []


def test_there_are_a_hundred_of_twelve_kinds_each_to_be_seen_by_a_test():
    every = faults()
    assert len(every) == 100
    assert len({fault.kind for fault in every}) == KINDS
    assert all(fault.tests for fault in every)
    assert all(fault.before != fault.after for fault in every)


def test_the_page_of_them_is_the_list():
    assert PAGE.read_text("utf-8") == page()
