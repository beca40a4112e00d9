"""What may be imported when: asking for help must not load a graph library."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"networkx", "numpy", "pyoxigraph", "pyvis", "rdflib", "scipy", "spacy"}

REPORT = "import sys; print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"
RUN = "import sys; sys.argv = {argv!r}\ntry: import policygraph.cli; policygraph.cli.main()\n"


def modules_after(code: str) -> set[str]:
    """Top-level modules that a fresh Python holds after running the code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{REPORT}"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import policygraph",
        "import policygraph as pg; pg.__version__, pg.PolicyGraphError, dir(pg)",
        "import policygraph.cli",
        *(
            RUN.format(argv=argv) + "except SystemExit: pass"
            for argv in (["policygraph", "--help"], ["policygraph", "build", "--help"])
        ),
    ],
)
def test_asking_for_little_loads_little(code: str) -> None:
    loaded = modules_after(code)
    assert "policygraph" in loaded
    assert loaded & HEAVY == set()


def test_building_needs_neither_spacy_nor_what_draws() -> None:
    loaded = modules_after("import policygraph; policygraph.build, policygraph.open")
    assert "pyoxigraph" in loaded
    assert loaded & {"networkx", "pyvis", "rdflib", "scipy", "spacy"} == set()


def test_the_package_offers_what_it_says() -> None:
    import policygraph as pg

    assert {"build", "extract", "open", "PolicyGraph", "PolicyGraphError"} <= set(dir(pg))
    assert all(getattr(pg, name) for name in pg.__all__)
    assert pg.__version__.count(".") == 2
    with pytest.raises(AttributeError, match="bulid"):
        pg.bulid  # noqa: B018
