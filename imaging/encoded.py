"""Frames as smaller codestreams for readers far away, made by a worker when first asked for and cached."""

import asyncio
import logging
from pathlib import Path

from imaging.errors import Refused
from imaging.failures import passing
from imaging.index.access import Located
from imaging.store.cache import Derivatives
from imaging.store.objects import Objects
from imaging.syntaxes import EXPLICIT_LE
from imaging.workers.jobs import Encode
from imaging.workers.sandbox import Sandbox

log = logging.getLogger(__name__)
MOST_KNOWN = 10_000


class Encoded:
    def __init__(self, objects: Objects, derivatives: Derivatives, sandbox: Sandbox) -> None:
        self._objects, self._derivatives, self._sandbox = objects, derivatives, sandbox
        self._turn = asyncio.Semaphore(1)  # other workers stay free for what arrives and for pictures
        self._as_stored = dict[str, None]()
        """Objects of which a frame is to be sent as it is stored."""

    def may(self, found: Located) -> bool:
        """Whether its frames may become smaller: they are stored uncompressed, and no attempt was refused."""
        return found.frame_syntax == EXPLICIT_LE and found.sha256 not in self._as_stored

    async def made(self, found: Located, number: int, hospital: str) -> bool:
        """Sees to it that the frame is encoded. False: it is to be sent as it is stored, now or for good."""
        try:
            await self.get(found, number, hospital)
        except Refused as refused:
            if refused.code != "as_stored":
                log.warning("a frame could not be encoded, and is sent as it is stored: %s", refused.code)
            if len(self._as_stored) >= MOST_KNOWN:
                self._as_stored.clear()
            self._as_stored[found.sha256] = None
            return False
        except Exception as failure:
            if passing(failure) is None:
                raise
            return False  # no room or no worker just now
        return True

    async def get(self, found: Located, number: int, hospital: str) -> bytes:
        """The frame as HTJ2K, for a reader of `hospital`. Raises Refused if it is to be sent as it is stored."""

        async def make(target: Path) -> None:
            original, source = self._objects.original(found.sha256), self._objects.path(found.source)
            job = Encode(str(original), str(source), found.layout.frame(number), str(target))
            async with self._turn:
                await self._sandbox.derive(job, hospital)

        return await self._derivatives.get(found.sha256, f"{number}.jphc", make)
