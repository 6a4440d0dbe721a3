"""What reaches a person (R3): telephone numbers and e-mails in the spellings of people, and what only looks
so.

All numbers and names are invented.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ennum_stats.raw.personal_data import holds_e_mail, reaches_person, without_persons

TELEPHONES = [
    "081 23 45 67", "081/23.45.67", "081/23 45 67", "(081) 23 45 67", "081-234567", "081234567",
    "02 123 45 67", "04/222 33 44", "04 / 222 33 44", "0475/12 34 56", "0475 12 34 56", "0475.12.34.56",
    "0475123456", "+32 81 23 45 67", "+3281234567", "+32 (0)81 23 45 67", "+32-475-12-34-56",
    "0032 475 12 34 56", "+33 1 23 45 67 89", "081\xa023\xa045\xa067", "081\u202f23\u202f45\u202f67",
    "Tél.0475/12.34.56", "Tél. : 081 23 45 67 (bureau)", "475 12 34 56", "475/12.34.56", "475 123456",
    "475/123456", "475.12.34.56", "475-12-34-56", "475,12,34,56", "475123456", "32 475 12 34 56",
    "32475123456", "3281234567", "32 81 23 45 67", "32/475.12.34.56", "32-81-23-45-67", "0475,12,34,56",
    "0475, 12 34 56", "081,23,45,67", "0475;12;34;56", "0475_12_34_56", "0475*12*34*56", "081.23.45.67",
    "081/234567", "081/23-45-67", "0475 / 12 34 56", "(0475) 12 34 56", "(0)475 12 34 56", "0 475 12 34 56",
    "0475\u201312\u201334\u201356", "0475\u201012\u201034\u201056", "0475\u201112\u201134\u201156",
    "0475\u221212\u221234\u221256", "0475\u200b12\u200b34\u200b56", "04\u200b75123456",
    "\uff10\uff14\uff17\uff15\uff11\uff12\uff13\uff14\uff15\uff16",
    "\uff10\uff14\uff17\uff15 \uff11\uff12 \uff13\uff14 \uff15\uff16",
    "\uff10\uff18\uff11\uff0f\uff12\uff13\uff0e\uff14\uff15\uff0e\uff16\uff17",
    "\u0660\u0664\u0667\u0665\u0661\u0662\u0663\u0664\u0665\u0666", "+32475123456", "+32 (0)475 12 34 56",
    "+32(0)81/23.45.67", "+ 32 475 12 34 56", "(+32) 475 12 34 56", "(+32)475123456", "0032475123456",
    "0032 (0) 475 12 34 56", "00 32 475 12 34 56", "00-32-475-12-34-56", "0032/81/23.45.67",
    "+32.475.12.34.56", "+32/475/12/34/56", "GSM:0475123456", "GSM: 475 12 34 56", "Tél:081234567",
    "tel.:23.45.67", "Tel. 234567", "TEL 23 45 67", "tél 475123456", "GSM 475 123 456", "Fax : 81 23 45 67",
    "☎ 23 45 67", "Téléphone 081/23 45 67", "O475 12 34 56", "O81/23.45.67", "0475 12\n34 56",
    "0475\n123456", "081\r\n23 45 67", "0475\t12\t34\t56", "02/123.45.67", "02-1234567", "021234567",
    "03 123 45 67", "04 222 33 44", "04/222.33.44", "09 123 45 67", "010 45 67 89", "019/12.34.56",
    "085/12.34.56", "089 12 34 56", "070 12 34 56", "070/12.34.56", "078 15 15 15", "0800 12 345",
    "0800/12.345", "0900 12 345", "0460 12 34 56", "0499/99.99.99", "0475x12x34x56", "0475 12 et 34 56",
    "81/23.45.67", "81/234567", "81 23 45 67", "81.23.45.67", "2/123.45.67", "2 123 45 67", "4 222 33 44",
    "+352 26 12 34 56", "+352 621 123 485",
    "+352 691.123.485", "+49 2421 123456", "0033 1 23 45 67 89", "00352 621 123 456",
    "081 23 45 67 - 0475 12 34 56", "École (0475/12.34.56)", "x0475123456x", "081 10.12.19",
    "02/12.10.19.8", "0475|12|34|56",
]  # fmt: skip
E_MAILS = [
    "j.dupont@ecole.be", "<jean_dupont+x@ecoles-namur.cfwb.be>", "dupont@ecole.be", "DUPONT@ECOLE.BE",
    "dupont\uff20ecole.be", "dupont﹫ecole.be",
    "\uff44\uff55\uff50\uff4f\uff4e\uff54\uff20\uff45\uff43\uff4f\uff4c\uff45\uff0e\uff42\uff45",
    "dupont @ ecole.be", "dupont@ ecole.be", "dupont @ecole.be", "dupont@ecole . be", "dupont@ecole. be",
    "dupont@ecole,be", "dupont(at)ecole.be", "dupont (at) ecole.be", "dupont[at]ecole.be",
    "dupont [at] ecole [dot] be", "dupont{at}ecole.be", "dupont<at>ecole.be", "dupont (@) ecole.be",
    "dupont_at_ecole.be", "dupont*at*ecole.be", "dupont-at-ecole.be", "dupont at ecole dot be",
    "dupont at ecole point be", "j.dupont at ecole.be", "dupont arobase ecole.be",
    "dupont arobase ecole point be", "dupont(arobase)ecole.be", "dupont arobas ecole.be",
    "dupont [arobase] ecole (point) be", "dupont AT ecole DOT be", "dupont(a)ecole.be", "dupont[a]ecole.be",
    "dupont&#64;ecole.be", "dupont%40ecole.be", "dupont\u200b@\u200becole.be", "dup\xadont@ecole.be",
    "dupont@\necole.be", "dupont\n@ecole.be", "dupont@ecole\n.be", "mailto:dupont@ecole.be",
    "<dupont@ecole.be>", "dupont+cyber@ecole.cfwb.be", "d@e.be", "zoé@école.be", "dupont@ecole.brussels",
    "dupont@ecole.museum", "dupont @ ecole point be", "dupont @ ecole.cfwb.be",
    "dupont apenstaart ecole.be", "ec001234@adm.cfwb.be", '"dupont"@ecole.be',
]  # fmt: skip
REACHES_NOBODY = [
    "27/01/2020", "04/02/2020 10:00", "04-02-2020", "2020-01-27T10:30", "12 345,50 €", "0,475123456",
    "4.012345678", "000 101", "5000", "EN20-0001", "2019-2020", "1 709", "Rue du 11 novembre 14",
    "50.462083", "fwb-2023-10", "0475", "6 910 088", "@ecole", "2020/0475", "pw-2007-09-20-14664", "1",
    "15", "123", "4567", "123456", "000101", "001234", "001234, 005678", "001234 005678", "0123.456.789",
    "0207.437.468", "BE 0207.437.468", "TVA BE 0207.437.468", "0206582284", "2167249026", "BE0417497106",
    "1 234 567,89 €", "1234567.89", "1 050 000 000", "475 123 456", "475.123.456,00", "12 345 678",
    "04.05.2019", "2020-01-27 10:30:15", "01/09/20", "01/02/20 9:30", "01/09/2019 - 30/06/2020",
    "7000 Mons", "NIS 92094", "92094", "2012-2013", "2012/2013", "2013-2014, 2014-2015", "F2020/0812345",
    "2019/012345678", "VEN-2019-00012345", "20200127", "BE68 5390 0754 7034", "BE68539007547034",
    "BE71 0961 2345 6769", "+++090/9337/55493+++", "***090/9337/55493***", "50.462083, 4.867",
    "50.8419722, 4.2976901", "0.475123456", "Rue X 10-12-14-16", "Rue de la Gare 51-53",
    "lots 1, 2, 3, 4, 5, 6, 7, 8, 9", "lots 010, 020, 030", "12, 13, 14, 15", "10 h 30 \u2013 12 h 45",
    "8h30-12h15", "10 tablettes @250€", "2@250.00", "Wi-Fi@school", "école at home",
    "À la carte (a) et (b)", "570 + 326, donc 326 et non 325", "955 \u2212 679", "4 222", "081",
    "école n° 21", "Section 1(a) b.", "page 12, tableau 3", "articles 12 à 15", "de 2011 à 2018",
    "EN2017.awarded.9000101", "available at www.wallonie.be", "available at digitalwallonia.be",
    "https://www.ecole.be/081", "Lot 3 (12 x 250)", "1.234.567", "32 000 000", "0 à 10 %",
    "100 000 000 000", "EN2020.awarded.101.en20-0001", "1 tous les 32 475 élèves",
    "12 345 678 et 98 765 432", "2 000 000 €", "14 et 16", "500+250=750", "+12 %", "+ 1 250 000 €",
    "ISBN 978-2-930-1", "PC 2012 et 2013", "3 500 000 - 4 500 000", "325 + 326 = 651",
    "2017, 2018, 2019, 2020", "2017 2018 2019 2020",
]  # fmt: skip


@pytest.mark.parametrize("text", [*TELEPHONES, *E_MAILS])
def test_what_reaches_a_person_is_masked_whole(text):
    assert reaches_person(text)
    masked = without_persons(text)
    assert "[…]" in masked
    assert not re.search(r"[^\W_]{2}\d|\d", masked)
    assert "dupont" not in masked.casefold()


@pytest.mark.parametrize("text", REACHES_NOBODY)
def test_other_numbers_and_words_stay_as_they_are(text):
    assert not reaches_person(text)
    assert without_persons(text) == text


def test_only_the_number_is_masked_in_a_text():
    assert without_persons("Robots 12 (0475/12.34.56), lot 3") == "Robots 12 ([…]), lot 3"
    assert without_persons("081 23 45 67 ou 0475 12 34 56") == "[…] ou […]"
    assert without_persons("Zoé ＠ école : zoe＠école.be") == "Zoé ＠ école : […]"


def test_enterprises_and_accounts_are_told_by_their_last_digits():
    """KBO/BCE: 97 less the rest of the first eight digits; IBAN: a rest of 1. Wrong ones are telephones."""
    number = f"046712{34:02}"
    right = f"{97 - int(number) % 97:02}"
    wrong = f"{(int(right) + 1) % 100:02}"
    assert not reaches_person(f"BCE {number[:4]}.{number[4:7]}.{number[7:]}{right}")
    assert reaches_person(f"BCE {number[:4]}.{number[4:7]}.{number[7:]}{wrong}")
    assert reaches_person(f"{number}{right}")  # nothing says that it is one


def test_an_address_of_the_web_may_hold_digits_but_no_e_mail():
    assert not holds_e_mail("https://archive.invalid/index.aspx?page=edu,fr,010,500,010")
    assert holds_e_mail("https://ecole.invalid/?to=dupont%40ecole.be")


SEPARATORS = st.sampled_from(
    [" ", "/", ".", "-", " / ", " - ", "\u00a0", "\u2009", "\u202f", "\u2010", "\u2011", "\u2013"]
)
DISGUISES = st.sampled_from([
    str,
    lambda text: text.translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
    "\u200b".join,
    lambda text: f"Tél.{text}",
    lambda text: f"({text})",
    lambda text: f"Institut du Pré, {text} le matin",
])  # fmt: skip
PAIRS = st.lists(st.integers(0, 99).map("{:02}".format), min_size=3, max_size=3)
ZONES = (
    *("02", "03", "04", "09", "070", "071", "078"),
    *(f"01{n}" for n in "01234569"), *(f"05{n}" for n in "0123456789"),
    *(f"06{n}" for n in "01345789"), *(f"08{n}" for n in "012345679"),
)  # fmt: skip
"""Of the national numbering plan of Belgium."""


@given(st.sampled_from(ZONES), PAIRS, st.integers(100, 999), SEPARATORS, SEPARATORS, DISGUISES)
def test_every_fixed_line_is_recognised(zone, pairs, three, first, other, disguise):
    local = pairs if len(zone) == 3 else [str(three), *pairs[:2]]
    for before in (zone, f"+32{first}{zone[1:]}", f"0032{first}{zone[1:]}", f"+32 (0){zone[1:]}"):
        text = disguise(before + first + other.join(local))
        assert reaches_person(text), text
        assert not reaches_person(without_persons(text))


@given(
    st.integers(450, 499),
    PAIRS,
    SEPARATORS,
    SEPARATORS,
    DISGUISES,
    st.sampled_from(["0", "", "+32 ", "32 ", "0032"]),
)
def test_every_mobile_is_recognised(operator, pairs, first, other, disguise, before):
    text = disguise(f"{before}{operator}{first}{other.join(pairs)}")
    assert reaches_person(text), text
    assert not reaches_person(without_persons(text))


WORDS = st.from_regex(r"[a-z]{2,12}", fullmatch=True)


@given(
    WORDS, WORDS,
    st.sampled_from(["@", "＠", " @ ", "(at)", " (at) ", "[at]", " [at] ", " arobase ", "(arobase)"]),
    st.sampled_from([".", " point ", " dot ", "(dot)", "[point]"]),
    st.sampled_from(["be", "com", "eu", "brussels", "fr"]), st.sampled_from([str, str.upper]),
)  # fmt: skip
def test_every_e_mail_is_recognised(name, host, sign, point, ending, case):
    text = case(f"Contact: {name}{sign}{host}{point}{ending}")
    assert reaches_person(text), text
    assert not reaches_person(without_persons(text))


@given(st.text(alphabet="0123456789 +-./()@abelt,＠\u00a0\n", max_size=60))
def test_what_is_masked_reaches_nobody(text):
    assert not reaches_person(without_persons(text))


@given(st.integers(1, 999_999), st.integers(1900, 2099), st.integers(1000, 9999))
def test_numbers_of_schools_years_and_places_reach_nobody(fase, year, postal):
    for text in (
        f"FASE {fase}", f"{fase:06}", f"{fase} {postal}", f"{postal} Namur, {year}-{year + 1}",
        f"{fase},00 €", f"{fase:,} €".replace(",", " "),
        f"27/01/{year} {fase}", f"EN{year}.awarded.{fase}",
    ):  # fmt: skip
        assert not reaches_person(text), text
