"""Write src/calfwise/model/constants.py from library/constants.toml; `--check` only compares.

An argument is another tree's `src`, so that a changed constant can be tried on a copy.
"""

import hashlib
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
MODEL_GENERATION = 1
"""Raise it when the arithmetic changes; a changed constant changes the version by itself."""


def generated(source: Path = SOURCE) -> str:
    library = source / "calfwise/library"
    rows = tomllib.loads((library / "constants.toml").read_text("utf-8"))
    sources = tomllib.loads((library / "sources.toml").read_text("utf-8"))
    values = ";".join(f"{name}={row['value']!r}" for name, row in sorted(rows.items()))
    version = f"{MODEL_GENERATION}-{hashlib.sha256(values.encode()).hexdigest()[:8]}"
    lines = [
        '"""Generated from library/constants.toml by `./dev constants`: do not edit."""',
        "",
        "from typing import Final",
        "",
        f'MODEL_VERSION: Final = "{version}"',
        '"""The model\'s generation, and a fingerprint of every value below."""',
    ]
    for name, row in rows.items():
        if row["source"] not in sources:
            sys.exit(f"constants.toml: {name} cites {row['source']}, which sources.toml does not have")
        text = f"{row['note']} [{row['unit']}] ({row['source']})"
        lines += ["", f"{name.upper()}: Final = {row['value']!r}", *textwrap.wrap(f'"""{text}"""', 118)]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> None:
    source = next((Path(argument) for argument in arguments if argument != "--check"), SOURCE)
    target = source / "calfwise/model/constants.py"
    text = generated(source)
    formatted = subprocess.run(
        [Path(sys.executable).parent / "ruff", "format", "--stdin-filename", str(SOURCE / target.name), "-"],
        input=text, capture_output=True, text=True, check=True, cwd=ROOT,
    ).stdout  # fmt: skip
    if "--check" in arguments:
        if target.read_text("utf-8") != formatted:
            sys.exit("model/constants.py differs from library/constants.toml: run ./dev constants")
        return
    target.write_text(formatted, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
