"""A line between a program and its server that breaks at a chosen moment."""

from __future__ import annotations

import contextlib
import select
import socket
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

CHUNK = 65536


class Link:
    """Passes bytes on to a server until a client says the word it waits for.

    Attributes
    ----------
    port : int
        Where it listens, on the loopback interface.
    at_word : callable or None
        Called once, when a client sends `word`: True passes it on, False cuts the line first.
    deaf : bool
        The word is passed on, its answer is not: the line is cut instead.
    """

    def __init__(self, server: int, word: bytes = b"COMMIT") -> None:
        self._server, self._word = server, word
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.at_word: Callable[[], bool] | None = None
        self.deaf = False
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # it was closed
            while True:
                client, _ = self._listener.accept()
                Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            server = socket.create_connection(("127.0.0.1", self._server))
            with server:
                self._pass_on(client, server)

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        while True:
            for ready in select.select([client, server], [], [])[0]:
                said = ready.recv(CHUNK)
                if not said:
                    return
                if ready is server:
                    client.sendall(said)
                elif not self._is_passed(said, server):
                    return

    def _is_passed(self, said: bytes, server: socket.socket) -> bool:
        """Pass on what a client said; False cuts the line."""
        act, deaf = self.at_word, self.deaf
        if self._word not in said or not (act or deaf):
            server.sendall(said)
            return True
        self.at_word, self.deaf = None, False
        if act and not act():
            return False
        server.sendall(said)
        if deaf:
            server.recv(CHUNK)  # it has answered: the save is through
        return not deaf
