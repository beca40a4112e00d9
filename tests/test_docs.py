"""What README.md shows works: its commands and its Python are run, its links lead somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT / "data" / "articles"
PAGES = ("README.md", "CONTRIBUTING.md")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def find_blocks(page: str, *languages: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return [body for language, body in BLOCK.findall(text) if language in languages]


def find_commands(page: str) -> list[str]:
    """The lines of shell blocks that begin with `policygraph`, joined where they go on."""
    text = "\n".join(find_blocks(page, "sh", "bash", "console", "shell"))
    lines = text.replace("\\\n", " ").splitlines()
    return [line for line in lines if line.startswith("policygraph ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stands for the checkout: the article under data/articles, as `articles/` too."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "data").symlink_to(ROOT / "data")
    (folder / "articles").symlink_to(ARTICLES)
    return folder


def run_in(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, check=False, capture_output=True, encoding="utf-8", env=environment
    )


def test_the_readme_shows_commands_and_python() -> None:
    assert find_commands("README.md")
    assert find_blocks("README.md", "python")


@pytest.fixture(scope="module")
def built(folder: Path) -> Path:
    done = run_in(folder, "policygraph", "build", "data/articles")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("command", find_commands("README.md"))
def test_a_command_of_the_readme_runs(built: Path, command: str) -> None:
    done = run_in(built, "bash", "-c", command)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", find_blocks("README.md", "python"))
def test_the_python_of_the_readme_runs(built: Path, block: str) -> None:
    done = run_in(built, sys.executable, "-c", block)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_targets_that_the_makefile_has(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^\$? ?)make ([a-z-]+)", text, re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert named
    assert named <= targets


@pytest.mark.parametrize("page", [*PAGES, "docs/design.md"])
def test_a_page_links_only_to_files_that_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    missing = [link for link in links if not (ROOT / page).parent.joinpath(link).exists()]
    assert not missing
