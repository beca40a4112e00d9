"""Word files: every word that Word shows, in order, and nothing that it does not."""

from __future__ import annotations

import io
import zipfile

import pytest

from policygraph.errors import ReadingError
from policygraph.reading.content import Block
from policygraph.reading.docx import read_docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def make_docx(body: str, **parts: str) -> bytes:
    """A Word file of the parts that are given, as small as readers accept."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        document = f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", document)
        for name, part in parts.items():
            archive.writestr(f"word/{name}.xml", part)
    return packed.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def texts(raw: bytes) -> list[str]:
    return [block.text for block in read_docx(raw).blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("Một") + "<w:p/>" + p("Hai"), ["Một", "Hai"]),
        (f"<w:p>{r('Nghị quyết số ')}{r('25')}{r('-NQ/TW')}</w:p>", ["Nghị quyết số 25-NQ/TW"]),
        ("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p>", ["a\nb\tc"]),
        ("<w:p><w:r><w:t>25</w:t><w:noBreakHyphen/><w:t>NQ</w:t></w:r></w:p>", ["25-NQ"]),
        # tracked changes, as accepted
        (f"<w:p><w:ins>{r('mới')}</w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del></w:p>",
         ["mới"]),
        (f"<w:p><w:moveFrom>{r('x')}</w:moveFrom>{r('a')}</w:p><w:p><w:moveTo>{r('x')}</w:moveTo></w:p>",
         ["a", "x"]),
        (p("đầu ", "<w:rPr><w:del/></w:rPr>") + p("đuôi"), ["đầu đuôi"]),
        # what wraps text
        (f"<w:sdt><w:sdtContent>{p('trong khung')}</w:sdtContent></w:sdt>", ["trong khung"]),
        (f"<w:p><w:hyperlink>{r('a')}</w:hyperlink></w:p>", ["a"]),
        (f"<w:p><w:smartTag>{r('b')}</w:smartTag></w:p>", ["b"]),
        (f"<w:p>{r('a')}{r('ẩn', '<w:vanish/>')}</w:p>", ["a"]),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>" + r("3") + "</w:p>", ["3"]),
        (
            "<w:p>" + r("ngoài") + "<w:r><mc:AlternateContent><mc:Choice><w:drawing>"
            f"<w:txbxContent>{p('trong hộp')}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback>"
            f"<w:txbxContent>{p('trong hộp')}</w:txbxContent></mc:Fallback></mc:AlternateContent>"
            "</w:r></w:p>",
            ["ngoài", "trong hộp"],
        ),
    ],
)  # fmt: skip
def test_every_word_that_is_shown_is_read_once(body: str, expected: list[str]) -> None:
    assert texts(make_docx(body)) == expected


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_a_table_of_data_is_read_row_by_row() -> None:
    raw = make_docx(p("Bảng") + table([p("TT"), p("Số")], [p("1"), p("25-NQ/TW")]))
    assert read_docx(raw).blocks == (
        Block("Bảng", None, "paragraph 1"),
        Block("TT\tSố", None, "table 1, row 1"),
        Block("1\t25-NQ/TW", None, "table 1, row 2"),
    )


def test_the_columns_of_a_letterhead_are_read_one_after_the_other() -> None:
    left = p("ỦY BAN NHÂN DÂN") + p("TỈNH HÀ KHÊ") + p("Số: 12/KH-UBND")
    right = p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Hà Khê, ngày 01 tháng 02 năm 2020")
    assert texts(make_docx(table([left, right]) + p("KẾ HOẠCH"))) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH HÀ KHÊ",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hà Khê, ngày 01 tháng 02 năm 2020",
        "KẾ HOẠCH",
    ]


NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="Điều %1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
<w:lvlText w:val="%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0">
<w:startOverride w:val="4"/></w:lvlOverride></w:num>
</w:numbering>"""


def item(text: str, list_id: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_lists_keep_what_word_writes_before_their_items() -> None:
    body = (
        item("Phạm vi", 1) + item("x", 1, 1) + item("y", 1, 1) + item("Đối tượng", 1)
        + item("z", 1, 1) + item("sâu", 1, 2) + item("gạch", 2) + item("Mục", 3) + item("Mục", 3)
    )  # fmt: skip
    assert texts(make_docx(body, numbering=NUMBERING)) == [
        *("Điều 1. Phạm vi", "a) x", "b) y", "Điều 2. Đối tượng", "a) z", "2.1 sâu", "- gạch"),
        *("IV. Mục", "V. Mục"),
    ]


def test_a_list_may_come_with_the_style_of_a_paragraph() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="D"><w:basedOn w:val="N"/></w:style>'
        '<w:style w:styleId="N"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        "</w:styles>"
    )
    raw = make_docx(p("x", '<w:pStyle w:val="D"/>'), styles=styles, numbering=NUMBERING)
    assert texts(raw) == ["Điều 1. x"]


