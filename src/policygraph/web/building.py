"""A build of the graph that goes on while the server already answers, and tells how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Literal

from policygraph.errors import BuildError, PolicyGraphError
from policygraph.pipeline import update_graph
from policygraph.reading import EVERYTHING, Selection

_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something could not be read, and what can be done about it."""

    place: str | None
    problem: str
    remedy: str | None


@dataclass(frozen=True, slots=True)
class BuildStatus:
    """How far a build is.

    Attributes:
        state: "none" where the server was started on a graph that there was.
        done: how many articles were looked at.
        problems: the first of what could not be read; `problem_count` of all. Where the build
            failed, the last one says why.
    """

    state: Literal["none", "running", "done", "failed"]
    done: int = 0
    problem_count: int = 0
    problems: tuple[Problem, ...] = ()


class Building:
    """One build, in a thread of its own."""

    def __init__(
        self, paths: Sequence[Path], folder: Path, selection: Selection = EVERYTHING
    ) -> None:
        self._paths = tuple(paths)
        self._folder = folder
        self._selection = selection
        self._state: Literal["none", "running", "done", "failed"] = "none"
        self._done = 0
        self._problems: list[Problem] = []

    @property
    def is_running(self) -> bool:
        return self._state == "running"

    def start(self) -> None:
        """Begins, where there is anything to build; it ends with the process at the latest."""
        if self._paths:
            self._state = "running"
            Thread(target=self._build, name="build", daemon=True).start()

    def tell_status(self) -> BuildStatus:
        problems = tuple(self._problems)
        shown = (*problems[:_MOST_SHOWN], *problems[_MOST_SHOWN:][-1:])
        return BuildStatus(self._state, self._done, len(problems), shown)

    def _build(self) -> None:
        try:
            update_graph(
                *self._paths,
                graph=self._folder,
                selection=self._selection,
                on_progress=self._note_progress,
                on_error=self._note_problem,
            )
            self._state = "done"
        except BuildError:  # each of its errors was noted already
            self._state = "failed"
        except PolicyGraphError as error:
            self._note_problem(error)
            self._state = "failed"
        except Exception as error:
            self._note_problem(PolicyGraphError(f"the build crashed: {error!r}"))
            self._state = "failed"
            raise  # the thread's end is logged with where it happened

    def _note_progress(self, done: int) -> None:
        self._done = done

    def _note_problem(self, error: PolicyGraphError) -> None:
        self._problems.append(Problem(error.place, error.message, error.remedy))
