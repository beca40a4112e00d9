"""PDFs: paragraphs over lines, columns and pages, each with its page; page furniture apart."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from policygraph.errors import ReadingError
from policygraph.reading.content import Content
from policygraph.reading.pdf import read_pdf
from policygraph.reading.pdf.furniture import find_furniture
from policygraph.reading.pdf.pages import Line, Page
from policygraph.reading.pdf.paragraphs import join_lines
from policygraph.resources import data_file

DATA = Path(__file__).parent / "data"
ARTICLE = data_file("articles", "hanoi-dan-van.txt").read_text(encoding="utf-8")


def read(name: str) -> Content:
    return read_pdf((DATA / name).read_bytes())


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", ["hanoi-one-column.pdf", "hanoi-two-columns.pdf"])
def test_the_article_comes_back_paragraph_by_paragraph(name: str) -> None:
    paragraphs = [line for line in ARTICLE.partition("Chủ đề :")[0].split("\n") if line.strip()]
    content = read(name)
    assert [squeeze(block.text) for block in content.blocks] == [squeeze(p) for p in paragraphs]
    assert [block.kind for block in content.blocks] == ["headline", *[None] * (len(paragraphs) - 1)]
    assert content.title == paragraphs[0]
    assert content.blocks[0].location == "page 1"
    assert content.blocks[-1].location == "page 4"
    assert any(block.location == "pages 2-3" for block in content.blocks)


def test_an_official_document_keeps_its_layout_line_by_line() -> None:
    blocks = read("plan.pdf").blocks
    body = [block.text for block in blocks if block.kind is None]
    assert body[:10] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH HÀ KHÊ",
        "-------",
        "Số: 123/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "---------------",
        "Hà Khê, ngày 15 tháng 8 năm 2021",
        "KẾ HOẠCH",
        "Thực hiện Nghị quyết số 25-NQ/TW về công tác dân vận trên địa bàn tỉnh",
    ]
    provisions = [text for text in body if text.startswith("Điều ")]
    assert [text.split(".")[0] for text in provisions] == [f"Điều {n}" for n in range(1, 26)]
    assert all(text.endswith("quyết định theo thẩm quyền.") for text in provisions)
    assert body[-9:] == [
        *("Nơi nhận:", "- Như Điều 3;", "- Tỉnh ủy (b/c);", "- Lưu: VT, NC."),
        *("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", "Lò Văn Sơn"),
    ]
    numbers = [b.text for b in blocks if b.kind == "furniture" and b.text.isdigit()]
    assert numbers == ["1", "2", "3"]


def set_lines(*lines: tuple[str, float, float], page: int = 1) -> list[Line]:
    """Lines of a page one under the other, of (text, left, right)."""
    return [
        Line(text, page, row, left, right, 700 - 16.0 * row, 711 - 16.0 * row)
        for row, (text, left, right) in enumerate(lines)
    ]


FULL = ("dòng đầy của thân bài", 80, 520)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # a number or compound that was cut at its hyphen or slash
        ([*[FULL] * 5, ("thực hiện Nghị quyết số 25-", 80, 520), ("NQ/TW của Đảng", 80, 200)],
         "thực hiện Nghị quyết số 25-NQ/TW của Đảng"),
        ([*[FULL] * 5, ("Thông tư số 10/2025/TT-", 80, 520), ("BKHCN", 80, 120)],
         "Thông tư số 10/2025/TT-BKHCN"),
        ([*[FULL] * 5, ("phát triển kinh tế -", 80, 520), ("xã hội", 80, 120)],
         "phát triển kinh tế - xã hội"),
        # the first line of a paragraph is set in, items begin anew, a short line ends
        ([*[FULL] * 5, ("dòng đầu", 100, 520), ("dòng hai", 80, 200)], "dòng đầu dòng hai"),
        ([*[FULL] * 5, ("- gạch", 80, 520), ("- gạch nữa", 80, 200)], "- gạch nữa"),
        ([*[FULL] * 5, ("a) điểm", 80, 520), ("b) điểm nữa", 80, 200)], "b) điểm nữa"),
        ([*[FULL] * 5, ("hết.", 80, 200), ("Đoạn mới", 80, 520)], "Đoạn mới"),
        # centred lines are one heading where the first is full, or the second goes on in small
        # letters
        ([*[FULL] * 5, ("Ngắn", 250, 350), ("Giữa", 200, 400)], "Giữa"),
        ([*[FULL] * 5, ("hết.", 80, 110), ("Thực hiện", 250, 350), ("nghị quyết", 200, 400)],
         "Thực hiện nghị quyết"),
    ],
)  # fmt: skip
def test_lines_are_joined_as_a_reader_joins_them(
    lines: list[tuple[str, float, float]], expected: str
) -> None:
    joined = [paragraph.text for paragraph in join_lines(set_lines(*lines))]
    assert joined[-1].endswith(expected)
    if not expected.startswith(("thực", "Thông", "phát")):
        assert joined[-1] == expected


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = set_lines(*[FULL] * 5, ("câu dang dở", 80, 520))
    second = set_lines(("thì sang trang", 80, 520), ("và hết.", 80, 200), page=2)
    *_, paragraph = join_lines([*first, *second])
    assert paragraph.text.endswith("câu dang dở thì sang trang và hết.")
    assert (paragraph.first_page, paragraph.last_page) == (1, 2)


def test_a_letterhead_set_by_tabs_is_read_column_by_column() -> None:
    rows = [
        ("TỈNH ỦY HÀ KHÊ", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("*", ""),
        ("Số 23-CTr/TU", "Hà Khê, ngày"),
    ]
    lines = []
    for row, (left, right) in enumerate(rows):
        y = 700 - 16.0 * row
        lines.append(Line(left, 1, row, 80, 200, y, y + 11))
        if right:
            lines.append(Line(right, 1, row, 300, 520, y, y + 11))
    lines += [Line("KẾ HOẠCH", 1, 5, 250, 350, 600, 611)]
    assert [p.text for p in join_lines(lines)] == [
        *("TỈNH ỦY HÀ KHÊ", "*", "Số 23-CTr/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Hà Khê, ngày"),
        "KẾ HOẠCH",
    ]


TITLE = "Hà Khê thực hiện Quyết định số 777-QĐ/TW - Báo Hà Khê"
Row = tuple[float, tuple[str, ...]]  # from the page's foot, in points, and the texts in it


def set_pages(*pages: tuple[Row, ...], size: float = 9) -> list[Page]:
    """Pages of text between rows that are set in another size."""
    made = []
    for number, rows in enumerate(pages, 1):
        text = [
            Line(f"dòng {chr(97 + n)} của trang {chr(97 + number)}", number, n, 80, 520, y, y + 14)
            for n in range(30)
            for y in (700 - 16 * n,)
        ]
        around = [
            Line(word, number, 40, 80 + 90 * at, 160 + 90 * at, height, height + size)
            for height, words in rows
            for at, word in enumerate(words)
        ]
        made.append(Page(number, (*text, *around), is_picture=False))
    return made


@pytest.mark.parametrize(
    "time",
    ["11/27/26, 2:20 PM", "27/11/2026, 14:20", "14:20 27/11/2026", "2026-11-27 14:20:05",
     "14:20, 27.11.2026", "2:20 CH, 27/11/26"],
)  # fmt: skip
@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_a_browser_prints_around_a_page_is_furniture(time: str, count: int) -> None:
    pages = [
        ((768.0, (time, TITLE)), (15.0, ("https://bao.hakhe.example/a.html", f"{n}/{count}")))
        for n in range(1, count + 1)
    ]
    found = find_furniture(set_pages(*pages))
    assert {line.text for line in found} == {
        text for page in pages for _, row in page for text in row
    }


def test_a_date_or_an_address_in_the_text_is_no_furniture() -> None:
    rows = (
        (768.0, ("Xem:", "https://bao.hakhe.example/a.html")),
        (30.0, ("Ngày 27/11/2026, họp",)),
    )
    assert not find_furniture(set_pages(rows))
    stamped = ((768.0, ("Văn bản của tỉnh",)), (400.0, ("27/11/2026, 14:20", "Hà Khê")))
    assert not find_furniture(set_pages(stamped))


@pytest.mark.parametrize(("size", "is_furniture"), [(9, True), (14, False)])
def test_what_two_pages_share_is_a_running_head_where_it_is_small(
    size: float, is_furniture: bool
) -> None:
    row: tuple[Row, ...] = ((768.0, ("Báo cáo theo Quyết định số 888-QĐ/TW",)),)
    found = find_furniture(set_pages(row, row, size=size))
    assert len(found) == 2 * is_furniture
    assert not find_furniture(set_pages(row, ((700.5, row[0][1]),), size=size))


def test_a_running_head_that_runs_into_the_text_of_one_page_is_furniture_there() -> None:
    row: tuple[Row, ...] = ((250.0, ("Báo cáo theo Quyết định số 888-QĐ/TW",)),)
    pages = [
        replace(page, lines=tuple(x for x in page.lines if x.bottom >= 250 or page.number == 2))
        for page in set_pages(row, row, row, row)
    ]
    assert [line.page for line in sorted(find_furniture(pages), key=lambda x: x.page)] == [
        1,
        2,
        3,
        4,
    ]


def make_scan(pages: int) -> bytes:
    """A PDF whose pages are pictures."""
    image = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray" + (
        b"/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream"
    )
    drawing = b"q 500 0 0 700 0 0 cm /I Do Q"
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        image,
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        *[
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</XObject<</I 3 0 R>>>>>>"
        ]
        * pages,
    ]
    body = b"%PDF-1.4\n"
    for number, part in enumerate(parts, 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    return body + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(parts) + 1)


def test_a_scan_is_named_with_the_remedy() -> None:
    with pytest.raises(ReadingError, match="a scanned PDF: its 3 pages") as caught:
        read_pdf(make_scan(3))
    assert "ocrmypdf" in (caught.value.remedy or "")


@pytest.mark.parametrize("raw", [b"%PDF-1.7\n nothing", b"%PDF-1.7", b"no pdf"])
def test_a_broken_pdf_is_said_to_be_broken(raw: bytes) -> None:
    with pytest.raises(ReadingError, match="no PDF, or a broken one") as caught:
        read_pdf(raw)
    assert caught.value.remedy
