"""How fast texts are read that were not read before: `python benchmarks/first_sight.py FOLDER 0|1`.

The tokeniser keeps each token that it has met, so that the same texts again take it half the time;
people extract an article once. One half of the texts warms both up, the other half is timed, each
text once. Prints the seconds of the extraction and of the tokeniser.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

from speed import list_texts, load_tokeniser, print_lines


def main(folder: Path, half: int) -> None:
    files = list_texts(folder)
    texts = [file.read_text(encoding="utf-8") for file in files]
    nlp = load_tokeniser()
    for text in texts[half::2]:
        nlp.make_doc(text)
    print_lines(*files[half::2])
    begin = perf_counter()
    print_lines(*files[1 - half :: 2])
    between = perf_counter()
    for text in texts[1 - half :: 2]:
        nlp.make_doc(text)
    print(between - begin, perf_counter() - between)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
