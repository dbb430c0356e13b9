"""Worker, manifest and the page without a network: open to anybody, the same for everybody, nothing of anybody."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from calfwise_web.player import offline
from calfwise_web.player.models import Happening
from tests.web.player.phones import checks_in

pytestmark = pytest.mark.django_db
SHIPPED = Path(offline.STATIC)
IMPORTED = re.compile(r'^import [^"]*"(\./[\w./]+\.js)";$', re.MULTILINE)
PNG_SIZE = slice(16, 24)


def told(client: Client) -> dict[str, object]:
    """What the worker is told."""
    first = client.get("/sw.js").content.decode().splitlines()[0]
    return dict(json.loads(first.removeprefix("self.calfwise = ").removesuffix(";")))


@pytest.mark.parametrize("path", ["/sw.js", "/manifest.webmanifest", "/session/offline/"])
def test_it_is_open_and_asked_for_anew_each_time(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-cache"


def test_the_page_without_a_network_says_the_same_to_everybody(browser: Client, client: Client) -> None:
    signed_in, nobody = browser.get("/session/offline/").content, client.get("/session/offline/").content
    assert re.sub(rb' data-account="\w+"', b"", signed_in) == nobody
    assert b"emergency number" in nobody


def test_all_that_the_players_page_needs_is_kept(browser: Client, journal: object) -> None:
    plan = checks_in(journal)  # type: ignore[arg-type]
    assert plan is not None
    page = browser.get(f"/session/{plan.id}/").content.decode()
    kept = set(offline.kept_files())
    assert set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)) <= kept
    for name in kept:
        if name.endswith(".js"):
            script = SHIPPED / name.removeprefix("/static/")
            needed = [(script.parent / other).resolve() for other in IMPORTED.findall(script.read_text("utf-8"))]
            assert {f"/static/{other.relative_to(SHIPPED)}" for other in needed} <= kept
    assert Happening.objects.count() == 0


def test_another_file_is_another_version(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = told(client)
    monkeypatch.setattr(offline, "KEPT", (*offline.KEPT, "calfwise/js/units.js"))
    assert told(client)["version"] != before["version"]


def test_the_manifests_icons_are_as_large_as_it_says(client: Client) -> None:
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["start_url"] == "/"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        picture = SHIPPED / icon["src"].removeprefix("/static/")
        if icon["type"] == "image/png":
            size = picture.read_bytes()[PNG_SIZE]
            assert f"{int.from_bytes(size[:4])}x{int.from_bytes(size[4:])}" == icon["sizes"]
        assert picture.is_file()


def test_its_colour_is_the_stylesheets_ground(client: Client) -> None:
    styles = (SHIPPED / "calfwise/calfwise.css").read_text("utf-8")
    assert f"--ground: {client.get('/manifest.webmanifest').json()['theme_color']};" in styles
