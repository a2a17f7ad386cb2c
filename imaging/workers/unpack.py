"""Unpacks a zip safely: no links, no paths out of the folder, no zips in zips, no bombs (S29)."""

import contextlib
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from time import monotonic

from imaging.errors import FULL, Refused
from imaging.limits import Limits
from imaging.workers.jobs import Packed, Unpack, Unpacked

BLOCK = 1 << 20
FREE = 10 << 20
"""Up to so many unpacked bytes the ratio is not checked, because empty slices compress very well."""
LEFT_ALONE = frozenset((".ds_store", "thumbs.db", "desktop.ini", "autorun.inf"))
CALLED_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def unpack(job: Unpack, limits: Limits) -> Unpacked:
    """Unpacks members under names of ours; their own names are only reported. Raises Refused if the zip is bad."""
    path = Path(job.path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not _left_alone(entry)]
            if len(entries) > limits.zip_members:
                raise Refused("zip_bomb", f"The zip holds more than {limits.zip_members} files.")
            if not entries:
                raise Refused("empty", "The zip holds no file.")
            members = _members(archive, entries, path.stat().st_size, job, limits)
            return Unpacked(members, more=job.first + len(members) < len(entries))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, UnicodeDecodeError, EOFError) as error:
        raise Refused("bad_zip", "The zip is damaged or not a zip.") from error


def _left_alone(entry: zipfile.ZipInfo) -> bool:
    """Whether it is skipped: folders, and files that desktop systems leave in them."""
    parts = PurePosixPath(entry.filename).parts
    return entry.is_dir() or "__MACOSX" in parts or (bool(parts) and parts[-1].lower() in LEFT_ALONE)


def _members(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], packed: int, job: Unpack, limits: Limits
) -> list[Packed]:
    members: list[Packed] = []
    total, until = job.unpacked, monotonic() + limits.unpack_slice_seconds
    for number, entry in enumerate(entries[job.first :], job.first):
        if members and monotonic() > until:
            break
        member = Packed(_name(entry), f"{number:06d}", 0)
        members.append(member)
        try:
            # The limit is on the output; what the entry says of its size is not trusted.
            allowance = min(limits.file_bytes, limits.zip_bytes - total, max(FREE, limits.zip_ratio * packed) - total)
            member.bytes = _extract(archive, entry, Path(job.folder) / member.file, allowance)
            total += member.bytes
        except Refused as refused:
            member.file, member.code, member.sentence = "", refused.code, refused.sentence
            if refused.code == "zip_bomb":
                raise
    return members


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's name. Chinese Windows writes it in GBK without saying so, and zipfile reads that as cp437."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return name[-300:]


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, allowance: int) -> int:
    parts = PurePosixPath(entry.filename.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or ":" in entry.filename[:2]:
        raise Refused("unsafe_name", "The file's name in the zip leads out of the zip.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused("link", "The entry is a link, not a file.")
    if entry.flag_bits & 1:
        raise Refused("encrypted", "The file in the zip is protected by a password.")
    written = 0
    try:
        with archive.open(entry) as source, target.open("wb") as out:
            while block := source.read(BLOCK):
                if written == 0 and block.startswith(CALLED_ZIP):
                    raise Refused("nested_zip", "A zip inside a zip is not unpacked; send it by itself.")
                written += len(block)
                if written > allowance:
                    raise Refused("zip_bomb", "The zip expands beyond what is taken.")
                out.write(block)
    except Refused:
        target.unlink(missing_ok=True)
        raise
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, zlib.error) as error:
        target.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in FULL:
            raise  # the disk is full, which is not the file's fault
        raise Refused("bad_zip", "This file is damaged inside the zip.") from error
    return written
