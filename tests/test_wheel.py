"""The wheel works where there is no checkout: it brings its data, its ontology and its command."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = ROOT / "data" / "articles" / "hanoi-dan-van.txt"


@dataclass(frozen=True)
class Environment:
    """A virtual environment that holds the wheel, and a folder far from the checkout."""

    bin: Path
    folder: Path

    def run(self, command: str, *arguments: str) -> str:
        done = subprocess.run(
            [self.bin / command, *arguments],
            cwd=self.folder,
            check=False,
            capture_output=True,
            encoding="utf-8",
            env={"PATH": str(self.bin), "PYTHONUTF8": "1"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    subprocess.run([*build, "--outdir", folder, ROOT], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Dependencies come from this environment by a .pth file, policygraph from the wheel alone."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True, capture_output=True)
    environment = Environment(venv / "bin", folder)
    environment.run("python", "-m", "pip", "install", "--no-index", "--no-deps", str(wheel))
    site = environment.run("python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    # a plain path: the .pth file of the editable install there is not followed from here
    Path(site.strip(), "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return environment


@pytest.mark.parametrize(
    "path",
    [
        "policygraph/py.typed",
        "policygraph/_data/rules/citations.toml",
        "policygraph/_data/vocab/document_types.toml",
        "policygraph/_data/registry/documents.csv",
        "policygraph/_ontology/policygraph.ttl",
        "policygraph/_ontology/shapes.ttl",
        "policygraph/_ontology/queries/implementers.rq",
        "policygraph/view/assets/page.html",
        "policygraph/view/assets/page.js",
        "policygraph/view/assets/page.css",
    ],
)
def test_the_wheel_holds_what_the_program_reads(wheel: Path, path: str) -> None:
    assert path in zipfile.ZipFile(wheel).namelist()


def test_the_wheel_holds_all_data_and_ontology_but_no_text(wheel: Path) -> None:
    files = [file for name in ("data", "ontology") for file in (ROOT / name).rglob("*.*")]
    texts = {file for file in files if {"articles", "gold"} & set(file.parts)}
    held = set(zipfile.ZipFile(wheel).namelist())
    packaged = {file for file in files if f"policygraph/_{file.relative_to(ROOT)}" in held}
    assert texts
    assert packaged == set(files) - texts


def test_the_package_is_imported_from_the_wheel(environment: Environment) -> None:
    found = environment.run("python", "-c", "import policygraph; print(policygraph.__file__)")
    assert Path(found.strip()).is_relative_to(environment.folder / "venv")


def test_the_wheel_builds_and_traces_far_from_the_checkout(environment: Environment) -> None:
    article = environment.folder / "articles" / "hanoi.txt"
    article.parent.mkdir()
    article.write_bytes(ARTICLE.read_bytes())

    environment.run("policygraph", "build", "articles")
    answer = environment.run("policygraph", "trace", "25-NQ/TW", "--format", "json")

    assert "23-CTr/TU" in answer
