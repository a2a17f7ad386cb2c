"""Run alone: `python -m signaling --log room.db --jwks keys.json --origin http://127.0.0.1:8760`, or with --dev."""

import argparse
import asyncio
import os
import secrets
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from joserfc.jwk import KeySet, OKPKey

from signaling import Event, Ice, LocalBus, serve_rooms
from signaling.ticket import KeyFile, issue

TURN_SECRET = "SIGNALING_TURN_SECRET"


def dev_keys() -> Callable[[], KeySet]:
    """Makes a key pair and prints a ticket to stderr, to try the rooms with."""
    key = OKPKey.generate_key("Ed25519")
    key.ensure_kid()
    claims = {
        "sub": "dev",
        "sid": "dev",
        "hospital": "dev",
        "name": "Dev",
        "role": "expert",
        "room": "dev",
        "room_kind": "consultation",
        "device": "page",
        "jti": secrets.token_urlsafe(16),
        "grants": ["publish", "subscribe", "admit"],
        "studies": [],
        "booked": True,
    }
    print(issue(key, time.time(), **claims), file=sys.stderr, flush=True)
    public = KeySet([OKPKey.import_key(key.as_dict(private=False))])
    return lambda: public


async def print_event(event: Event) -> None:
    print(msgspec.json.encode(event).decode(), flush=True)


async def ignore(event: Event) -> None:
    """Acknowledges every event; the default, without --events."""


async def main(given: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    keys = dev_keys() if given.dev else KeyFile(Path(given.jwks))
    keys()  # fail now if the file is missing or broken, not at the first hello
    async with serve_rooms(
        Path(given.log),
        keys,
        LocalBus(print_event if given.events else ignore),
        origins=given.origin,
        host="127.0.0.1" if given.dev else given.host,
        port=given.port,
        ice=Ice(tuple(given.ice), os.environ.get(TURN_SECRET, "")),
        drain_s=given.drain,
    ) as rooms:
        print(rooms.port, flush=True)
        await stop.wait()


if __name__ == "__main__":
    args = argparse.ArgumentParser(prog="python -m signaling", description=__doc__)
    args.add_argument("--host", default="127.0.0.1")
    args.add_argument("--port", type=int, default=8761)
    args.add_argument("--log", default="room.db", help="the durable log (SQLite)")
    args.add_argument("--origin", action="append", default=[], help="a page's origin that may connect; repeatable")
    args.add_argument("--ice", action="append", default=[], help=f"stun: or turn: address; secret in {TURN_SECRET}")
    args.add_argument("--events", action="store_true", help="print the rooms' events as JSON lines")
    args.add_argument("--drain", type=float, default=2.0, help="seconds over which clients leave at shutdown")
    who = args.add_mutually_exclusive_group(required=True)
    who.add_argument("--jwks", help="public keys, read again when the file changes")
    who.add_argument("--dev", action="store_true", help="make a pair, print a ticket, bind loopback")
    asyncio.run(main(args.parse_args()))
