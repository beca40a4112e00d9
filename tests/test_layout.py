# ruff: noqa: E501
"""The words of data/vocab/layout.toml, the title and the signature that a document's lines hold."""

from __future__ import annotations

import re

import pytest
from timing import assert_grows_within

from policygraph.extraction.layout import LayoutRow, compile_words, load_layout, split_cells
from policygraph.extraction.signature import find_signer
from policygraph.extraction.title_lines import find_title
from policygraph.text import fold

ROWS = load_layout()


def reads(row: LayoutRow, line: str) -> bool:
    return compile_words([row]).match(fold(line).text) is not None


@pytest.mark.parametrize(
    ("row", "line"),
    [(row, line) for row in ROWS for line in row.examples],
    ids=lambda value: getattr(value, "id", ""),
)
def test_a_row_reads_its_examples(row: LayoutRow, line: str) -> None:
    assert reads(row, line)


@pytest.mark.parametrize(
    ("row", "line"),
    [(row, line) for row in ROWS for line in row.counter_examples],
    ids=lambda value: getattr(value, "id", ""),
)
def test_a_row_leaves_its_counter_examples(row: LayoutRow, line: str) -> None:
    assert not reads(row, line)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_word_of_a_row_reads_a_line_of_its_own(row: LayoutRow) -> None:
    assert row.examples
    assert row.counter_examples
    behind = {"lead": " CHỦ TỊCH", "acting": " CỤC TRƯỞNG", "rank": " Nguyễn Văn An"}
    assert all(reads(row, word + behind.get(row.what, "")) for word in row.words)


def test_columns_and_marks_are_no_part_of_a_cell() -> None:
    text = "| **BỘ NỘI VỤ** | Độc lập |\n\n---\nMột\tHai        Ba\n* *\nBốn"
    cells = [(c.text, c.is_first, c.follows_gap, c.is_ornament) for c in split_cells(text, 0, 99)]
    assert cells == [
        ("BỘ NỘI VỤ", True, False, False),
        ("Độc lập", False, False, False),
        ("", True, True, True),
        ("Một", True, False, False),
        ("Hai", False, False, False),
        ("Ba", False, False, False),
        ("Bốn", True, True, False),
    ]


def read_title(lines: str, type_: str | None = "ke-hoach") -> str | None:
    span = find_title(fold(lines), 0, type_)
    return re.sub(r"\s+", " ", lines[span.start : span.end]) if span else None


