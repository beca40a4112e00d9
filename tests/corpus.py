"""Small articles on disk, for the tests of the pipeline and the command line."""

from __future__ import annotations

import json
from pathlib import Path

HANOI = Path(__file__).parents[1] / "data" / "articles" / "hanoi-dan-van.txt"

HUNG_YEN = (
    "Tỉnh ủy Hưng Yên đã ban hành Chương trình hành động số 12-CTr/TU, ngày 5/3/2018 về thực hiện "
    "Nghị quyết số 18-NQ/TW, ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII.\n"
)
QUANG_NINH = (
    "Tỉnh ủy Quảng Ninh đã ban hành Chương trình hành động số 21-CTr/TU, ngày 9/4/2018 về thực "
    "hiện Nghị quyết số 18-NQ/TW, ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII.\n"
)
PROGRAMME = (
    "UBND tỉnh Hưng Yên ban hành Kế hoạch số 77/KH-UBND ngày 2/5/2018 về thực hiện Chương trình "
    "hành động số 12-CTr/TU, ngày 5/3/2018 của Tỉnh ủy Hưng Yên.\n"
)
GOLD = """== entities
TU	organisation	name=Tỉnh ủy Hưng Yên
TW	organisation	name=Ban Chấp hành Trung ương Đảng
CT12	document	number=12-CTr/TU	date=2018-03-05
NQ18	document	number=18-NQ/TW	date=2017-10-25
== relations
CT12 issuedBy TU
CT12 implements NQ18
NQ18 issuedBy TW
== text
⟦TU|Tỉnh ủy Hưng Yên⟧ đã ban hành ⟦CT12|Chương trình hành động số 12-CTr/TU⟧, ngày 5/3/2018 về \
thực hiện ⟦NQ18|Nghị quyết số 18-NQ/TW⟧, ngày 25/10/2017 của \
⟦TW|Ban Chấp hành Trung ương Đảng khóa XII⟧.
"""


def write_files(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Writes files by their paths under a folder; returns the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def write_records(file: Path, texts: dict[str, str]) -> Path:
    """Writes JSON Lines, a text for each id; returns the file."""
    lines = [json.dumps({"id": id_, "text": text}) for id_, text in texts.items()]
    file.write_text("\n".join(lines) + "\n")
    return file
