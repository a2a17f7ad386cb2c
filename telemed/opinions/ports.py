"""What opinions ask of a signature service."""

from dataclasses import dataclass
from typing import Protocol

from telemed.access.model import Account


@dataclass(frozen=True)
class Proof:
    """What the person gives to sign: the password re-entered; paper gives nothing here, its scan is bound by hash."""

    account: Account
    password: str | None = None


@dataclass(frozen=True)
class Signed:
    signature: str  # base64, over the canonical bytes
    key_id: str


class Signer(Protocol):
    """`password` and `paper` are local; a hospital's certificate authority is another adapter."""

    async def sign(self, canonical: bytes, proof: Proof) -> Signed:
        """Raises NotAllowed when the proof does not hold. Called outside every transaction."""

    def attest(self, canonical: bytes) -> Signed:
        """The service's own signature: of what it noted itself, where nobody proves anything."""

    async def seal(self, pdf: bytes, reason: str) -> bytes:
        """The PDF with a PAdES signature that shows any later change."""

    def holds(self, canonical: bytes, signature: str) -> bool:
        """Whether the signature is this service's over exactly these bytes."""
