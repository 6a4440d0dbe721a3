"""What reaches a person: telephone numbers as people in Belgium write them, and e-mails."""

import pytest

from ennum_stats.raw.personal_data import reaches_person, without_persons

REACHES = [
    "081 23 45 67", "081/23.45.67", "081/23 45 67", "(081) 23 45 67", "081-234567", "081234567",
    "02 123 45 67", "04/222 33 44", "04 / 222 33 44", "0475/12 34 56", "0475 12 34 56",
    "0475.12.34.56", "0475123456", "+32 81 23 45 67", "+3281234567", "+32 (0)81 23 45 67",
    "+32-475-12-34-56", "0032 475 12 34 56", "+33 1 23 45 67 89", "081\u00a023\u00a045\u00a067",
    "081\u202f23\u202f45\u202f67", "Tél.0475/12.34.56", "Tél. : 081 23 45 67 (bureau)",
    "j.dupont@ecole.be", "<jean_dupont+x@ecoles-namur.cfwb.be>",
]  # fmt: skip
REACHES_NOBODY = [
    "27/01/2020", "04/02/2020 10:00", "04-02-2020", "2020-01-27T10:30", "12 345,50 €", "0,475123456",
    "4.012345678", "000 101", "5000", "EN20-0001", "2019-2020", "1 709", "Rue du 11 novembre 14",
    "50.462083", "fwb-2023-10", "0475", "6 910 088", "@ecole", "2020/0475",
    "pw-2007-09-20-14664",
]  # fmt: skip


@pytest.mark.parametrize("text", REACHES)
def test_what_reaches_a_person_is_masked_whole(text):
    assert reaches_person(text)
    masked = without_persons(text)
    assert "[…]" in masked
    assert not any(letter.isdigit() for letter in masked)
    assert "dupont" not in masked


@pytest.mark.parametrize("text", REACHES_NOBODY)
def test_other_numbers_and_words_stay_as_they_are(text):
    assert not reaches_person(text)
    assert without_persons(text) == text