# What stands behind the number, then the title; empty lines stand where a file has paragraphs.
TITLES = [
    ("\nKẾ HOẠCH\nthực hiện Chỉ thị số 35-CT/TW, ngày 14/6/2024 của Bộ Chính trị\n-----\nBan hành.", "thực hiện Chỉ thị số 35-CT/TW, ngày 14/6/2024 của Bộ Chính trị"),
    ("\nKẾ HOẠCH\nThực hiện Nghị quyết số 12-NQ/TU\nvề nông nghiệp\nCăn cứ Luật Đất đai;", "Thực hiện Nghị quyết số 12-NQ/TU về nông nghiệp"),
    ("\n\n**KẾ HOẠCH**\n\n**Thực hiện Nghị quyết số 12-NQ/TU**\n\n**Về nông nghiệp**\n\n***\n\nX", "Thực hiện Nghị quyết số 12-NQ/TU** **Về nông nghiệp"),
    ("\n\nKẾ HOẠCH\n\nPHÁT TRIỂN NÔNG NGHIỆP\n\nGIAI ĐOẠN 2021 - 2025\n\nỦy ban nhân dân huyện báo cáo như sau:\n", "PHÁT TRIỂN NÔNG NGHIỆP GIAI ĐOẠN 2021 - 2025"),
    ("\n\nKẾ HOẠCH\n\nPHÁT TRIỂN NÔNG\nNGHIỆP\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN\n\nCăn cứ", "PHÁT TRIỂN NÔNG NGHIỆP"),
    ("\nKẾ HOẠCH CỦA ỦY BAN NHÂN DÂN HUYỆN\n\nVề việc phát triển chợ.\n\nXét đề nghị", "Về việc phát triển chợ"),
    ("\nKẾ HOẠCH PHÁT TRIỂN CHỢ\nNĂM 2024\n\nI. MỤC TIÊU", "PHÁT TRIỂN CHỢ NĂM 2024"),
    ("\nKẾ HOẠCH\nVề phong trào “Dân vận khéo”\n\nKính gửi: Sở Nội vụ", "Về phong trào “Dân vận khéo”"),
    ("\nKẾ HOẠCH\n“Xóa nhà dột nát”\n1. Mục đích", "Xóa nhà dột nát"),
    ("\nSơn Lâm, ngày 3 tháng 2 năm 2020\nKẾ HOẠCH\nPhát triển chợ (giai đoạn 1)\n(Ban hành kèm theo)", "Phát triển chợ (giai đoạn 1)"),
    ("\nKẾ HOẠCH\nHỘI NGHỊ LẦN THỨ NĂM BAN CHẤP HÀNH\nĐẢNG BỘ HUYỆN\nvề mở chợ phiên\n-----\nX", "về mở chợ phiên"),
    ("\n\nKẾ HOẠCH\n\nHỘI NGHỊ LẦN THỨ NĂM BAN CHẤP HÀNH về mở chợ phiên\n\nX.", "về mở chợ phiên"),
    ("\n\nKẾ HOẠCH\n\nĐẠI HỘI ĐẢNG BỘ HUYỆN LẦN THỨ IX\n\nVỀ MỞ CHỢ PHIÊN\n\nI. A", "VỀ MỞ CHỢ PHIÊN"),
    ("\nKẾ HOẠCH\nĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ HUYỆN LẦN THỨ IX\n\nI. VỀ MỞ CHỢ PHIÊN", "ĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ HUYỆN LẦN THỨ IX"),
    ("\n\nKẾ HOẠCH\n\nThực hiện Công văn số 12/SNV-VP, huyện Sơn Lâm xây dựng kế hoạch như sau:\n\nI. A", None),
    ("\n\nKẾ HOẠCH\n\nHuyện Sơn Lâm thực hiện việc này trong quý I năm sau.\n", None),
    ("\n\nKẾ HOẠCH\n\nCăn cứ Luật Đất đai;\n", None),
    ("\n\nKẾ HOẠCH\n\n" + "việc này của huyện " * 20, None),
    ("\nBáo cáo kế hoạch năm\nPhát triển chợ", None),
    ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "title"), TITLES)
def test_the_title_stands_under_the_type(lines: str, title: str | None) -> None:
    assert read_title(lines) == title


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("\nV/v chợ phiên\nở Sơn Lâm\n\nKính gửi: Sở Nội vụ", "V/v chợ phiên ở Sơn Lâm"),
        ("     Hà Khê, ngày 1 tháng 2 năm 2020\nV/v chợ phiên    Độc lập\n\nX", "V/v chợ phiên"),
        ("\nV/v chợ phiên      Hà Khê, ngày 1 tháng 2 năm 2020\nở xã\n\nKính gửi: X", None),
        (" V/v: chợ phiên | *Hà Khê, ngày 1 tháng 2 năm 2020* |\n\nKính gửi:", "V/v: chợ phiên"),
        ("\n\nVề việc chợ phiên\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nHà Khê, ngày 1", "Về việc chợ phiên"),
        ("\nV/v chợ phiên\nHà Khê, ngày 1 tháng 2 năm 2020\n", "V/v chợ phiên"),
        ("\nKính gửi: Sở Nội vụ\nV/v chợ phiên", None),
    ],
)
def test_the_subject_of_a_letter_is_its_title(lines: str, title: str | None) -> None:
    assert read_title(lines, None) == title


def test_the_title_of_a_law_holds_its_type() -> None:
    assert read_title("\nLUẬT\nTHỦY LỢI\nCăn cứ Hiến pháp;", "luat") == "LUẬT THỦY LỢI"
    assert read_title("\n\nLUẬT ĐẤT ĐAI\n\nCăn cứ Hiến pháp;", "luat") == "LUẬT ĐẤT ĐAI"


def read_signer(lines: str) -> str | None:
    span = find_signer(fold(lines), 0)
    return lines[span.start : span.end] if span else None


