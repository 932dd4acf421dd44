"""The lane: how the listening process lends a worker the connection of a client, and which of them may answer on it.

Beside the frames of `filmgraph.serving.workers.wire` there are a socket, over which connections are lent
(`SCM_RIGHTS <https://man7.org/linux/man-pages/man7/unix.7.html>`_), and a pipe with one byte, the token. Who has taken
the token may write to the client: the worker before it answers, the listening process before it ends the worker and
says so. So there is never more than one reply, and never half of two.
"""

from __future__ import annotations

import os
import select
import socket
from contextlib import suppress

FRESH, USED = b"0", b"1"
"""The token's value: before the first reply on a connection that is lent, and after it."""
_CONNECTION, _HURRY = b"C", b"H"


class Lane:
    """One end of the lane; it owns its socket and both ends of the pipe.

    Args:
        channel: Over which connections are lent.
        token: The two ends of the pipe, to read and to write.
    """

    def __init__(self, channel: socket.socket, token: tuple[int, int]) -> None:
        self._channel, self._token = channel, token

    @classmethod
    def open(cls) -> tuple[Lane, tuple[int, int, int]]:
        """Return the listening process's end, and the descriptors of the worker's."""
        near, far = socket.socketpair()
        near.setblocking(False)
        token = os.pipe()
        os.write(token[1], FRESH)
        return cls(near, token), (far.detach(), *token)

    @classmethod
    def of(cls, descriptors: tuple[int, int, int]) -> Lane:
        """Return the worker's end."""
        channel, *token = descriptors
        return cls(socket.socket(fileno=channel), (token[0], token[1]))

    def lend(self, connection: int) -> None:
        """Lend a connection.

        Raises:
            ConnectionError: The worker has ended.
        """
        try:
            socket.send_fds(self._channel, [_CONNECTION], [connection])
        except OSError as error:
            raise ConnectionError from error

    def hurry(self) -> None:
        """Ask for the connection back: others are waiting."""
        with suppress(OSError):
            self._channel.send(_HURRY)

    def borrowed(self) -> socket.socket:
        """Wait for a connection, and return it.

        Raises:
            ConnectionError: The listening process has ended.
        """
        while True:
            kind, descriptors, _, _ = socket.recv_fds(self._channel, 1, 1)
            if not kind:
                raise ConnectionError
            if descriptors:
                return socket.socket(fileno=descriptors[0])

    def awaits(self, connection: socket.socket, milliseconds: float) -> bool:
        """Wait until more comes on a connection; False where nothing does in time, or others are waiting."""
        poll = select.poll()
        poll.register(connection, select.POLLIN)
        poll.register(self._channel, select.POLLIN)
        ready = [one for one, _ in poll.poll(milliseconds)]
        return ready == [connection.fileno()]

    def take_token(self) -> bytes:
        """Wait for the token, and return its value."""
        return os.read(self._token[0], 1)

    def return_token(self, value: bytes) -> None:
        """Return the token with a value."""
        os.write(self._token[1], value)

    def seize_token(self) -> bytes:
        """Return the token's value if nobody has taken it; else nothing."""
        ready, _, _ = select.select([self._token[0]], [], [], 0)
        return os.read(self._token[0], 1) if ready else b""

    def close(self) -> None:
        """Close this end."""
        self._channel.close()
        for one in self._token:
            with suppress(OSError):
                os.close(one)
        self._token = (-1, -1)
