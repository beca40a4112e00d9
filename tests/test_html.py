"""Saved pages: the article is told from what stands around it, and no visible word is lost."""

from __future__ import annotations

import re
import time
import unicodedata
from email.message import EmailMessage
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from policygraph.errors import ReadingError
from policygraph.reading.content import Block, Content
from policygraph.reading.html import read_html, read_html_text, read_mhtml, split_blocks

TESTS = Path(__file__).parent
PAGES = TESTS / "data"
ARTICLE = TESTS.parent / "data" / "articles" / "hanoi-dan-van.txt"
TITLE = "Hà Nội: Tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận"
PROSE = (
    "Thường trực Tỉnh ủy Hà Khê đã ban hành Chương trình hành động số 23-CTr/TU, ngày 25/7/2013",
    "Huyện ủy Na Phung giao Ban Dân vận chủ trì, phối hợp với các cơ quan triển khai đến các xã",
    "Đồng chí Bí thư yêu cầu cấp ủy các cấp quán triệt sâu sắc và tổ chức thực hiện nghiêm túc",
)
BOX = (
    '<div type="RelatedNewsBox"><h4>Tin liên quan</h4>'
    '<ul><li><a href="/x">Một bài khác về dân vận ở Hà Khê</a></li></ul></div>'
)


def list_lines() -> list[str]:
    """The lines of the article without its title, to the list of its topics."""
    text = ARTICLE.read_text(encoding="utf-8").partition("Chủ đề :")[0]
    return [line for line in text.split("\n") if line.strip()][1:]


def write_newspaper() -> str:
    lead, *lines, author = list_lines()
    parts = [f'<p class="sapo">{lead}</p><div class="fck_detail">']
    for above, line in zip([lead, *lines], lines, strict=False):
        is_picture, is_under = "- ảnh " in line[-12:], "- ảnh " in above[-12:]
        start = "<figure><img src='x.jpg' alt=''><figcaption>" if is_picture else ""
        end = "</figcaption></figure>" if is_under else ""
        parts.append(f"{start}<p>{escape(line)}</p>{end}")
    parts.insert(8, BOX)
    parts.append(f'<p class="author">{author}</p></div>')
    page = (PAGES / "newspaper.html").read_text(encoding="utf-8")
    return page.replace("<!--ARTICLE-->", "\n".join(parts))


def write_page(*paragraphs: str, before: str = "", after: str = "", head: str = "") -> str:
    body = "".join(f"<p>{p}.</p>" for p in (*PROSE, *paragraphs))
    return f"<html><head>{head}</head><body>{before}<div>{body}</div>{after}</body></html>"


def tell(content: Content, *kinds: str | None) -> list[str]:
    return [block.text for block in content.blocks if block.kind in kinds]


def write_blocks(blocks: tuple[Block, ...]) -> str:
    signs = str.maketrans({"\n": "⏎", "\t": "⇥"})
    return "".join(f"{b.kind or 'body'}: {b.text.translate(signs)}\n" for b in blocks)


def test_the_body_of_a_newspaper_page_is_the_article() -> None:
    content = read_html(write_newspaper().encode())
    assert tell(content, None, "caption", "byline") == list_lines()
    assert tell(content, "headline") == [TITLE]
    assert [text[:22] for text in tell(content, "caption")] == [
        line[:22] for line in list_lines() if "- ảnh " in line or line.startswith(("Lãnh", "Trao"))
    ]
    assert tell(content, "byline") == ["Trần Quang Cảnh - Trưởng Ban Dân vận Thành ủy"]


