"""The worker process: ``python -m filmgraph.serving.workers.process CHANNEL TOKEN TOKEN``.

Its arguments are the descriptors of its end of the lane. Its first frame of input is the settings; each other one is a
request, or what a client has sent over a connection that is lent. It ends when its input does.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import threading
import traceback

from filmgraph.errors import FilmgraphError
from filmgraph.serving.protocol.request import HttpRequest
from filmgraph.serving.protocol.settings import ServeSettings
from filmgraph.serving.urls import answer, open_site
from filmgraph.serving.workers.conversation import Conversation
from filmgraph.serving.workers.lane import Lane
from filmgraph.serving.workers.wire import LEND, READY, frame, frames, received
from filmgraph.store.process.answering import limit_memory


def main() -> None:
    """Answer requests until the pool closes the connection."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed by mistake does not get between the frames
    first = received(source)
    if first is None:
        return
    settings = ServeSettings.from_json(first[1].decode())
    site = open_site(settings)
    # What a first request would wait for: modules of all rooms, the engine's first query.
    answer(site, HttpRequest("GET", "/sparql", "query=SELECT%20%3Fs%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%201"))
    gc.freeze()  # what is here now stays
    gc.set_threshold(50_000, 20, 50)
    limit_memory(settings.limits.memory)
    target.write(frame(READY, str(threading.get_native_id()).encode()))
    target.flush()
    channel, token_out, token_in = map(int, sys.argv[1:])
    conversation = Conversation(site, Lane.of((channel, token_out, token_in)), target)
    while (asked := received(source)) is not None:
        try:
            if asked[0] == LEND:
                conversation.hold(asked[1])
                continue
            reply = answer(site, HttpRequest.unpack(asked[1]))
            for piece in frames(reply):
                target.write(piece)
                target.flush()
        except MemoryError:
            os.abort()  # as the engine does: the listening process tells the client


def _run() -> None:
    code = 1
    try:
        main()
        code = 0
    except FilmgraphError as error:
        sys.stderr.write(f"A worker cannot start: {error}\n")
    except BrokenPipeError:
        pass
    except BaseException:  # noqa: BLE001 -- the process ends, and says of what
        traceback.print_exc()
    sys.stderr.flush()
    os._exit(code)  # the engine's threads need no goodbye


def _end_when_alone() -> None:
    """Exit when the listening process is gone, even in the middle of a query."""
    alone = select.poll()
    alone.register(0, 0)  # a hang-up is always told
    alone.poll()
    os._exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the listening process, which ends this one
    # Not in the main thread: there a query would run in yet another one, so that Ctrl-C is heard.
    threading.Thread(target=_end_when_alone, daemon=True).start()
    thread = threading.Thread(target=_run)
    thread.start()
    thread.join()
