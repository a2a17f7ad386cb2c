"""A certificate authority for one demonstration, which is limited to private networks."""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from telemed.kit.secret import write_secret

# Name constraints, so that trusting this authority does not mean trusting it for the internet (RFC 5280 4.2.1.10).
PRIVATE = [IPv4Network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8")]
AUTHORITY_LIFE = timedelta(days=365)
SERVER_LIFE = timedelta(days=90)
RENEW_BEFORE = timedelta(days=14)
CLOCKS_DIFFER = timedelta(hours=24)


@dataclass(frozen=True)
class Certificates:
    """The servers' files, and the authority's certificate for others to install."""

    certificate: Path
    key: Path
    authority_pem: bytes
    authority_der: bytes
    fingerprint: str  # SHA-256 of the authority, to compare by eye


def certificates(folder: Path, addresses: Iterable[IPv4Address], now: datetime | None = None) -> Certificates:
    """The authority in `folder`, created at the first start, and a server certificate for these addresses."""
    now = now or datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    wanted = sorted({*addresses, IPv4Address("127.0.0.1")})
    authority, authority_key = _authority(folder, wanted, now)
    key = generate_private_key(SECP256R1())
    server = _server(authority, authority_key, key, wanted, now)
    write_secret(folder / "server.pem", _pem(server) + _pem(authority))
    write_secret(folder / "server.key", _private(key))
    return Certificates(
        certificate=folder / "server.pem",
        key=folder / "server.key",
        authority_pem=_pem(authority),
        authority_der=authority.public_bytes(serialization.Encoding.DER),
        fingerprint=authority.fingerprint(hashes.SHA256()).hex(":").upper(),
    )


def _authority(
    folder: Path, addresses: list[IPv4Address], now: datetime
) -> tuple[x509.Certificate, EllipticCurvePrivateKey]:
    """The stored authority while it is valid and covers the addresses, so that people install it only once."""
    certificate_file, key_file = folder / "authority.pem", folder / "authority.key"
    if certificate_file.exists() and key_file.exists():
        kept = x509.load_pem_x509_certificate(certificate_file.read_bytes())
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
        lasts = kept.not_valid_after_utc - RENEW_BEFORE > now
        if lasts and isinstance(key, EllipticCurvePrivateKey) and _covers(kept, addresses):
            return kept, key
    key = generate_private_key(SECP256R1())
    made = _make_authority(key, addresses, now)
    write_secret(key_file, _private(key))
    write_secret(certificate_file, _pem(made))
    return made, key


def _covers(authority: x509.Certificate, addresses: list[IPv4Address]) -> bool:
    constraints = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    named = [each.value for each in constraints.permitted_subtrees or [] if isinstance(each, x509.IPAddress)]
    allowed = [each for each in named if isinstance(each, IPv4Network)]
    return all(any(address in network for network in allowed) for address in addresses)


def _make_authority(key: EllipticCurvePrivateKey, addresses: list[IPv4Address], now: datetime) -> x509.Certificate:
    elsewhere = [IPv4Network(each) for each in addresses if not any(each in network for network in PRIVATE)]
    names: list[x509.GeneralName] = [x509.IPAddress(each) for each in (*PRIVATE, *elsewhere)]
    names += [x509.DNSName(each) for each in ("localhost", _host_name())]
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "telemed demonstration"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"telemed demo {_host_name()} {now:%Y-%m-%d}"),
        ]
    )
    return (
        _builder(name, name, key, now, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=names, excluded_subtrees=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _server(
    authority: x509.Certificate,
    authority_key: EllipticCurvePrivateKey,
    key: EllipticCurvePrivateKey,
    addresses: list[IPv4Address],
    now: datetime,
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "telemed demo")])
    reached_as: list[x509.GeneralName] = [x509.IPAddress(each) for each in addresses]
    reached_as += [x509.DNSName(each) for each in ("localhost", _host_name())]
    issuer_key = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return (
        _builder(name, authority.subject, key, now, SERVER_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(reached_as), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_key), critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCKS_DIFFER)
        .not_valid_after(now + life)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _host_name() -> str:
    name = socket.gethostname().split(".")[0]
    return name if name.isascii() and name else "localhost"


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private(key: EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