def test_a_newspaper_page_tells_its_metadata_and_not_the_time_of_its_clock() -> None:
    content = read_html(write_newspaper().encode())
    assert content.title == TITLE
    assert content.author == "Trần Quang Cảnh"
    assert content.published == "2015-10-14"
    assert content.source == "Báo Hà Khê điện tử"
    assert content.url == "https://bao.hakhe.example/xay-dung-dang/tang-cuong-va-doi-moi-4711.html"
    assert content.place is None


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "portal",
            ("Na Phung sơ kết ba năm thực hiện Quy chế dân chủ ở cơ sở", "2019-03-05", None),
        ),
        ("document", (None, "2018-02-12", "Hà Khê")),
    ],
)
def test_a_page_set_out_by_tables_keeps_its_document(
    name: str, told: tuple[str | None, ...]
) -> None:
    content = read_html((PAGES / f"{name}.html").read_bytes())
    assert write_blocks(content.blocks) == (PAGES / f"{name}.blocks").read_text(encoding="utf-8")
    assert (content.title, content.published, content.place) == told


@pytest.mark.parametrize("name", ["newspaper", "portal", "document"])
def test_every_block_stands_where_its_xpath_says(name: str) -> None:
    page = (PAGES / f"{name}.html").read_bytes() if name != "newspaper" else b""
    markup = page or write_newspaper().encode()
    root = html.document_fromstring(markup, parser=html.HTMLParser(encoding="utf-8"))
    for block in read_html(markup).blocks:
        (element,) = root.xpath(block.location or "")
        assert root.getroottree().getpath(element) == block.location
        shown = "".join("".join(element.itertext()).split())
        text = re.sub(r"^(\d+|[a-z])\. ", "", block.text)
        assert "".join(text.split()) in shown


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<p>25<b>-NQ</b>/TW,\n  ngày <i>03</i>/6</p>", ["25-NQ/TW, ngày 03/6"]),
        ("này.<div>Căn cứ</div>sau", ["này.", "Căn cứ", "sau"]),
        ("<div>a<div>b<div>c</div>d</div>e</div>", ["a", "b", "c", "d", "e"]),
        ("<p>Số: 1<br>\n Kính gửi:</p>", ["Số: 1\nKính gửi:"]),
        ("<div>một<br><br>hai<br>&nbsp;<br>ba</div>", ["một", "hai", "ba"]),
        ("<p>&ETH;i&#7873;u 1 &amp; 2&nbsp;kho&#x1EA3;n</p>", ["Ðiều 1 & 2\u00a0khoản"]),
        ("<p>" + unicodedata.normalize("NFD", "Quyết định") + "</p>",
         [unicodedata.normalize("NFD", "Quyết định")]),
        ("<ol start=3><li>a</li><li><p>b</p><p>c</p></li></ol>", ["3. a", "4. b", "c"]),
        ("<ol type=a><li>x</li><li value=4>y</li></ol>", ["a. x", "d. y"]),
        ("<ol type=I><li>x</li><li></li><li>y</li></ol>", ["I. x", "III. y"]),
        ("<ul><li>x</li></ul>", ["x"]),
        ("<pre>dòng một\n  dòng hai</pre>", ["dòng một\ndòng hai"]),
        ("<p>H<sub>2</sub>O</p><p>\u200b</p>", ["H2O"]),
        ("<p>a<!-- x -->b<script>c</script>d<style>e</style></p>", ["abd"]),
        ("<p>a<span hidden>b</span><i style='color:red; DISPLAY : none'>c</i>d</p>", ["ad"]),
        ("<template>a</template><dialog>b</dialog><p aria-hidden=true>c</p>", ["c"]),
    ],
)  # fmt: skip
def test_text_is_what_a_browser_shows(markup: str, texts: list[str]) -> None:
    assert [block.text for block in split_blocks(f"<div>{markup}</div>")] == texts


@pytest.mark.parametrize(
    ("table", "texts"),
    [
        ("<table border=1><tr><td>a<td><p>b</p><td>c<br>d</table>", ["a\tb\tc d"]),
        ("<table border=1><tr><td>1<td><td>3</table>", ["1\t\t3"]),
        ("<table border=1><tr><td>1<td><p>a</p><p>b</p></table>", ["1", "a", "b"]),
        ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", ["a\tb", "c\td"]),
        ("<table><tr><td>UBND TỈNH<td>CỘNG HÒA</table>", ["UBND TỈNH", "CỘNG HÒA"]),
        ("<table border=0><tr><td>a<td>b<tr><td>c<td>d</table>", ["a", "b", "c", "d"]),
        ("<table><tr><td>a<td>b<tr><td>c<td>d<tr><td>e<td>f</table>", ["a\tb", "c\td", "e\tf"]),
        ("<table style='border-collapse:collapse'><tr><td>a<td>b</table>", ["a", "b"]),
        ("<table><tr><td style='border:solid 1pt'>a<td>b</table>", ["a\tb"]),
        ("<table border=1><tr><td>a<table><tr><td>b</table><td>c</table>", ["a", "b", "c"]),
    ],
)
def test_a_row_of_data_is_one_line_and_a_layout_is_not(table: str, texts: list[str]) -> None:
    assert [block.text for block in split_blocks(table)] == texts


