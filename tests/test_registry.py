"""The registry's rows are sound, and its look-ups give what they promise."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import least_seconds

from policygraph.document_types import load_document_types, type_codes
from policygraph.errors import DataError
from policygraph.numbering import DocumentNumber, parse_number, serial_key
from policygraph.registry import IssuerCode, KnownDocument, load_registry
from policygraph.resources import data_file
from policygraph.text import make_slug

REGISTRY = load_registry()
TABLES = {
    "documents": REGISTRY.documents,
    "organisations": REGISTRY.organisations,
    "campaigns": REGISTRY.campaigns,
    "places": REGISTRY.places,
    "terms": REGISTRY.terms,
}
ISSUERS = sorted({row.id: row for row in REGISTRY._issuers.values()}.values(), key=lambda r: r.id)


def parse(known: KnownDocument) -> DocumentNumber:
    number = parse_number(known.number, type_codes())
    assert number
    return number


def make_id(known: KnownDocument) -> str:
    """The id that the key gives: issuer code, term or year, type code, serial."""
    number = parse(known)
    issuer, serial = make_slug(number.issuer or ""), serial_key(number)
    type_ = [make_slug(number.type)] if number.type else []
    year = str(number.year or (known.date or "")[:4])
    code = REGISTRY.issuer(number.issuer or "")
    assert code, known.number
    if assembly := re.fullmatch(r"(\D+)(\d+)", issuer):
        parts = ["nn", *assembly.groups(), year, *type_, serial]
    elif code.system == "party":
        parts = ["dang", issuer, (known.term or "_").lower(), *type_, serial]
    else:
        parts = [{"state": "nn", "mass": "tc"}[code.system], issuer, year, *type_, serial]
    return "/".join(["document", *parts])


# --- rows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_is_in_canonical_form(name: str) -> None:
    text = data_file("registry", f"{name}.csv").read_text(encoding="utf-8")
    header, *rows = csv.reader(io.StringIO(text))
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows if name == "terms" else sorted(rows))
    assert text == written.getvalue()
    assert len(rows) == len(TABLES[name])


@pytest.mark.parametrize("known", REGISTRY.documents, ids=lambda known: known.id)
def test_a_documents_id_is_its_key(known: KnownDocument) -> None:
    assert known.id == make_id(known)


@pytest.mark.parametrize("known", REGISTRY.documents, ids=lambda known: known.id)
def test_a_document_agrees_with_the_other_tables(known: KnownDocument) -> None:
    assert known.date
    if known.id.startswith("document/dang/"):
        assert known.term == REGISTRY.term_at(known.date)
    types = load_document_types()
    assert known.type is None or known.type in types
    if known.type and known.type_code:
        assert known.type_code in types[known.type].codes
    assert set(known.issuers) <= {body.name for body in REGISTRY.organisations}


def test_ids_are_slugs_of_names() -> None:
    for body in REGISTRY.organisations:
        assert body.id == f"organisation/{make_slug(body.name)}"
    for campaign in REGISTRY.campaigns:
        assert campaign.id == f"campaign/{make_slug(campaign.name)}"
    for place in REGISTRY.places:
        assert place.id == make_slug(place.name)


def test_references_between_rows_exist() -> None:
    names = {body.name for body in REGISTRY.organisations}
    referred = {body.part_of for body in REGISTRY.organisations}
    referred |= {body.successor for body in REGISTRY.organisations}
    referred |= {campaign.launched_by for campaign in REGISTRY.campaigns}
    referred |= {code.name for code in ISSUERS}
    assert referred - {None} <= names
    assert {place.became for place in REGISTRY.places} <= {place.id for place in REGISTRY.places}


def test_a_body_that_has_a_successor_has_ended() -> None:
    assert not [body.id for body in REGISTRY.organisations if body.successor and not body.valid_to]


def test_every_name_and_alias_finds_its_row() -> None:
    for body in REGISTRY.organisations:
        for name in (body.name, *body.aliases):
            assert REGISTRY.find_organisation(name) is body, name
    for campaign in REGISTRY.campaigns:
        for name in (campaign.name, *campaign.aliases):
            assert REGISTRY.find_campaign(name) is campaign, name
    for place in REGISTRY.places:
        for name in (place.name, f"{place.kind} {place.name}", *place.aliases):
            assert REGISTRY.find_place(name) is place, name


def test_the_63_provinces_became_34() -> None:
    provinces = [place for place in REGISTRY.places if (place.valid_to or "2025") >= "2025"]
    assert len(provinces) == 63
    assert len({place.became for place in provinces}) == 34
    assert sum(place.kind == "thành phố" for place in provinces) == 5
    merged = [place for place in provinces if place.valid_to == "2025-06-30"]
    assert (len(merged), len({place.became for place in merged})) == (52, 23)


@pytest.mark.parametrize("code", ISSUERS, ids=lambda code: code.id)
def test_an_issuer_code_is_read_from_its_examples(code: IssuerCode) -> None:
    assert code.examples
    assert code.system in ("party", "state", "mass")
    assert not (code.is_local and code.name)
    for example in code.examples:
        number = parse_number(example, type_codes())
        assert number, example
        assert number.issuer, example
        assert REGISTRY.issuer(number.issuer) is code, example


def test_terms_follow_each_other_without_a_gap() -> None:
    ids = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"]
    assert [term.id for term in REGISTRY.terms] == ids
    for earlier, later in zip(REGISTRY.terms, REGISTRY.terms[1:], strict=False):
        assert earlier.end
        assert REGISTRY.term_at(earlier.end) == earlier.id
        assert earlier.start < earlier.end < later.start
        assert REGISTRY.term_at(later.start) == later.id
    assert REGISTRY.terms[-1].end is None


def test_rows_without_a_source_decide_nothing() -> None:
    unconfirmed = [known for known in REGISTRY.documents if known.source.startswith("recalled")]
    assert unconfirmed
    assert not any(known.is_attested for known in unconfirmed)


# --- look-ups -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "term"),
    [
        ("1930-02-03", None),
        ("2001-04-22", "VIII"),
        ("2001-04-23", "IX"),
        ("2003-03-12", "IX"),
        ("2008-07-25", "X"),
        ("2011-01-19", "X"),
        ("2011-01-20", "XI"),
        ("2013-06-03", "XI"),
        ("2016-05-15", "XII"),
        ("2024-12-22", "XIII"),
        ("2026-01-24", "XIV"),
        ("2031-01-01", "XIV"),
    ],
)
def test_term_at(date: str, term: str | None) -> None:
    assert REGISTRY.term_at(date) == term


@pytest.mark.parametrize(
    ("date", "cycle"),
    [
        ("2010-10-31", "2005-2010"),
        ("2010-11-01", "2010-2015"),
        ("2013-07-25", "2010-2015"),
        ("2015-09-25", "2010-2015"),
        ("2015-12-01", "2015-2020"),
        ("2025-06-30", "2020-2025"),
        ("2000-01-01", "1995-2000"),
    ],
)
def test_cycle_at(date: str, cycle: str) -> None:
    assert REGISTRY.cycle_at(date) == cycle


@given(st.dates())
def test_a_cycle_holds_its_date(date: object) -> None:
    start, end = REGISTRY.cycle_at(str(date)).split("-")
    assert int(end) - int(start) == 5
    assert int(start) <= int(str(date)[:4]) <= int(end)


@pytest.mark.parametrize(
    ("type_code", "serial", "issuer", "ids"),
    [
        ("NQ", "25", "TW", ["tw/ix/nq/25", "tw/x/nq/25", "tw/xi/nq/25", "tw/xiv/nq/25"]),
        ("CT", "10", "TW", ["tw/ix/ct/10", "tw/x/ct/10"]),
        ("CT", "010", "TW", ["tw/ix/ct/10", "tw/x/ct/10"]),
        ("NQ", "3", "HNTW", ["hntw/viii/nq/3"]),
        ("NQ", "8B", "HNTW", ["hntw/vi/nq/8b"]),
        ("NQ", "25", "TU", []),
        ("QĐ", "25", "TW", []),
    ],
)
def test_documents_numbered(type_code: str, serial: str, issuer: str, ids: list[str]) -> None:
    found = REGISTRY.documents_numbered(type_code, serial, issuer)
    assert [known.id for known in found] == [f"document/dang/{id}" for id in ids]


@pytest.mark.parametrize("type_code", [None, ""])
def test_an_assembly_number_has_no_type_code(type_code: str | None) -> None:
    (law,) = REGISTRY.documents_numbered(type_code, "10", "QH15")
    assert law.id == "document/nn/qh/15/2022/10"
    assert law.title == "Luật Thực hiện dân chủ ở cơ sở"


@pytest.mark.parametrize(
    ("term", "plenum", "type_", "numbers"),
    [
        ("XI", "7", "nghi-quyet", ["24-NQ/TW", "25-NQ/TW"]),
        ("XI", "7", "ket-luan", ["63-KL/TW", "64-KL/TW"]),
        ("XI", "7", None, ["24-NQ/TW", "25-NQ/TW", "63-KL/TW", "64-KL/TW"]),
        ("VIII", "6 (lần 2)", "nghi-quyet", ["10-NQ/TW"]),
        ("IX", "8", "nghi-quyet", []),
    ],
)
def test_documents_of_plenum(term: str, plenum: str, type_: str | None, numbers: list[str]) -> None:
    passed = REGISTRY.documents_of_plenum(term, plenum, type_)
    assert sorted(known.number for known in passed) == numbers


def test_find_document() -> None:
    known = REGISTRY.find_document("document/dang/tw/xi/nq/25")
    assert known
    assert (known.number, known.date, known.plenum) == ("25-NQ/TW", "2013-06-03", "7")
    assert known.is_attested
    assert REGISTRY.find_document("document/dang/tw/xi/nq/999") is None


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("MTTQ", "mat-tran-to-quoc-viet-nam"),
        ("mặt trận tổ quốc Việt Nam", "mat-tran-to-quoc-viet-nam"),
        ("UBMTTQ Việt Nam", "uy-ban-trung-uong-mat-tran-to-quoc-viet-nam"),
        ("Uỷ ban TƯ Mặt trận Tổ quốc", "uy-ban-trung-uong-mat-tran-to-quoc-viet-nam"),
        ("UB T.Ư MTTQ VN", "uy-ban-trung-uong-mat-tran-to-quoc-viet-nam"),
        ("Ban chấp hành Trung ương Đảng khóa XI", "ban-chap-hanh-trung-uong-dang"),
        ("Ban Bí thư Trung ương Đảng (khoá IX)", "ban-bi-thu"),
        ("Quốc hội khóa 15", "quoc-hoi"),
        ("Bộ GD&ĐT", "bo-giao-duc-va-dao-tao"),
        ("Bộ GD-ĐT", "bo-giao-duc-va-dao-tao"),
        ("Bộ NN&PTNT", "bo-nong-nghiep-va-phat-trien-nong-thon"),
        ("BỘ TƯ PHÁP", "bo-tu-phap"),
        ("TTXVN", "thong-tan-xa-viet-nam"),
        ("BCT", None),
        ("BTC", None),
        ("Đoàn", None),
        ("Mặt trận", None),
        ("Thành ủy", None),
    ],
)
def test_find_organisation(name: str, slug: str | None) -> None:
    found = REGISTRY.find_organisation(name)
    assert (found and found.id) == (slug and f"organisation/{slug}")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("“Dân vận khéo”", "dan-van-kheo"),
        ("Đền ơn, đáp nghĩa", "den-on-dap-nghia"),
        ("NGÀY VÌ NGƯỜI NGHÈO", "ngay-vi-nguoi-ngheo"),
        (
            "Toàn dân đoàn kết xây dựng đời sống văn hoá",
            "toan-dan-doan-ket-xay-dung-doi-song-van-hoa",
        ),
        ("Anh em Hồi giáo", None),
    ],
)
def test_find_campaign(name: str, slug: str | None) -> None:
    found = REGISTRY.find_campaign(name)
    assert (found and found.id) == (slug and f"campaign/{slug}")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Hà Nội", "ha-noi"),
        ("TP. Hà Nội", "ha-noi"),
        ("TP.Hà Nội", "ha-noi"),
        ("thành phố Hà Nội", "ha-noi"),
        ("Thủ đô", "ha-noi"),
        ("TP.HCM", "ho-chi-minh"),
        ("Thành phố Hồ Chí Minh", "ho-chi-minh"),
        ("tỉnh Hoà Bình", "hoa-binh"),
        ("Bà Rịa–Vũng Tàu", "ba-ria-vung-tau"),
        ("TP Huế", "thua-thien-hue"),
        ("Hà Tây", "ha-tay"),
        ("Bắc Kinh", None),
    ],
)
def test_find_place(name: str, slug: str | None) -> None:
    found = REGISTRY.find_place(name)
    assert (found and found.id) == slug


@pytest.mark.parametrize(
    ("code", "id_", "name", "system", "is_local"),
    [
        ("TW", "TW", None, "party", False),
        ("TU", "TU", None, "party", True),
        ("CP", "CP", "Chính phủ", "state", False),
        ("TTg", "TTg", "Thủ tướng Chính phủ", "state", False),
        ("BCT", "BCT", "Bộ Công Thương", "state", False),
        ("QH15", "QH", "Quốc hội", "state", False),
        ("UBTVQH11", "UBTVQH", "Ủy ban Thường vụ Quốc hội", "state", False),
        ("BNV-VPCP", "BNV", "Bộ Nội vụ", "state", False),
        ("BNN&PTNT-BTC", "BNNPTNT", "Bộ Nông nghiệp và Phát triển nông thôn", "state", False),
        ("UBND", "UBND", None, "state", True),
        ("TLĐ", "TLĐ", "Tổng Liên đoàn Lao động Việt Nam", "mass", False),
    ],
)
def test_issuer(code: str, id_: str, name: str | None, system: str, is_local: bool) -> None:
    found = REGISTRY.issuer(code)
    assert found
    assert (found.id, found.name, found.system, found.is_local) == (id_, name, system, is_local)


def test_an_unknown_issuer_code_is_none() -> None:
    assert REGISTRY.issuer("XYZ") is None


@pytest.mark.timing
def test_loading_is_quick() -> None:
    assert least_seconds(load_registry.__wrapped__) < 0.1


@pytest.mark.parametrize(
    ("parts", "good", "bad", "message"),
    [
        (
            ("registry", "documents.csv"),
            "xi/nq/25,25-NQ/TW,",
            "xi/nq/25,25/NQ-TW,",
            "row document/dang/tw/xi/nq/25: no canonical document number: '25/NQ-TW'",
        ),
        (
            ("registry", "terms.csv"),
            "XI,2011-01-20",
            "XI,20/1/2011",
            "terms.csv: row XI: 'start' may not be '20/1/2011'",
        ),
        (
            ("vocab", "issuers.toml"),
            'spellings = ["BKH"]',
            'spellings = ["BYT"]',
            "the code 'BYT' is used twice",
        ),
    ],
)
def test_a_malformed_row_is_named(
    parts: tuple[str, str],
    good: str,
    bad: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copytree(data_file(), tmp_path, dirs_exist_ok=True)
    text = tmp_path.joinpath(*parts).read_text(encoding="utf-8")
    assert text.count(good) == 1
    tmp_path.joinpath(*parts).write_text(text.replace(good, bad), encoding="utf-8")
    monkeypatch.setattr("policygraph.registry.data_file", tmp_path.joinpath)
    with pytest.raises(DataError) as caught:
        load_registry.__wrapped__()
    assert message in str(caught.value)
