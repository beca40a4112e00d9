"""A text that is itself a document: what its letterhead says of it."""

from __future__ import annotations

import pytest

from policygraph.extraction import extract_mentions
from policygraph.model import Article, Citation

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
LETTER = """BỘ NỘI VỤ
Số: 1911/BNV-TCPCP
V/v hướng dẫn thực hiện
Hà Nội, ngày 5 tháng 3 năm 2021
Kính gửi: Sở Nội vụ tỉnh Bắc Ninh
"""


def find_own(text: str) -> list[tuple[str, str | None, str, str]]:
    """Number, type, date and issuer as written of what the text says it is itself."""
    return [
        (
            mention.written or "",
            mention.type,
            mention.dates[0].date,
            " ".join(text[mention.issuer.start : mention.issuer.end].split()),
        )
        for mention in extract_mentions(Article("a.txt", text, "0" * 64))
        if isinstance(mention, Citation) and mention.is_own and mention.issuer
    ]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (STATE, ("512/BC-UBND", "bao-cao", "2023-12-14", "ỦY BAN NHÂN DÂN HUYỆN SƠN LÂM")),
        (PARTY, ("87-KH/HU", "ke-hoach", "2024-09-18", "BAN THƯỜNG VỤ")),
        (TABLE, ("64/2013/TT-BTC", "thong-tu", "2013-05-15", "BỘ TÀI CHÍNH")),
        (LETTER, ("1911/BNV-TCPCP", None, "2021-03-05", "BỘ NỘI VỤ")),
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
        STATE.replace("Sơn Lâm, ngày 14 tháng 12 năm 2023", ""),
        STATE.replace("Số: 512/BC-UBND", "Theo Báo cáo số 512/BC-UBND"),
        "Tin " * 500 + STATE,
    ],
)
def test_an_article_on_documents_is_none_itself(text: str) -> None:
    assert find_own(text) == []


def test_the_signature_is_that_of_the_letterhead_s_own_committee() -> None:
    mentions = extract_mentions(Article("a.txt", PARTY, "0" * 64))
    names = {m.name for m in mentions if not isinstance(m, Citation) and m.rule == "ban-thuong-vu"}
    assert "Ban Thường vụ Huyện ủy Đông Khê" in names
