"""Prints the PDFs of this folder anew with headless Chromium: `python tests/data/make_pdfs.py`.

The article is data/articles/hanoi-dan-van.txt up to its list of topics; the plan is of a province
that does not exist, the decree of a year to come.
"""

from __future__ import annotations

import html
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ARTICLE = HERE.parents[1] / "data" / "articles" / "hanoi-dan-van.txt"
CHROMIUM = (
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--no-pdf-header-footer"),
)
PLAN_STYLE = """@page { margin: 2cm 2cm 2cm 3cm; @bottom-center { content: counter(page) } }
body { font: 10.5pt "DejaVu Serif" } td { vertical-align: top; text-align: center }
p { text-align: justify; text-indent: 1cm; margin: 6pt 0 }
h3 { text-align: center; font-size: 10.5pt; margin: 2pt }"""
PLAN = """<table width=100%><tr>
<td><b>ỦY BAN NHÂN DÂN</b><br><b>TỈNH HÀ KHÊ</b><br>-------<br>Số: 123/KH-UBND</td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b>Độc lập - Tự do - Hạnh phúc</b><br>
---------------<br><i>Hà Khê, ngày 15 tháng 8 năm 2021</i></td></tr></table>
<h3>KẾ HOẠCH</h3><h3>Thực hiện Nghị quyết số 25-NQ/TW về công tác dân vận trên địa bàn tỉnh</h3>
<p>Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;</p>
<p>Căn cứ Nghị quyết số 25-NQ/TW ngày 03 tháng 6 năm 2013 của Ban Chấp hành Trung ương Đảng khóa
XI về tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới;</p>
<p>Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:</p>{articles}
<table width=100%><tr><td style="text-align:left;width:50%"><b><i>Nơi nhận:</i></b><br>
- Như Điều 3;<br>- Tỉnh ủy (b/c);<br>- Lưu: VT, NC.</td>
<td><b>TM. ỦY BAN NHÂN DÂN</b><br><b>KT. CHỦ TỊCH</b><br><b>PHÓ CHỦ TỊCH</b><br><br>
<i>(Đã ký)</i><br><br><b>Lò Văn Sơn</b></td></tr></table>"""
PROVISION = """<p><b>Điều {0}.</b> Các sở, ban, ngành, Ủy ban nhân dân các huyện tổ chức thực hiện
nghiêm túc Chỉ thị số {1}-CT/TU của Tỉnh ủy, báo cáo kết quả về Sở Nội vụ trước ngày 15 tháng 12
hằng năm để tổng hợp, trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, quyết định
theo thẩm quyền.</p>"""


def main() -> None:
    text = ARTICLE.read_text(encoding="utf-8").partition("Chủ đề :")[0]
    title, *lines = (line for line in text.split("\n") if line.strip())
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    style = '@page { margin: 2cm } body { font: 13pt "DejaVu Serif" } '
    style += "p { text-align: justify; text-indent: 1cm } "
    article = f"<h1>{title}</h1><div class=body>{body}</div>"
    print_pdf("hanoi-one-column", title, style, article)
    print_pdf("hanoi-two-columns", title, style + ".body { column-count: 2 }", article)
    provisions = "".join(PROVISION.format(number, number + 10) for number in range(1, 26))
    print_pdf("plan", "plan", PLAN_STYLE, PLAN.format(articles=provisions))
    print_page("decree", (HERE / "decree.html").read_text(encoding="utf-8"))


def print_pdf(name: str, title: str, style: str, body: str) -> None:
    head = f"<!DOCTYPE html><meta charset=utf-8><title>{title}</title><style>{style}</style>"
    print_page(name, head + body)


def print_page(name: str, page: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, encoding="utf-8")
        target = f"--print-to-pdf={HERE / name}.pdf"
        subprocess.run([*CHROMIUM, f"--user-data-dir={folder}/user", target, source], check=True)


if __name__ == "__main__":
    main()
