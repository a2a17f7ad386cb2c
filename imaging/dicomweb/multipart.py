"""multipart/related both ways: a streaming splitter for STOW-RS, a writer for WADO-RS (RFC 2387)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from secrets import token_hex

from imaging.errors import Invalid

HEADER_BYTES = 16 << 10
SLICE = 32 << 10
"""Bytes looked at in one go: every part moves the rest of the buffer, which is slow with thousands of tiny parts."""
PARAMETER = re.compile(r';\s*([\w!#$%&\'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))')


def parameters(header: str) -> tuple[str, dict[str, str]]:
    """`type/subtype; a=b; c="d"` parsed to (type/subtype, {a: b, c: d}); type and names in lower case."""
    media_type, _, _ = header.partition(";")
    found = {
        match[1].lower(): re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3]
        for match in PARAMETER.finditer(header[len(media_type) :])
    }
    return media_type.strip().lower(), found


@dataclass(frozen=True)
class PartBegins:
    headers: dict[str, str]


@dataclass(frozen=True)
class PartData:
    data: bytes


@dataclass(frozen=True)
class PartEnds:
    pass


Piece = PartBegins | PartData | PartEnds


class Splitter:
    """Splits a body as it comes into the parts' headers and bytes; it holds back at most the length of a line."""

    def __init__(self, boundary: str) -> None:
        if not 1 <= len(boundary) <= 70 or not boundary.isascii():
            raise Invalid("The request's multipart boundary is missing or too long.")
        self._marker = b"\r\n--" + boundary.encode()
        # The first boundary may stand at the very beginning, without a line break: pretend one.
        self._held = b"\r\n"
        self._skip = 0
        self._state: Callable[[], list[Piece] | None] = self._preamble
        self.ended = False

    def feed(self, data: bytes) -> Iterator[Piece]:
        for at in range(0, len(data), SLICE):
            self._held += data[at : at + SLICE]
            while not self.ended and (pieces := self._state()) is not None:
                yield from pieces

    def close(self) -> None:
        if not self.ended:
            raise Invalid("The request ended in the middle of a part.")

    def _preamble(self) -> list[Piece] | None:
        at = self._held.find(self._marker)
        if at < 0:
            self._held = self._held[-len(self._marker) + 1 :]
            return None
        self._held = self._held[at + len(self._marker) :]
        self._state = self._after_boundary
        return []

    def _after_boundary(self) -> list[Piece] | None:
        if len(self._held) < 2:
            return None
        if self._held.startswith(b"--"):
            self.ended = True
            self._held = b""
            return []
        end = self._held.find(b"\r\n")
        if end < 0:
            self._bound_header()
            return None
        if self._held[:end].strip(b" \t"):
            raise Invalid("A multipart boundary is followed by something else.")
        self._held = self._held[end:]  # its line break also ends the header if that is empty
        self._state = self._headers
        return []

    def _headers(self) -> list[Piece] | None:
        end = self._held.find(b"\r\n\r\n")
        if end < 0:
            self._bound_header()
            return None
        headers: dict[str, str] = {}
        for line in self._held[:end].decode("latin-1").split("\r\n"):
            name, colon, value = line.partition(":")
            if line and not colon:
                raise Invalid("A part's header cannot be read.")
            if line:
                headers[name.strip().lower()] = value.strip()
        self._held = b"\r\n" + self._held[end + 4 :]
        self._skip = 2
        self._state = self._body
        return [PartBegins(headers)]

    def _body(self) -> list[Piece] | None:
        at = self._held.find(self._marker)
        if at >= 0:
            data = self._held[self._skip : at]
            self._held = self._held[at + len(self._marker) :]
            self._state = self._after_boundary
            return [PartData(data), PartEnds()] if data else [PartEnds()]
        safe = len(self._held) - len(self._marker) + 1
        if safe <= self._skip:
            return None
        data, self._held, self._skip = self._held[self._skip : safe], self._held[safe:], 0
        return [PartData(data)]

    def _bound_header(self) -> None:
        if len(self._held) > HEADER_BYTES:
            raise Invalid("A part's header is too long.")


class Writer:
    """Writes bodies as parts; the boundary is random, so that no body contains it."""

    def __init__(self, part_type: str) -> None:
        self._boundary = token_hex(16)
        self.content_type = f'multipart/related; type="{part_type}"; boundary={self._boundary}'

    def head(self, content_type: str, length: int, location: str = "", encoding: str = "") -> bytes:
        more = f"Content-Location: {location}\r\n" if location else ""
        more += f"Content-Encoding: {encoding}\r\n" if encoding else ""
        return (
            f"--{self._boundary}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n{more}\r\n"
        ).encode()

    def end(self) -> bytes:
        return f"--{self._boundary}--\r\n".encode()