LEAVES = ("p", "div", "span", "b", "a", "li", "td", "h3", "blockquote", "figcaption", "nav", "font")


@st.composite
def draw_tree(draw: st.DrawFn, depth: int = 4) -> tuple[str, list[str]]:
    """Markup, and the words of it that are shown."""
    pieces, words = [], []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["word", "hidden", "break", "element", "table"]))
        if kind == "word" or (depth == 0 and kind in ("element", "table")):
            words.append(f"w{draw(st.integers(0, 10**9))}")
            pieces.append(f" {words[-1]} ")
        elif kind == "hidden":
            pieces.append("<script>x</script> <div style='display:none'><p>giấu</p></div>")
        elif kind == "break":
            pieces.append("<br>")
        else:
            markup, inner = draw(draw_tree(depth=depth - 1))
            tag = draw(st.sampled_from(LEAVES))
            name = draw(st.sampled_from(["", " class='related'", " class='caption'"]))
            table = "<table border=1><tr><td>", "</td><td> z </td></tr></table>"
            start, end = table if kind == "table" else (f"<{tag}{name}>", f"</{tag}>")
            pieces.append(start + markup + end)
            words += [*inner, *(["z"] if kind == "table" else [])]
    return "".join(pieces), words


@settings(max_examples=80, deadline=None)
@given(draw_tree())
def test_no_visible_word_is_lost_or_doubled(tree: tuple[str, list[str]]) -> None:
    markup, words = tree
    page = f"<html><body><p>đầu</p>{markup}<p>cuối</p></body></html>"
    content = read_html_text(page)
    found = [word for block in content.blocks for word in block.text.split()]
    assert sorted(found) == sorted(["đầu", "cuối", *words])
    assert all(block.text == block.text.strip() for block in content.blocks)


@pytest.mark.parametrize(
    ("extra", "kind"),
    [
        (
            '<p>Căn cứ <a href="/l">Luật Tổ chức chính quyền địa phương ngày 19/6/2015</a>;</p>',
            None,
        ),
        (
            '<p><a href="/x">Hà Khê trao giải thưởng khoa học cho bốn công trình</a></p>',
            "furniture",
        ),
        ('<div class="box_tin_lien_quan"><p>Tin của huyện Cẩm Lũng</p></div>', "furniture"),
        ('<div class="image-caption">Quang cảnh hội nghị</div>', "caption"),
        ("<h3>Những kết quả nổi bật</h3>", None),
        ("<p>Chỉ thị số 07-CT/TU</p>", None),
    ],
)
def test_what_stands_among_the_paragraphs_is_told_by_name_and_links(
    extra: str, kind: str | None
) -> None:
    page = write_page().replace(f"{PROSE[1]}.</p>", f"{PROSE[1]}.</p>{extra}")
    shown = " ".join(re.sub("<[^>]+>", "", extra).split())
    assert [b.kind for b in read_html_text(page).blocks if b.text == shown] == [kind]


def test_teasers_without_a_telling_name_are_no_article() -> None:
    teaser = "<div><h4><a href='/{0}'>Huyện Cẩm Lũng mở lớp tập huấn {0}</a></h4><p>{1}.</p></div>"
    after = "".join(teaser.format(n, text + " theo Quyết định 9-QĐ/HU") for n, text in
                    enumerate(PROSE))  # fmt: skip
    content = read_html_text(write_page(after=f"<div>{after}</div>"))
    assert tell(content, None) == [f"{text}." for text in PROSE]


