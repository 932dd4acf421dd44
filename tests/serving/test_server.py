"""Starting, saying where, ending."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving.conftest import Server

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?f != ?i) }"


def test_the_first_line_is_the_address_and_it_answers(server: Server) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", server.address)
    assert server.page("/").status == 200


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_it_ends_cleanly(serving: Callable[..., Server], how: signal.Signals) -> None:
    running = serving("serve", "--port", "0", "--workers", "1")
    workers = running.workers()
    code, errors = running.stop(how)
    assert (code, errors) == (0, "")
    assert not [one for one in workers if _lives(one)]


def test_requests_in_flight_are_answered_before_it_ends(serving: Callable[..., Server]) -> None:
    running = serving("serve", "--port", "0", "--workers", "1", "--timeout", "2")
    answers: list[int] = []
    asking = threading.Thread(target=lambda: answers.append(running.ask(SLOW).status))
    asking.start()
    time.sleep(0.5)
    code, _ = running.stop()
    asking.join()
    assert (answers, code) == ([504], 0)


def test_a_taken_port_is_said_without_a_traceback(server: Server) -> None:
    port = str(urlsplit(server.address).port)
    done = subprocess.run(
        [sys.executable, "-m", "filmgraph", "serve", "--port", port], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "--port 0" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_that_is_not_there_is_said_before_anything_listens(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "filmgraph", "--store", str(tmp_path / "none"), "serve", "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is nothing at" in done.stderr


def test_without_the_extra_the_command_says_how_to_install_it() -> None:
    code = (
        "import sys; sys.modules['uvicorn'] = None\n"
        "import importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'uvicorn' else real(name, *rest)\n"
        "from filmgraph.cli import main; sys.exit(main(['serve']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'filmgraph[serve]'" in done.stderr


def test_each_request_is_a_line_of_the_access_log_that_does_not_tell_who_asked(serving: Callable[..., Server]) -> None:
    running = serving("serve", "--port", "0", "--workers", "1")
    running.ask("ASK { ?secret ?p ?o }")
    _, errors = running.stop()
    (line,) = [json.loads(line) for line in errors.splitlines()]
    assert {"method": "GET", "path": "/sparql", "status": 200}.items() <= line.items()
    assert "secret" not in errors
    assert "127.0.0.1" not in errors


def test_a_killed_worker_is_replaced_and_the_next_request_answered(serving: Callable[..., Server]) -> None:
    running = serving("serve", "--port", "0", "--workers", "2")
    for worker in running.workers():
        subprocess.run(["kill", "-9", str(worker)], check=True)
    assert running.ask("ASK {}", nothing="kept").status == 200
    assert running.get("/health").json == {"status": "ok"}


def test_workers_end_with_a_server_that_is_killed(serving: Callable[..., Server]) -> None:
    running = serving("serve", "--port", "0", "--workers", "1")
    workers = running.workers()
    asking = threading.Thread(target=lambda: _broken(running))
    asking.start()
    time.sleep(0.5)
    running.stop(signal.SIGKILL)
    asking.join()
    deadline = time.monotonic() + 10
    while any(map(_lives, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [one for one in workers if _lives(one)]


def _broken(running: Server) -> None:
    with pytest.raises((http.client.HTTPException, OSError)):
        running.ask(SLOW)


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_client_that_goes_away_has_its_query_ended(serving: Callable[..., Server]) -> None:
    running = serving("serve", "--port", "0", "--workers", "1", "--timeout", "60")
    (before,) = running.workers()
    place = urlsplit(running.address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
    connection.request("GET", f"/sparql?{urlencode({'query': SLOW})}")
    time.sleep(0.5)
    connection.close()
    deadline = time.monotonic() + 10
    while _lives(before) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _lives(before)
    assert running.ask("ASK {}").status == 200


def test_what_was_ended_for_want_of_room_is_refused_at_once_while_there_is_none(serving: Callable[..., Server]) -> None:
    running = serving("serve", "--port", "0", "--workers", "1", "--timeout", "40")
    asking = threading.Thread(target=lambda: _broken(running))
    asking.start()
    time.sleep(3)  # then it is set aside, and another worker is there
    prefix = "PREFIX fg: <https://w3id.org/filmgraph/ns#>"
    assert running.ask(f"{prefix} {SLOW} # 2").status == 503
    assert running.ask("ASK {}").status == 200
    workers = running.workers()
    again = running.ask(f"{prefix} {SLOW} # 3")
    assert (again.status, "Retry-After".lower() in again.headers) == (503, True)
    assert running.workers() == workers, "nobody was ended for it"
    assert running.ask("ASK { }").status == 200
    assert running.ask(f"{prefix} ASK {{ }}").status == 200, "it has no more than a prefix in common"
    running.stop(signal.SIGKILL)
    asking.join()
