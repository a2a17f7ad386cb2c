"""A worker process: reads one job at a time from stdin, writes its answer to stdout, under limits of the OS.

Files from outside are opened only here (S25). A hostile file kills this process at worst, and the sandbox
replaces it.
"""

import os
import resource
import sys
from pathlib import Path
from typing import BinaryIO

import msgspec

from imaging.errors import FULL, NoSpace, Refused
from imaging.limits import Limits
from imaging.workers.inspection import inspect_file, sha256_of
from imaging.workers.jobs import LENGTH, Answer, Done, Encode, Found, Inspect, Job, Unpack, Verdict


def perform(job: Job, limits: Limits) -> Answer:
    try:
        match job:
            case Inspect():
                path = Path(job.path)
                return Found(sha256_of(path), path.stat().st_size, inspect_file(path, Path(job.sidecar), limits))
            case Unpack():
                from imaging.workers.unpack import unpack

                return unpack(job, limits)
            case Encode():
                from imaging.workers.derive import encode

                return encode(job)
            case _:
                # Imported here, because only a worker that renders needs codecs.
                from imaging.workers.derive import derive

                derive(job, limits)
                return Done()
    except Refused as refused:
        return Verdict(refused.code, refused.sentence, refused.about)
    except MemoryError:
        return Verdict("too_large", "The file needs more memory than a file may have.")
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            return Verdict(NoSpace.code, "The disk is full.")
        print(f"{type(job).__name__} failed: {error!r}", file=sys.stderr)
        return Verdict("malformed", "The file is damaged or not what it says it is.")


def main() -> None:
    limits = msgspec.convert(msgspec.json.decode(sys.argv[1]), Limits)
    os.nice(int(sys.argv[2]))
    resource.setrlimit(resource.RLIMIT_AS, (limits.worker_memory, limits.worker_memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    read, write = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print must not break the protocol
    decode, encode = msgspec.msgpack.Decoder(Job).decode, msgspec.msgpack.Encoder().encode
    while head := read.read(LENGTH.size):
        job = decode(read.read(LENGTH.unpack(head)[0]))
        _allow_cpu(limits.worker_cpu_seconds * (8 if isinstance(job, Unpack) else 1))
        _send(write, encode(perform(job, limits)))


def _allow_cpu(seconds: int) -> None:
    """Raises the CPU limit for the next job; the OS counts the whole life of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _send(stream: BinaryIO, answer: bytes) -> None:
    stream.write(LENGTH.pack(len(answer)) + answer)
    stream.flush()


if __name__ == "__main__":
    main()