@pytest.mark.parametrize(
    "wrapper",
    [
        '<form id="aspnetForm">',
        '<div class="sidebar-1">',
        '<article class="post tag-dan-van author-son">',
        '<div class="title-detail">',
    ],
)
def test_a_name_says_nothing_where_the_whole_article_lies_in_it(wrapper: str) -> None:
    page = write_page().replace("<body>", f"<body>{wrapper}<h1>{TITLE}</h1>")
    content = read_html_text(page)
    assert tell(content, None) == [f"{text}." for text in PROSE]
    assert tell(content, "headline") == [TITLE]


def test_an_article_in_two_parts_of_the_page_is_whole() -> None:
    parts = "".join(f"<div><p>{text}.</p><p>{text}!</p></div>" for text in PROSE)
    content = read_html_text(f"<body><div id=c>{parts}</div><div>Chân trang</div></body>")
    assert len(tell(content, None)) == 6
    assert tell(content, "furniture") == ["Chân trang"]


def test_a_page_without_prose_keeps_what_is_no_furniture() -> None:
    content = read_html_text("<body><nav>Menu</nav><p>Chỉ thị số 07-CT/TU</p></body>")
    assert [(b.text, b.kind) for b in content.blocks] == [
        ("Menu", "furniture"),
        ("Chỉ thị số 07-CT/TU", None),
    ]


MENU = "".join(f"<li><a href='/{n}'>Chuyên mục {n}</a></li>" for n in range(9))
LONG = f"{PROSE[0]}."
SHORT = [
    "Dự họp có Ban Thường vụ Tỉnh ủy.",
    "Hội nghị thông qua Kế hoạch số 10-KH/TU.",
    "Chương trình hành động",
    "Hội nghị kết thúc cùng ngày.",
]


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("frame", ["<div>{}</div>", "<div><section>{}</section></div>", "{}"])
def test_one_long_paragraph_is_not_all_of_an_article(at: int, frame: str) -> None:
    lines = [*SHORT[:at], LONG, *SHORT[at:]]
    body = frame.format("".join(f"<p>{line}</p>" for line in lines))
    page = f"<body><ul>{MENU}</ul><h1>{TITLE}</h1>{body}<nav>Bản đồ</nav></body>"
    content = read_html_text(page)
    assert tell(content, None) == lines
    assert tell(content, "headline") == [TITLE]
    assert len(tell(content, "furniture")) == 10


def test_one_long_paragraph_in_an_element_of_its_own_does_not_hide_the_rest() -> None:
    rest = "".join(f"<p>{line}</p>" for line in SHORT)
    page = f"<body><div><div class=sapo><p>{LONG}</p></div><div>{rest}</div></div></body>"
    assert tell(read_html_text(page), None) == [LONG, *SHORT]


HEAD = (
    "<table><tr><td><p>BỘ NỘI VỤ</p><p>Số: 12/BNV-TCBC</p></td>"
    "<td><p>Độc lập - Tự do - Hạnh phúc</p>"
    "<p>Hà Khê, ngày 10 tháng 9 năm 2021</p></td></tr></table>"
)
FOOT = (
    "<table><tr><td><p>Nơi nhận:</p><p>- Lưu: VT.</p></td><td><p>Lò Văn Sơn</p></td></tr></table>"
)
SET = ["BỘ NỘI VỤ", "Số: 12/BNV-TCBC", "Độc lập - Tự do - Hạnh phúc",
       "Hà Khê, ngày 10 tháng 9 năm 2021"]  # fmt: skip


