"""The port of opinions to a signature service."""

from dataclasses import dataclass
from typing import Protocol

from telemed.access.model import Account


@dataclass(frozen=True)
class Proof:
    """What proves the signer: the password entered again; nothing for paper, whose scan is bound by its hash."""

    account: Account
    password: str | None = None


@dataclass(frozen=True)
class Signed:
    signature: str  # base64, over the canonical bytes
    key_id: str


class Signer(Protocol):
    """A signature service. `LocalSigner` does `password` and `paper`; a certificate authority would be another one."""

    async def sign(self, canonical: bytes, proof: Proof) -> Signed:
        """Signs. Raises NotAllowed if the proof is wrong. Called outside transactions."""

    def attest(self, canonical: bytes) -> Signed:
        """The service's own signature, for facts that it notes itself."""

    async def seal(self, pdf: bytes, reason: str) -> bytes:
        """The PDF with a PAdES signature that shows any later change."""

    def holds(self, canonical: bytes, signature: str) -> bool:
        """Whether the signature is this service's over exactly these bytes."""
