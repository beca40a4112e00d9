# ruff: noqa: E501
"""A text that is itself a document: what its letterhead says of it."""

from __future__ import annotations

import pytest

from policygraph.extraction import extract_mentions
from policygraph.model import Article, Citation, DocumentReference, Mention
from policygraph.reading.regions import find_regions
from policygraph.references import refer

STATE = """ỦY BAN NHÂN DÂN
HUYỆN SƠN LÂM
Số: 512/BC-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sơn Lâm, ngày 14 tháng 12 năm 2023

BÁO CÁO
Kết quả công tác dân vận năm 2023
"""
PARTY = """HUYỆN ỦY ĐÔNG KHÊ
*
Số 87-KH/HU
ĐẢNG CỘNG SẢN VIỆT NAM
Đông Khê, ngày 18 tháng 9 năm 2024

KẾ HOẠCH
thực hiện Chỉ thị số 35-CT/TW

- Căn cứ Kế hoạch số 245-KH/TU của Ban Thường vụ Tỉnh ủy;
Ban Thường vụ Huyện ủy ban hành kế hoạch.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
"""
TABLE = """| BỘ TÀI CHÍNH ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
|---|---|
| Số: 64/2013/TT-BTC | *Hà Nội, ngày 15 tháng 5 năm 2013* |

THÔNG TƯ
Hướng dẫn về hóa đơn
"""
LAW = """QUỐC HỘI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Luật số: 45/2031/QH20
Hà Nội, ngày 20 tháng 11 năm 2031

LUẬT
CHỢ PHIÊN
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
"""
PASSED = (
    LAW.replace("Hà Nội, ngày 20 tháng 11 năm 2031\n", "")
    + """
Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XX, kỳ họp thứ 8 thông qua
ngày 20 tháng 11 năm 2031.
"""
)
JOINT = """BỘ NỘI VỤ - BỘ TÀI CHÍNH
Số: 01/2020/TTLT-BNV-BTC
Hà Nội, ngày 1 tháng 2 năm 2020

THÔNG TƯ LIÊN TỊCH
Hướng dẫn phụ cấp
"""
COLUMNS = """HUYỆN ỦY ĐÔNG KHÊ                    ĐẢNG CỘNG SẢN VIỆT NAM
Số 87-KH/HU                          Đông Khê, ngày 18 tháng 9 năm 2024

KẾ HOẠCH
thực hiện Chỉ thị số 35-CT/TW

Ban Thường vụ Huyện ủy ban hành kế hoạch.

Nơi nhận:                            T/M BAN THƯỜNG VỤ
- Ban Thường vụ Tỉnh ủy,                  BÍ THƯ
- Lưu Văn phòng Huyện ủy.
                                       Hoàng A Sình
"""
FOOT = "Nơi nhận:                            T/M BAN THƯỜNG VỤ"
PARAGRAPHS = PARTY.replace("\n", "\n\n")
BESIDE = """ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN SƠN LÂM                          Độc lập - Tự do - Hạnh phúc
Số: 512/BC-UBND                    Sơn Lâm, ngày 14 tháng 12 năm 2023

                       BÁO CÁO
"""
LETTER = """BỘ NỘI VỤ
Số: 1911/BNV-TCPCP
V/v hướng dẫn thực hiện
Hà Nội, ngày 5 tháng 3 năm 2021
Kính gửi: Sở Nội vụ tỉnh Bắc Ninh
"""


def read(text: str) -> tuple[Mention, ...]:
    return extract_mentions(Article("a.txt", text, "0" * 64, regions=find_regions(text)))


