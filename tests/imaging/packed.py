"""Packs of an archive: waiting for them, and taking them apart."""

from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from sqlmodel import select

from imaging.index.model import Series
from imaging.store.packs import PREVIEW_HEAD, Contents
from tests.imaging.conftest import Asker, Time, until
from tests.imaging.made import made, uid

SIDE = 128
STUDY, SERIES = uid("study"), uid("study", "series")


def smooth(number: int = 1, side: int = SIDE) -> bytes:
    """A picture that becomes smaller, another one for each number, as 12-bit words."""
    y, x = np.mgrid[0:side, 0:side]
    values = 2000 + 1500 * np.sin(x / 20 + number) * np.cos(y / 15)
    words: bytes = (values + np.random.default_rng(number).integers(-9, 9, (side, side))).astype("<u2").tobytes()
    return words


def slice_of(number: int, study: str = "study", **more: Any) -> bytes:
    return made(study, number, side=SIDE, PixelData=smooth(number), **more)


async def settled(asker: Asker, time: Time) -> None:
    """Returns once every series that is there has been packed."""
    time.pass_(10)
    asker.archive.packing.grew()
    await until(asker.archive.packing.queue, lambda waiting: waiting == 0)


async def pack_of(asker: Asker, series: str = SERIES) -> str:
    query = select(Series.pack).where(Series.series_uid == series)
    return await asker.archive.index.read(lambda session: session.exec(query).one())


@dataclass
class Previews:
    contents: Contents
    bodies: dict[int, bytes]
    """By position in the contents."""

    @classmethod
    def of(cls, body: bytes) -> "Previews":
        _, length = PREVIEW_HEAD.unpack_from(body)
        at = PREVIEW_HEAD.size + length
        contents = msgspec.json.decode(body[PREVIEW_HEAD.size : at], type=Contents)
        bodies = {}
        for position in contents.previews:
            size = contents.frames[position][3]
            bodies[position] = body[at : at + size]
            at += size
        assert at == len(body)
        return cls(contents, bodies)


def address(kind: str, study: str = "study", **query: object) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/imaging/{kind}/{uid(study)}/{uid(study, 'series')}" + (f"?{asked}" if asked else "")


def frame_of(number: int, study: str = "study") -> str:
    series = uid(study, "series")
    return f"/dicomweb/studies/{uid(study)}/series/{series}/instances/{uid(study, 'series', str(number))}/frames/1"


async def previews(asker: Asker, **query: str) -> Previews:
    status, body, _ = await asker.get(address("preview", **query))
    assert status == 200
    return Previews.of(body)
