"""A port that notes what reaches it, for what must reach nothing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def note_calls() -> Iterator[tuple[int, list[bytes]]]:
    """The port, and the beginning of whatever is sent to it."""
    reached: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    stop = threading.Event()

    def listen() -> None:
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            reached.append(connection.recv(100))
            connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield listener.getsockname()[1], reached
    finally:
        stop.set()
        thread.join()
        listener.close()
