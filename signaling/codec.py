"""Bytes to messages and back.

Two passes on purpose: the envelope first, so that a refusal of a bad `d` can still name the request it answers;
then `d` by its type. What people say to each other (`payload`) stays the bytes it came as.
"""

from typing import Any, get_args

import msgspec
from msgspec import UNSET

from signaling.errors import Close, Code, Refused
from signaling.protocol import MAX_SDP, VERSION, ClientMessage, Envelope, Json, Said, Sdp

encode = msgspec.json.Encoder().encode
_envelope = msgspec.json.Decoder(Envelope)
_data: dict[str, msgspec.json.Decoder[Any]] = {
    str(kind.__struct_config__.tag): msgspec.json.Decoder(kind) for kind in get_args(ClientMessage)
}
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def decode(raw: bytes) -> ClientMessage:
    try:
        raw.decode()  # Raw is not checked: one byte of bad UTF-8 in a payload would close every reader's socket (1007)
        envelope = _envelope.decode(raw)
    except _BROKEN as error:
        raise Refused(Code.bad_message, "This is not a message.", close=Close.bad_message) from error
    if envelope.v != VERSION:
        raise Refused(Code.bad_version, f"This server speaks version {VERSION}.", envelope.id)
    if (decoder := _data.get(envelope.t)) is None:
        raise Refused(Code.unknown_type, f"No message is called {envelope.t[:40]!r}.", envelope.id)
    try:
        message: ClientMessage = decoder.decode(envelope.d)
    except _BROKEN as error:
        raise Refused(Code.bad_message, str(error), envelope.id) from error
    if envelope.forged is not UNSET or message.forged is not UNSET:
        raise Refused(Code.forbidden, "The server says who a message is from.", envelope.id)
    if isinstance(message, Sdp) and len(message.sdp) > MAX_SDP:
        raise Refused(Code.too_large, f"A description has at most {MAX_SDP} characters.", envelope.id)
    message.id = envelope.id
    return message


def write(t: str, d: Json | Said, re: str | None = None) -> bytes:
    """The body, written once for the whole room; `numbered` puts each session's seq before it."""
    return encode({"v": VERSION, "t": t, "re": re, "d": d} if re is not None else {"v": VERSION, "t": t, "d": d})


def numbered(seq: int, body: bytes) -> bytes:
    return b'{"seq":%d,%b' % (seq, body[1:])
