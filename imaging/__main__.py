"""`python -m imaging`: runs the archive alone, for callers with a ticket."""

import argparse
import asyncio
import logging
import signal
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from imaging.apps import build_apps
from imaging.archive import open_archive
from imaging.outbox import Event
from imaging.tickets import Keys, authenticate_with, dev_ticket, from_file

LOOPBACK = "127.0.0.1"
log = logging.getLogger("imaging")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m imaging", description="A small DICOMweb archive.")
    parser.add_argument("--data-dir", type=Path, default=Path("imaging-data"))
    parser.add_argument("--host", default=LOOPBACK)
    parser.add_argument("--port", type=int, default=8763)
    keys = parser.add_mutually_exclusive_group(required=True)
    keys.add_argument("--jwks", type=Path, help="public keys of whoever issues the tickets (JWKS file)")
    keys.add_argument("--dev", action="store_true", help="make a key pair, print a ticket, bind loopback")
    parser.add_argument("--dimse-port", type=int, help="also receive C-STORE on this port")
    parser.add_argument("--ae-title", default="TELEMED", help="what peers call this archive")
    parser.add_argument(
        "--caller", action="append", default=[], metavar="AE=HOSPITAL", help="a peer that may store, and for whom"
    )
    parser.add_argument("--hospital", default="ruijin", help="with --dev: the archive of the printed ticket")
    given = parser.parse_args()
    if given.dimse_port is not None and not all("=" in caller for caller in given.caller or [""]):
        parser.error("--dimse-port needs at least one --caller AE=HOSPITAL")
    return given


async def log_event(event: Event) -> None:
    """Logs an event without the patient; alone, the archive has nobody to send it to."""
    log.info("%s %s seq %d", event.type, event.source, event.seq)


@dataclass(frozen=True)
class Dimse:
    port: int
    ae_title: str
    callers: dict[str, str]


async def serve(keys: Keys, data_dir: Path, host: str, port: int, dimse: Dimse | None = None) -> None:
    stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    async with AsyncExitStack() as stack:
        archive = await stack.enter_async_context(open_archive(data_dir, publish=log_event))
        if dimse is not None:
            from imaging.dimse import open_dimse  # slow to import, and not every archive has DIMSE

            listening = await stack.enter_async_context(
                open_dimse(archive, host, dimse.port, ae_title=dimse.ae_title, hospital_of=dimse.callers.get)
            )
        root = web.Application()
        for prefix, app in build_apps(archive, authenticate_with(keys)).items():
            root.add_subapp(prefix, app)
        runner = web.AppRunner(root, access_log=None, shutdown_timeout=5.0)  # its lines would say who is looked for
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, host, port)
        await site.start()
        bound = runner.addresses[0][1]
        print(f"ready http://{host}:{bound}", flush=True)
        if dimse is not None:
            print(f"dimse {host}:{listening}", flush=True)
        await stop.wait()


def main() -> None:
    given = arguments()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    if given.dev:
        keys, ticket = dev_ticket(given.hospital)
        host = LOOPBACK
        print(f"ticket {ticket}", flush=True)
    else:
        keys, host = from_file(given.jwks), given.host
    dimse = None
    if given.dimse_port is not None:
        callers = dict(caller.split("=", 1) for caller in given.caller)
        dimse = Dimse(given.dimse_port, given.ae_title, callers)
    asyncio.run(serve(keys, given.data_dir, host, given.port, dimse))


if __name__ == "__main__":
    main()