def test_headers_and_footers_are_furniture_and_notes_follow_the_body() -> None:
    note = f'<w:footnote w:type="separator"/><w:footnote w:id="1">{p("theo báo cáo")}</w:footnote>'
    raw = make_docx(
        p("Thân"),
        footnotes=f"<w:footnotes {W}>{note}</w:footnotes>",
        header1=f"<w:hdr {W}>{p('MẬT')}</w:hdr>",
        header2=f"<w:hdr {W}>{p('MẬT')}</w:hdr>",
        footer1=f"<w:ftr {W}>{p('Trang 1')}</w:ftr>",
    )
    assert read_docx(raw).blocks == (
        Block("Thân", None, "paragraph 1"),
        Block("[1] theo báo cáo", None, "footnote 1"),
        Block("MẬT", "furniture", "header"),
        Block("Trang 1", "furniture", "footer"),
    )


FONT = '<w:rFonts w:ascii="{}" w:hAnsi="{}"/>'


@pytest.mark.parametrize(
    ("run_font", "style_font", "default", "text", "meant"),
    [
        (".VnTime", "", "", "NghÞ quyÕt sè 25-NQ/TW", "Nghị quyết số 25-NQ/TW"),
        ("", ".VnTime", "Arial", "NghÞ quyÕt", "Nghị quyết"),
        ("", "", "VNI-Times", "Nghò quyeát", "Nghị quyết"),
        ("", ".VnTimeH", "", "nghÞ quyÕt", "NGHỊ QUYẾT"),
        ("Arial", ".VnTime", "", "Nghị quyết", "Nghị quyết"),
    ],
)
def test_fonts_of_old_are_decoded_wherever_they_are_set(
    run_font: str, style_font: str, default: str, text: str, meant: str
) -> None:
    def font(name: str) -> str:
        return FONT.format(name, name) if name else ""

    styles = (
        f"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{font(default)}</w:rPr></w:rPrDefault>"
        f'</w:docDefaults><w:style w:styleId="S"><w:rPr>{font(style_font)}</w:rPr></w:style>'
        "</w:styles>"
    )
    body = f'<w:p><w:pPr><w:pStyle w:val="S"/></w:pPr>{r(text, font(run_font))}</w:p>'
    content = read_docx(make_docx(body, styles=styles))
    assert [block.text for block in content.blocks] == [meant]
    assert bool(content.notes) == (text != meant)


def test_codes_without_a_font_that_tells_are_known_by_their_letters() -> None:
    text = "Thùc hiÖn NghÞ quyÕt sè 25-NQ/TW cña Ban ChÊp hµnh Trung ­¬ng vÒ c«ng t¸c d©n vËn"
    assert (
        "Thực hiện Nghị quyết số 25-NQ/TW của Ban Chấp hành Trung ương"
        in (texts(make_docx(p(text)))[0])
    )


def test_styles_tell_the_title_and_the_captions() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="C"><w:name w:val="caption"/></w:style></w:styles>'
    )
    body = p("Đầu đề", '<w:pStyle w:val="T"/>') + p("Ảnh 1", '<w:pStyle w:val="C"/>')
    kinds = [block.kind for block in read_docx(make_docx(body, styles=styles)).blocks]
    assert kinds == ["headline", "caption"]


def test_a_file_of_pictures_alone_is_named_with_the_remedy() -> None:
    raw = make_docx("<w:p><w:r><w:drawing/></w:r></w:p>", **{"media/image1": "x"})
    with pytest.raises(ReadingError, match="pictures and no text") as caught:
        read_docx(raw)
    assert "ocrmypdf" in (caught.value.remedy or "")
    assert texts(make_docx(p("Một"), **{"media/image1": "x"})) == ["Một"]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"PK\x03\x04 nothing", "no Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (make_docx("<w:p>"), "is no XML"),
        (make_docx("").replace(b"word/document.xml", b"ward/document.xml"), "no part"),
    ],
)
def test_what_is_no_word_file_is_said_to_be_none(raw: bytes, message: str) -> None:
    with pytest.raises(ReadingError, match=message) as caught:
        read_docx(raw)
    assert caught.value.remedy
