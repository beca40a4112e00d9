"""How the endpoint fares in the W3C's SPARQL test suites: `make w3c SUITES=DIR`.

    python benchmarks/w3c DIR [GROUP...]

DIR is a checkout of the suites (w3c/rdf-tests, its folder sparql/ or one below it); a GROUP names
those tests alone whose folder it ends. Nothing is written but a graph folder in a temporary place.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from manifest import Test, read_tests
from running import Runner, run_endpoint, write_graph


def main(arguments: list[str]) -> int:
    if not arguments or not Path(arguments[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    suites, groups = Path(arguments[0]).resolve(), tuple(arguments[1:])
    tests = [test for test in read_tests(suites) if not groups or test.group.endswith(groups)]
    if not tests:
        print(f"error: {suites}: no tests are there", file=sys.stderr)
        return 1
    report(run_tests(suites, tests))
    return 0


def run_tests(suites: Path, tests: list[Test]) -> list[tuple[Test, str | None]]:
    """Each test with the reason for which it fails, None where it passes or is excluded."""
    with TemporaryDirectory() as home:
        folder = Path(home) / "graph"
        write_graph(suites, [test for test in tests if not test.excluded], folder)
        with run_endpoint(folder) as address:
            runner = Runner(suites, address)
            return [(test, None if test.excluded else runner.run(test)) for test in tests]


def report(outcomes: list[tuple[Test, str | None]]) -> None:
    print_table("folder", outcomes, lambda test: test.group)
    print()
    print_table("kind", outcomes, lambda test: f"{Path(test.group).parent.name} {test.kind}")
    print("\nnot applicable, by what they are about")
    for excluded, count in Counter(test.excluded for test, _ in outcomes if test.excluded).items():
        print(f"  {excluded}: {count}")
    print("\nfailing")
    for test, reason in outcomes:
        if reason:
            print(f"  {test.group} {test.name}: {reason}")


def print_table(
    title: str, outcomes: list[tuple[Test, str | None]], name: Callable[[Test], str]
) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for test, reason in outcomes:
        counts[name(test)][_name_outcome(test, reason)] += 1
    print(f"{title:<40}{'pass':>8}{'fail':>8}{'not applicable':>18}")
    for row, count in [*sorted(counts.items()), ("all", sum(counts.values(), Counter()))]:
        print(f"{row:<40}{count['pass']:>8}{count['fail']:>8}{count['excluded']:>18}")


def _name_outcome(test: Test, reason: str | None) -> str:
    return "excluded" if test.excluded else "fail" if reason else "pass"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
