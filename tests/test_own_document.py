"""From the text of a document to its graph: the thing that it is, with what its layout says."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.queries import QueryResult
from policygraph.pipeline import Extraction, build, extract

PLAN = """TỈNH ỦY HÀ KHÊ

*

Số 23-CTr/TU

ĐẢNG CỘNG SẢN VIỆT NAM

Hà Khê, ngày 25 tháng 7 năm 2031

CHƯƠNG TRÌNH HÀNH ĐỘNG

**Thực hiện Nghị quyết số 19-NQ/TW của Ban Chấp hành Trung ương**

**về nông nghiệp, nông dân, nông thôn**

-----

- Căn cứ Kế hoạch số 7-KH/TU của Ban Thường vụ Tỉnh ủy;

Ban Thường vụ Tỉnh ủy ban hành Chương trình như sau:

I- MỤC TIÊU

Nơi nhận:

- Lưu Văn phòng Tỉnh ủy.

T/M BAN THƯỜNG VỤ

BÍ THƯ

(đã ký)

Vàng Seo Cón
"""
JOINT = """BỘ NỘI VỤ - BỘ TÀI CHÍNH
Số: 01/2031/TTLT-BNV-BTC
Hà Nội, ngày 1 tháng 2 năm 2031

THÔNG TƯ LIÊN TỊCH
Hướng dẫn Nghị định số 48/2030/NĐ-CP về phụ cấp

BỘ TƯ PHÁP
"""
REPORT = (
    "Hà Khê triển khai nghị quyết\n\n"
    "Các xã học Chương trình số 23-CTr/TU, ngày 25/7/2031 của Ban Thường vụ Tỉnh ủy Hà Khê.\n"
)
OWN = """SELECT ?article ?number ?title ?signer ?date ?issuer WHERE {
  ?text a pg:DocumentText ; dcterms:identifier ?article ; pg:ownReference/pg:standsFor ?thing .
  ?thing pg:number ?number ; dcterms:title ?title ; pg:signer ?signer ; pg:date ?date ;
         pg:issuedBy/rdfs:label ?issuer .
}"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> PolicyGraph:
    folder = tmp_path_factory.mktemp("texts")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    return build(folder, graph=folder.with_name("graph"))


def ask(graph: PolicyGraph, query: str) -> tuple[tuple[str, ...], ...]:
    answer = graph.query(query)
    assert isinstance(answer, QueryResult)
    return answer.texts()


def test_a_query_finds_the_document_that_a_text_is(graph: PolicyGraph) -> None:
    assert ask(graph, OWN) == (
        (
            "plan.txt",
            "23-CTr/TU",
            "Thực hiện Nghị quyết số 19-NQ/TW của Ban Chấp hành Trung ương về nông nghiệp, "
            "nông dân, nông thôn",
            "Vàng Seo Cón",
            "2031-07-25",
            "Ban Thường vụ Tỉnh ủy Hà Khê",
        ),
    )


def test_the_text_of_a_document_is_an_article_too(graph: PolicyGraph) -> None:
    query = "SELECT ?id WHERE { ?a a pg:Article ; dcterms:identifier ?id } ORDER BY ?id"
    assert ask(graph, query) == (("plan.txt",), ("report.txt",))


def list_relations(path: Path) -> tuple[str | None, set[tuple[str, str, str]]]:
    """The label of what the text is itself, and its relations by labels."""
    (extraction,) = extract(path)
    assert isinstance(extraction, Extraction)
    record = extraction.as_record()
    labels = {entity["id"]: entity["label"] for entity in record["entities"]}
    triples = {
        (labels[r["subject"]], r["predicate"], labels[r["object"]]) for r in record["relations"]
    }
    return labels.get(record["document"]), triples