def find_own(text: str) -> list[tuple[str, str | None, str, str]]:
    """Number, type, date and issuer as written of what the text says it is itself."""
    return [
        (
            mention.written or "",
            mention.type,
            mention.dates[0].date if mention.dates else "",
            " ".join(text[mention.issuer.start : mention.issuer.end].split()),
        )
        for mention in read(text)
        if isinstance(mention, Citation) and mention.is_own and mention.issuer
    ]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (STATE, ("512/BC-UBND", "bao-cao", "2023-12-14", "ỦY BAN NHÂN DÂN HUYỆN SƠN LÂM")),
        (PARTY, ("87-KH/HU", "ke-hoach", "2024-09-18", "BAN THƯỜNG VỤ")),
        (TABLE, ("64/2013/TT-BTC", "thong-tu", "2013-05-15", "BỘ TÀI CHÍNH")),
        (LETTER, ("1911/BNV-TCPCP", None, "2021-03-05", "BỘ NỘI VỤ")),
        (LAW, ("45/2031/QH20", "luat", "2031-11-20", "QUỐC HỘI")),
        (PASSED, ("45/2031/QH20", "luat", "2031-11-20", "QUỐC HỘI")),
        (JOINT, ("01/2020/TTLT-BNV-BTC", "thong-tu-lien-tich", "2020-02-01", "BỘ NỘI VỤ")),
        (COLUMNS, ("87-KH/HU", "ke-hoach", "2024-09-18", "BAN THƯỜNG VỤ")),
        (
            COLUMNS.replace(FOOT, "Nơi nhận:\tT/M BAN THƯỜNG VỤ"),
            ("87-KH/HU", "ke-hoach", "2024-09-18", "BAN THƯỜNG VỤ"),
        ),
        (
            COLUMNS.replace(FOOT, "| Nơi nhận: | **T/M BAN THƯỜNG VỤ** |"),
            ("87-KH/HU", "ke-hoach", "2024-09-18", "BAN THƯỜNG VỤ"),
        ),
        (
            STATE.replace("Sơn Lâm, ngày 14 tháng 12 năm 2023", ""),
            ("512/BC-UBND", "bao-cao", "", "ỦY BAN NHÂN DÂN HUYỆN SƠN LÂM"),
        ),
        (
            STATE.replace("Sơn Lâm, ngày 14 tháng", "Sơn Lâm, ngày    tháng")
            + "thực hiện Chỉ thị số 35-CT/TW, ngày 14/6/2024\n",
            ("512/BC-UBND", "bao-cao", "", "ỦY BAN NHÂN DÂN HUYỆN SƠN LÂM"),
        ),
        (PARAGRAPHS, ("87-KH/HU", "ke-hoach", "2024-09-18", "BAN THƯỜNG VỤ")),
    ],
)
def test_a_letterhead_tells_number_type_date_and_issuer(
    text: str, own: tuple[str, str | None, str, str]
) -> None:
    assert find_own(text) == [own]


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 14/12/2023, UBND huyện Sơn Lâm ban hành Báo cáo số 512/BC-UBND.",
        # without a date only between a motto and a type
        LETTER.replace("Hà Nội, ngày 5 tháng 3 năm 2021", ""),
        STATE.replace("Số: 512/BC-UBND", "Theo Báo cáo số 512/BC-UBND"),
        "Tin " * 500 + STATE,
        f"Ngày 14/12, huyện Sơn Lâm gửi báo cáo năm về công tác dân vận chính quyền đến tỉnh.\n{STATE}",
        "Số: 12\nSơn Lâm, ngày 14 tháng 12 năm 2023\n",
        # a draft without a number
        STATE.replace("512/", "      /"),
        # the type word before the number is a letterhead's only under a motto
        LAW.replace("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n", ""),
        LAW.replace("Luật số: 45/2031/QH20", "Luật số: 45/2031/QH20 quy định chợ phiên"),
        "Kế hoạch của Ban Thường vụ\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nHoàng A Sình",
    ],
)
def test_an_article_on_documents_is_none_itself(text: str) -> None:
    assert find_own(text) == []


def test_a_report_with_headline_and_byline_is_no_document_though_it_quotes_one() -> None:
    report = (
        f"Toàn văn báo cáo dân vận của Sơn Lâm\n{STATE}Cả huyện có 86 mô hình.\nTheo Báo Sơn Lâm"
    )
    assert [region.kind for region in find_regions(report)] == ["headline", "byline"]
    assert find_own(report) == []
    assert find_own(report.replace("\nTheo Báo Sơn Lâm", "")) != []


@pytest.mark.parametrize(
    "written",
    ["23-CTr/TU", "23 - CTr/TU", "512 /BC-UBND", "12/2031/NQ-HĐND", "12/KH-MTTQ-BTT", "3-CV/HU"],
)
def test_numbers_are_read_as_letterheads_write_them(written: str) -> None:
    for opening in ("Số ", "Số: ", "SỐ: ", "**Số:** "):
        (own,) = find_own(STATE.replace("Số: 512/BC-UBND", opening + written))
        assert own[0] == written


def test_title_and_signer_come_from_the_layout() -> None:
    (own,) = (m for m in read(PARTY + "Hoàng A Sình\n") if isinstance(m, Citation) and m.is_own)
    assert own.title
    assert own.signer
    assert PARTY[own.title.start : own.title.end] == "thực hiện Chỉ thị số 35-CT/TW"
    assert own.signer.start == len(PARTY)


@pytest.mark.parametrize(
    ("number", "heading", "type_"),
    [
        ("03/TTr-MTTQ", "THÔNG TRI", "thong-tri"),
        ("03/TTr-MTTQ", "TỜ TRÌNH", "to-trinh"),
        ("03/TTr-MTTQ", "MỞ CHỢ PHIÊN", "to-trinh"),
        ("03/QĐ-UBND", "QUY ĐỊNH", "quy-dinh"),
        ("03/QĐ-UBND", "QUYẾT ĐỊNH\nVề chợ\nQUY ĐỊNH", "quyet-dinh"),
        ("03/KH-UBND", "Thông báo", "ke-hoach"),
        ("03/KH-UBND", "KẾ HOẠCH\nVề chợ\nTHÔNG BÁO", "ke-hoach"),
        ("03/SNV-VP", "KẾ HOẠCH", None),
    ],
)
def test_the_heading_says_the_type_where_the_code_leaves_it_open_or_is_another_s(
    number: str, heading: str, type_: str | None
) -> None:
    text = STATE.replace("512/BC-UBND", number).replace("BÁO CÁO", heading)
    (own,) = (m for m in read(text) if isinstance(m, Citation) and m.is_own)
    assert own.type == type_


