"""Scripts keep finding each other once they are named by their content."""

from pathlib import Path

import pytest

from calfwise_web.serve.static import Storage

SOURCES = {
    "page.js": 'import { km } from "./units.js";\n/** @type {import("./chart").Plot} */\nkm(1);\n',
    "units.js": "export const km = (m) => m / 1000;\n//# sourceMappingURL=units.js.map\n",
}


@pytest.fixture
def served(tmp_path: Path) -> dict[str, Path]:
    """Two modules, collected; the served file by plain name."""
    for name, text in SOURCES.items():
        (tmp_path / name).write_text(text)
    storage = Storage(location=tmp_path, base_url="/static/")
    for _, _, processed in storage.post_process({name: (storage, name) for name in SOURCES}):
        assert processed is True
    return {name: tmp_path / storage.hashed_files[name] for name in SOURCES}


def test_an_import_names_the_content_it_means(served: dict[str, Path]) -> None:
    assert served["units.js"].name != "units.js"
    assert f'from "./{served["units.js"].name}"' in served["page.js"].read_text()


def test_types_in_comments_and_maps_that_are_not_there_stop_nothing(served: dict[str, Path]) -> None:
    assert '{import("./chart").Plot}' in served["page.js"].read_text()
    assert "sourceMappingURL=units.js.map" in served["units.js"].read_text()
