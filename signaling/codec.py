"""Bytes to messages and back.

Decoding takes two passes: first the envelope, so that refusing a bad `d` can name the request; then `d` by its type.
A `payload`, which people send to each other, stays the bytes it came as, except for hidden characters in its texts. It
is accepted only if everybody after us can read it: the log, the product, its database and the other browsers.
"""

import re
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
# Controls that nobody sees: a right-to-left override shows a dose of 05 as 50. Joiners (U+200C, U+200D) stay.
HIDDEN: Final = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


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
        if HIDDEN.search(envelope.id or ""):
            raise ValueError("An id holds a hidden character.")
        sent = _any.decode(envelope.d)
        cleaned = clean(sent)
        message: ClientMessage = decoder.decode(envelope.d if cleaned == sent else encode(cleaned))
    except _BROKEN as error:
        raise Refused(Code.bad_message, str(error), envelope.id) from error
    if envelope.forged is not UNSET or message.forged is not UNSET:
        raise Refused(Code.forbidden, "The server says who a message is from.", envelope.id)
    if isinstance(message, Sdp) and len(message.sdp) > MAX_SDP:
        raise Refused(Code.too_large, f"A description has at most {MAX_SDP} characters.", envelope.id)
    message.id = envelope.id
    return message


def clean(value: object, depth: int = DEPTH) -> object:
    """The value without hidden characters; raises ValueError for what somebody after us could not read. NaN and
    infinities are no JSON anyway."""
    match value:
        case str():
            return HIDDEN.sub("", value)
        case int() if abs(value) > LARGEST:
            raise ValueError("An integer is too large.")
        case list() | dict() if depth == 0:
            raise ValueError("It is nested too deeply.")
        case list():
            return [clean(each, depth - 1) for each in value]
        case dict():
            if any(HIDDEN.search(name) for name in value):  # two names might become one
                raise ValueError("A name holds a hidden character.")
            return {name: clean(each, depth - 1) for name, each in value.items()}
        case _:
            return value


def write(t: str, d: Json | Said, re: str | None = None) -> bytes:
    """A frame, written once for the whole room; `numbered` then adds each session's seq."""
    return encode({"v": VERSION, "t": t, "re": re, "d": d} if re is not None else {"v": VERSION, "t": t, "d": d})


def numbered(seq: int, body: bytes) -> bytes:
    return b'{"seq":%d,%b' % (seq, body[1:])
