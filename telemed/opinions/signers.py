"""The local signature service: Ed25519 over the signed text, and a PAdES seal on the PDF, with a certificate of ours.

It confirms what this system recorded. It is no reliable electronic signature (可靠电子签名), as the print says.
"""

import asyncio
import base64
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from telemed.access.passwords import matches
from telemed.errors import NotAllowed
from telemed.kit.secret import write_secret
from telemed.opinions.model import Method
from telemed.opinions.ports import Proof, Signed, Signer

LASTS = timedelta(days=3650)
FIELD = "Telemed"


class LocalSigner:
    """Signs with the service's own keys. The method decides how the person proves who they are."""

    def __init__(self, folder: Path, method: Method) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._method, self._key = method, _signing_key(folder / "opinions.pem")
        key_file, certificate_file = folder / "seal.pem", folder / "seal.crt"
        if not certificate_file.exists():
            _make_certificate(key_file, certificate_file)
        self._seal_files = str(key_file), str(certificate_file)
        public = self._key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self._key_id = sha256(public).hexdigest()[:16]

    async def sign(self, canonical: bytes, proof: Proof) -> Signed:
        if self._method is Method.password and not await matches(proof.account.password_hash, proof.password or ""):
            raise NotAllowed("The password is wrong.", reason="wrong_password")
        return self.attest(canonical)

    def attest(self, canonical: bytes) -> Signed:
        return Signed(base64.b64encode(self._key.sign(canonical)).decode(), self._key_id)

    async def seal(self, pdf: bytes, reason: str) -> bytes:
        return await asyncio.to_thread(self._seal, pdf, reason)

    def _seal(self, pdf: bytes, reason: str) -> bytes:
        # Imported here, because pyHanko takes a second to import.
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers

        sealer = signers.SimpleSigner.load(*self._seal_files)  # type: ignore[no-untyped-call]
        if sealer is None:
            raise RuntimeError("the seal's key and certificate cannot be read")
        wanted = signers.PdfSignatureMetadata(
            field_name=FIELD, reason=reason, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
        )
        out = BytesIO()
        signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), wanted, signer=sealer, output=out)
        return out.getvalue()

    def holds(self, canonical: bytes, signature: str) -> bool:
        try:
            self._key.public_key().verify(base64.b64decode(signature), canonical)
        except (InvalidSignature, ValueError):
            return False
        return True


@cache
def local_signers(keys: Path) -> dict[Method, Signer]:
    return {method: LocalSigner(keys, method) for method in Method}


def _signing_key(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        made = Ed25519PrivateKey.generate()
        write_secret(path, _private_bytes(made))
    loaded = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(loaded, Ed25519PrivateKey):
        raise RuntimeError(f"{path.name} does not hold an Ed25519 key")
    return loaded


def _make_certificate(key_file: Path, certificate_file: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "telemed local seal (系统确认，非可靠电子签名)")])
    made = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(made - timedelta(minutes=5))
        .not_valid_after(made + LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    write_secret(key_file, _private_bytes(key))
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _private_bytes(key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
