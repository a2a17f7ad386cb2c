"""Bytes to messages and back.

Decoding takes two passes: first the envelope, so that refusing a bad `d` can name the request; then `d` by its type.
A `payload`, which people send to each other, stays the bytes it came as. It is accepted only if everybody after us
can read it: the log, the product, its database and the other browsers.
"""

from typing import Any, Final, get_args

import msgspec
from msgspec import UNSET

from signaling.errors import Close, Code, Refused
from signaling.protocol import MAX_SDP, VERSION, ClientMessage, Envelope, Json, Said, Sdp

encode = msgspec.json.Encoder().encode
_envelope = msgspec.json.Decoder(Envelope)
_data: dict[str, msgspec.json.Decoder[Any]] = {
    str(kind.__struct_config__.tag): msgspec.json.Decoder(kind) for kind in get_args(ClientMessage)
}
_any: msgspec.json.Decoder[Any] = msgspec.json.Decoder()
_BROKEN = (ValueError, RecursionError)  # msgspec.DecodeError and UnicodeDecodeError are ValueErrors
DEPTH: Final = 32
LARGEST: Final = 2**53 - 1  # larger integers are not read alike by every JSON reader (RFC 7493 §2.2)


def decode(raw: bytes) -> ClientMessage:
    try:
        raw.decode()  # a Raw is not checked, and bad UTF-8 would close every reader's socket (1007)
        envelope = _envelope.decode(raw)
    except _BROKEN as error:
        raise Refused(Code.bad_message, "This is not a message.", close=Close.bad_message) from error
    if envelope.v != VERSION:
        raise Refused(Code.bad_version, f"This server speaks version {VERSION}.", envelope.id)
    if (decoder := _data.get(envelope.t)) is None:
        raise Refused(Code.unknown_type, f"No message is called {envelope.t[:40]!r}.", envelope.id)
    try:
        check([envelope.id, _any.decode(envelope.d)])
        message: ClientMessage = decoder.decode(envelope.d)
    except _BROKEN as error:
        raise Refused(Code.bad_message, str(error), envelope.id) from error
    if envelope.forged is not UNSET or message.forged is not UNSET:
        raise Refused(Code.forbidden, "The server says who a message is from.", envelope.id)
    if isinstance(message, Sdp) and len(message.sdp) > MAX_SDP:
        raise Refused(Code.too_large, f"A description has at most {MAX_SDP} characters.", envelope.id)
    message.id = envelope.id
    return message


def check(value: object, depth: int = DEPTH) -> None:
    """Raises ValueError for a value that somebody after us could not read; NaN and infinities are no JSON anyway."""
    match value:
        case str() if "\0" in value:
            raise ValueError("A text holds a NUL character.")
        case int() if abs(value) > LARGEST:
            raise ValueError("An integer is too large.")
        case list() | dict() if depth == 0:
            raise ValueError("It is nested too deeply.")
        case list():
            for each in value:
                check(each, depth - 1)
        case dict():
            for name, each in value.items():
                check(name, depth)
                check(each, depth - 1)


def write(t: str, d: Json | Said, re: str | None = None) -> bytes:
    """A frame, written once for the whole room; `numbered` then adds each session's seq."""
    return encode({"v": VERSION, "t": t, "re": re, "d": d} if re is not None else {"v": VERSION, "t": t, "d": d})


def numbered(seq: int, body: bytes) -> bytes:
    return b'{"seq":%d,%b' % (seq, body[1:])