def test_the_record_names_the_document_and_what_its_layout_states(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    own, relations = list_relations(path)
    assert own == "Chương trình hành động 23-CTr/TU"
    assert {(p, o) for s, p, o in relations if s == own} == {
        ("implements", "Nghị quyết 19-NQ/TW"),
        ("basedOn", "Kế hoạch 7-KH/TU"),
        ("issuedBy", "Ban Thường vụ Tỉnh ủy Hà Khê"),
    }


def test_the_record_of_an_article_names_none(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    assert list_relations(path)[0] is None


def test_a_joint_document_is_issued_by_each_of_its_bodies(tmp_path: Path) -> None:
    path = tmp_path / "joint.txt"
    path.write_text(JOINT, encoding="utf-8")
    own, relations = list_relations(path)
    assert {o for s, p, o in relations if (s, p) == (own, "issuedBy")} == {
        "Bộ Nội vụ",
        "Bộ Tài chính",
    }
    assert (own, "guides", "Nghị định 48/2030/NĐ-CP") in relations


def test_the_preamble_names_bases_what_amends_them_and_what_is_carried_out(tmp_path: Path) -> None:
    path = tmp_path / "circular.txt"
    path.write_text(
        "BỘ CÔNG THƯƠNG\nSố: 21/2031/TT-BCT\nHà Nội, ngày 28 tháng 4 năm 2031\nTHÔNG TƯ\n"
        "Quy định về hội chợ\n\n"
        "Căn cứ Nghị định số 40/2030/NĐ-CP của Chính phủ quy định chức năng của Bộ Công Thương, "
        "được sửa đổi, bổ sung bởi Nghị định số 109/2030/NĐ-CP và Nghị định số 193/2030/NĐ-CP;\n\n"
        "Thực hiện Kết luận số 14-KL/TW ngày 20 tháng 3 năm 2031 của Bộ Chính trị về giá;\n\n"
        "Theo đề nghị của Cục trưởng Cục Xúc tiến thương mại;\n\n"
        "Bộ trưởng Bộ Công Thương ban hành Thông tư quy định về hội chợ.\n",
        encoding="utf-8",
    )
    own, relations = list_relations(path)
    assert {(p, o) for s, p, o in relations if s == own and p != "issuedBy"} == {
        ("basedOn", "Nghị định 40/2030/NĐ-CP"),
        ("implements", "Kết luận 14-KL/TW"),
    }
    assert {s for s, p, o in relations if (p, o) == ("amends", "Nghị định 40/2030/NĐ-CP")} == {
        "Nghị định 109/2030/NĐ-CP",
        "Nghị định 193/2030/NĐ-CP",
    }


def test_a_guidance_guides_what_its_title_says_it_carries_out(tmp_path: Path) -> None:
    path = tmp_path / "guidance.txt"
    path.write_text(
        "BỘ CÔNG THƯƠNG\nSố: 21/HD-BCT\nHà Nội, ngày 28 tháng 4 năm 2031\nHƯỚNG DẪN\n"
        "Thực hiện Nghị định số 40/2030/NĐ-CP của Chính phủ\n\n"
        "Căn cứ Luật Thương mại;\n"
        "Theo đề nghị của Cục trưởng Cục Xúc tiến thương mại tại Tờ trình số 9/TTr-XTTM;\n\n"
        "Để triển khai Nghị định số 40/2030/NĐ-CP, Bộ Công Thương hướng dẫn như sau:\n\n"
        "1. Phạm vi\n",
        encoding="utf-8",
    )
    own, relations = list_relations(path)
    assert {(s, p, o) for s, p, o in relations if p != "issuedBy"} == {
        (own, "implements", "Nghị định 40/2030/NĐ-CP"),
        (own, "guides", "Nghị định 40/2030/NĐ-CP"),
        (own, "basedOn", "Luật Thương mại"),
    }


def test_a_central_paper_is_of_the_organ_that_enacts_it(tmp_path: Path) -> None:
    path = tmp_path / "regulation.txt"
    path.write_text(
        "BAN CHẤP HÀNH\nTRUNG ƯƠNG\n*\nĐẢNG CỘNG SẢN\nVIỆT NAM\n---\nSố 12-QĐ/TW\n"
        "Hà Nội, ngày 19 tháng 11 năm 2031\n\nQUY ĐỊNH\nVỀ PHÔNG LƯU TRỮ\n\n"
        "- Căn cứ Luật Lưu trữ;\n- Căn cứ Luật Bảo vệ bí mật nhà nước;\n"
        "- Xét đề nghị của Chánh Văn phòng Trung ương Đảng,\n\n"
        "Ban Bí thư quy định về Phông lưu trữ như sau:\n\nĐiều 1. Phạm vi\n",
        encoding="utf-8",
    )
    own, relations = list_relations(path)
    assert {o for s, p, o in relations if (s, p) == (own, "issuedBy")} == {"Ban Bí thư"}


def test_what_was_considered_is_no_basis(tmp_path: Path) -> None:
    path = tmp_path / "resolution.txt"
    path.write_text(
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH SƠN LÂM\nSố: 7/NQ-HĐND\n"
        "Sơn Lâm, ngày 12 tháng 7 năm 2031\nNGHỊ QUYẾT\nVề phí tham quan\n\n"
        "Căn cứ Luật Phí và lệ phí;\nCăn cứ Luật Du lịch;\n"
        "Xét Tờ trình số 5/TTr-UBND ngày 2 tháng 7 năm 2031 của Ủy ban nhân dân tỉnh;\n\n"
        "QUYẾT NGHỊ:\n\nĐiều 1. Mức phí\n",
        encoding="utf-8",
    )
    own, relations = list_relations(path)
    bases = {o for s, p, o in relations if (s, p) == (own, "basedOn")}
    assert bases == {"Luật Phí và lệ phí", "Luật Du lịch"}


def test_a_basis_may_break_off_within_its_first_words(tmp_path: Path) -> None:
    path = tmp_path / "broken.txt"
    path.write_text(
        "CHÍNH PHỦ\nSố: 89/NQ-CP\nHà Nội, ngày 25 tháng 7 năm 2031\nNGHỊ QUYẾT\nVề đường bộ\n"
        "Căn\ncứ Luật Thương mại ngày 13 tháng 6 năm 2029;\n"
        "Căn\ncứ Nghị quyết số 43/2031/QH15 ngày 11 tháng 01 năm 2031;\n"
        "Theo\nđề nghị của Bộ trưởng Bộ Công Thương tại Tờ trình số 9/TTr-BCT;\n",
        encoding="utf-8",
    )
    own, relations = list_relations(path)
    assert {o for s, p, o in relations if (s, p) == (own, "basedOn")} == {
        "Luật Thương mại",
        "Nghị quyết 43/2031/QH15",
    }


def test_a_central_document_carries_out_no_local_one(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        "Huyện đề nghị thực hiện Kế hoạch số 130-KH/TU của Tỉnh ủy Hà Khê thực hiện Kết luận số "
        "43-KL/TW của Ban Bí thư về tiếp tục thực hiện Nghị quyết số 25-NQ/TW về “dân vận”, "
        "Đề án số 04-ĐA/TU về “nâng cao chất lượng công tác dân vận”.\n",
        encoding="utf-8",
    )
    _, relations = list_relations(path)
    assert {(s, o) for s, p, o in relations if p == "implements"} == {
        ("Kế hoạch 130-KH/TU", "Kết luận 43-KL/TW"),
        ("Kết luận 43-KL/TW", "Nghị quyết 25-NQ/TW"),
    }
