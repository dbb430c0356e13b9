"""`calfwise serve` as it is typed."""

from pathlib import Path

import pytest

from calfwise import cli
from calfwise.cli import serve as serve_command
from calfwise_web.serve import start
from calfwise_web.serve.refusal import CannotServe


@pytest.fixture
def wished(monkeypatch: pytest.MonkeyPatch) -> list[start.Wishes]:
    """What would have been served."""
    wishes: list[start.Wishes] = []
    monkeypatch.setattr(start, "serve", lambda wish, **_: wishes.append(wish))
    for name in ("HOST", "PORT", "DATA", "ORIGINS", "PROXIES", "HTTPS"):
        monkeypatch.delenv(f"CALFWISE_{name}", raising=False)
    return wishes


def test_without_a_word_it_is_this_machine_alone_on_port_8000(wished: list[start.Wishes]) -> None:
    assert cli.run(["serve"]) == 0
    assert wished == [start.Wishes(host="127.0.0.1", port=8000, origins=[])]


def test_words_come_before_the_environment(wished: list[start.Wishes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALFWISE_PORT", "8100")
    monkeypatch.setenv("CALFWISE_ORIGINS", "https://a.example.org,https://b.example.org/")
    assert cli.run(["serve"]) == 0
    assert cli.run(["serve", "--port", "8200", "--origin", "https://C.example.org"]) == 0
    assert [wish.port for wish in wished] == [8100, 8200]
    assert [list(wish.origins) for wish in wished] == [
        ["https://a.example.org", "https://b.example.org"],
        ["https://c.example.org"],
    ]


@pytest.mark.parametrize("url", ["calf.example.org", "https://calf.example.org/path", "ftp://calf.example.org"])
def test_an_origin_that_no_browser_would_send_is_refused(
    wished: list[start.Wishes], url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["serve", "--origin", url]) == cli.USAGE
    assert "should look like https://calf.example.org" in capsys.readouterr().err
    assert wished == []


def test_a_certificate_needs_its_key(wished: list[start.Wishes], tmp_path: Path) -> None:
    (tmp_path / "own.crt").touch()
    assert cli.run(["serve", "--certificate", str(tmp_path / "own.crt")]) == cli.USAGE
    assert wished == []


def test_without_the_web_packages_it_says_how_to_get_them(
    wished: list[start.Wishes], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve_command, "find_spec", lambda _: None)
    assert cli.run(["serve"]) == 1
    assert 'uv tool install "calfwise[web]"' in capsys.readouterr().err
    assert wished == []


def test_a_certificate_that_cannot_be_used_is_told_before_anything_is_served(tmp_path: Path) -> None:
    own = tmp_path / "own.pem"
    own.write_text("not a certificate")
    with pytest.raises(CannotServe, match="cannot be used together"):
        start._given(own, own)


def test_plain_http_beyond_this_machine_is_said_calmly(tmp_path: Path) -> None:
    others = ["http://pi.local:8000"]
    lines = start._greeting(
        start.Wishes(host="0.0.0.0", port=8000),
        tmp_path,
        here="http://localhost:8000",
        others=others,
        link=None,
        certificate=None,
    )
    assert sum("unencrypted" in line for line in lines) == 1
    behind_a_proxy = start._greeting(
        start.Wishes(host="0.0.0.0", port=8000, proxies=1, origins=["https://calf.example.org"]),
        tmp_path,
        here="http://localhost:8000",
        others=others,
        link=None,
        certificate=None,
    )
    assert behind_a_proxy[0] == "calfwise is at https://calf.example.org"
    assert not any("unencrypted" in line for line in behind_a_proxy)
