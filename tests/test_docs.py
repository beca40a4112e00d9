"""What the pages show works: commands and Python run, rows stand in data/, links lead somewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import sleep
from typing import Any
from urllib.request import urlopen

import pytest
from endpoint import run_endpoint

from policygraph.endpoint.protocol import MOST_BODY, MOST_WAITING
from policygraph.graph.guard import MAX_DEPTH
from policygraph.graph.isolation import Limits
from policygraph.reading.formats import list_suffixes

pytestmark = pytest.mark.whole

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT / "data" / "articles"
RULES = "docs/rules.md"
FORMATS = "docs/formats.md"
ONTOLOGY = "docs/ontology.md"
NETWORKX = "docs/networkx.md"
SPARQL = "docs/sparql.md"
WEB = "docs/web.md"
QUESTIONS = "docs/questions.md"
PAGES = ("README.md", "CONTRIBUTING.md", RULES)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def find_blocks(page: str, *languages: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return [body for language, body in BLOCK.findall(text) if language in languages]


def find_sessions(page: str) -> list[tuple[str, str]]:
    """Each shell block of a page with the output that is shown right behind it, or none."""
    blocks = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    shown = [*blocks, ("", "")]
    return [
        (body, output if following == "text" else "")
        for (language, body), (following, output) in pairwise(shown)
        if language == "sh"
    ]


def find_commands(page: str) -> list[str]:
    """The lines of shell blocks that begin with `policygraph`, joined where they go on."""
    text = "\n".join(find_blocks(page, "sh", "bash", "console", "shell"))
    lines = text.replace("\\\n", " ").splitlines()
    return [line for line in lines if line.startswith("policygraph ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stands for the checkout: the articles under data/articles, as `articles/` too."""
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


def test_the_pages_show_commands_and_python() -> None:
    assert find_commands("README.md")
    assert find_sessions(RULES)
    assert find_commands(FORMATS)
    assert find_commands(NETWORKX)
    assert find_blocks("README.md", "python")


