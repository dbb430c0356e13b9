"""Fetch the front-end packages of vendor.toml, unmodified and with their licences; `--check` only compares hashes."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINS = Path(__file__).with_name("vendor.toml")
HEADING = "".join(line + "\n" for line in PINS.read_text("utf-8").splitlines() if line.startswith("#"))

Row = dict[str, Any]


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def fetched(row: Row, *, into: Path) -> None:
    """One package by npm's own client and settings; only the named files are kept, byte for byte."""
    pack = ["npm", "pack", "--silent", f"{row['package']}@{row['version']}", "--pack-destination", str(into)]
    name = subprocess.run(pack, check=True, capture_output=True, text=True, cwd=into).stdout.split()[-1]
    folder = ROOT / row["folder"]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tarfile.open(into / name) as archive:
        for path in row["files"]:
            member = archive.extractfile(f"package/{path}")
            if member is None:
                sys.exit(f"{name} has no {path}")
            (folder / Path(path).name).write_bytes(member.read())


def hashes(row: Row) -> dict[str, str]:
    folder = ROOT / row["folder"]
    return {file.name: digest(file) for file in sorted(folder.iterdir())}


def written(rows: dict[str, Row]) -> str:
    blocks = [HEADING]
    for name, row in rows.items():
        files = ", ".join(f'"{path}"' for path in row["files"])
        lines = [f"[{name}]", *(f'{key} = "{row[key]}"' for key in ("package", "version", "licence", "folder"))]
        sums = (f'"{file}" = "{value}"' for file, value in row["sha256"].items())
        blocks.append("\n".join([*lines, f"files = [{files}]", f"[{name}.sha256]", *sums]) + "\n")
    return "\n".join(blocks)


def differences(rows: dict[str, Row]) -> list[str]:
    return [
        name for name, row in rows.items() if not Path(ROOT / row["folder"]).is_dir() or hashes(row) != row["sha256"]
    ]


def main() -> None:
    rows = tomllib.loads(PINS.read_text("utf-8"))
    if "--check" in sys.argv[1:]:
        if changed := differences(rows):
            sys.exit(f"vendored files differ from scripts/vendor.toml: {', '.join(changed)}; run scripts/vendor.py")
        return
    with tempfile.TemporaryDirectory() as folder:
        for row in rows.values():
            fetched(row, into=Path(folder))
            row["sha256"] = hashes(row)
    PINS.write_text(written(rows), "utf-8")


if __name__ == "__main__":
    main()
