"""Write docs/pictures from real terminal output: a command is run, and its text drawn as SVG. `./dev pictures`."""

import html
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOW = "2026-05-03T11:20+02:00"
LINE_PX, CHARACTER_PX, MARGIN_PX, SIZE_PX = 20, 8.43, 24, 14
COLUMNS = 92
BOLD, DIM = "1", "2"
ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")
STYLE = """
  text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #1c2b2d; white-space: pre }
  .b { font-weight: 700; fill: #0b5d63 } .d { fill: #5d6f72 } rect { fill: #f6f8f7 }
  @media (prefers-color-scheme: dark) {
    text { fill: #dbe5e4 } .b { fill: #6fd0cf } .d { fill: #93a5a6 } rect { fill: #12191b }
  }
"""


def output_of(*command: str) -> str:
    """What a command prints to a terminal of 92 columns, colours and all."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "calfwise", *command],
        stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.DEVNULL, env=os.environ | {"COLUMNS": str(COLUMNS)},
    )  # fmt: skip
    os.close(theirs)
    parts: list[bytes] = []
    while chunk := _read(ours):
        parts.append(chunk)
    os.close(ours)
    if process.wait():
        sys.exit(f"calfwise {' '.join(command)} ended with {process.returncode}")
    return b"".join(parts).decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    """The next bytes; none once the other end has closed, which Linux reports as an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def drawn(prompt: str, text: str, *, most: int = 1000) -> str:
    """The text's first lines as SVG, in the reader's own light or dark."""
    lines = [f"\x1b[2m$\x1b[0m {prompt}", "", *text.rstrip().split("\n")]
    if len(lines) > most:
        lines = [*lines[:most], "", "   \x1b[2m…\x1b[0m"]
    height = len(lines) * LINE_PX + 2 * MARGIN_PX
    width = round(COLUMNS * CHARACTER_PX + 2 * MARGIN_PX)
    rows = [
        f'<text x="{MARGIN_PX}" y="{MARGIN_PX + SIZE_PX + i * LINE_PX}">{_spans(line)}</text>'
        for i, line in enumerate(lines)
    ]
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">'
    return "\n".join(
        [frame, f"<style>{STYLE}</style>", f'<rect width="{width}" height="{height}" rx="12"/>', *rows, "</svg>\n"]
    )


def _spans(line: str) -> str:
    pieces, style, at = [], "", 0
    for match in ESCAPE.finditer(line):
        pieces.append(_span(line[at : match.start()], style))
        codes = match[1].split(";")
        style = "b" if BOLD in codes else "d" if DIM in codes else ""
        at = match.end()
    return "".join([*pieces, _span(line[at:], style)])


def _span(text: str, style: str) -> str:
    escaped = html.escape(text, quote=False)
    return f'<tspan class="{style}">{escaped}</tspan>' if style and text else escaped


def main() -> None:
    """The made-up runner's session, as README shows it."""
    with tempfile.TemporaryDirectory() as folder:
        runs = Path(folder) / "runs"
        text = output_of("demo", str(runs), "--now", NOW)
        load = output_of("load", str(runs), "--now", NOW)
    pictures = ROOT / "docs/pictures"
    (pictures / "today.svg").write_text(drawn("calfwise today ~/runs --kit ball,roller", text, most=46), "utf-8")
    (pictures / "load.svg").write_text(drawn("calfwise load ~/runs", load), "utf-8")


if __name__ == "__main__":
    main()