@pytest.fixture(scope="module")
def built(folder: Path) -> Path:
    done = run_in(folder, "policygraph", "build", "data/articles")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout in which nothing was built yet."""
    folder = tmp_path_factory.mktemp("fresh")
    (folder / "data").symlink_to(ROOT / "data")
    return folder


@pytest.mark.parametrize("number", range(len(find_sessions("README.md"))))
def test_the_readme_from_top_to_bottom(fresh: Path, number: int) -> None:
    """Its shell blocks one after the other, each on what those before it have made."""
    script, shown = find_sessions("README.md")[number]
    commands = [line for line in script.splitlines() if line.startswith("policygraph ")]
    if any(line.startswith("policygraph serve") for line in commands):
        return  # test_a_server_of_the_pages_answers
    done = [run_in(fresh, "bash", "-c", command) for command in commands]
    assert [each.stderr for each in done if each.returncode] == []
    assert_printed(shown, "".join(each.stdout for each in done))


@pytest.mark.parametrize(
    "command",
    [
        each.partition("  #")[0].strip()
        for page in ("README.md", WEB)
        for each in find_commands(page)
        if each.startswith("policygraph serve")
    ],
)
def test_a_server_of_the_pages_answers(built: Path, command: str) -> None:
    """It says where it is, and answers there once the graph is built."""
    graph = "" if "--graph" in command else " --graph graph"
    if "--graph mine" in command and not (built / "mine").exists():
        shutil.copytree(built / "graph", built / "mine")
    process = subprocess.Popen(
        ["bash", "-c", f"exec {command}{graph} --port 0 --no-browser"],
        cwd=built,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
    )
    try:
        assert process.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found
        assert wait_for_page(found[0]).startswith("<!doctype html>")
    finally:
        process.terminate()
        process.communicate(timeout=20)


def wait_for_page(address: str) -> str:
    """The first page, once no build leads away from it."""
    for _ in range(300):
        with urlopen(address) as response:
            if response.url.rstrip("/") == address:
                return str(response.read().decode())
        sleep(0.1)
    raise AssertionError("the graph was not built in time")


def assert_printed(shown: str, stdout: str) -> None:
    """Each line that is shown was printed, in this order; "…" stands for anything."""
    printed = iter(stdout.splitlines())
    for line in shown.splitlines():
        pattern = ".*".join(map(re.escape, line.split("…")))
        assert any(re.fullmatch(pattern, one) for one in printed), f"not printed: {line}"


@pytest.mark.parametrize("command", find_commands(FORMATS))
def test_a_command_on_formats_runs(folder: Path, tmp_path: Path, command: str) -> None:
    """Apart from the graph that the other pages ask: it builds one of some of the files."""
    (tmp_path / "data").symlink_to(folder / "data")
    done = run_in(tmp_path, "bash", "-c", command)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [*find_commands(NETWORKX), *find_commands(QUESTIONS)[::10]])
def test_a_command_of_the_pages_runs(built: Path, command: str) -> None:
    done = run_in(built, "bash", "-c", command)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "block", [each for page in ("README.md", NETWORKX) for each in find_blocks(page, "python")]
)
def test_the_python_of_the_pages_runs(built: Path, block: str) -> None:
    done = run_in(built, sys.executable, "-c", block)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("script", "shown"), find_sessions(RULES))
def test_the_commands_on_rules_run_and_print_what_is_shown(
    folder: Path, script: str, shown: str
) -> None:
    done = run_in(folder, "bash", "-ec", script)
    assert done.returncode == 0, done.stderr
    assert_printed(shown, done.stdout)


@pytest.fixture(scope="module")
def port(built: Path) -> Iterator[str]:
    with run_endpoint(built / "graph") as running:
        yield str(running.port)


CALLS = [(script, shown) for script, shown in find_sessions(SPARQL) if script.startswith("curl")]


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
@pytest.mark.parametrize(("script", "shown"), CALLS)
def test_the_calls_on_sparql_print_what_is_shown(
    built: Path, port: str, script: str, shown: str
) -> None:
    call = script.replace("curl ", "curl --silent --show-error --fail ").replace("8000", port)
    done = run_in(built, "bash", "-ec", call)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert shown.splitlines() in ([], done.stdout.splitlines())


@pytest.mark.parametrize("block", find_blocks(SPARQL, "python"))
def test_the_python_on_sparql_runs(built: Path, port: str, block: str) -> None:
    done = run_in(built, sys.executable, "-c", block.replace("8000", port))
    assert done.returncode == 0, done.stderr
    assert "Dân vận khéo" in done.stdout


def test_sparql_names_the_options_and_limits_that_there_are() -> None:
    text = (ROOT / SPARQL).read_text(encoding="utf-8")
    shown = run_in(ROOT, "policygraph", "serve", "--help").stdout
    options = set(re.findall(r"`(--[a-z-]+)", text)) - {"--graph"}
    assert {"--timeout", "--memory", "--answer", "--queries", "--cors", "--allow-host"} <= options
    assert [option for option in options if option not in shown] == []
    limits = Limits()
    for said in (
        f"more than {limits.seconds:g} seconds",
        f"{limits.memory // 2**20:,} MB",
        f"{limits.answer // 2**20} MB",
        f"{limits.queries} queries are running",
        f"{MOST_BODY // 2**20} MB",
        f"within {MOST_WAITING:g} seconds",
        f"deeper than {MAX_DEPTH}",
    ):
        assert said in text


@pytest.mark.parametrize("block", find_blocks(RULES, "toml"))
def test_a_row_on_rules_is_one_of_the_data(block: str) -> None:
    """Fields and examples may be left out; what is shown is what the row holds."""
    (file,) = re.findall(r"^# (data/\S+)", block)
    held: dict[str, Any] = tomllib.loads((ROOT / file).read_text(encoding="utf-8"))
    for table, shown in tomllib.loads(block).items():
        for row in shown:
            (same,) = [each for each in held[table] if each["id"] == row["id"]]
            for field, value in row.items():
                if isinstance(value, list):
                    assert set(value) <= set(same[field])
                else:
                    assert value == same[field]


def test_a_line_of_the_registry_on_rules_is_one_of_the_data() -> None:
    lines = [line for block in find_blocks(RULES, "csv") for line in block.splitlines()]
    assert lines
    held = (ROOT / "data" / "registry" / "documents.csv").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line not in held] == []


def test_the_table_of_formats_names_every_ending_that_is_read() -> None:
    text = (ROOT / FORMATS).read_text(encoding="utf-8")
    assert [e for e in list_suffixes().split(", ") if f"`{e}`" not in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_targets_that_the_makefile_has(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^\$? ?)make ([a-z0-9-]+)", text, re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, re.MULTILINE))
    assert named
    assert named <= targets


@pytest.mark.parametrize(
    "page", [*PAGES, FORMATS, ONTOLOGY, QUESTIONS, NETWORKX, SPARQL, "docs/design.md"]
)
def test_a_page_links_only_to_files_that_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    missing = [link for link in links if not (ROOT / page).parent.joinpath(link).exists()]
    assert not missing


@pytest.mark.parametrize(
    ("page", "script", "target"),
    [
        (ONTOLOGY, "docs/make_ontology.py", "ontology-docs"),
        (QUESTIONS, "docs/make_questions.py", "question-docs"),
    ],
)
def test_a_page_that_is_made_is_what_its_sources_say(
    tmp_path: Path, page: str, script: str, target: str
) -> None:
    done = run_in(ROOT, sys.executable, script, str(tmp_path / "page.md"))
    assert done.returncode == 0, done.stderr
    made = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert made == (ROOT / page).read_text(encoding="utf-8"), f"run `make {target}`"
