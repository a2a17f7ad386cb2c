"""Runs the worker processes: gives them jobs, kills one that exceeds its limits, replaces dead ones."""

import asyncio
import dataclasses
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from imaging.errors import Busy, NoSpace, Refused
from imaging.limits import Limits
from imaging.turns import Turns
from imaging.workers.jobs import LENGTH, Answer, Done, Encode, Encoded, Found, Inspect, Job, Unpack, Unpacked, Verdict

log = logging.getLogger(__name__)

ENCODER_NICE = 10
"""Nobody waits for a pack: whoever reads gets the processor first."""
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Answer).decode


class Worker:
    """One process, started when first needed."""

    def __init__(self, limits: Limits, nice: int = 0) -> None:
        self._limits, self._nice = limits, nice
        self._process: asyncio.subprocess.Process | None = None

    async def run(self, job: Job) -> Answer:
        try:
            limits = self._limits
            limit = limits.unpack_wall_seconds if isinstance(job, Unpack) else limits.worker_wall_seconds
            async with asyncio.timeout(limit):
                return await self._run(job)
        except TimeoutError:
            await self.stop()
            return Verdict("too_slow", "Reading the file took longer than a file may take.")
        except (asyncio.IncompleteReadError, ConnectionError, OSError):
            await self.stop()
            return Verdict("too_large", "Reading the file took more memory or time than a file may take.")
        except asyncio.CancelledError:
            await self.stop()  # a late answer would be taken for the next job's
            raise

    async def _run(self, job: Job) -> Answer:
        process = self._process
        if process is None or process.returncode is not None:
            try:
                process = self._process = await self._start()
            except OSError as failure:  # no descriptor or memory for a process: not the file's fault
                raise Busy("The archive is busy. Try again in a moment.") from failure
        assert process.stdin is not None
        assert process.stdout is not None
        message = _encode(job)
        process.stdin.write(LENGTH.pack(len(message)) + message)
        await process.stdin.drain()
        length = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))[0]
        answer: Answer = _decode(await process.stdout.readexactly(length))
        return answer

    async def _start(self) -> asyncio.subprocess.Process:
        root = str(Path(__file__).parent.parent.parent)
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        limits = msgspec.json.encode(dataclasses.asdict(self._limits)).decode()
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "imaging.workers.worker",
            limits,
            str(self._nice),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # Only what Python needs, so that a compromised worker finds no secrets in its environment.
            # Names need only the readings of single characters; loading the phrase dictionary takes half a second.
            env={
                "PYTHONPATH": path,
                "PATH": os.environ.get("PATH", ""),
                "OPENBLAS_NUM_THREADS": "1",
                "PYPINYIN_NO_PHRASES": "true",
            },
            start_new_session=True,  # Ctrl-C goes to this process only, which then stops the workers
        )

    async def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        # Reading to the end closes the pipes before the event loop closes.
        await process.communicate()


class Sandbox:
    """A pool of workers that the hospitals share fairly."""

    def __init__(self, limits: Limits) -> None:
        self._all = [Worker(limits) for _ in range(limits.workers + 1)]
        self._turns = Turns(self._all)
        self._encoder, self._encoding = Worker(limits, ENCODER_NICE), asyncio.Lock()

    async def _run(self, job: Job, hospital: str) -> Answer:
        long = isinstance(job, Unpack)
        worker = await self._turns.take(hospital, long)
        try:
            answer = await worker.run(job)
        finally:
            self._turns.give(worker, hospital, long)
        return _good(answer)

    async def inspect(self, job: Inspect, hospital: str = "") -> Found:
        answer = await self._run(job, hospital)
        assert isinstance(answer, Found)
        return answer

    async def unpack(self, job: Unpack, hospital: str = "") -> Unpacked:
        answer = await self._run(job, hospital)
        assert isinstance(answer, Unpacked)
        return answer

    async def derive(self, job: Job, hospital: str) -> None:
        """Runs a job for a reader of this hospital; reading has turns of its own, apart from the hospital's uploads."""
        assert isinstance(await self._run(job, reading(hospital)), Done)

    async def encode(self, job: Encode) -> Encoded:
        """By a worker of its own, one job at a time: those of readers and of what arrives stay free."""
        async with self._encoding:
            answer = _good(await self._encoder.run(job))
        assert isinstance(answer, Encoded)
        return answer

    async def stop(self) -> None:
        for worker in (*self._all, self._encoder):
            await worker.stop()


def _good(answer: Answer) -> Answer:
    if isinstance(answer, Verdict):
        if answer.code == NoSpace.code:
            raise NoSpace
        raise Refused(answer.code, answer.sentence, **answer.about)
    return answer


def reading(hospital: str) -> str:
    """The name under which a hospital's readers take turns."""
    return f"{hospital} reading"


@asynccontextmanager
async def open_sandbox(limits: Limits) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(limits)
    try:
        yield sandbox
    finally:
        await sandbox.stop()