@pytest.mark.parametrize("lines", [[LONG], [f"{text}." for text in PROSE]])
@pytest.mark.parametrize(
    "frame",
    [
        f"<body>{HEAD}{{}}{FOOT}</body>",
        f"<body><ul>{{MENU}}</ul><div>{HEAD}<div>{{}}</div>{FOOT}</div></body>",
        f"<body><div>{HEAD}</div><div>{{}}</div><div>{FOOT}</div></body>",
    ],
)
def test_letterhead_and_recipients_are_of_the_document(frame: str, lines: list[str]) -> None:
    body = "".join(f"<p>{line}</p>" for line in lines)
    content = read_html_text(frame.replace("{MENU}", MENU).format(body))
    shown = [*SET, *lines, "Nơi nhận:", "- Lưu: VT.", "Lò Văn Sơn"]
    assert [b.text for b in content.blocks if b.kind != "furniture"] == shown
    assert content.published == "2021-09-10"


@pytest.mark.parametrize(
    ("head", "before", "title"),
    [
        (f"<title>{TITLE} | Báo Hà Khê</title>", f"<h1>{TITLE}</h1>", TITLE),
        (f"<meta property=og:title content='{TITLE}'>", f"<ul>{MENU}</ul><b>{TITLE}</b>", TITLE),
        ("<title>Báo Hà Khê</title>", f"<h1>Báo Hà Khê</h1><ul>{MENU}</ul>", None),
        ("<title>Báo Hà Khê</title>", f"<h1>{TITLE}</h1>", TITLE),
        ("", f"<div class=tieu_de>{TITLE}</div>", TITLE),
        ("", f"<div>{TITLE}</div>", None),
    ],
)
def test_the_headline_is_what_the_page_says_it_is(
    head: str, before: str, title: str | None
) -> None:
    content = read_html_text(write_page(head=head, before=before))
    assert content.title == title
    assert tell(content, "headline") == ([title] if title else [])


@pytest.mark.parametrize(
    ("head", "before", "published"),
    [
        ("<meta property='article:published_time' content='2015-10-14T00:30:00+07:00'>",
         f"<h1>{TITLE}</h1><p>Cập nhật 16/10/2015</p>", "2015-10-14"),
        ('<script type="application/ld+json">{"@graph":[{"datePublished":"2015-10-14"}]}</script>',
         "", "2015-10-14"),
        ("", f"<p>24/11/2026</p><h1>{TITLE}</h1><p>14/10/2015, 08:00</p>", "2015-10-14"),
        ("", f"<p>24/11/2026</p><h1>{TITLE}</h1>", None),
        ("", f"<p class=date>14/10/2015</p><h1>{TITLE}</h1>", "2015-10-14"),
        ("", f"<h1>{TITLE}</h1><p>Ngày 14/10/2015, Tỉnh ủy họp.</p>", None),
        ("", f"<h1>{TITLE}</h1><p>31/02/2015</p>", None),
    ],
)  # fmt: skip
def test_the_date_is_that_of_the_article(head: str, before: str, published: str | None) -> None:
    assert read_html_text(write_page(head=head, before=before)).published == published


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ("<meta name=author content='Lò Văn Sơn'>", "Lò Văn Sơn"),
        ("<meta name=author content='https://bao.hakhe.example/'>", None),
        ("<meta name=author content='Báo Hà Khê'><meta property=og:site_name content='Báo Hà Khê'>",
         None),
        ('<script type="application/ld+json">[{"author":[{"name":"Nông Thị Hà"}]}]</script>',
         "Nông Thị Hà"),
        ('<script type="application/ld+json">{"author": broken</script>', None),
    ],
)  # fmt: skip
def test_the_author_is_a_name(head: str, author: str | None) -> None:
    assert read_html_text(write_page(head=head)).author == author


def test_the_address_is_the_one_that_the_browser_wrote_where_the_page_gives_none() -> None:
    saved = "<!-- saved from url=(0031)https://bao.hakhe.example/a.html -->"
    assert read_html_text(saved + write_page()).url == "https://bao.hakhe.example/a.html"


def test_the_place_is_that_of_the_lead() -> None:
    lead = f"<p><span class='location-stamp'>HÀ KHÊ -</span> {PROSE[0]}.</p>"
    assert read_html_text(write_page(before=lead)).place == "HÀ KHÊ"


