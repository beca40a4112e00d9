# ruff: noqa: E501
"""What a text states between its references: a table of sentences, and every cue row proved.

References are marked ⟦O1|surface⟧ in the sentences: O an organisation, D a document, C a campaign.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import assert_grows_within

from policygraph.document_types import type_codes
from policygraph.extraction.title_lines import find_title
from policygraph.model import (
    Article,
    Citation,
    DocumentReference,
    NameMention,
    NameReference,
    Reference,
    Statement,
)
from policygraph.numbering import DocumentNumber, parse_number
from policygraph.span import Span
from policygraph.statements import acts, relate, relating
from policygraph.statements.cues import (
    BlockingCue,
    GapWords,
    HarmlessCue,
    RelationCue,
    compile_cues,
    load_cues,
)
from policygraph.text import fold, make_slug

MARK = re.compile(r"⟦([ODC])(\d+)\|([^⟧]*)⟧")
TYPES = (
    "thong-tu-lien-tich",
    "nghi-quyet",
    "nghi-dinh",
    "chi-thi",
    "ke-hoach",
    "quyet-dinh",
    "thong-tu",
    "luat",
    "quy-dinh",
    "ket-luan",
    "bao-cao",
    "quy-che",
)


def read_marked(marked: str) -> tuple[Article, tuple[Reference, ...]]:
    """An article without the marks, and the references that they mark."""
    parts, length, last = [], 0, 0
    mentions: dict[str, list[tuple[Span, str]]] = {}
    for match in MARK.finditer(marked):
        parts += [marked[last : match.start()], match[3]]
        start = length + match.start() - last
        length, last = start + len(match[3]), match.end()
        mentions.setdefault(match[1] + match[2], []).append((Span(start, length), match[3]))
    text = "".join([*parts, marked[last:]])
    references = tuple(make_reference(id_, found, text) for id_, found in mentions.items())
    return Article("a.txt", text, "0" * 64), references


def make_reference(id_: str, found: list[tuple[Span, str]], text: str) -> Reference:
    if id_[0] == "D":
        surface = make_slug(found[0][1])
        type_ = next((t for t in TYPES if surface.startswith(t)), "quyet-dinh")
        draft = text[: found[0][0].start].endswith(("dự thảo ", "dự án "))
        form = "numbered" if re.search(r"\d", found[0][1]) else "named"
        own = text[: found[0][0].start].endswith("\nSố: ")  # a letterhead, its issuer in line 1
        issuer = Span(0, text.index("\n")) if own else None
        if own:
            type_ = next(t for t in TYPES if f"\n{t}\n" in make_slug_lines(text))
        title = find_title(fold(text), found[0][0].end, type_) if own else None
        citations = tuple(
            Citation(
                s, "test", form, type=type_, number=read_number(surface_), is_draft=draft,
                issuer=issuer, title=title, is_own=own,
            )
            for s, surface_ in found
        )  # fmt: skip
        return DocumentReference(id_, id_, citations, type=type_, is_draft=draft)
    kind = "organisation" if id_[0] == "O" else "campaign"
    place = "son-lam" if "Sơn Lâm" in found[0][1] else None
    names = tuple(NameMention(kind, s, "test", n, place) for s, n in found)
    return NameReference(kind, id_, id_, names, place)


def read_number(surface: str) -> DocumentNumber | None:
    digits = re.search(r"\d.*", surface)
    return parse_number(digits[0], type_codes()) if digits else None


def make_slug_lines(text: str) -> str:
    return "\n".join(map(make_slug, text.splitlines())) + "\n"


def state(marked: str) -> tuple[Statement, ...]:
    return relate(*read_marked(marked))


def say(marked: str) -> set[str]:
    return {f"{s.subject} {s.predicate} {s.object}" for s in state(marked)}


# One sentence a row, then what it states. The places are invented.
STATED = [
    # a relative clause, a gloss in brackets, a clause of its own behind a conjunction
    ("⟦D1|Chương trình số 5-CTr/TU⟧ thay thế ⟦D2|Chương trình số 4-CTr/TU⟧, ngày 2/1/2008 mà ⟦O1|Tỉnh ủy Sơn Lâm⟧ ban hành để thực hiện ⟦D3|Nghị quyết 26-NQ/TW⟧.", "D1 replaces D2; D2 issuedBy O1; D2 implements D3"),
    ("⟦O1|Tỉnh ủy Sơn Lâm⟧ ban hành ⟦D1|Chỉ thị 22-CT/TU⟧ (gọi tắt là ⟦D1|Chỉ thị 22⟧) về thực hiện ⟦D2|Luật Dân chủ⟧.", "D1 issuedBy O1; D1 implements D2"),
    ("⟦D1|Luật Dân chủ⟧ thay cho ⟦D2|Pháp lệnh số 34/2007/PL-UBTVQH11⟧, và ⟦D3|Nghị định 59/2023/NĐ-CP⟧ quy định chi tiết ⟦D1|Luật Dân chủ⟧.", "D1 replaces D2; D3 guides D1"),
    ("⟦O1|Tỉnh ủy Sơn Lâm⟧ ban hành ⟦D1|Quy chế số 5-QC/TU⟧; quy chế này thay thế ⟦D2|Quy chế số 2-QC/TU⟧.", "D1 issuedBy O1; D1 replaces D2"),
    ("Theo ông An, Chánh Văn phòng ⟦O2|Huyện ủy Đông Khê⟧, để thực hiện ⟦D1|Nghị quyết 44-NQ/TW⟧, ⟦O1|Tỉnh ủy Sơn Lâm⟧ đã ban hành ⟦D2|Nghị quyết số 9-NQ/TU⟧.", "D2 issuedBy O1; D2 implements D1"),
    ("Thực hiện ⟦D1|Công văn số 18/SNV-VP⟧ của ⟦O1|Sở Nội vụ⟧, ⟦O2|UBND huyện Đông Khê⟧ báo cáo kết quả như sau:", "D1 issuedBy O1; O2 implements D1"),
    ("Sau khi ⟦O1|Bộ Chính trị⟧ ban hành ⟦D1|Chỉ thị 5-CT/TW⟧, ⟦O2|Huyện ủy Đông Khê⟧ đã ban hành ⟦D2|Kế hoạch 3-KH/HU⟧.", "D1 issuedBy O1; D2 issuedBy O2"),
    # lists within lists, fronted clauses that go on, titles, lists announced by their issuer
    ("Thực hiện ⟦D1|Nghị quyết 2-NQ/TW⟧ của ⟦O1|Bộ Chính trị⟧, ⟦D2|Chương trình số 8-CTr/TU⟧ của ⟦O2|Tỉnh ủy Sơn Lâm⟧ thực hiện ⟦D3|Nghị quyết 80-NQ/TW⟧, ⟦D4|Kế hoạch số 12/KH-UBND⟧ của ⟦O3|UBND tỉnh Sơn Lâm⟧, ⟦O4|UBND huyện Đông Khê⟧ tổ chức lễ hội.", "D1 issuedBy O1; D2 issuedBy O2; D4 issuedBy O3; D2 implements D3; O4 implements D1; O4 implements D2; O4 implements D4"),
    ("Thực hiện ⟦D1|Nghị quyết 57-NQ/TW⟧, đồng thời hưởng ứng đợt cao điểm “⟦C1|Ba mươi ngày⟧”, chiều 2/7, ⟦O1|UBND xã Khe⟧ đã tổ chức hội nghị.", "O1 implements D1; O1 promotes C1"),
    ("⟦D1|Quyết định số 543/QĐ-UBND⟧ về việc thành lập tổ công tác triển khai thực hiện ⟦D2|Chương trình số 6-CTr/TU⟧.", "D1 implements D2"),
    ("⟦D1|Quyết định số 543/QĐ-UBND⟧ về việc kiểm tra thực hiện ⟦D2|Chương trình số 6-CTr/TU⟧ trong năm học.", ""),
    ("Phiên họp nghe báo cáo về ⟦D1|Nghị quyết 8-NQ/TW⟧ về một số nhiệm vụ tư pháp, dự thảo kế hoạch thực hiện ⟦D2|Nghị quyết 49-NQ/TW⟧.", ""),
    ("Sau khi tổng kết ⟦D1|Chỉ thị 45-CT/TW⟧, ⟦O1|Bộ Chính trị⟧ sẽ có chủ trương mới.", ""),
    ("⟦D1|Quyết định số 111/QĐ-PTTH⟧ do ông An (Phó Giám đốc ⟦O1|Đài Sơn Lâm⟧) ký về việc nhân sự.", "D1 issuedBy O1"),
    ("⟦D1|Kế hoạch số 45/KH-UBND⟧ do bà Lan, Phó Chủ tịch ⟦O1|UBND huyện Sơn Lâm⟧, ký ban hành.", "D1 issuedBy O1"),
    ("Hội nghị do ông An, Chủ tịch ⟦O1|UBND huyện Sơn Lâm⟧, chủ trì bàn về ⟦D1|Kế hoạch số 45/KH-UBND⟧.", ""),
    ("⟦D1|Nghị quyết số 60-NQ/TW⟧ ngày 12/4/2025 của Hội nghị lần thứ 11 ⟦O1|Ban Chấp hành Trung ương Đảng⟧;", "D1 issuedBy O1"),
    ("Tại Mục 5 ⟦D1|Kết luận 83-KL/TW⟧, ⟦O1|Bộ Chính trị⟧, ⟦O2|Ban Bí thư⟧ cơ bản thống nhất với đề án.", "D1 issuedBy O1; D1 issuedBy O2"),
    ("Các đơn vị thực hiện chỉ đạo của ⟦O1|Bộ Chính trị⟧ tại ⟦D1|Kết luận 126-KL/TW⟧, ⟦D2|Kết luận 127-KL/TW⟧ và của ⟦O2|Thành ủy⟧ tại ⟦D3|Công văn 1843-CV/TU⟧.", "D1 issuedBy O1; D2 issuedBy O1; D3 issuedBy O2"),
    ("Đoàn kiểm tra việc thực hiện các chỉ đạo của ⟦O1|Thủ tướng Chính phủ⟧ về giao thông (⟦D1|Chỉ thị số 12⟧, ⟦D2|23⟧).", "D1 issuedBy O1; D2 issuedBy O1"),
    ("Kiểm tra 2 văn bản trái luật mà ⟦O1|UBND TP Sơn Lâm⟧ đã ban hành. Các văn bản này gồm: 1/ ⟦D1|Công văn số 7696/UB-ĐT⟧ về mũ bảo hiểm. 2/ ⟦D2|Quyết định số 104/2003/QĐ-UB⟧ về người xin ăn.", "D1 issuedBy O1; D2 issuedBy O1"),
    ("Kiểm tra hai công văn do ⟦O1|UBND TP Sơn Lâm⟧ ban hành: ⟦D1|Công văn số 7696/UB-ĐT⟧, ⟦D2|Công văn số 7697/UB-ĐT⟧.", "D1 issuedBy O1; D2 issuedBy O1"),
    ("Kỳ họp thứ 8, ⟦O1|HĐND tỉnh Sơn Lâm⟧ đã thông qua 25 nghị quyết, trong đó có ⟦D1|Nghị quyết số 31/NQ-HĐND⟧ về học phí.", "D1 issuedBy O1"),
    ("Hưởng ứng phong trào thi đua do ⟦O1|Thủ tướng Chính phủ⟧ phát động “⟦C1|Chung tay⟧”.", "C1 launchedBy O1"),
    ("⟦O1|Tỉnh đoàn⟧ tổ chức Lễ phát động ⟦C1|Tháng Thanh niên⟧ năm 2023 và hưởng ứng ⟦C2|Tháng Công nhân⟧.", "C1 launchedBy O1; O1 promotes C2"),
    ("Cuộc vận động “⟦C1|Chung tay⟧” do ⟦O1|Bộ Chính trị⟧ phát động theo ⟦D1|Thông báo 264-TB/TW⟧ đã được ⟦O2|Tỉnh ủy⟧ triển khai.", "C1 launchedBy O1; O2 promotes C1"),
    ("⟦D1|Nghị quyết số 11/NQ-CP⟧ được cụ thể hóa bằng ⟦D2|Kế hoạch số 88/KH-UBND⟧ của ⟦O1|UBND tỉnh Sơn Lâm⟧.", "D2 issuedBy O1; D2 implements D1"),
    ("⟦D1|Quy chế phối hợp số 07-QCPH/MTTQ-CA⟧ giữa ⟦O1|Mặt trận tỉnh⟧ với ⟦O2|Công an tỉnh⟧ về dân chủ.", "D1 issuedBy O1; D1 issuedBy O2"),
    ("⟦D1|Quyết định số 7/QĐ-UBND⟧ giao đất ở xã giữa ⟦O1|Mặt trận tỉnh⟧ và ⟦O2|Công an tỉnh⟧.", ""),
    ("Thực hiện ⟦D1|Kế hoạch số 5-KH/TU⟧ về dân vận;\nThực hiện ⟦D2|Công văn số 7-CV/BDV⟧,\n\n⟦O1|Huyện ủy Đông Khê⟧ báo cáo kết quả như sau:", "O1 implements D1; O1 implements D2"),
    ("- Thực hiện ⟦D1|Kế hoạch số 5-KH/TU⟧ về dân vận;\n- ⟦O1|Huyện ủy Đông Khê⟧ đã họp ba lần.", ""),
    ("⟦D1|Thông tư liên tịch 01/2016/TTLT-BTTTT-BTC⟧ của ⟦O1|Bộ Sông⟧, ⟦O2|Bộ Núi⟧ bị bãi bỏ bởi ⟦D2|Thông tư 05/2023/TT-BTTTT⟧.", "D1 issuedBy O1; D1 issuedBy O2; D2 repeals D1"),
    ("⟦D1|Nghị quyết số 198/2025/QH15⟧ của ⟦O1|Quốc hội⟧ về một số cơ chế, chính sách đặc biệt đã thể chế hóa ⟦D2|Nghị quyết số 68-NQ/TW⟧.", "D1 issuedBy O1; D1 implements D2"),
    ("⟦D1|Nghị quyết số 7-NQ/TW⟧ về công tác dân vận, các cấp ủy đã thực hiện ⟦D2|Chỉ thị số 5-CT/TW⟧.", ""),
    ("⟦O1|Đảng ủy Quân sự⟧ tổ chức Hội nghị sơ kết giữa nhiệm kỳ thực hiện ⟦D1|Nghị quyết Đại hội lần thứ XVIII⟧.", "O1 reviews D1"),
    ("Ngành đã tham mưu giúp Đảng, ⟦O1|Quốc hội⟧, ⟦O2|Chính phủ⟧ trong việc triển khai thực hiện ⟦D1|Nghị quyết số 48-NQ/TW⟧.", ""),
    ("Kỷ niệm 132 năm Ngày sinh Bác (19/5), thực hiện ⟦D1|Kết luận 01-KL/TW⟧ về học tập, đồng thời chào mừng ngày hội, ⟦O1|Sở Văn hóa⟧ tổ chức biên soạn sách.", "O1 implements D1"),
    ("Ngày 5/8/2002, ⟦O1|Quốc hội khóa XI⟧, ra ⟦D1|Nghị quyết số 02/2002/NQ-QH11⟧ thành lập bộ.", "D1 issuedBy O1"),
    ("⟦D1|Nghị quyết số 66/NQ-CP⟧, Nghị quyết ban hành Chương trình thực hiện ⟦D2|Nghị quyết số 41-NQ/TW⟧ ngày 10/10/2023, Hội nghị lần thứ tám ⟦O1|Ban Chấp hành Trung ương⟧.", "D1 implements D2; D2 issuedBy O1"),
    ("Thực hiện ⟦D1|Nghị quyết 29-NQ/TW⟧, ngành Giáo dục tỉnh đã đổi mới; ⟦O1|Sở Giáo dục⟧ tham mưu nhiều việc.", ""),
    ("⟦D1|78/2023/NĐ-CP⟧\nSửa đổi, bổ sung một số điều của ⟦D2|Nghị định số 32/2017/NĐ-CP⟧ về tín dụng\n\n⟦D3|23/2023/QĐ-UBND⟧\nVề việc bãi bỏ ⟦D4|Quyết định số 03/2014/QĐ-UBND⟧ ngày 25/2/2014\n", "D1 amends D2; D3 repeals D4"),
    ("⟦D1|78/2023/NĐ-CP⟧\nTin nóng về ⟦D2|Nghị định số 32/2017/NĐ-CP⟧ về tín dụng\n", ""),
    ("⟦D1|Kế hoạch số 104/KH-UBND⟧ vừa được thành phố ban hành nhằm thực hiện ⟦D2|Chỉ thị số 03/CT-TTg⟧.", "D1 implements D2"),
    ("⟦D1|Nghị định số 132/2008/NĐ-CP⟧ quy định chi tiết ⟦D2|Luật Chất lượng⟧, được sửa đổi, bổ sung bởi khoản 14 Điều 1 ⟦D3|Nghị định 74/2018/NĐ-CP⟧.", "D1 guides D2; D3 amends D1"),
    ("Thay mặt ⟦O1|Chính phủ⟧, ⟦O2|Thủ tướng Chính phủ⟧ đã ký ban hành ⟦D1|Nghị định số 186/2013/NĐ-CP⟧.", "D1 issuedBy O1"),
    ("⟦O1|Đảng ủy⟧ đã ban hành 05 nghị quyết chuyên đề, trong đó trọng tâm là ⟦D1|Nghị quyết số 03-NQ/ĐU⟧ về cải cách.", "D1 issuedBy O1"),
    ("Thi đua thực hiện phong trào “⟦C1|Lao động giỏi⟧”, ⟦O1|Công đoàn mỏ⟧ đã có 120 sáng kiến.", "O1 promotes C1"),
    ("⟦O1|Cục Văn bản⟧ (KTVB) - ⟦O2|Bộ Núi⟧ vừa gửi ⟦D1|Công văn 18/KTVB⟧ đến địa phương.", "D1 issuedBy O1"),
    ("Thực hiện ⟦D1|Quy định số 96-QĐ/TW⟧ về lấy phiếu tín nhiệm; nhằm xây dựng Đảng; đấu tranh phòng, chống tham nhũng, ngày 4/8/2023, ⟦O1|Đảng ủy trường⟧ tổ chức hội nghị.", "O1 implements D1"),
    ("⟦D1|Kế hoạch số 79-KH/TU⟧ của ⟦O1|Thành ủy⟧ về \"Thực hiện ⟦D2|Chỉ thị số 36-CT/TW⟧ về đại hội\"", "D1 issuedBy O1; D1 implements D2"),
    ("Tiếp tục thực hiện ⟦D1|Chỉ thị 19/CT-TTg⟧ và các văn bản của Đảng, ⟦O1|Chính phủ⟧ về công tác thi đua.", ""),
    ("Qua 3 năm thực hiện ⟦D1|Kết luận 01-KL/TW⟧ của ⟦O1|Bộ Chính trị⟧ ở ⟦O2|Đảng bộ Trường Sơn Lâm⟧ đã có kết quả.", "D1 issuedBy O1; O2 implements D1"),
    ("⟦O1|Ủy ban Kiểm tra⟧ đánh giá việc thực hiện ⟦D1|Kết luận 01-KL/TW⟧ ở ⟦O2|Đảng bộ Trường Sơn Lâm⟧.", ""),
    ("⟦D1|Thông tư liên tịch số 12/2016/TTLT-BKHCN-BTC⟧ của ⟦O1|Bộ Khoa học và Công nghệ⟧ - ⟦O2|Bộ Tài chính⟧ hướng dẫn về quỹ.", "D1 issuedBy O1; D1 issuedBy O2"),
    ("Vì hai bên không thống nhất nên ⟦O1|UBND huyện Sơn Lâm⟧ đã họp và ra ⟦D1|Thông báo số 98/TB-UBND⟧.", "D1 issuedBy O1"),
    ("Thực hiện ⟦D1|Công văn 59-CV/TU⟧ của ⟦O1|Tỉnh ủy⟧ về việc phê duyệt nội dung giám sát năm 2021; ⟦D2|Thông báo số 90/TB-MTTQ⟧ về công tác phản biện; nhằm nâng cao chất lượng, ⟦O2|Mặt trận tỉnh⟧ xây dựng kế hoạch giám sát, cụ thể như sau:", "D1 issuedBy O1; O2 implements D1; O2 implements D2"),
    ("Theo các quyết định của Bộ trưởng, Chủ nhiệm ⟦O1|Văn phòng Chính phủ⟧: ⟦D1|Quyết định số 5/QĐ-VPCP⟧, ⟦D2|Quyết định số 6/QĐ-VPCP⟧.", "D1 issuedBy O1; D2 issuedBy O1"),
    ("Theo đề nghị của Giám đốc ⟦O1|Sở Y tế⟧ tại ⟦D1|Tờ trình số 107/TTr-SYT⟧.", "D1 issuedBy O1"),
    # campaigns of several bodies in one sentence
    ("⟦O1|Hội Nông dân huyện⟧ hưởng ứng phong trào “⟦C1|Sạch làng⟧”; ⟦O2|Tỉnh đoàn⟧ phát động phong trào “⟦C2|Xanh đường⟧”; còn ⟦O3|Hội Cựu chiến binh⟧ đẩy mạnh phong trào “⟦C3|Gương mẫu⟧”.", "O1 promotes C1; C2 launchedBy O2; O3 promotes C3"),
    ("Phong trào “⟦C1|Sạch làng⟧” do ⟦O1|UBND huyện⟧ phát động tháng 4/2023, được ⟦O2|Công ty Sao⟧ hưởng ứng.", "C1 launchedBy O1; O2 promotes C1"),
    # measures that are repeated, items that carry something out, nouns, places, brackets
    ("⟦O1|Tỉnh ủy Sơn Lâm⟧ tổ chức hội nghị tổng kết 10 năm thực hiện ⟦D1|Nghị quyết 25-NQ/TW⟧ của ⟦O2|Ban Chấp hành Trung ương⟧ về công tác dân vận và 5 năm thực hiện ⟦D2|Kết luận 43-KL/TW⟧; việc thực hiện ⟦D3|Chỉ thị 11-CT/TU⟧ cũng được đánh giá.", "O1 reviews D1; D1 issuedBy O2; O1 reviews D2"),
    ("⟦O1|Tỉnh ủy⟧ tổng kết 10 năm thực hiện ⟦D1|Nghị quyết 25-NQ/TW⟧ về “dân vận”; 5 năm thực hiện ⟦D2|Kết luận 43⟧; đánh giá 2 năm thực hiện ⟦D3|Chỉ thị 11⟧.", "O1 reviews D1; O1 reviews D2; O1 reviews D3"),
    ("Qua 10 năm thực hiện ⟦D1|Nghị quyết 25-NQ/TW⟧ và gần 5 năm thực hiện ⟦D2|Kết luận 43-KL/TW⟧, ⟦O1|Tỉnh ủy Sơn Lâm⟧ đã đạt nhiều kết quả.", "O1 implements D1; O1 implements D2"),
    ("⟦O1|Huyện ủy Đông Khê⟧ ban hành ⟦D1|Kế hoạch số 14-KH/HU⟧ thực hiện ⟦D2|Kết luận 43-KL/TW⟧ của ⟦O2|Ban Bí thư⟧; ⟦D3|Quy chế số 11-QC/HU⟧ về thực hiện ⟦D4|Quyết định 23-QĐ/TW⟧.", "D1 issuedBy O1; D1 implements D2; D2 issuedBy O2; D3 issuedBy O1; D3 implements D4"),
    ("Sáng nay, tại ⟦O1|Trung tâm Hội nghị tỉnh⟧, ⟦O2|Ban Dân vận Tỉnh ủy⟧ phát động phong trào “⟦C1|Sạch làng⟧”.", "C1 launchedBy O2"),
    ("⟦D1|Kế hoạch số 19/KH-UBND⟧ vừa để triển khai ⟦D2|Kế hoạch 40-KH/TU⟧, vừa để thực hiện ⟦D3|Chỉ thị 28/CT-TTg⟧.", "D1 implements D2; D1 implements D3"),
    ("⟦D1|Thông tư 93/2017/TT-BTC⟧ sửa đổi ⟦D2|Thông tư 219/2013/TT-BTC⟧ (đã được sửa đổi, bổ sung tại ⟦D3|Thông tư 119/2014/TT-BTC⟧) và bãi bỏ khoản 7 Điều 11 ⟦D4|Thông tư 156/2013/TT-BTC⟧.", "D1 amends D2; D3 amends D2; D1 repeals D4"),
    ("Để thực hiện ⟦D1|Nghị quyết 18-NQ/TW⟧ của ⟦O1|Ban Chấp hành Trung ương⟧, ⟦O2|Tỉnh ủy Sơn Lâm⟧ quyết nghị:", "D1 issuedBy O1; O2 implements D1"),
    # by means of a document; fronted clauses that somebody reports, that follow ";", that go on behind it
    ("Ở huyện Đông Khê, ⟦O1|Ban Thường vụ Huyện ủy⟧ cụ thể hóa ⟦D1|Chỉ thị 08⟧ về nêu gương bằng ⟦D2|Kế hoạch số 33-KH/HU⟧, ngày 20/10/2016.", "D2 issuedBy O1; D2 implements D1"),
    ("⟦D1|Nghị quyết 25-NQ/TW⟧ về công tác dân vận được ⟦O1|Tỉnh ủy Sơn Lâm⟧ cụ thể hóa bằng ⟦D2|Kế hoạch số 12-KH/TU⟧.", "D2 issuedBy O1; D2 implements D1"),
    ("⟦O1|Huyện ủy Đông Khê⟧ triển khai ⟦D1|Chỉ thị 08⟧ bằng ⟦D2|Kế hoạch số 33-KH/TU⟧ của ⟦O2|Tỉnh ủy Sơn Lâm⟧.", "D2 issuedBy O2; D2 implements D1"),
    ("⟦O1|Huyện ủy Đông Khê⟧ triển khai ⟦D1|Chỉ thị 08⟧ bằng hình thức trực tuyến; ⟦D2|Kế hoạch số 33⟧ bàn sau.", "O1 implements D1"),
    ("⟦D1|Luật Đất đai⟧ về đất ở do ⟦O1|Sở Xây dựng⟧ thực hiện.", ""),
    ("Báo cáo của ⟦O1|Tỉnh đoàn⟧ cho thấy, để thực hiện ⟦D1|Kế hoạch số 34-KH/TU⟧ của ⟦O2|Tỉnh ủy⟧, ngày 12/01/2009, ⟦O3|Huyện đoàn Đông Khê⟧ đã có ⟦D2|Quyết định số 14-QĐ/HĐ⟧.", "D1 issuedBy O2; D2 issuedBy O3; D2 implements D1"),
    ("⟦O1|Tỉnh ủy⟧ đã họp; thực hiện ⟦D1|Nghị quyết 7⟧ của ⟦O1|Tỉnh ủy⟧, ngày 2/3/2014, ⟦O2|Đảng ủy xã Tân Khê⟧ ban hành ⟦D2|Kế hoạch số 16-KH/ĐU⟧.", "D1 issuedBy O1; D2 issuedBy O2; D2 implements D1"),
    ("⟦O1|Thành ủy⟧ tập trung lãnh đạo; triển khai thực hiện ⟦D1|Quyết định 217⟧ của ⟦O2|Bộ Chính trị⟧ và ngày 2/3/2014 ⟦O1|Thành ủy⟧ đã ban hành ⟦D2|Quyết định 6525⟧.", "O1 implements D1; D1 issuedBy O2; D2 issuedBy O1"),
    ("Thực hiện ⟦D1|Kế hoạch 31-KH/HU⟧ của ⟦O1|Huyện ủy⟧ (sau đây gọi là ⟦D1|Kế hoạch 31⟧); căn cứ ⟦D2|Quyết định 5⟧, ⟦O2|Đảng ủy xã Tân Khê⟧ ban hành ⟦D3|Kế hoạch số 8-KH/ĐU⟧.", "D1 issuedBy O1; D3 issuedBy O2; D3 implements D1; D3 basedOn D2"),
    # adverbs and appositions of who issues, meetings, approvals; guiding others; participles; hosts
    ("⟦O1|Bộ Chính trị⟧ khóa X sau này có ⟦D1|Kết luận 57-KL/TW⟧ về tôn giáo.", "D1 issuedBy O1"),
    ("⟦O1|Sở Công Thương⟧ là cơ quan chủ trì, đã có ⟦D1|Kế hoạch số 415/KH-SCT⟧ hướng dẫn các huyện thực hiện ⟦D2|Kế hoạch 19⟧.", "D1 issuedBy O1; D1 guides D2"),
    ("Tháng 4, Hội nghị lần thứ 11 ⟦O1|Ban Chấp hành Trung ương⟧ thông qua ⟦D1|Nghị quyết số 60-NQ/TW⟧.", "D1 issuedBy O1"),
    ("Tháng 3, ⟦O1|Thủ tướng Chính phủ⟧ phê duyệt Đề án chợ nổi gắn với du lịch tại ⟦D1|Quyết định số 386/QĐ-TTg⟧.", "D1 issuedBy O1"),
    ("⟦O1|UBND tỉnh⟧ phê duyệt danh mục dự án theo quy định tại ⟦D1|Quyết định số 386/QĐ-TTg⟧.", ""),
    ("⟦O1|UBND tỉnh⟧ đã phê duyệt mức thu tại ⟦D1|Nghị quyết số 386⟧.", ""),
    ("⟦O1|Chi cục Thuế⟧ hướng dẫn các xã thực hiện ⟦D1|Luật Quản lý thuế⟧.", "O1 implements D1"),
    ("⟦D1|Quyết định 812⟧ thay thế ⟦D2|Quyết định 1045⟧ ngày 20/6/2010, vốn được ban hành căn cứ ⟦D3|Quyết định 290⟧.", "D1 replaces D2; D2 basedOn D3"),
    ("⟦O1|Huyện ủy Đông Khê⟧ học tập ⟦D1|Kế hoạch 140-KH/TU⟧ của ⟦O2|Tỉnh ủy⟧, văn bản mà tỉnh ban hành hồi tháng 4 nhằm triển khai ⟦D2|Kết luận 43-KL/TW⟧.", "D1 issuedBy O2; D1 implements D2"),
    ("Dân xem ⟦D1|Thông tư 3⟧ của ⟦O1|Bộ Y tế⟧, văn bản hướng dẫn thực hiện ⟦D2|Luật Dược⟧.", "D1 issuedBy O1; D1 guides D2"),
    ("Dân xem ⟦D1|Nghị quyết 3⟧, văn bản hướng dẫn thực hiện ⟦D2|Luật Dược⟧.", ""),
    ("⟦D1|Kế hoạch 7⟧ là văn bản quan trọng để các địa phương thực hiện ⟦D2|Nghị quyết 25⟧.", ""),
    ("Ông An kể ở hội nghị sơ kết một năm thực hiện ⟦D1|Nghị quyết 7⟧ về tôn giáo do ⟦O1|Tỉnh ủy Sơn Lâm⟧ tổ chức sáng qua.", "O1 reviews D1"),
    ("Hội nghị sơ kết một năm thực hiện ⟦D1|Nghị quyết 7⟧ do ⟦O1|Tỉnh ủy Sơn Lâm⟧ ban hành diễn ra sáng qua.", "D1 issuedBy O1"),
    ("⟦O1|UBND quận⟧, sau khi thay ⟦D1|Kế hoạch 44/KH-UBND⟧ bằng ⟦D2|Kế hoạch 120/KH-UBND⟧, đã gắn máy ghi hình.", "D2 replaces D1"),
    # what stands for a thing named before: behind a cue, of the paragraph before, "mới", "văn bản này"
    ("⟦D1|Nghị quyết 26⟧ nói về đất.\n⟦D2|Nghị quyết 25⟧ nói về dân vận.\nHôm nay ⟦O1|Tỉnh ủy⟧ ban hành ⟦D3|Kế hoạch 5⟧ thực hiện nghị quyết ấy.", "D3 issuedBy O1; D3 implements D2"),
    ("⟦D1|Nghị quyết 26⟧ và ⟦D2|Nghị quyết 25⟧ nói về đất.\nHôm nay ⟦O1|Tỉnh ủy⟧ ban hành ⟦D3|Kế hoạch 5⟧ thực hiện nghị quyết này.", "D3 issuedBy O1"),
    ("⟦D2|Nghị quyết 25⟧ nói về đất. Hôm qua huyện ra nghị quyết về chợ.\nHôm nay ⟦O1|Tỉnh ủy⟧ ban hành ⟦D3|Kế hoạch 5⟧ thực hiện nghị quyết này.", "D3 issuedBy O1"),
    ("⟦D1|Nghị quyết 25⟧ nói về dân vận.\nThực hiện Nghị quyết trên, ⟦O1|Tỉnh ủy⟧ đã họp.", "O1 implements D1"),
    ("⟦D1|Nghị quyết 25⟧ nói về dân vận.\n⟦O1|Tỉnh ủy⟧ đã thực hiện nghị quyết trên địa bàn, thực hiện các nghị quyết này.", ""),
    ("⟦O1|Bộ Chính trị⟧ ban hành ⟦D1|Chỉ thị 45⟧ về đại hội; chỉ thị mới thay thế ⟦D2|Chỉ thị 35⟧.", "D1 issuedBy O1; D1 replaces D2"),
    ("Xã còn niêm yết ⟦D1|Quyết định 15⟧, dù văn bản này đã được thay thế bằng ⟦D2|Quyết định 22⟧.", "D2 replaces D1"),
    ("Xã còn niêm yết ⟦D1|Quyết định 15⟧, ⟦D3|Quyết định 16⟧, dù văn bản này đã được thay thế bằng ⟦D2|Quyết định 22⟧.", ""),
    ("⟦D1|Nghị quyết 58⟧ nói về lính biên phòng; cụ thể hóa Nghị quyết này, ⟦O1|Chính phủ⟧ ban hành ⟦D2|Nghị định 100⟧; ⟦D3|Nghị quyết 49⟧ của ⟦O2|Quốc hội⟧.", "D2 issuedBy O1; D2 implements D1; D3 issuedBy O2"),
    ("⟦O1|Tỉnh đoàn⟧ phát động phong trào “⟦C1|Sạch làng⟧”.\n⟦O2|Hội Nông dân⟧ đã hưởng ứng phong trào này; ⟦O3|Hội Phụ nữ⟧ đẩy mạnh phong trào bằng 5 vườn hoa.", "C1 launchedBy O1; O2 promotes C1; O3 promotes C1"),
    ("⟦O1|Tỉnh đoàn⟧ phát động phong trào “⟦C1|Sạch làng⟧”.\n⟦O2|Hội Nông dân⟧ đã phát động phong trào; ⟦O3|Hội Phụ nữ⟧ đẩy mạnh phong trào thi đua yêu nước.", "C1 launchedBy O1"),
    ("⟦O1|Tỉnh đoàn⟧ phát động phong trào “⟦C1|Sạch làng⟧”, “⟦C2|Xanh phố⟧”.\n⟦O2|Hội Nông dân⟧ đã hưởng ứng phong trào.", "C1 launchedBy O1; C2 launchedBy O1"),
    # items that open with their issuer, lists of a body, who is said to have done so, bare type words
    ("Kết quả ban hành văn bản:\n2. ⟦O1|Tỉnh ủy⟧: ⟦D1|Kế hoạch số 14-KH/TU⟧ thực hiện ⟦D2|Kết luận 43⟧ của ⟦O2|Ban Bí thư⟧; ⟦D3|Quy chế số 11-QC/TU⟧ thực hiện ⟦D4|Quyết định 23⟧.", "D1 issuedBy O1; D3 issuedBy O1; D1 implements D2; D2 issuedBy O2; D3 implements D4"),
    ("⟦O1|Bộ Nội vụ⟧: ⟦D1|Nghị định 29⟧ không áp dụng với người nghỉ việc.", ""),
    ("Đó là một loạt kết luận của ⟦O1|Bộ Chính trị⟧: ⟦D1|Kết luận số 126-KL/TW⟧, ⟦D2|Kết luận số 127-KL/TW⟧.", "D1 issuedBy O1; D2 issuedBy O1"),
    ("Ông An cho biết ⟦O1|Tỉnh ủy Sơn Lâm⟧ đã quán triệt ⟦D1|Nghị quyết 18⟧.", "O1 implements D1"),
    ("⟦O1|Huyện ủy⟧ bàn ⟦D1|Nghị quyết 18⟧.\nĐể triển khai Nghị quyết, ⟦O1|Huyện ủy⟧ ban hành ⟦D2|Kế hoạch 5⟧ và thực hiện nghị quyết.", "D2 issuedBy O1; D2 implements D1"),
    ("⟦D1|Kế hoạch số 5/KH-UBND⟧ về nâng cao chất lượng phong trào thi đua “⟦C1|Sạch làng⟧”.", "D1 promotes C1"),
    ("⟦O1|Tỉnh đoàn⟧ phát động phong trào “⟦C1|Sạch làng⟧”.\n⟦O2|Bộ Y tế⟧ thực hiện chương trình này từ năm 2010.", "C1 launchedBy O1"),
    ("⟦D1|Quyết định 5⟧ của ⟦O1|UBND tỉnh⟧ về thực hiện ⟦D2|Nghị quyết 7⟧; căn cứ ⟦D3|Luật Đất đai⟧, ⟦O2|Sở Xây dựng⟧ đã xử phạt ba hộ.", "D1 issuedBy O1; D1 implements D2"),
    ("⟦O1|Chính phủ⟧ liền ban hành ⟦D1|Nghị định 29/1998/NĐ-CP⟧, rồi ⟦D2|Nghị định 71/1998/NĐ-CP⟧.", "D1 issuedBy O1; D2 issuedBy O1"),
    # a paragraph that is broken into lines, and a line that stands by itself
    ("Thành phố yêu cầu các sở tập trung triển khai nhiều nhiệm vụ quan trọng của\n⟦D1|Kết luận số 45-KL/TW⟧ ngày 1/2/2019 của ⟦O1|Ban Bí thư⟧ về tiếp tục đẩy mạnh và\nthực hiện có hiệu quả ⟦D2|Chỉ thị số 18-CT/TW⟧ về giao thông.", "D1 issuedBy O1; D1 implements D2"),
    ("Sáng nay tại thành phố Sơn Lâm đã có buổi làm việc với đoàn của ⟦O1|Ban Bí thư⟧\nThực hiện ⟦D2|Chỉ thị số 18-CT/TW⟧ là việc của mọi nhà.", ""),
    # a body issues a document
    ("⟦O1|Tỉnh ủy Sơn Lâm⟧ đã ban hành ⟦D1|Nghị quyết số 05-NQ/TU⟧ về chuyển đổi số.", "D1 issuedBy O1"),
    ("⟦O1|UBND tỉnh Sơn Lâm⟧ vừa ban hành ⟦D1|Quyết định số 12/2021/QĐ-UBND⟧, ⟦D2|Quyết định số 13/2021/QĐ-UBND⟧.", "D1 issuedBy O1; D2 issuedBy O1"),
    ("Ngày 12/3/2020, ⟦O1|Huyện ủy Đông Khê⟧ có ⟦D1|Công văn số 88-CV/HU⟧ gửi các chi bộ.", "D1 issuedBy O1"),
    ("⟦O1|Sở Y tế Sơn Lâm⟧ cũng đã có ⟦D1|Công văn 215/SYT-NVY⟧.", "D1 issuedBy O1"),
    ("Thay mặt ⟦O1|Bộ Chính trị⟧, đồng chí Trần Văn An đã ký ban hành ⟦D1|Kết luận số 09-KL/TW⟧.", "D1 issuedBy O1"),
    ("Thay mặt ⟦O1|Ban Thường vụ Tỉnh ủy⟧, đồng chí Lê Thị Hoa, Phó Bí thư ⟦O2|Tỉnh ủy⟧ đã ký ban hành ⟦D1|Kế hoạch số 44-KH/TU⟧.", "D1 issuedBy O1"),
    ("Ông Lê Văn An, Bí thư ⟦O1|Quân ủy Trung ương⟧ kiêm Bộ trưởng ⟦O2|Bộ Quốc phòng⟧ ký ⟦D1|Quyết định số 54/QĐ-QP⟧.", "D1 issuedBy O2"),
    ("⟦O1|Đảng ủy Công an Trung ương⟧ và lãnh đạo ⟦O2|Bộ Công an⟧ ban hành ⟦D1|Nghị quyết số 17-NQ/ĐUCA⟧, ⟦D2|Chỉ thị số 8/CT-BCA⟧ để lãnh đạo, chỉ đạo công an các đơn vị thực hiện ⟦D3|Nghị quyết số 12-NQ/TW⟧.", "D1 issuedBy O1; D1 issuedBy O2; D2 issuedBy O1; D2 issuedBy O2; D1 implements D3; D2 implements D3"),
    ("⟦O1|Tỉnh ủy⟧ ban hành ⟦D1|Chỉ thị 5⟧ để lãnh đạo các cấp ủy kiểm tra doanh nghiệp thực hiện ⟦D2|Luật Đất đai⟧.", "D1 issuedBy O1"),
    ("⟦O1|UBND tỉnh⟧ giao tại ⟦D1|Quyết định số 5/QĐ-UBND⟧ cho ⟦O2|Sở Y tế⟧ thực hiện ⟦D2|Kế hoạch 7⟧.", ""),
    ("Thực hiện nhiệm vụ ⟦O1|Thủ tướng Chính phủ⟧ giao tại ⟦D1|Quyết định số 1665/QĐ-TTg⟧, ⟦O2|Bộ Y tế⟧ tổ chức ngày hội.", "O2 implements D1"),
    ("⟦D1|Công văn số 1295/LĐLĐ⟧ - Về việc tiếp tục đẩy mạnh tuyên truyền thực hiện cuộc vận động “⟦C1|Sạch làng⟧”.", "D1 promotes C1"),
    ("⟦O1|Tỉnh ủy⟧ ban hành ⟦D1|Nghị quyết 17⟧ và ⟦D2|Kế hoạch 44⟧ nhằm cụ thể hóa ⟦D3|Nghị quyết 12⟧.", "D1 issuedBy O1; D2 issuedBy O1; D1 implements D3; D2 implements D3"),
    ("⟦O1|Tỉnh ủy⟧ ban hành ⟦D1|Nghị quyết 17⟧ và ⟦D2|Kế hoạch 44⟧ thực hiện ⟦D3|Nghị quyết 12⟧.", "D1 issuedBy O1; D2 issuedBy O1; D2 implements D3"),
    ("Sau khi nghe ⟦O1|Sở Tài chính⟧ báo cáo, đồng chí Bí thư ⟦O2|Thành ủy⟧ kết luận, về thu ngân sách: Triển khai quyết liệt ⟦D1|Chỉ thị 9⟧.", ""),
    ("Chủ tịch ⟦O1|UBND tỉnh⟧ Nguyễn Văn An đã phát động phong trào thi đua “⟦C1|Giọt nước chung⟧”.", "C1 launchedBy O1"),
    ("Chủ tịch ⟦O1|UBND tỉnh⟧ Nguyễn Văn An đã dự lễ phát động phong trào thi đua “⟦C1|Giọt nước chung⟧”.", ""),
    ("Ngày 4/4, Chủ tịch ⟦O1|UBND tỉnh Sơn Lâm⟧ Lê Văn Bình đã ký ⟦D1|Quyết định số 77/QĐ-UBND⟧.", "D1 issuedBy O1"),
    ("Bộ trưởng ⟦O1|Bộ Y tế⟧ vừa ký ban hành ⟦D1|Thông tư 07/2021/TT-BYT⟧.", "D1 issuedBy O1"),
    ("⟦D1|Nghị định 43/2014/NĐ-CP⟧ do ⟦O1|Chính phủ⟧ ban hành đã gỡ nhiều vướng mắc.", "D1 issuedBy O1"),
    ("⟦D1|Luật Đất đai năm 2013⟧ được ⟦O1|Quốc hội⟧ khóa XIII thông qua ngày 29/11/2013.", "D1 issuedBy O1"),
    ("⟦D1|Chỉ thị số 05-CT/TU⟧ được ⟦O1|Ban Thường vụ Tỉnh ủy Sơn Lâm⟧ ban hành ngày 5/6/2018.", "D1 issuedBy O1"),
    ("Theo ⟦D1|Chỉ thị 16⟧ của ⟦O1|Thủ tướng Chính phủ⟧, người dân ở nhà.", "D1 issuedBy O1"),
    ("Theo ⟦D1|Quyết định số 9/QĐ-UBND⟧ ngày 3/1/2019 của Chủ tịch ⟦O1|UBND huyện Đông Khê⟧, hộ dân được bồi thường.", "D1 issuedBy O1"),
    ("Bám sát ⟦D1|Kết luận số 70-KL/TW⟧ (ngày 9/7/2020) của ⟦O1|Bộ Chính trị⟧, ⟦O2|Ban Bí thư⟧.", "D1 issuedBy O1; D1 issuedBy O2"),
    ("Theo ⟦D1|Quyết định 217⟧, ⟦D2|218⟧ của ⟦O1|Bộ Chính trị⟧.", "D1 issuedBy O1; D2 issuedBy O1"),
    ("Theo ⟦D1|Quyết định 217⟧ và ⟦D2|Quyết định 218⟧ của ⟦O1|Bộ Chính trị⟧.", "D1 issuedBy O1; D2 issuedBy O1"),
    ("Sở Nội vụ đã tham mưu cho ⟦O1|UBND tỉnh Sơn Lâm⟧ ban hành ⟦D1|Kế hoạch số 15/KH-UBND⟧.", "D1 issuedBy O1"),
    ("Năm 2012 ⟦O1|Thành ủy Bình Hải⟧ ra ⟦D1|Nghị quyết số 8-NQ/TU⟧.", "D1 issuedBy O1"),
    # a document carries out a document
    ("⟦O1|Tỉnh ủy⟧ đã ban hành ⟦D1|Chương trình hành động số 23-CTr/TU⟧ ngày 25/7/2013 về thực hiện ⟦D2|Nghị quyết số 25-NQ/TW⟧ của ⟦O2|Ban Chấp hành Trung ương⟧.", "D1 issuedBy O1; D1 implements D2; D2 issuedBy O2"),
    ("⟦O1|Huyện ủy Đông Khê⟧ đã ban hành ⟦D1|Kế hoạch số 31-KH/HU⟧ để triển khai thực hiện ⟦D2|Nghị quyết Trung ương 6 (khóa XII)⟧.", "D1 issuedBy O1; D1 implements D2"),
    ("⟦O1|UBND tỉnh⟧ ban hành ⟦D1|Kế hoạch số 10/KH-UBND⟧ triển khai ⟦D2|Nghị quyết số 30/NQ-CP⟧ trên địa bàn.", "D1 issuedBy O1; D1 implements D2"),
    ("Cuộc họp bàn về ⟦D1|Chương trình số 7-CTr/TU⟧ của ⟦O1|Tỉnh ủy Sơn Lâm⟧ thực hiện ⟦D2|Nghị quyết 19-NQ/TW⟧.", "D1 issuedBy O1; D1 implements D2"),
    ("Thực hiện ⟦D1|Nghị quyết số 18-NQ/TW⟧ của ⟦O1|Ban Chấp hành Trung ương⟧, ngày 5/2/2018, ⟦O2|Tỉnh ủy Sơn Lâm⟧ đã ban hành ⟦D2|Kế hoạch số 60-KH/TU⟧.", "D1 issuedBy O1; D2 issuedBy O2; D2 implements D1"),
    ("Căn cứ ⟦D1|Luật Tổ chức chính quyền địa phương⟧, ⟦O1|UBND tỉnh Sơn Lâm⟧ ban hành ⟦D2|Quyết định số 44/2020/QĐ-UBND⟧.", "D2 issuedBy O1; D2 basedOn D1"),
    ("Thực hiện ⟦D1|Chỉ thị số 6/CT-TTg⟧ ngày 31/1/2020 về việc tăng cường phòng dịch và ⟦D2|Nghị quyết số 3/NQ-BVHTTDL⟧ ngày 31/1/2020 của Bộ trưởng ⟦O1|Bộ Văn hóa, Thể thao và Du lịch⟧ về việc phòng dịch trong lễ hội; Ngày 1/2/2020, ⟦O2|UBND tỉnh Sơn Lâm⟧ ban hành ⟦D3|Công văn số 26/UBND-VX⟧ chỉ đạo phòng dịch.", "D2 issuedBy O1; D3 issuedBy O2; D3 implements D1; D3 implements D2"),
    ("Thực hiện ⟦D1|Chỉ thị số 6/CT-TTg⟧; các xã họp dân; ⟦O1|UBND huyện Đông Khê⟧ ban hành ⟦D2|Kế hoạch số 2/KH-UBND⟧.", "D2 issuedBy O1"),
    # a body carries out a document
    ("⟦O1|Tỉnh ủy Sơn Lâm⟧ đã triển khai thực hiện nghiêm túc ⟦D1|Chỉ thị số 05-CT/TW⟧ của ⟦O2|Bộ Chính trị⟧.", "O1 implements D1; D1 issuedBy O2"),
    ("Thực hiện ⟦D1|Chỉ thị 40⟧ của ⟦O1|Ban Bí thư⟧, ⟦O2|Huyện ủy Đông Khê⟧ đã chỉ đạo kiện toàn tổ chức.", "D1 issuedBy O1; O2 implements D1"),
    ("Qua 5 năm thực hiện ⟦D1|Nghị quyết 25-NQ/TW⟧, ⟦O1|Đảng bộ huyện Đông Khê⟧ đã đạt nhiều kết quả.", "O1 implements D1"),
    ("⟦O1|Công an tỉnh⟧, ⟦O2|Bộ Chỉ huy Quân sự tỉnh⟧ đã phối hợp với ⟦O3|Sở Y tế⟧ thực hiện nghiêm ⟦D1|Chỉ thị 16/CT-TTg⟧.", "O1 implements D1; O2 implements D1"),
    ("⟦O1|Thành ủy Bình Hải⟧ tập trung lãnh đạo, chỉ đạo; quán triệt ⟦D1|Quy định 08⟧; ⟦D2|Kết luận 21⟧ của ⟦O2|Bộ Chính trị⟧.", "O1 implements D1; O1 implements D2; D2 issuedBy O2"),
    ("⟦D1|Nghị quyết số 11-NQ/TU⟧ được ⟦O1|Thị ủy Phú Trà⟧ triển khai thực hiện đồng bộ.", "O1 implements D1"),
    ("⟦O1|Đảng ủy xã Tân Khê⟧ tổ chức hội nghị quán triệt, triển khai ⟦D1|Nghị quyết Đại hội XIII của Đảng⟧.", "O1 implements D1"),
    ("⟦O1|Tỉnh ủy Sơn Lâm⟧ đã lãnh đạo, chỉ đạo các cấp ủy, chính quyền tổ chức thực hiện có hiệu quả ⟦D1|Nghị quyết 26-NQ/TW⟧.", "O1 implements D1"),
    ("⟦O1|Ban Thường vụ Huyện ủy⟧ đã cụ thể hóa ⟦D1|Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV⟧.", "O1 implements D1"),
    # documents on documents
    ("⟦D1|Nghị định 148/2020/NĐ-CP⟧ sửa đổi, bổ sung một số điều của ⟦D2|Nghị định 43/2014/NĐ-CP⟧.", "D1 amends D2"),
    ("⟦O1|Chính phủ⟧ ban hành ⟦D1|Nghị định 15/2020/NĐ-CP⟧ quy định xử phạt trong lĩnh vực bưu chính, thay thế ⟦D2|Nghị định 174/2013/NĐ-CP⟧.", "D1 issuedBy O1; D1 replaces D2"),
    ("⟦D1|Nghị định số 46⟧ được thay thế bởi ⟦D2|Nghị định 100/2019/NĐ-CP⟧.", "D2 replaces D1"),
    ("⟦D1|Quyết định số 5/QĐ-UBND⟧ bãi bỏ ⟦D2|Quyết định số 3/QĐ-UBND⟧ và ⟦D3|Quyết định số 4/QĐ-UBND⟧.", "D1 repeals D2; D1 repeals D3"),
    ("⟦D1|Thông tư 02/2015/TT-BTC⟧ hướng dẫn thi hành ⟦D2|Luật Quản lý thuế⟧ còn hiệu lực.", "D1 guides D2"),
    ("⟦D1|Nghị định 10/2022/NĐ-CP⟧ ngày 15/1/2022 của ⟦O1|Chính phủ⟧ quy định chi tiết một số điều của ⟦D2|Luật Đầu tư⟧.", "D1 guides D2; D1 issuedBy O1"),
    ("⟦D1|Luật Cán bộ, công chức⟧ đã được sửa đổi, bổ sung một số điều theo ⟦D2|Luật số 52/2019/QH14⟧.", "D2 amends D1"),
    ("⟦D1|Nghị định 30/2020/NĐ-CP⟧ có hiệu lực từ ngày 5/3/2020.\nNghị định này thay thế ⟦D2|Nghị định số 110/2004/NĐ-CP⟧.", "D1 replaces D2"),
    ("⟦O1|Bộ Tài chính⟧ ban hành ⟦D1|Thông tư 9/2021/TT-BTC⟧.\nThông tư có hiệu lực từ 1/7/2021 và thay thế ⟦D2|Thông tư 5/2019/TT-BTC⟧.", "D1 issuedBy O1; D1 replaces D2"),
    ("⟦D1|Quyết định số 8/QĐ-UBND⟧ ban hành căn cứ ⟦D2|Luật Xây dựng⟧.", "D1 basedOn D2"),
    ("⟦D1|Nghị định 40/2025/NĐ-CP⟧ của ⟦O1|Chính phủ⟧ quy định chức năng, nhiệm vụ và cơ cấu của ⟦O2|Bộ Công Thương⟧, được sửa đổi, bổ sung bởi ⟦D2|Nghị định 109/2025/NĐ-CP⟧ và ⟦D3|Nghị định 193/2025/NĐ-CP⟧.", "D1 issuedBy O1; D2 amends D1; D3 amends D1"),
    ("⟦D1|Nghị định 40/2025/NĐ-CP⟧ đã có hiệu lực; mức phí được sửa đổi, bổ sung bởi ⟦D2|Nghị định 109/2025/NĐ-CP⟧.", ""),
    # reviews
    ("Sáng 5/6, ⟦O1|Tỉnh ủy Sơn Lâm⟧ tổ chức hội nghị tổng kết 10 năm thực hiện ⟦D1|Nghị quyết 25-NQ/TW⟧.", "O1 reviews D1"),
    ("⟦O1|Huyện ủy Đông Khê⟧ sơ kết 3 năm việc thực hiện ⟦D1|Chỉ thị 05-CT/TW⟧.", "O1 reviews D1"),
    ("⟦D1|Báo cáo số 120-BC/TU⟧ tổng kết 5 năm thực hiện ⟦D2|Nghị quyết 35-NQ/TW⟧ nêu ba bài học.", "D1 reviews D2"),
    # campaigns
    ("⟦O1|Thủ tướng Chính phủ⟧ phát động phong trào thi đua “⟦C1|Chung sức vì vùng cao⟧”.", "C1 launchedBy O1"),
    ("⟦O1|Hội Nông dân huyện⟧ hưởng ứng phong trào “⟦C1|Sạch làng, đẹp ngõ⟧” do ⟦O2|UBND tỉnh⟧ phát động.", "O1 promotes C1; C1 launchedBy O2"),
    ("⟦O1|MTTQ tỉnh⟧ đẩy mạnh các phong trào “⟦C1|Nhà sạch⟧”, “⟦C2|Vườn xanh⟧” và cuộc vận động “⟦C3|Bữa cơm đủ⟧”.", "O1 promotes C1; O1 promotes C2; O1 promotes C3"),
    ("Hưởng ứng cuộc vận động “⟦C1|Góp sách⟧”, ⟦O1|Tỉnh đoàn Sơn Lâm⟧ đã quyên góp 2.000 cuốn.", "O1 promotes C1"),
    ("Phong trào “⟦C1|Giọt nước chung⟧” do ⟦O1|Bộ Công an⟧ và ⟦O2|Bộ Quốc phòng⟧ phát động đã lan rộng.", "C1 launchedBy O1; C1 launchedBy O2"),
    ("⟦D1|Kế hoạch số 3/KH-UBND⟧ phát động phong trào thi đua “⟦C1|Cùng nhau số hóa⟧”.", "C1 launchedBy D1"),
    # of several registers
    ("Triển khai ⟦D1|Nghị quyết số 08-NQ/TU⟧ của ⟦O1|Tỉnh ủy Sơn Lâm⟧, đến nay ⟦O2|UBND huyện Đông Khê⟧ đã hoàn thành 8/10 chỉ tiêu.", "D1 issuedBy O1; O2 implements D1"),
    ("⟦O1|Ban Thường vụ Tỉnh ủy⟧ vừa có ⟦D1|Công văn số 1300-CV/TU⟧ về việc tăng cường thực hiện ⟦D2|Chỉ thị số 13-CT/TW⟧ của ⟦O2|Ban Bí thư⟧.", "D1 issuedBy O1; D1 implements D2; D2 issuedBy O2"),
    ("⟦O1|Liên đoàn Lao động tỉnh Sơn Lâm⟧ đã phát động và tổ chức phong trào thi đua “⟦C1|Lao động giỏi⟧”, “⟦C2|Xanh - sạch⟧”.", "C1 launchedBy O1; C2 launchedBy O1; O1 promotes C1; O1 promotes C2"),
    ("Cuộc vận động “⟦C1|Góp sách⟧” được ⟦O1|Tỉnh đoàn⟧ phát động từ năm 2016.", "C1 launchedBy O1"),
    ("Nhằm cụ thể hóa ⟦D1|Nghị quyết 36-NQ/TW⟧, ⟦O1|Tỉnh ủy Sơn Lâm⟧ ban hành ⟦D2|Chương trình hành động số 20-CTr/TU⟧.", "D2 issuedBy O1; D2 implements D1"),
    ("⟦O1|UBND tỉnh Sơn Lâm⟧ ban hành ⟦D1|Quyết định số 50/2019/QĐ-UBND⟧ sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo ⟦D2|Quyết định số 30/2016/QĐ-UBND⟧.", "D1 issuedBy O1; D1 amends D2"),
    ("⟦D1|Thông tư 15/2021/TT-BTC⟧ có hiệu lực thi hành kể từ ngày 5/4/2021 và thay thế ⟦D2|Thông tư 84/2016/TT-BTC⟧, ⟦D3|Thông tư 85/2016/TT-BTC⟧.", "D1 replaces D2; D1 replaces D3"),
    ("⟦O1|Đảng bộ huyện Đông Khê⟧ đã triển khai thực hiện nghiêm túc, có hiệu quả ⟦D1|Nghị quyết Trung ương 4 (khóa XI)⟧, ⟦D2|Chỉ thị số 03-CT/TW⟧ của ⟦O2|Bộ Chính trị⟧.", "O1 implements D1; O1 implements D2; D2 issuedBy O2"),
    ("Thực hiện ⟦D1|Nghị quyết số 42/NQ-CP⟧ của ⟦O1|Chính phủ⟧ và ⟦D2|Quyết định số 15/2020/QĐ-TTg⟧ của ⟦O2|Thủ tướng Chính phủ⟧, ⟦O3|UBND xã Tân Khê⟧ đã chi trả cho 300 hộ.", "D1 issuedBy O1; D2 issuedBy O2; O3 implements D1; O3 implements D2"),
    ("⟦O1|Tỉnh ủy Sơn Lâm⟧ tổ chức Hội nghị trực tuyến toàn tỉnh nghiên cứu, học tập, quán triệt và triển khai thực hiện ⟦D1|Nghị quyết Hội nghị Trung ương 8 khóa XIII⟧.", "O1 implements D1"),
    ("Sáng 12/10, tại thành phố Bình Hải, ⟦O1|Ban Dân vận Trung ương⟧ tổ chức hội nghị sơ kết 5 năm thực hiện ⟦D1|Quyết định 217-QĐ/TW⟧, ⟦D2|Quyết định 218-QĐ/TW⟧ của ⟦O2|Bộ Chính trị⟧.", "O1 reviews D1; O1 reviews D2; D1 issuedBy O2; D2 issuedBy O2"),
    ("⟦D1|Hướng dẫn số 10-HD/BTCTW⟧ của ⟦O1|Ban Tổ chức Trung ương⟧ hướng dẫn thực hiện ⟦D2|Quy định số 22-QĐ/TW⟧.", "D1 issuedBy O1; D1 guides D2"),
    ("Theo ⟦D1|Nghị định 123/2020/NĐ-CP⟧ do ⟦O1|Chính phủ⟧ ban hành ngày 19/10/2020, doanh nghiệp dùng hóa đơn điện tử.", "D1 issuedBy O1"),
    ("⟦O1|Bộ Chính trị⟧ (khóa XII) đã ban hành ⟦D1|Nghị quyết số 52-NQ/TW⟧; ⟦O2|Chính phủ⟧ ban hành ⟦D2|Nghị quyết số 50/NQ-CP⟧ về Chương trình hành động thực hiện ⟦D1|Nghị quyết 52-NQ/TW⟧.", "D1 issuedBy O1; D2 issuedBy O2; D2 implements D1"),
    ("⟦O1|Mặt trận Tổ quốc và các đoàn thể huyện⟧ tích cực tham gia thực hiện cuộc vận động “⟦C1|Toàn dân đoàn kết⟧”, phong trào “⟦C2|Dân vận tốt⟧”.", "O1 promotes C1; O1 promotes C2"),
    ("Với tinh thần đó, ⟦O1|Công an tỉnh Sơn Lâm⟧ luôn gắn việc thực hiện ⟦D1|Chỉ thị 05⟧ với phong trào “⟦C1|Vì nước quên thân⟧”.", "O1 implements D1"),
    ("⟦O1|Chính phủ⟧ đã ban hành ⟦D1|Nghị định số 60/2021/NĐ-CP⟧ thay thế ⟦D2|Nghị định số 16/2015/NĐ-CP⟧ và bãi bỏ ⟦D3|Nghị định 54/2016/NĐ-CP⟧.", "D1 issuedBy O1; D1 replaces D2; D1 repeals D3"),
    ("⟦D1|Quyết định 1719/QĐ-TTg⟧ ngày 14/10/2021 của ⟦O1|Thủ tướng Chính phủ⟧ phê duyệt Chương trình được ban hành trên cơ sở ⟦D2|Nghị quyết 120/2020/QH14⟧ của ⟦O2|Quốc hội⟧.", "D1 issuedBy O1; D2 issuedBy O2; D1 basedOn D2"),
    ("Từ khi thực hiện ⟦D1|Luật Đất đai 2013⟧, ⟦O1|Sở Tài nguyên và Môi trường⟧ đã cấp 5.000 giấy.", "O1 implements D1"),
    ("⟦O1|Huyện ủy⟧, ⟦O2|UBND huyện Đông Khê⟧ đã tập trung chỉ đạo quyết liệt phong trào thi đua “⟦C1|Chung sức xây dựng nông thôn mới⟧”.", "O1 promotes C1; O2 promotes C1"),
    # an amended regulation that another document gave out; lists that share a type word or an issuer
    ("Theo Điều 11 ⟦D1|Luật Hộ tịch⟧ được sửa đổi bởi khoản 9 Điều 1 ⟦D2|Luật số 22/2008/QH12⟧, mức phạt tăng.", "D2 amends D1"),
    ("⟦O1|Chính phủ⟧ ban hành ⟦D1|Nghị định 9/2021/NĐ-CP⟧ sửa đổi, bổ sung một số điều của các nghị định quy định chi tiết thi hành ⟦D2|Luật Đất đai⟧.", "D1 issuedBy O1"),
    ("⟦O1|Bộ Y tế⟧ vừa ban hành ⟦D1|Thông tư 9⟧ sửa đổi, bổ sung một số điều của Quy chế xét tặng giải thưởng sáng kiến dành cho bác sĩ, điều dưỡng ở trạm y tế cơ sở và học viên các trường y ban hành kèm theo ⟦D2|Thông tư 7⟧.", "D1 issuedBy O1; D1 amends D2"),
    ("⟦D1|Quyết định 8⟧ bãi bỏ Quy định về quản lý bến thuyền trên sông Khê ban hành kèm theo ⟦D2|Quyết định 3⟧.", "D1 repeals D2"),
    ("Việc ban hành ⟦D1|Quyết định 935⟧, ⟦D2|936⟧ của ⟦O1|Tỉnh ủy⟧ dựa trên tinh thần ⟦D3|Kết luận 218⟧.", "D1 issuedBy O1; D2 issuedBy O1; D1 basedOn D3; D2 basedOn D3"),
    ("⟦D1|Luật Đất đai⟧, ⟦D2|Nghị định 43⟧ hướng dẫn ⟦D3|Luật Nhà ở⟧ đều có hiệu lực.", "D2 guides D3"),
    ("⟦O1|Tỉnh ủy Sơn Lâm⟧ triển khai ⟦D1|Nghị quyết Trung ương 8 (khóa XI)⟧ về “Giữ nước từ sớm”, ⟦D2|Nghị quyết số 28-NQ/TW⟧ của ⟦O2|Bộ Chính trị⟧.", "O1 implements D1; O1 implements D2; D2 issuedBy O2"),
    ("Đây là chủ trương mà ⟦O1|Tỉnh ủy Sơn Lâm⟧ vừa thông qua trong ⟦D1|Nghị quyết 48⟧ hôm qua.", "D1 issuedBy O1"),
    ("⟦O1|Đảng ủy xã Tân Khê⟧ đã tổ chức cho đảng viên học tập, quán triệt đầy đủ ⟦D1|Chỉ thị 05⟧ về học tập và làm theo gương Bác, gắn với thực hiện ⟦D2|Nghị quyết Trung ương 4 khóa XII⟧.", "O1 implements D1; O1 implements D2"),
    ("⟦O1|Tỉnh ủy Sơn Lâm⟧ triển khai ⟦D1|Chỉ thị 05⟧ của ⟦O2|Bộ Chính trị⟧ về nêu gương gắn với việc thực hiện ⟦D2|Quy định 8⟧.", "O1 implements D1; O1 implements D2; D1 issuedBy O2"),
    ("⟦D1|Nghị định 9⟧ bãi bỏ khoản 2 Điều 6 của ⟦D2|Nghị định 7⟧ và khoản 1, Điều 3 ⟦D3|Nghị định 8⟧.", "D1 repeals D2; D1 repeals D3"),
    ("⟦O1|Đảng bộ xã Tân Khê⟧ đã quán triệt các chủ trương của Đảng, chính sách, pháp luật của Nhà nước, ⟦D1|Nghị quyết 25-NQ/TW⟧.", "O1 implements D1"),
    ("⟦O1|Đảng ủy xã Tân Khê⟧ đã tổ chức học tập, quán triệt các nghị quyết, chỉ thị của cấp trên, trọng tâm là ⟦D1|Nghị quyết 4⟧, ⟦D2|Chỉ thị 5⟧.", "O1 implements D1; O1 implements D2"),
    ("⟦D1|Quyết định 5⟧ được ban hành nhằm thực hiện ⟦D2|Nghị quyết 30⟧.", "D1 implements D2"),
    # lapsing, articles of an amending document, and lists under a heading
    ("⟦D1|Nghị định 96/2019/NĐ-CP⟧ ngày 19/12/2019 của ⟦O1|Chính phủ⟧ hết hiệu lực thi hành kể từ ngày ⟦D2|Nghị định 226/2025/NĐ-CP⟧ có hiệu lực.", "D1 issuedBy O1; D2 repeals D1"),
    ("⟦O1|Chính phủ⟧ ban hành ⟦D1|Nghị định 226/2025/NĐ-CP⟧ về đất đai.\nĐiều 2. Sửa đổi, bổ sung một số điều của ⟦D2|Nghị định số 88/2024/NĐ-CP⟧ ngày 15 tháng 7 năm 2024 của ⟦O1|Chính phủ⟧.\nĐiều 3. Bãi bỏ ⟦D3|Nghị định số 9/2020/NĐ-CP⟧.", "D1 issuedBy O1; D1 amends D2; D2 issuedBy O1; D1 repeals D3"),
    ("⟦O1|Chính phủ⟧ ban hành ⟦D1|Nghị định 8⟧, ⟦D2|Nghị định 9⟧.\nĐiều 2. Sửa đổi, bổ sung một số điều của ⟦D3|Nghị định 4⟧.", "D1 issuedBy O1; D2 issuedBy O1"),
    ("⟦O1|UBND xã Tân Khê⟧ đã ban hành các văn bản sau:\n1. ⟦D1|Quyết định 3⟧ về bến thuyền.\nNgười dân vui.\n- ⟦D3|Luật Nhà ở⟧ quy định khác.", "D1 issuedBy O1"),
    ("⟦O1|Tỉnh ủy Sơn Lâm⟧ đã quán triệt các văn bản sau:\n+ ⟦D1|Nghị quyết 4⟧ của ⟦O2|Bộ Chính trị⟧;\n+ ⟦D2|Chỉ thị 5⟧.", "D1 issuedBy O2; O1 implements D1; O1 implements D2"),
    ("⟦O1|Tỉnh ủy⟧ sơ kết 5 năm thực hiện ⟦D1|Nghị quyết 5⟧ về nêu gương gắn với thực hiện ⟦D2|Chỉ thị 4⟧.", "O1 reviews D1"),
    ("⟦O1|Sở Y tế⟧ nêu việc, mà ⟦O2|Tỉnh ủy⟧ đã chỉ đạo thực hiện ⟦D1|Nghị quyết 4⟧.", "O2 implements D1"),
    ("⟦O1|Quốc hội⟧ đã thông qua ⟦D1|Luật Nhà ở⟧.\nĐiều 5. Sửa đổi nội dung được nêu tại ⟦D2|Nghị quyết 4⟧ sau.\nĐiều 6. Theo ⟦D3|Luật Dược⟧, thuốc phải có nhãn.", "D1 issuedBy O1"),
    ("⟦D1|Thông tư 5⟧ có hiệu lực từ 1/7 và bãi bỏ các văn bản sau đây:\n\n- ⟦D2|Thông tư 3⟧ ngày 2/3/2011 của ⟦O1|Bộ Y tế⟧;\n\n- ⟦D3|Thông tư 4⟧ về hóa đơn.", "D1 repeals D2; D1 repeals D3; D2 issuedBy O1"),
    # what a list shares, and what stands in brackets inside it
    ("Theo ⟦D1|Chỉ thị số 35-CT/TW⟧ và ⟦D2|Kết luận số 118-KL/TW⟧ của ⟦O1|Bộ Chính trị⟧.", "D1 issuedBy O1; D2 issuedBy O1"),
    ("Theo ⟦D1|Chỉ thị số 35-CT/TW⟧, ⟦D2|Kết luận số 118-KL/TW⟧ của ⟦O1|Bộ Chính trị⟧.", "D2 issuedBy O1"),
    ("Theo ⟦D1|Luật số 43/2019/QH14⟧ và ⟦D2|Nghị định số 84/2020/NĐ-CP⟧ của ⟦O1|Chính phủ⟧.", "D2 issuedBy O1"),
    ("⟦O1|Chính phủ⟧ ban hành ⟦D1|Nghị định 12/2020/NĐ-CP⟧ (hướng dẫn ⟦D2|Luật Đầu tư⟧), ⟦D3|Nghị định 13/2020/NĐ-CP⟧ và ⟦D4|Nghị định 14/2020/NĐ-CP⟧.", "D1 issuedBy O1; D3 issuedBy O1; D4 issuedBy O1; D1 guides D2"),
    ("Thể chế hóa ⟦D1|Quy định số 69-QĐ/TW⟧ (sửa đổi, bổ sung tại ⟦D2|Quy định số 264-QĐ/TW⟧ của ⟦O1|Bộ Chính trị⟧), ⟦D3|Quy định số 296-QĐ/TW⟧.", "D2 amends D1; D2 issuedBy O1"),
    ("⟦O1|Chính phủ⟧ đã ban hành các nghị định: ⟦D1|Nghị định 12/2015/NĐ-CP⟧ hướng dẫn ⟦D2|Luật số 71/2014/QH13⟧; ⟦D3|Nghị định 111/2015/NĐ-CP⟧ về công nghiệp hỗ trợ.", "D1 issuedBy O1; D3 issuedBy O1; D1 guides D2"),
    ("Hưởng ứng các cuộc vận động do ⟦O1|MTTQ tỉnh⟧ phát động như cuộc vận động: “⟦C1|Sạch làng⟧”; cuộc vận động “⟦C2|Xanh phố⟧”; bảo vệ môi trường.", "C1 launchedBy O1; C2 launchedBy O1"),
    # what the type of a document tells: whose it may be, and what amends it
    ("⟦D1|Thông tư 4⟧ hướng dẫn ⟦D2|Luật Dược⟧ của ⟦O1|Bộ Y tế⟧.", "D1 guides D2"),
    ("Căn cứ ⟦D1|Nghị định 163⟧ quy định chi tiết một số điều của ⟦D2|Luật Ngân sách⟧ được sửa đổi, bổ sung bởi ⟦D3|Nghị định 149⟧.", "D1 guides D2; D3 amends D1"),
    ("Căn cứ ⟦D1|Nghị định 163⟧ quy định chi tiết một số điều của ⟦D2|Luật Ngân sách⟧ được sửa đổi, bổ sung bởi ⟦D3|Luật số 59⟧.", "D1 guides D2; D3 amends D2"),
    # who did what before giving something out
    ("Sau khi tổng kết, đánh giá việc thực hiện ⟦D1|Nghị quyết 11⟧, ⟦O1|Bộ Chính trị⟧ đã ban hành ⟦D2|Kết luận 24⟧.", "O1 reviews D1; D2 issuedBy O1"),
    ("Sau 5 năm thực hiện ⟦D1|Chỉ thị 5⟧, ⟦O1|Bộ Chính trị⟧ đã ban hành ⟦D2|Kết luận 21⟧.", "D2 issuedBy O1"),
    ("Qua gần 5 năm thực hiện ⟦D1|Chỉ thị 5⟧, ⟦O1|Đảng bộ xã⟧ đã đạt nhiều kết quả.", "O1 implements D1"),
    ("⟦D1|Chương trình 4⟧ được xem là bước cụ thể hóa ⟦D2|Nghị quyết 25⟧.", "D1 implements D2"),
    ("⟦D1|Quyết định 59⟧ ⟦D2|70⟧ ⟦D3|71⟧ của ⟦O1|Bộ Chính trị⟧ năm 2025 nêu gì?", "D1 issuedBy O1; D2 issuedBy O1; D3 issuedBy O1"),
    ("Thực hiện 2 quyết định trụ cột của ⟦O1|Bộ Chính trị⟧ (⟦D1|Quyết định 57⟧, ⟦D2|59⟧), ⟦O2|Tỉnh ủy⟧ đã ban hành ⟦D3|Chương trình 12⟧.", "D1 issuedBy O1; D2 issuedBy O1; D3 implements D1; D3 implements D2; D3 issuedBy O2"),
    ("⟦O1|Bộ Chính trị⟧ đã ban hành 2 nghị quyết quan trọng. Đó là ⟦D1|Nghị quyết 57⟧ về công nghệ; ⟦D2|Nghị quyết 59⟧ về hội nhập.", "D1 issuedBy O1; D2 issuedBy O1"),
    ("⟦O1|Ban Thường vụ Thành ủy⟧ đã ban hành nhiều văn bản chỉ đạo. Cụ thể: ⟦D1|Chỉ thị 24⟧ ngày 7/8/2023, ⟦D2|Kế hoạch 12⟧.", "D1 issuedBy O1; D2 issuedBy O1"),
    ("Đại hội bàn 2 cuộc vận động do ⟦O1|Hội Nông dân tỉnh⟧ phát động. Đó là các cuộc vận động: “⟦C1|Sạch làng⟧”, “⟦C2|Xanh phố⟧”.", "C1 launchedBy O1; C2 launchedBy O1"),
    ("⟦O2|Tỉnh ủy⟧ đã triển khai các văn bản của ⟦O1|Ban Bí thư⟧ như: ⟦D1|Chỉ thị 5⟧, ⟦D2|Kết luận 1⟧.", "D1 issuedBy O1; D2 issuedBy O1; O2 implements D1; O2 implements D2"),
    ("⟦O1|Chính phủ⟧ ban hành ⟦D1|Nghị định 147⟧ quản lý Internet; thay thế ⟦D2|Nghị định 72⟧.", "D1 issuedBy O1; D1 replaces D2"),
    ("⟦O1|Chính phủ⟧ ban hành ⟦D1|Nghị định 147⟧ quản lý Internet; có hiệu lực từ 25/12/2024 và thay thế ⟦D2|Nghị định 72⟧.", "D1 issuedBy O1; D1 replaces D2"),
    ("⟦D1|Nghị định 20⟧ và ⟦D2|Nghị định 21⟧ được thay thế bởi ⟦D3|Nghị định 10⟧.", "D3 replaces D1; D3 replaces D2"),
    ("⟦D1|Nghị định 20⟧, ⟦D2|Nghị định 21⟧ hết hiệu lực kể từ ngày ⟦D3|Nghị định 10⟧ có hiệu lực.", "D3 repeals D1; D3 repeals D2"),
    ("Căn cứ ⟦D1|Luật Đất đai⟧, ⟦D2|Luật Nhà ở⟧ được sửa đổi bởi ⟦D3|Luật số 43⟧.", "D3 amends D2"),
    ("⟦D1|Thông tư 12⟧, ⟦D2|Thông tư 13⟧ hướng dẫn ⟦D3|Luật Dược⟧.", "D1 guides D3; D2 guides D3"),
    ("⟦D1|Nghị định 96⟧ và ⟦D2|Thông tư 32⟧ quy định chi tiết ⟦D3|Luật Dược⟧.", "D1 guides D3; D2 guides D3"),
    ("Căn cứ để xử lý là ⟦D1|Nghị định 160⟧, ⟦D2|Nghị định 55⟧ và ⟦D3|Thông tư 4⟧ hướng dẫn ⟦D2|Nghị định 55⟧.", "D3 guides D2"),
    ("⟦O1|Huyện ủy Đông Khê⟧ đã ban hành các văn bản triển khai thực hiện ⟦D1|Nghị quyết 68⟧: ⟦D2|Kế hoạch 310⟧, ⟦D3|Kế hoạch 12⟧.", "D2 issuedBy O1; D3 issuedBy O1; D2 implements D1; D3 implements D1"),
    ("⟦D1|Nghị quyết 57⟧ đã được ⟦O1|UBND tỉnh⟧ cụ thể hóa tại ⟦D2|Kế hoạch 220⟧.", "D2 issuedBy O1; D2 implements D1"),
    ("Hội nghị do ⟦O1|Bộ Chính trị⟧, ⟦O2|Ban Bí thư⟧ tổ chức quán triệt ⟦D1|Nghị quyết 66⟧.", "O1 implements D1; O2 implements D1"),
    ("⟦D1|Luật Đất đai 2024⟧ thay thế ⟦D2|Luật Đất đai 2013⟧, được ⟦O1|Quốc hội⟧ thông qua ngày 18/1/2024.", "D1 replaces D2; D1 issuedBy O1"),
    ("⟦D1|Chương trình 12⟧ thực hiện ⟦D2|Nghị quyết 57⟧ đã được ⟦O1|UBND tỉnh⟧ cụ thể hóa bằng ⟦D3|Kế hoạch 220⟧.", "D1 implements D2; D3 issuedBy O1; D3 implements D1"),
    ("⟦D1|Quy chế số 1⟧ giữa ⟦O1|Tỉnh ủy Sơn Lâm⟧ và ⟦O2|Bộ Tư lệnh Quân khu⟧.", "D1 issuedBy O1; D1 issuedBy O2"),
    ("⟦O1|Tỉnh đoàn⟧ vừa phát động cuộc thi viết và phong trào “⟦C1|4 mới⟧” trong thanh niên.", "C1 launchedBy O1"),
    ("⟦O1|Tỉnh ủy⟧ đã ban hành nhiều văn bản. Cụ thể: Thực hiện ⟦D1|Nghị quyết 57⟧, ⟦O1|Tỉnh ủy⟧ đã ban hành ⟦D2|Kế hoạch 5⟧.", "D2 implements D1; D2 issuedBy O1"),
    ("Sau một năm thực hiện ⟦D1|Nghị quyết 5⟧, ⟦O1|UBND tỉnh⟧ đã ký hợp đồng với ba công ty.", "O1 implements D1"),
    ("Theo ⟦D1|Nghị quyết số 18-NQ/TW⟧ và ⟦D2|Kết luận số 50-KL/TW⟧ của ⟦O1|Bộ Chính trị⟧.", "D2 issuedBy O1"),
    # a plural that stands for several
    ("⟦O1|Bộ Chính trị⟧ ban hành ⟦D1|Nghị quyết 3⟧.\nSau đó có ⟦D2|Nghị quyết 42⟧ và ⟦D3|Nghị quyết 11⟧. Sau khi tổng kết hai nghị quyết trên, ⟦O1|Bộ Chính trị⟧ kết luận.", "D1 issuedBy O1; O1 reviews D2; O1 reviews D3"),
    ("⟦D1|Nghị định 170⟧ và ⟦D2|Nghị định 171⟧ có hiệu lực. Hai nghị định này thay thế ⟦D3|Nghị định 138⟧.", "D1 replaces D3; D2 replaces D3"),
    ("⟦D1|Nghị định 170⟧, ⟦D2|Nghị định 171⟧ có hiệu lực.\nCác nghị định nêu trên đã thay thế ⟦D3|Nghị định 138⟧.", "D1 replaces D3; D2 replaces D3"),
    ("⟦O1|Bộ Chính trị⟧ ban hành ⟦D1|Nghị quyết 57⟧, ⟦D2|Nghị quyết 59⟧. ⟦O2|Tỉnh ủy⟧ ban hành ⟦D3|Kế hoạch 12⟧ thực hiện các nghị quyết này.", "D1 issuedBy O1; D2 issuedBy O1; D3 issuedBy O2; D3 implements D1; D3 implements D2"),
    ("Các quy định sau đây hết hiệu lực thi hành kể từ ngày ⟦D1|Nghị định 226⟧ có hiệu lực thi hành (15/8/2025):\n- ⟦D2|Nghị định 96⟧ về giá đất;\n- ⟦D3|Nghị định 26⟧.", "D1 repeals D2; D1 repeals D3"),
]  # fmt: skip

# Sentences that name several things and state nothing between them.
SILENT = [
    "Hai nghị định của ⟦O1|Chính phủ⟧, ⟦D1|Thông tư 5⟧ hướng dẫn đã có hiệu lực.",
    "Kết quả trả lời:\n1. ⟦O1|Bộ Nội vụ⟧: ⟦D1|Nghị định 29⟧ không áp dụng với người nghỉ việc.",
    "⟦O1|Sở Xây dựng⟧ đề xuất thay ⟦D1|Quyết định 5⟧ bằng ⟦D2|Nghị quyết 6⟧.",
    "⟦O1|Huyện ủy⟧ yêu cầu các xã cụ thể hóa ⟦D1|Chỉ thị 08⟧ bằng ⟦D2|Kế hoạch 5⟧.",
    "⟦O1|UBND xã⟧ làm việc với ⟦O2|Sở Y tế⟧ về dự án được phê duyệt tại ⟦D1|Quyết định 5⟧.",
    "⟦O1|Thủ tướng Chính phủ⟧ phê duyệt dự án xử lý các vướng mắc tại ⟦D1|Quyết định 28⟧.",
    "Đại biểu khẳng định ⟦O1|Sở Y tế⟧ chưa thực hiện ⟦D1|Luật Dược⟧.",
    "⟦D1|Báo cáo 5⟧ về cuộc vận động “⟦C1|Sạch làng⟧” nêu nhiều hạn chế.",
    "⟦O1|Sở Y tế⟧ đã đăng chương trình hành động của ⟦O2|Chính phủ⟧ thực hiện ⟦D1|Nghị quyết 57⟧.",
    "⟦O1|Tỉnh ủy⟧ đã họp ba lần, việc thực hiện ⟦D1|Chỉ thị 05⟧ được đẩy mạnh hơn.",
    "⟦O1|Ban Thường vụ Huyện ủy⟧ đang chuẩn bị tổng kết việc thực hiện ⟦D1|Chỉ thị 30⟧.",
    "⟦O1|Tỉnh ủy⟧ chưa ban hành ⟦D1|Chương trình 12⟧ thực hiện ⟦D2|Nghị quyết số 25-NQ/TW⟧.",
    "⟦O1|Tỉnh ủy⟧ dự kiến ban hành ⟦D1|Chương trình 13⟧ thực hiện ⟦D2|Nghị quyết 29-NQ/TW⟧.",
    "⟦D1|Nghị quyết 25-NQ/TW⟧ và ⟦D2|Chỉ thị 05-CT/TW⟧ là hai văn bản quan trọng.",
    "Bí thư ⟦O1|Tỉnh ủy Sơn Lâm⟧ phát biểu về việc thực hiện ⟦D1|Nghị quyết 25-NQ/TW⟧.",
    "⟦O1|Tỉnh ủy⟧ họp; các địa phương đã thực hiện nghiêm ⟦D1|Chỉ thị 16⟧.",
    "⟦O1|Sở Tư pháp⟧ đề nghị các huyện thực hiện nghiêm ⟦D1|Luật Hộ tịch⟧.",
    "⟦O1|UBND tỉnh⟧ yêu cầu các sở, ngành thực hiện ⟦D1|Chỉ thị 16/CT-TTg⟧.",
    "⟦O1|Ủy ban Kiểm tra Tỉnh ủy⟧ kiểm tra việc thực hiện ⟦D1|Nghị quyết 04⟧ tại ba huyện.",
    "⟦O1|Đảng ủy xã Tân Khê⟧ không thực hiện ⟦D1|Quy định 37⟧.",
    "⟦O1|Công ty Hải Phú⟧ chưa thực hiện đúng ⟦D1|Luật Bảo vệ môi trường⟧.",
    "⟦O1|Chính phủ⟧ chưa ban hành ⟦D1|Nghị định 50⟧.",
    "⟦O1|Công ty Hải Phú⟧ xả thải trái quy định của ⟦D1|Luật Bảo vệ môi trường⟧.",
    "Theo ⟦O1|Bộ Y tế⟧, các địa phương thực hiện nghiêm ⟦D1|Chỉ thị 15⟧.",
    "Xã Tân Khê giãn cách theo ⟦D1|Chỉ thị 15⟧, ⟦O1|Công an xã⟧ lập chốt.",
    "Các cấp ủy đã triển khai thực hiện có hiệu quả phong trào thi đua “⟦C1|Sạch làng⟧”; ⟦O1|MTTQ tỉnh⟧ giám sát.",
    "⟦O1|Ban Dân vận⟧ tham mưu cho ⟦O2|Ban Thường vụ Tỉnh ủy⟧ triển khai thực hiện ⟦D1|Nghị quyết 25⟧.",
    "⟦O1|Tỉnh ủy⟧ khen thưởng 10 tập thể thực hiện tốt ⟦D1|Chỉ thị 05⟧.",
    "⟦O1|Hiệp hội Bất động sản⟧ kiến nghị ⟦O2|Chính phủ⟧ sửa đổi ⟦D1|Nghị định 43⟧.",
    "⟦O1|Bộ Công Thương⟧ đang nghiên cứu sửa đổi ⟦D1|Nghị định 19⟧.",
    "⟦O1|Quốc hội⟧ thảo luận dự án ⟦D1|Luật Đất đai (sửa đổi)⟧.",
    "Quy chế ban hành kèm theo ⟦D1|Quyết định số 68⟧ áp dụng cho ⟦O1|Sở Nội vụ⟧.",
    "Theo ⟦D1|Luật Đầu tư⟧, việc sửa đổi ⟦D2|Nghị định 12⟧ là cần thiết.",
    "⟦O1|Ban Thường vụ⟧ nghe báo cáo kết quả thực hiện ⟦D1|Nghị quyết 08⟧.",
    "Đại diện ⟦O1|Sở Công Thương⟧ cho biết, doanh nghiệp đã thực hiện ⟦D1|Nghị định 98⟧.",
    "Công tác dân vận của ⟦O1|Công an tỉnh⟧ được tăng cường; thực hiện có hiệu quả ⟦D1|Nghị quyết 25⟧.",
    "Người dân hưởng ứng phong trào “⟦C1|Sạch làng⟧” tại trụ sở ⟦O1|UBND xã⟧.",
    "⟦D1|Nghị định 30⟧ và ⟦D2|Nghị định 34⟧ còn hiệu lực.\nNghị định này thay thế ⟦D3|Nghị định 110⟧.",
    "Sau khi ⟦D1|Luật Thanh tra⟧ có hiệu lực, ⟦O1|Thanh tra tỉnh⟧ được sắp xếp lại.",
    "⟦O1|Bộ Nội vụ⟧ trả lời: trường hợp này không thuộc ⟦D1|Nghị định 29⟧.",
    "⟦O1|Hội Cựu chiến binh tỉnh⟧ tổng kết 15 năm phong trào “⟦C1|Giúp nhau làm kinh tế⟧”.",
    "Phó Thủ tướng Vũ Đức Đam vừa ký ⟦D1|Quyết định 622/QĐ-TTg⟧ phê duyệt kế hoạch.",
    "Đồng chí Lê Văn C, Bí thư ⟦O1|Tỉnh ủy⟧, yêu cầu ⟦O2|Sở Y tế⟧ thực hiện nghiêm ⟦D1|Chỉ thị 16⟧.",
    "⟦O1|Quốc hội⟧ giao ⟦O2|Chính phủ⟧ tổ chức thực hiện ⟦D1|Nghị quyết 43/2022/QH15⟧.",
    "Dự thảo thay thế ⟦D1|Nghị định 16⟧ đang được ⟦O1|Bộ Tài chính⟧ lấy ý kiến.",
    "Hội nghị quán triệt ⟦D1|Nghị quyết 18⟧ do ⟦O1|Tỉnh ủy⟧ tổ chức diễn ra sáng 5/6.",
    "⟦O1|Tỉnh ủy Sơn Lâm⟧ xác định việc thực hiện ⟦D1|Nghị quyết 18⟧ là nhiệm vụ trọng tâm.",
    "Căn cứ ⟦D1|Nghị quyết 5-NQ/TU⟧, các chi bộ xây dựng kế hoạch, ⟦O1|Đảng ủy xã⟧ kiểm tra.",
    "⟦O1|Thường trực HĐND tỉnh⟧ giám sát việc thực hiện ⟦D1|Nghị quyết 30⟧ tại ⟦O2|UBND huyện Đông Khê⟧.",
    "⟦O1|Sở Nội vụ⟧ thực hiện rà soát hồ sơ theo danh mục thủ tục ban hành kèm theo ⟦D1|Quyết định 68⟧.",
    "⟦O1|Tỉnh ủy⟧ đề nghị các huyện thực hiện ⟦D1|Chỉ thị 5⟧ về nêu gương, gắn với thực hiện ⟦D2|Quy định 8⟧.",
    "Người dân hỏi: Điều 2. Sửa đổi, bổ sung một số điều của ⟦D1|Nghị định 5⟧.\nĐiều 3. Sửa đổi, bổ sung ⟦D2|Nghị định 6⟧.",
    "⟦D1|Nghị định 7⟧ (sửa đổi, bổ sung năm 2021 theo ⟦D2|Nghị định 9⟧) còn hiệu lực.",
    "⟦O1|UBND tỉnh⟧ yêu cầu các huyện thực hiện:\n- ⟦D1|Nghị quyết 4⟧.",
    "⟦O1|Bộ Chính trị⟧ đã ban hành nghị quyết. Đó là tinh thần của ⟦D1|Nghị quyết 57⟧.",
    "⟦O1|Chính phủ⟧ ban hành nhiều nghị định. Cụ thể là ⟦D1|Luật Đất đai⟧ quy định rõ.",
    "⟦O1|Bộ Công Thương⟧ ban hành ⟦D1|Luật Giá⟧.",
    "Phấn đấu hoàn thành mục tiêu ⟦D1|Nghị quyết 20⟧ đề ra; thực hiện nghiêm ⟦D2|Quy định 144⟧.",
    "⟦D1|Nghị định 147⟧ còn hiệu lực; thay thế ⟦D2|Nghị định 72⟧ là việc nên làm.",
    "⟦D1|Nghị định 170⟧ và ⟦D2|Nghị định 171⟧ có hiệu lực. Ba nghị định này thay thế ⟦D3|Nghị định 138⟧.",
    "⟦D1|Nghị định 170⟧ và ⟦D2|Nghị định 171⟧ có hiệu lực. Các nghị định trên địa bàn thay thế ⟦D3|Nghị định 138⟧.",
    "⟦D1|Nghị định 9⟧ và ⟦D2|Thông tư 8⟧ đều nói về đất.\nCác văn bản cần xem:\n- ⟦D3|Nghị định 7⟧.",
]  # fmt: skip


@pytest.mark.parametrize(("marked", "stated"), STATED)
def test_states_what_the_sentence_states(marked: str, stated: str) -> None:
    assert say(marked) == set(filter(None, stated.split("; ")))


@pytest.mark.parametrize("marked", SILENT)
def test_states_nothing_from_mere_company(marked: str) -> None:
    assert say(marked) == set()


CUES = load_cues()


LETTER = """⟦O1|ỦY BAN NHÂN DÂN HUYỆN ĐÔNG KHÊ⟧
Số: ⟦D1|31/KH-UBND⟧
Đông Khê, ngày 3 tháng 2 năm 2020