def test_a_heading_that_names_the_meeting_is_no_other_document() -> None:
    heading = "NGHỊ QUYẾT\nHỘI NGHỊ BAN CHẤP HÀNH ĐẢNG BỘ TỈNH LẦN THỨ CHÍN\nvề mở chợ phiên"
    text = PARTY.replace("87-KH/HU", "87-NQ/TU").replace(
        "KẾ HOẠCH\nthực hiện Chỉ thị số 35-CT/TW", heading
    )
    own, *others = (m for m in read(text) if isinstance(m, Citation))
    assert own.title
    assert text[own.title.start : own.title.end] == "về mở chợ phiên"
    assert [other.written for other in others] == ["245-KH/TU"]
    quoted = text + "\nNghị quyết Hội nghị Ban Chấp hành Đảng bộ tỉnh lần thứ tám đã nêu rõ.\n"
    assert len([m for m in read(quoted) if isinstance(m, Citation)]) == 3


def test_whose_a_directive_is_stands_between_its_type_and_its_title() -> None:
    heading = "CHỈ THỊ\nCỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề việc mở chợ phiên"
    text = PARTY.replace("87-KH/HU", "87-CT/HU").replace(
        "KẾ HOẠCH\nthực hiện Chỉ thị số 35-CT/TW", heading
    )
    (own,) = (m for m in read(text) if isinstance(m, Citation) and m.is_own)
    assert own.title
    assert text[own.title.start : own.title.end] == "về việc mở chợ phiên"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_body_that_enacts_stands_under_the_title_and_is_no_part_of_it(gap: str) -> None:
    lines = [
        "NGHỊ QUYẾT",
        "VỀ MỞ CHỢ PHIÊN CỦA",
        "HUYỆN SƠN LÂM",
        "HỘI ĐỒNG NHÂN DÂN HUYỆN SƠN LÂM",
    ]
    head = STATE.partition("BÁO CÁO")[0].replace("512/BC-UBND", "5/NQ-HĐND")
    text = head + gap.join([*lines, "KHÓA XX, KỲ HỌP THỨ 3", "Căn cứ Luật Đất đai;", ""])
    (own,) = (m for m in read(text) if isinstance(m, Citation) and m.is_own)
    assert own.title
    title = text[own.title.start : own.title.end]
    assert " ".join(title.split()) == "VỀ MỞ CHỢ PHIÊN CỦA HUYỆN SƠN LÂM"


def test_a_body_under_the_office_is_no_signer() -> None:
    text = STATE + "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nSở Nội Vụ\n"
    (own,) = (m for m in read(text) if isinstance(m, Citation) and m.is_own)
    assert own.signer is None


@pytest.mark.parametrize("gap", ["                    ", " "])
def test_the_column_beside_the_issuer_is_no_part_of_it(gap: str) -> None:
    text = BESIDE.replace("                    CỘNG", f"{gap}CỘNG")
    (own,) = (m for m in read(text) if isinstance(m, Citation) and m.is_own)
    assert (own.written, own.type, own.dates[0].date) == ("512/BC-UBND", "bao-cao", "2023-12-14")
    assert own.issuer is None


def test_what_the_letterhead_says_goes_before_the_rest_of_the_text() -> None:
    text = STATE + "Theo Báo cáo số 512/BC-UBND ngày 12/12/2023 về chợ phiên của huyện.\n"
    article = Article("a.txt", text, "0" * 64)
    (own,) = (
        r for r in refer(article, read(text)) if isinstance(r, DocumentReference) and r.number
    )
    assert len(own.mentions) == 2
    assert own.title == "Kết quả công tác dân vận năm 2023"
    assert [stated.date for stated in own.dates] == ["2023-12-14", "2023-12-12"]
    turned = f"Báo cáo số 512/BC-UBND ngày 12/12/2023\n{STATE}"
    references = refer(Article("a.txt", turned, "0" * 64), read(turned))
    (own,) = (r for r in references if isinstance(r, DocumentReference) and r.number)
    assert [stated.date for stated in own.dates] == ["2023-12-14", "2023-12-12"]


def test_the_signature_is_that_of_the_letterhead_s_own_committee() -> None:
    mentions = extract_mentions(Article("a.txt", PARTY, "0" * 64))
    names = {m.name for m in mentions if not isinstance(m, Citation) and m.rule == "ban-thuong-vu"}
    assert "Ban Thường vụ Huyện ủy Đông Khê" in names
