"""A made certificate: a small authority of this machine's own, and a certificate for its names.

A phone that is given the authority's certificate once trusts every renewal. The authority may only speak for private
names and addresses, so whoever stole its key could not pose as any site on the internet.
"""

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
LEAF_DAYS = 397
RENEW_DAYS = 30
_CLOCK_SKEW = timedelta(days=1)
_PRIVATE_SUFFIXES = ("localhost", "local", "lan", "home", "home.arpa", "internal")
_PRIVATE_NETWORKS = (
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10",
    "::1/128", "fc00::/7", "fe80::/10",
)  # fmt: skip
Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Files for the server; `authority` is the one a phone needs, None for a certificate that was given."""

    certificate: Path
    key: Path
    authority: Path | None


@dataclass(frozen=True, slots=True)
class _Pair:
    certificate: x509.Certificate
    key: Key


def made_certificate(folder: Path, *, names: Sequence[str], now: datetime) -> Certificate:
    """The folder's certificate for these names, renewed when it ends within 30 days or the names have changed."""
    own_host = [name for name in names if not _is_address(name) and "." not in name and name != "localhost"]
    authority = _kept(folder, "calfwise-ca") or None
    if authority is None or _days_left(authority, now) < RENEW_DAYS:
        authority = _authority(own_host, now=now)
        _keep(folder, "calfwise-ca", authority)
    spoken_for = _within(authority.certificate, names)
    leaf = _kept(folder, "server")
    if leaf is None or not _still_good(leaf, authority, spoken_for, now):
        _keep(folder, "server", _leaf(authority, spoken_for, now=now))
    return Certificate(
        certificate=folder / "server.crt", key=folder / "server.key", authority=folder / "calfwise-ca.crt"
    )


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _general(name: str) -> x509.GeneralName:
    return x509.IPAddress(ipaddress.ip_address(name)) if _is_address(name) else x509.DNSName(name)


def _authority(own_host: Sequence[str], *, now: datetime) -> _Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, f"calfwise on {own_host[0] if own_host else 'this machine'}")]
    )
    private: list[x509.GeneralName] = [x509.DNSName(suffix) for suffix in (*_PRIVATE_SUFFIXES, *own_host)]
    private += [x509.IPAddress(ipaddress.ip_network(network)) for network in _PRIVATE_NETWORKS]
    built = (
        _unsigned(subject=name, issuer=name, key=key, now=now, until=now + timedelta(days=AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=private, excluded_subtrees=None), critical=True)
    )
    return _Pair(built.sign(key, hashes.SHA256()), key)


def _leaf(authority: _Pair, names: Sequence[str], *, now: datetime) -> _Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = authority.certificate
    until = min(now + timedelta(days=LEAF_DAYS), issuer.not_valid_after_utc)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "calfwise")])
    identifier = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    built = (
        _unsigned(subject=subject, issuer=issuer.subject, key=key, now=now, until=until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
    )
    return _Pair(built.sign(authority.key, hashes.SHA256()), key)


def _unsigned(
    *, subject: x509.Name, issuer: x509.Name, key: Key, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_SKEW)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
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


def _within(authority: x509.Certificate, names: Sequence[str]) -> list[str]:
    """Those names that the authority may speak for: a public address needs a certificate that the public trusts."""
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    suffixes = [each.value for each in permitted if isinstance(each, x509.DNSName)]
    networks = [each.value for each in permitted if isinstance(each, x509.IPAddress)]
    return [
        name
        for name in dict.fromkeys(names)
        if (
            any(ipaddress.ip_address(name) in network for network in networks)  # type: ignore[operator]
            if _is_address(name)
            else any(name == suffix or name.endswith(f".{suffix}") for suffix in suffixes)
        )
    ]


def _still_good(leaf: _Pair, authority: _Pair, names: Sequence[str], now: datetime) -> bool:
    held = leaf.certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    issuer = leaf.certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
    signer = authority.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    return issuer == signer and set(held) == {_general(name) for name in names} and _days_left(leaf, now) >= RENEW_DAYS


def _days_left(pair: _Pair, now: datetime) -> int:
    return (pair.certificate.not_valid_after_utc - now).days


def _kept(folder: Path, name: str) -> _Pair | None:
    """A certificate with the key that belongs to it; None when one of them is missing or cannot be read."""
    try:
        certificate = x509.load_pem_x509_certificate((folder / f"{name}.crt").read_bytes())
        key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), password=None)
    except (FileNotFoundError, ValueError):
        return None
    if not isinstance(key, Key) or key.public_key() != certificate.public_key():
        return None
    return _Pair(certificate, key)


def _keep(folder: Path, name: str, pair: _Pair) -> None:
    """The key first: a certificate without its key would be made anew, a key without its certificate too."""
    private = pair.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(folder / f"{name}.key", private, mode=0o600)
    _write(folder / f"{name}.crt", pair.certificate.public_bytes(serialization.Encoding.PEM), mode=0o644)


def _write(path: Path, content: bytes, *, mode: int) -> None:
    making = path.with_name(f"{path.name}.making")
    making.unlink(missing_ok=True)
    handle = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    making.replace(path)
