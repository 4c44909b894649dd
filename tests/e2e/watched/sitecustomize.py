"""Imported by every Python process whose PYTHONPATH names this folder: notes each attempt to reach a network."""

import os
import sys

NOTES = os.environ.get("HEBAO_TEST_NOTES", "")
EVENTS = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname",
    "socket.gethostbyaddr", "socket.getnameinfo", "urllib.Request", "http.client.connect", "ftplib.connect",
)  # fmt: skip


def note(words: str) -> None:
    with open(NOTES, "a", encoding="utf-8") as notes:  # noqa: PTH123
        notes.write(f"{os.getpid()} {words}\n")


def hear(event: str, arguments: tuple[object, ...]) -> None:
    local = event == "socket.connect" and isinstance(arguments[-1], str | bytes)  # a socket of this machine's files
    if event in EVENTS and not local:
        note(f"{event} {arguments[1:]!r}")


if NOTES:
    note("begins")
    sys.addaudithook(hear)