KẾ HOẠCH
thực hiện ⟦D2|Nghị quyết số 19-NQ/TU⟧ của ⟦O2|Tỉnh ủy Sơn Lâm⟧

Căn cứ ⟦D3|Luật Thủy lợi⟧;
Căn cứ ⟦D4|Kế hoạch số 7/KH-UBND⟧ ngày 1/1/2020;

1. Mục đích
Các xã nắm vững ⟦D2|Nghị quyết số 19-NQ/TU⟧.
Kế hoạch này thay thế ⟦D5|Kế hoạch số 2/KH-UBND⟧.
Điều 2. Bãi bỏ các văn bản sau đây:
- ⟦D6|Quyết định số 1/QĐ-UBND⟧;
- ⟦D7|Quyết định số 3/QĐ-UBND⟧.
"""


def test_a_document_says_by_its_layout_who_issued_it_and_what_it_is_based_on() -> None:
    assert say(LETTER) == {
        "D1 issuedBy O1", "D1 implements D2", "D2 issuedBy O2", "D1 basedOn D3", "D1 basedOn D4",
        "D1 replaces D5", "D1 repeals D6", "D1 repeals D7",
    }  # fmt: skip


HEAD = """⟦O1|ỦY BAN NHÂN DÂN HUYỆN ĐÔNG KHÊ⟧
Số: ⟦D1|31/XX-UBND⟧
Đông Khê, ngày 3 tháng 2 năm 2020