# The lines at the end, then the signer.
SIGNED = [
    ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nNguyễn Văn An\n", "Nguyễn Văn An"),
    ("T/M BAN THƯỜNG VỤ\n\nBÍ THƯ\n\nHoàng A Sình", "Hoàng A Sình"),
    ("**T/M BAN BÍ THƯ**\n**Trần Văn Tú**\n|", "Trần Văn Tú"),
    ("**K/T TRƯỞNG\nBAN**\nPHÓ TRƯỞNG BAN THƯỜNG TRỰC\n**Hoàng Đăng An**", "Hoàng Đăng An"),
    ("CHỦ TỊCH QUỐC HỘI\n\n\nVương Thị An\n\nCông báo số 3", "Vương Thị An"),
    ("Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\n\nBỘ TRƯỞNG\n\nLê Thị Bình\n\nPHỤ LỤC", "Lê Thị Bình"),
    ("CHỦ TỊCH\n[daky]\nLò Văn Pánh\nNơi nhận:\n- Lưu.", "Lò Văn Pánh"),
    ("Nơi nhận:          TM. ỦY BAN NHÂN DÂN\n- Như trên;         KT. CHỦ TỊCH\n- Các xã\nthuộc huyện;       PHÓ CHỦ TỊCH\n- Lưu: VT.\n\n                 Nguyễn Văn An", "Nguyễn Văn An"),
    ("Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như trên; KT. CHỦ TỊCH\n- Lưu: VT. PHÓ CHỦ TỊCH\nNguyễn Văn An", "Nguyễn Văn An"),
    ("Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT, NV. Nguyễn Văn An", "Nguyễn Văn An"),
    ("| Nơi nhận: | **TL. BỘ TRƯỞNG** |\n| - Lưu. | **VỤ TRƯỞNG** *(Đã ký)* **Lê Văn An** |", "Lê Văn An"),
    ("TL. BỘ TRƯỞNG\nKT. VỤ TRƯỞNG VỤ TỔ CHỨC\nPHÓ VỤ TRƯỞNG\nTS. Lê Thị Bình", "Lê Thị Bình"),
    ("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nThượng tướng Trần Văn An", "Trần Văn An"),
    ("Nơi nhận:\n- Lưu.\nHIỆU TRƯỞNG (đã ký)\nPGS.TS. Phạm Văn An", "Phạm Văn An"),
    ("KT. Chủ tịch\nPhó Chủ Tịch\nNguyễn Văn An", "Nguyễn Văn An"),
    ("T/M ĐẢNG ỦY\nBÍ THƯ\n(Đã ký)\nVÀNG SEO CÓN", "VÀNG SEO CÓN"),
    ("T/M ĐẢNG ỦY\nBÍ THƯ\nNGUYỄN VĂN AN", "NGUYỄN VĂN AN"),
    ("Nơi nhận:\n- Lưu.\nQ. CỤC TRƯỞNG\nY Thanh Hà Niê Kđăm", "Y Thanh Hà Niê Kđăm"),
    ("Nghị quyết này được thông qua ngày 12 tháng 8 năm 2021.\n\nCHỦ TỊCH\n\nLò Thị Minh Hà\n", "Lò Thị Minh Hà"),
    ("Điều 9. Thi hành./.\n\n| CHỦ TỊCH |\n| Lò Thị Minh Hà |\n\nBản quyền thuộc Báo Hà Khê", "Lò Thị Minh Hà"),
    # nobody is named, or not as signer
    ("Đại hội bầu cử.\nCHỦ TỊCH\nNguyễn Văn An\nvà các ủy viên khác của Hội đồng.", None),
    ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nPHỤ LỤC\nDanh sách\nNguyễn Văn An", None),
    ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Ký, đóng dấu)\n\n", None),
    ("CHỦ TỊCH\nNguyễn Văn An\nBí thư\nTrần Văn Bình", None),
    ("| CHỦ TỊCH | PHÓ CHỦ TỊCH |\n| Nguyễn Văn An | Trần Văn Bình |", None),
    ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật Đất đai;\nQUYẾT ĐỊNH:\n", None),
    ("Chủ tịch Nguyễn Văn An phát biểu.\nTM. xem trang sau\nNguyễn Văn An", None),
    ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "signer"), SIGNED)
def test_the_signer_stands_under_the_office(lines: str, signer: str | None) -> None:
    assert read_signer(lines) == signer


@pytest.mark.timing
@pytest.mark.parametrize(
    "worst",
    [
        "CHỦ TỊCH ",
        "TM. ",
        "- Lưu: VT. ",
        "KT. CHỦ TỊCH\n",
        "Nơi nhận:\n- ",
        "Nguyễn ",
        "| ",
        "- ",
        "(",
        "CHỦ TỊCH\nTrần Văn An\n",
    ],
)
def test_the_worst_lines_are_read_in_linear_time(worst: str) -> None:
    short, long = (fold(worst * (size // len(worst))) for size in (30_000, 240_000))
    assert_grows_within(20, lambda folded: find_signer(folded, 0), short, long)
