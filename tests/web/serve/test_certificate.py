"""A made certificate does for this machine's names, and for nothing else."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from calfwise_web.serve.certificate import Certificate, made_certificate

NAMES = ["localhost", "127.0.0.1", "::1", "pi.local", "pi", "192.168.1.5"]


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a handshake is checked against the real clock


def shaken_hands(made: Certificate, name: str) -> None:
    """A whole TLS handshake in memory, the client trusting nothing but the made authority."""
    server_context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_context.load_cert_chain(made.certificate, made.key)
    assert made.authority is not None
    client_context = ssl.create_default_context(cafile=made.authority)
    client_context.verify_flags |= ssl.VERIFY_X509_STRICT
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = client_context.wrap_bio(to_client, to_server, server_hostname=name)
    server = server_context.wrap_bio(to_server, to_client, server_side=True)
    waiting = [client, server]
    while waiting:
        for side in list(waiting):
            try:
                side.do_handshake()
                waiting.remove(side)
            except ssl.SSLWantReadError:
                continue


def names_in(made: Certificate) -> set[str]:
    leaf = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    held = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(each.value) for each in held}


@pytest.mark.parametrize("name", NAMES)
def test_a_browser_that_trusts_the_authority_trusts_every_name_of_this_machine(tmp_path: Path, name: str) -> None:
    shaken_hands(made_certificate(tmp_path, names=NAMES, now=now()), name)


def test_another_name_is_not_vouched_for(tmp_path: Path) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        shaken_hands(made_certificate(tmp_path, names=NAMES, now=now()), "bank.example.org")


def test_public_names_and_addresses_are_left_out_because_the_authority_may_not_speak_for_them(tmp_path: Path) -> None:
    made = made_certificate(tmp_path, names=[*NAMES, "calf.example.org", "93.184.216.34", "2a00::1"], now=now())
    assert names_in(made) == set(NAMES)


def test_keys_are_their_owners_alone(tmp_path: Path) -> None:
    made_certificate(tmp_path, names=NAMES, now=now())
    for key in ("server.key", "calfwise-ca.key"):
        assert (tmp_path / key).stat().st_mode & 0o777 == 0o600


def test_a_good_certificate_is_kept(tmp_path: Path) -> None:
    first = made_certificate(tmp_path, names=NAMES, now=now()).certificate.read_bytes()
    later = made_certificate(tmp_path, names=NAMES[::-1], now=now() + timedelta(days=360))
    assert later.certificate.read_bytes() == first


@pytest.mark.parametrize(
    ("days", "names"),
    [(368, NAMES), (0, [*NAMES, "192.168.1.77"])],
    ids=["less than 30 of its 397 days are left", "the machine has another address"],
)
def test_it_is_renewed_under_the_same_authority_so_that_a_phone_need_not_be_told(
    tmp_path: Path, days: int, names: list[str]
) -> None:
    first = made_certificate(tmp_path, names=NAMES, now=now())
    assert first.authority is not None
    trusted, held = first.authority.read_bytes(), first.certificate.read_bytes()
    second = made_certificate(tmp_path, names=names, now=now() + timedelta(days=days))
    assert first.authority.read_bytes() == trusted
    assert second.certificate.read_bytes() != held
    assert names_in(second) == set(names)


def test_a_renamed_machine_keeps_the_authority_and_its_name_in_local(tmp_path: Path) -> None:
    first = made_certificate(tmp_path, names=NAMES, now=now())
    assert first.authority is not None
    trusted = first.authority.read_bytes()
    second = made_certificate(tmp_path, names=["localhost", "attic.local", "attic"], now=now())
    assert first.authority.read_bytes() == trusted
    assert names_in(second) == {"localhost", "attic.local"}


@pytest.mark.parametrize("broken", ["server.key", "server.crt", "calfwise-ca.key", "calfwise-ca.crt"])
def test_a_file_that_was_lost_or_damaged_is_made_anew(tmp_path: Path, broken: str) -> None:
    made_certificate(tmp_path, names=NAMES, now=now())
    (tmp_path / broken).write_bytes(b"-----BEGIN nothing")
    shaken_hands(made_certificate(tmp_path, names=NAMES, now=now()), "localhost")
    (tmp_path / broken).unlink()
    shaken_hands(made_certificate(tmp_path, names=NAMES, now=now()), "localhost")