@pytest.mark.parametrize("gap", ["", " "])
def test_the_place_of_a_dateline_is_a_word_of_its_own(gap: str) -> None:
    place = f"<b><span class=location-stamp>Hà Khê</span>{gap}Thành ủy họp</b>."
    lead = f"<p>{place}</p><p><span class=location-stamp>Hà Khê</span></p>"
    texts = [block.text for block in read_html_text(write_page(before=lead)).blocks]
    assert texts[:2] == ["Hà Khê Thành ủy họp.", "Hà Khê"]


SHOWN = [f"{text}." for text in PROSE]


@pytest.mark.parametrize(
    "raw",
    [
        write_page().encode("utf-8"),
        write_page().encode("utf-8-sig"),
        write_page().encode("utf-16"),
        write_page(head="<meta charset=iso-8859-1>").encode("utf-8"),
        write_page(head="<meta charset=hex>").encode("utf-8"),
    ],
)
def test_unicode_pages_are_read_whatever_they_declare(raw: bytes) -> None:
    content = read_html(raw)
    assert tell(content, None) == SHOWN
    assert content.notes == ()


def encode_1258(text: str) -> bytes:
    """Windows-1258 has the circumflexes and horns as letters and the tones as marks behind them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        out.append(base + "".join(c for c in parts if c in tones))
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize("head", ["<meta charset=windows-1258>", "<meta charset=hex>", ""])
def test_a_page_in_windows_1258_is_decoded_and_said_to_be(head: str) -> None:
    content = read_html(encode_1258(write_page(head=head)))
    assert tell(content, None) == SHOWN
    assert "1258" in content.notes[0]


TCVN3 = "Thùc hiÖn NghÞ quyÕt sè 25-NQ/TW, TØnh ñy ®· ban hµnh Ch­¬ng tr×nh hµnh ®éng"
SAID = "Thực hiện Nghị quyết số 25-NQ/TW, Tỉnh ủy đã ban hành Chương trình hành động"


@pytest.mark.parametrize(
    "markup",
    [
        f'<p><font face=".VnTime">{TCVN3}</font></p>',
        f"<p style=\"font-family: '.VnTime'; margin: 0\"><b>{TCVN3}</b></p>",
        f'<font face=".VnTime"><p>{TCVN3}</p></font>',
    ],
)
def test_text_in_an_old_font_is_decoded_and_said_to_be(markup: str) -> None:
    content = read_html_text(
        f"<body><div>{markup}<p>{PROSE[1]}.</p><p>{PROSE[2]}.</p></div></body>"
    )
    assert content.blocks[0].text == SAID
    assert content.blocks[1].text == SHOWN[1]
    assert content.notes == ("decoded from TCVN3",)


@pytest.mark.parametrize(
    "rule",
    [
        'p.a, li.a {margin:0; font-family:".VnTime","sans-serif"}',
        "<!-- /* { */ @font-face {font-family:Arial} P.A\n{font-family:.VnTime !important} -->",
        "@media print { div > .a:first-child { font: bold 12.0pt/1.5 '.VnTime', serif } }",
        "p { font-family: Arial } .a { font-family: .VnTime } * { font-family: Arial }",
        ".a { font-family: Arial } p.a { color: red } .a { font-family: .VnTime }",
        "#x { mso-fareast-font-family: Arial; font-family: .VnTime; mso-font-kerning: 1pt }",
    ],
)
def test_text_that_a_stylesheet_sets_in_an_old_font_is_decoded(rule: str) -> None:
    old = f"<p class='b A' id=x>{TCVN3}, {TCVN3}</p>"
    content = read_html_text(
        f"<head><style>{rule}</style></head><body>{old}<p>{PROSE[1]}.</p></body>"
    )
    assert tell(content, None) == [f"{SAID}, {SAID}", SHOWN[1]]
    assert content.notes == ("decoded from TCVN3",)


def test_a_font_within_one_of_a_stylesheet_comes_before_it() -> None:
    rule = "<style>p { font-family: .VnTime } span.u { font-family: Arial }</style>"
    old = f"<p>{TCVN3} <span class=u>Ch­¬ng</span> <font face=Arial>tr×nh</font></p>"
    content = read_html_text(f"{rule}<body>{old}<p>{PROSE[1]}.</p></body>")
    assert content.blocks[0].text == f"{SAID} Ch­¬ng tr×nh"


@pytest.mark.parametrize("others", [1, 3])
def test_a_paragraph_in_an_old_font_is_of_the_article_as_its_neighbours_are(others: int) -> None:
    old = f'<p><font face=".VnTime">{TCVN3}, {TCVN3}</font></p>'
    rest = "".join(f"<p>{text}.</p>" for text in PROSE[:others])
    content = read_html_text(f"<body><ul>{MENU}</ul><div>{old * 2}{rest}</div></body>")
    assert tell(content, None) == [f"{SAID}, {SAID}"] * 2 + SHOWN[:others]


def test_an_old_encoding_without_a_font_is_decoded_in_headline_and_body() -> None:
    page = f"<body><h1>{TCVN3}</h1><div><p>{TCVN3}, x.</p><p>{TCVN3}, y.</p></div></body>"
    content = read_html(page.encode("latin-1"))
    assert content.title == SAID
    assert tell(content, None) == [f"{SAID}, x.", f"{SAID}, y."]
    assert content.notes


def write_mhtml(page: bytes, charset: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Trang"
    message.set_content(page, maintype="text", subtype="html", cte="quoted-printable")
    message.replace_header("Content-Type", f'text/html; charset="{charset}"')
    message.make_related()
    message.add_related(b"<p>Trang trong khung</p>", "text", "html", cte="base64")
    return message.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258"])
def test_a_web_archive_gives_its_first_page_in_its_charset(charset: str) -> None:
    page = write_page() if charset == "utf-8" else ""
    raw = write_mhtml(page.encode() or encode_1258(write_page()), charset)
    assert [block.text for block in read_mhtml(raw).blocks] == SHOWN


def test_a_web_archive_without_a_page_is_refused() -> None:
    with pytest.raises(ReadingError, match="no page"):
        read_mhtml(b"Content-Type: text/plain\n\nkhong co trang")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "empty"),
        (b"<html></html>", "no text"),
        (b"<script>var a = 1;</script>", "no text"),
        (b"<div>" * 100_000 + b"chu" + b"</div>" * 100_000, "nested"),
    ],
)
def test_a_page_that_shows_nothing_or_is_nested_too_deep_is_refused(
    raw: bytes, message: str
) -> None:
    started = time.perf_counter()
    with pytest.raises(ReadingError, match=message):
        read_html(raw)
    assert time.perf_counter() - started < 5


HOSTILE = {
    "paragraphs": f"<p>{PROSE[0]}.</p>",
    "short paragraphs": "<p>a</p>",
    "rows": "<tr><td>1</td><td>b</td></tr>",
    "headings": "<h1>Tin</h1>",
    "links": "<li><a href='#'>Một tiêu đề của một bài khác ở Hà Khê</a></li>",
    "breaks": "a<br>",
    "unclosed": "<table><tr><td>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_large_pages_take_time_in_proportion(name: str) -> None:
    page = f"<body><p>{PROSE[0]}.</p><table border=1>" if name == "rows" else "<body>"
    count = 70 if name == "unclosed" else 15_000
    started = time.perf_counter()
    content = read_html_text(page + HOSTILE[name] * count + f"<p>{PROSE[1]}.</p><p>{PROSE[2]}.</p>")
    assert content.blocks
    assert time.perf_counter() - started < 6


@pytest.mark.parametrize(
    "sheet",
    [
        "/*" * 200_000,
        "{" * 200_000,
        "a," * 200_000 + "b{font-family:.VnTime}",
        "p{font:" * 100_000,
        ".a" * 100_000 + "{font:x}",
        "p{font:" + "1 " * 100_000 + "}",
    ],
)
def test_a_hostile_stylesheet_takes_time_in_proportion(sheet: str) -> None:
    started = time.perf_counter()
    page = f"<style>{sheet}</style><body><p>{PROSE[1]}.</p></body>"
    assert [block.text for block in read_html_text(page).blocks] == [SHOWN[1]]
    assert time.perf_counter() - started < 6