{type}
về một số việc

"""
# The first sentence of a document, after its type, and what it states.
PREAMBLES = [
    ("CHỈ THỊ", "Để thực hiện ⟦D2|Quyết định 217⟧ của ⟦O2|Bộ Chính trị⟧, ⟦O1|UBND huyện⟧ yêu cầu:\n\n1. Học tập.", "D1 implements D2; D2 issuedBy O2"),
    ("KẾ HOẠCH", "Thực hiện ⟦D2|Quyết định 217⟧; căn cứ ⟦D3|Luật Nhà ở⟧, ⟦O3|UBND huyện⟧ xây dựng kế hoạch như sau:\n\nI. MỤC ĐÍCH", "D1 implements D2; D1 basedOn D3"),
    ("KẾ HOẠCH", "⟦O1|UBND huyện⟧ ban hành Kế hoạch thực hiện ⟦D2|Quyết định 217⟧ như sau:\n\nI. MỤC ĐÍCH", "D1 implements D2"),
    ("QUYẾT ĐỊNH", "Để thực hiện ⟦D2|Luật Nhà ở⟧, ⟦O1|UBND huyện⟧ hướng dẫn thực hiện ⟦D3|Kế hoạch 5⟧ như sau:", "D1 implements D2; D1 guides D3"),
    ("NGHỊ QUYẾT", "1. Tổ chức thực hiện\nCác xã học tập. Bãi bỏ ⟦D2|Quyết định 217⟧, ngày 5/6/2018. Phòng Nội vụ rà soát; sửa đổi ⟦D3|Quyết định 5⟧.", "D1 repeals D2"),
    # in a section, in another form, and what a report reports, are acts of the body
    ("KẾ HOẠCH", "1. Tình hình\nĐể thực hiện ⟦D2|Quyết định 217⟧, ⟦O1|UBND huyện⟧ yêu cầu:\n- Học tập.", "O1 implements D2"),
    ("KẾ HOẠCH", "Thực hiện ⟦D2|Quyết định 217⟧, ⟦O1|UBND huyện⟧ đã xây dựng 5 nhà.", "O1 implements D2"),
    ("BÁO CÁO", "Thực hiện ⟦D2|Quyết định 217⟧, ⟦O1|UBND huyện⟧ báo cáo kết quả như sau:", "O1 implements D2"),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "preamble", "stated"), PREAMBLES)
def test_a_document_comes_to_its_point_in_the_sentence_of_its_issuer(
    type_: str, preamble: str, stated: str
) -> None:
    assert say(HEAD.format(type=type_) + preamble + "\n") == {"D1 issuedBy O1", *stated.split("; ")}


def test_the_same_lines_in_an_article_on_the_document_state_none_of_it() -> None:
    lines, _, _ = LETTER.replace("Số: ", "Theo tin ").partition("Kế hoạch này")
    assert say(lines) == {"D2 issuedBy O2"}


#: The issuers that a citation's own attributes bring along; tests/test_coded_issuers.py reads them.
READ_BEFORE = ("issuer-by-code",)


def rules_of(marked: str) -> set[str]:
    return {e.rule for s in state(marked) for e in s.evidence}


@pytest.mark.parametrize(
    ("row", "example"),
    [(r, e) for r in CUES.rows if isinstance(r, RelationCue) for e in r.examples if r.id not in READ_BEFORE],
    ids=lambda value: getattr(value, "id", ""),
)  # fmt: skip
def test_a_relation_row_reads_its_examples(row: RelationCue, example: str) -> None:
    assert row.id in rules_of(example)


@pytest.mark.parametrize(
    ("row", "example"),
    [(r, e) for r in CUES.rows if isinstance(r, RelationCue) for e in r.counter_examples],
    ids=lambda value: getattr(value, "id", ""),
)
def test_a_relation_row_leaves_its_counter_examples(row: RelationCue, example: str) -> None:
    assert row.id not in rules_of(example)


@pytest.mark.parametrize(
    ("row", "example"),
    [(r, e) for r in CUES.rows if isinstance(r, BlockingCue) for e in r.examples],
    ids=lambda value: getattr(value, "id", ""),
)
def test_a_blocking_row_silences_its_examples(row: BlockingCue, example: str) -> None:
    assert any(phrase in example for phrase in row.phrases)
    assert say(example) == set()


@pytest.mark.parametrize(
    ("row", "example"),
    [(r, e) for r in CUES.rows if isinstance(r, BlockingCue) for e in r.counter_examples],
    ids=lambda value: getattr(value, "id", ""),
)
def test_a_blocking_row_lets_its_counter_examples_through(row: BlockingCue, example: str) -> None:
    assert say(example) != set()


@pytest.mark.parametrize(
    ("row", "example"),
    [
        (r, e)
        for r in (*CUES.rows, *CUES.words)
        if not isinstance(r, RelationCue)
        for e in r.examples
    ],
    ids=lambda value: getattr(value, "id", ""),
)
def test_a_row_makes_a_difference_to_its_examples(
    row: BlockingCue | HarmlessCue | GapWords, example: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_row = say(example)
    rows = tuple(r for r in CUES.rows if r is not row)
    words = tuple(replace(w, words=("\uffff",)) if w is row else w for w in CUES.words)
    without = compile_cues(rows, words)
    monkeypatch.setattr(relating, "load_cues", lambda: without)
    monkeypatch.setattr(acts, "load_cues", lambda: without)
    assert say(example) != with_row


def test_no_row_is_without_proof() -> None:
    assert all(row.examples for row in (*CUES.rows, *CUES.words))
    proved = (r for r in CUES.rows if not isinstance(r, HarmlessCue))
    assert all(row.counter_examples for row in proved)


ARTICLE = (
    "⟦O1|Tỉnh ủy Sơn Lâm⟧ đã ban hành ⟦D1|Kế hoạch 7-KH/TU⟧ về thực hiện ⟦D2|Nghị quyết 5-NQ/TW⟧.\n"
    "Bà con vui mừng. Hôm nay ⟦O1|Tỉnh ủy⟧ triển khai ⟦D3|Chỉ thị 8-CT/TW⟧.\n"
    "Xã họp bàn ⟦D1|Kế hoạch 7⟧ của ⟦O1|Tỉnh ủy⟧ thực hiện ⟦D2|Nghị quyết 5⟧."
)


def test_evidence_is_the_sentence_and_comes_once_for_each_relation() -> None:
    article, _ = read_marked(ARTICLE)
    quotes = {
        f"{s.subject} {s.predicate} {s.object}": [
            article.text[e.span.start : e.span.end] for e in s.evidence
        ]
        for s in state(ARTICLE)
    }
    first, second, third = (
        "Tỉnh ủy Sơn Lâm đã ban hành Kế hoạch 7-KH/TU về thực hiện Nghị quyết 5-NQ/TW.",
        "Hôm nay Tỉnh ủy triển khai Chỉ thị 8-CT/TW.",
        "Xã họp bàn Kế hoạch 7 của Tỉnh ủy thực hiện Nghị quyết 5.",
    )
    assert quotes == {
        "D1 issuedBy O1": [first, third],
        "D1 implements D2": [first, third],
        "O1 implements D3": [second],
    }
    assert list(quotes)[-1] == "O1 implements D3"


@pytest.mark.parametrize("form", ["NFD", "NFC"])
@pytest.mark.parametrize("marked", [m for m, _ in STATED][::5])
def test_the_form_of_the_text_changes_nothing(marked: str, form: str) -> None:
    assert say(unicodedata.normalize(form, marked)) == say(marked)


def test_an_issuer_that_the_citation_names_is_read_behind_a_title() -> None:
    marked = "⟦D1|Nghị quyết 11/NQ-CP⟧ về bình ổn giá cả của ⟦O1|Chính phủ⟧ còn hiệu lực."
    article, (document, body) = read_marked(marked)
    assert isinstance(document, DocumentReference)
    citation = replace(document.mentions[0], issuer=body.mentions[0].span)
    named = replace(document, mentions=(citation,))
    assert [(s.subject, s.predicate, s.object) for s in relate(article, [named, body])] == [
        ("D1", "issuedBy", "O1")
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*(m for m, _ in STATED), *SILENT]), max_size=5))
def test_statements_join_known_references_and_quote_the_text(sentences: list[str]) -> None:
    article, references = read_marked("\n".join(sentences))
    ids = {r.id for r in references}
    statements = relate(article, references)
    keys = [(s.subject, s.predicate, s.object) for s in statements]
    assert len(keys) == len(set(keys))
    assert list(statements) == sorted(statements, key=lambda s: s.evidence[0].span.start)
    for statement in statements:
        assert {statement.subject, statement.object} <= ids
        assert statement.subject != statement.object
        spans = [e.span for e in statement.evidence]
        assert spans == sorted(set(spans))
        assert all(article.text[s.start : s.end].strip() for s in spans)


def test_a_text_without_references_states_nothing() -> None:
    assert relate(Article("a.txt", "Tỉnh ủy đã ban hành nghị quyết.", "0" * 64), ()) == ()


@pytest.mark.timing
def test_a_very_long_line_is_read_in_good_time() -> None:
    short, long = (
        " và ".join(["⟦O1|Tỉnh ủy⟧ thực hiện ⟦D1|Chỉ thị 5⟧, đã họp"] * times)
        for times in (300, 3000)
    )
    assert say(long) == {"O1 implements D1"}
    assert_grows_within(40, say, short, long)
