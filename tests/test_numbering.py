"""Document numbers: every spelling found in real text to one canonical form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.document_types import type_codes
from policygraph.numbering import DocumentNumber, parse_number, print_number, serial_key


@pytest.mark.parametrize(
    ("written", "canonical", "style"),
    [
        ("25-NQ/TW", "25-NQ/TW", "party"),
        ("25/NQ-TW", "25-NQ/TW", "party"),
        ("25-NQ-TW", "25-NQ/TW", "party"),
        ("25/NQ/TW", "25-NQ/TW", "party"),
        ("25–NQ/TW", "25-NQ/TW", "party"),
        ("27 - NQ/T.Ư", "27-NQ/TW", "party"),
        ("217-QĐ/TƯ", "217-QĐ/TW", "party"),
        ("28 CT/TW", "28-CT/TW", "party"),
        ("23-CTr/TU", "23-CTr/TU", "party"),
        ("15-HD/UBKTTW", "15-HD/UBKTTW", "party"),
        ("47-KH/BCĐ", "47-KH/BCĐ", "party"),
        ("08-QĐi/TW", "08-QĐi/TW", "party"),
        ("367-QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP", "party"),
        ("30/2020/NĐ-CP", "30/2020/NĐ-CP", "state"),
        ("96/2023/ND-CP", "96/2023/NĐ-CP", "state"),
        ("102/2024/NÐ-CP", "102/2024/NĐ-CP", "state"),
        ("66/NQ-СР", "66/NQ-CP", "state"),
        ("14/2022/NĐ/CP", "14/2022/NĐ-CP", "state"),
        ("58/2016/QĐ-TTG", "58/2016/QĐ-TTg", "state"),
        ("16/CT-TTg", "16/CT-TTg", "state"),
        ("01/CĐ-UBND", "01/CĐ-UBND", "state"),
        ("12/2011/TT-BGD&ĐT", "12/2011/TT-BGD&ĐT", "state"),
        ("01/2016/TTLT-BTP-BTC", "01/2016/TTLT-BTP-BTC", "state"),
        ("10/2022/QH15", "10/2022/QH15", "assembly"),
        ("08/2008/PL-UBTVQH12", "08/2008/PL-UBTVQH12", "assembly"),
        ("10988/BNV-CQĐP", "10988/BNV-CQĐP", "letter"),
        ("43/2014", "43/2014", "bare"),
        ("05", "05", "bare"),
        ("30c", "30c", "bare"),
    ],
)
def test_written_forms(written: str, canonical: str, style: str) -> None:
    number = parse_number(written, type_codes())
    assert number is not None
    assert print_number(number) == canonical
    assert number.style == style


@pytest.mark.parametrize(
    "written", ["48/2005/HSST", "23/63", "TW", "25-", "3/6/2013", "", "NQ-25/TW", "87/2016/DS-PT"]
)
def test_what_is_no_number(written: str) -> None:
    number = parse_number(written, type_codes())
    assert number is None or number.style == "bare"
    assert number is None or number.issuer is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("HD", "HĐ"), ("CT", "CTr"), ("TT", "TTr")],
)
def test_stroke_and_case_matter(one: str, other: str) -> None:
    parsed = [parse_number(f"5-{code}/TW", type_codes()) for code in (one, other)]
    assert parsed[0] != parsed[1]


CODES = st.sampled_from(sorted(type_codes() - {"L", "TB-KL"}))
SERIALS = st.from_regex(r"[0-9]{1,4}[a-d]?", fullmatch=True)
NUMBERS = st.one_of(
    st.builds(
        DocumentNumber,
        SERIALS,
        CODES,
        st.sampled_from(["TW", "TU", "BTCTW", "HU", "ĐU"]),
        st.sampled_from([None, "VP"]),
        st.none(),
        st.just("party"),
    ),
    st.builds(
        DocumentNumber,
        SERIALS,
        CODES,
        st.sampled_from(["CP", "TTg", "BTC", "BTP-BTC", "UBND"]),
        st.none(),
        st.none() | st.integers(1990, 2026),
        st.just("state"),
    ),
    st.builds(
        DocumentNumber,
        SERIALS,
        st.none(),
        st.sampled_from(["QH13", "QH15"]),
        st.none(),
        st.integers(1990, 2026),
        st.just("assembly"),
    ),
    st.builds(DocumentNumber, SERIALS, year=st.none() | st.integers(1990, 2026)),
)


@given(NUMBERS)
def test_parse_undoes_print(number: DocumentNumber) -> None:
    assert parse_number(print_number(number), type_codes()) == number


def test_leading_zeros_do_not_part_numbers() -> None:
    full, bare = (parse_number(written, type_codes()) for written in ("05-CT/TW", "5"))
    assert full is not None
    assert bare is not None
    assert serial_key(full) == serial_key(bare)
