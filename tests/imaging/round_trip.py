"""Files sent into the archive by every way and read back, each into a hospital of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from aiohttp import web
from PIL import Image
from pydicom import Dataset, dcmread
from pydicom.encaps import generate_frames
from pynetdicom.dsutils import split_dataset

from imaging.actor import Actor
from imaging.dimse import open_dimse
from imaging.limits import Limits
from tests.imaging.conftest import Asker, Events, served
from tests.imaging.corpus import frames_of, numbers_of, picture, with_uids
from tests.imaging.modality import send_file
from tests.imaging.rule import TOLERANCE
from tests.imaging.uploading import new_batch, send, settled, zipped

WHOLE: Final = 'multipart/related; type="application/dicom"; transfer-syntax=*'
NUMBERS: Final = "application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1"
AGAIN: Final = 10_000
"""Added to the number of a file that goes once more."""


@dataclass
class Trip:
    """What became of a file that went in one way."""

    refused: str = ""
    """The name of the reason; empty where it was taken."""
    wrong: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    """Of each frame read: `exact`, `alone` where no other decoder reads it, else the reason's name."""
    pictures: list[str] = field(default_factory=list)
    """Of each frame: `right`, `alone`, else the reason's name."""


Trips = dict[str, dict[str, Trip]]
"""Of each file by its name and number, of each way that could be tried."""
AT_ONCE: Final = 4


class Gates:
    """The ways into one archive."""

    def __init__(self, asker: Asker, events: Events, dimse: int) -> None:
        self._asker, self._events, self._dimse = asker, events, dimse

    async def trips(self, path: Path, number: int) -> dict[str, Trip]:
        data = await asyncio.to_thread(path.read_bytes)
        ways: dict[str, Callable[[Asker], Awaitable[str | None]]] = {
            "STOW": lambda who: self._stow(who, data),
            "UPLOAD": lambda who: self._sent(who, data, path.name),
            "ZIP": lambda who: self._sent(who, zipped({path.name: data}), "all.zip"),
            "CSTORE": lambda who: self._store(who, path),
        }
        trips = dict[str, Trip]()
        for way, take in ways.items():
            who = self._asker.as_(f"{way}_{number}")
            refused = await take(who)
            if refused is not None:
                trips[way] = Trip(refused) if refused else await read_back(who, path, data, exact=way != "CSTORE")
        return trips

    async def _stow(self, who: Asker, data: bytes) -> str:
        _, answer = await who.store(data)
        failed = [item for tag in ("00081198", "0008119A") for item in answer.get(tag, {}).get("Value", [])]
        return str(failed[0]["00000902"]["Value"][0]).partition(":")[0] if failed else ""

    async def _sent(self, who: Asker, data: bytes, name: str) -> str:
        batch = await new_batch(who, 1)
        await send(who, data, name, batch)
        shown = await settled(who, batch)
        return str(shown["files"][-1]["code"])

    async def _store(self, who: Asker, path: Path) -> str | None:
        """The peer is told a status alone, so the reason is that of the event. None: the file cannot be sent so."""
        status = await asyncio.to_thread(send_file, self._dimse, path, who.who)
        if not status:
            return None if status is None else ""
        event = await self._events.wait_for("instance.refused", f"archive/{who.who}")
        return str(event.data["code"])


async def round_trips(folder: Path, files: Iterable[Path]) -> Trips:
    """A file that is refused because it lacks UIDs goes once more, with UIDs."""
    events, room, found = Events(), asyncio.Semaphore(AT_ONCE), Trips()

    async def one(gates: Gates, path: Path, number: int) -> None:
        async with room:
            trips = found[f"{number} {path.name}"] = await gates.trips(path, number)
            if trips["STOW"].refused == "no_uid":
                whole = with_uids(path, folder)
                found[f"{number} {whole.name}"] = await gates.trips(whole, number + AGAIN)

    async with (
        served(folder / "archive", events=events, limits=Limits(workers=2), authenticate=_whoever) as asker,
        open_dimse(asker.archive, "127.0.0.1", 0, ae_title="TELEMED", hospital_of=lambda title: title) as port,
    ):
        gates = Gates(asker, events, port)
        async with asyncio.TaskGroup() as group:
            for number, path in enumerate(files):
                group.create_task(one(gates, path, number))
    return found


def wrong(trips: Trips) -> list[str]:
    """What did not come back as it went in, and what one way refused otherwise than another."""
    lines = []
    for name, ways in trips.items():
        lines += [f"{name} by {way}: {', '.join(trip.wrong)}" for way, trip in ways.items() if trip.wrong]
        if len({trip.refused for trip in ways.values()}) > 1:
            lines.append(f"{name}: { ({way: trip.refused for way, trip in ways.items()}) }")
    return lines


async def _whoever(request: web.Request) -> Actor:
    name = request.headers["X-Who"]
    return Actor(name, frozenset((name,)), name, reads_own=True, stores=True)


async def read_back(who: Asker, path: Path, data: bytes, *, exact: bool) -> Trip:
    trip, ds = Trip(), dcmread(path)
    place = f"/dicomweb/studies/{ds.StudyInstanceUID}/series/{ds.SeriesInstanceUID}/instances/{ds.SOPInstanceUID}"
    status, body, _ = await who.get(place, WHOLE)
    kept = _part(body) if status == 200 else b""
    if exact and kept != bytes(128) + data[128:]:
        trip.wrong.append("other bytes")
    if not exact and kept[_data_set(kept) :] != data[split_dataset(path)[1] :]:
        trip.wrong.append("another data set")
    for frame in frames_of(path):
        trip.frames.append(await _numbers(who, place, path, ds, frame))
        trip.pictures.append(await _picture(who, place, path, frame))
    trip.wrong += [each for each in (*trip.frames, *trip.pictures) if each.startswith("wrong")]
    return trip


async def _numbers(who: Asker, place: str, path: Path, ds: Dataset, frame: int) -> str:
    if ds.file_meta.TransferSyntaxUID.is_encapsulated:
        count = int(ds.get("NumberOfFrames") or 1)
        stored = list(generate_frames(ds.PixelData, number_of_frames=count))[frame - 1]
        _, body, _ = await who.get(f"{place}/frames/{frame}", "application/octet-stream; transfer-syntax=*")
        if body != stored:
            return "wrong codestream"
    status, body, _ = await who.get(f"{place}/frames/{frame}", NUMBERS)
    if status != 200:
        return str(msgspec.json.decode(body).get("reason", status))
    want = await asyncio.to_thread(numbers_of, path, frame)
    if want is None:
        return "alone"
    return "exact" if body == want else "wrong numbers"


async def _picture(who: Asker, place: str, path: Path, frame: int) -> str:
    status, body, _ = await who.get(f"{place}/frames/{frame}/rendered", "image/png")
    if status != 200:
        return str(msgspec.json.decode(body).get("reason", status))
    want = await asyncio.to_thread(picture, path, frame)
    if want is None:
        return "alone"
    shown = np.asarray(Image.open(BytesIO(body)).convert("RGB"), float)
    right = shown.shape == want.shape and np.abs(shown - want).max() <= TOLERANCE
    return "right" if right else "wrong picture"


def _part(body: bytes) -> bytes:
    """The only part of a multipart body."""
    _, _, rest = body.partition(b"\r\n\r\n")
    return rest[: rest.rindex(b"\r\n--")]


def _data_set(data: bytes) -> int:
    """Where the data set of a file begins: after the group length and as much as it says (PS3.10 §7.1)."""
    return 144 + int.from_bytes(data[140:144], "little")
