"""The door of the FIT reader: bytes -> Recording."""

import hashlib

from calfwise.model.run import OtherActivity, Run
from calfwise.readers.fit.decode import SIGNATURE, FitFile, decode
from calfwise.readers.fit.heart import beats_of
from calfwise.readers.fit.sessions import file_type, sessions_of
from calfwise.readers.recording import Recording

SIGNATURE_AT = 8
ID_DIGITS = 16


def looks_like_fit(head: bytes) -> bool:
    """Whether a file that begins so is FIT.

    >>> looks_like_fit(b"\\x0e\\x10\\xd9\\x07\\x00\\x00\\x00\\x00.FIT")
    True
    """
    return head[SIGNATURE_AT : SIGNATURE_AT + len(SIGNATURE)] == SIGNATURE


def read_fit(data: bytes, *, file: str, location: bool = False) -> Recording:
    """All sessions of a FIT file, chained files included; what precedes damage is kept and said.

    Raises
    ------
    UnreadableFile
        If the bytes do not begin with a FIT header.
    """
    files = decode(data, file=file)
    content_id = hashlib.sha256(data).hexdigest()[:ID_DIGITS]
    beats = beats_of(files)
    sessions: list[Run | OtherActivity] = []
    for place, fit in enumerate(files):
        id_ = content_id if place == 0 else f"{content_id}.{place}"
        sessions += sessions_of(fit, content_id=id_, file=file, location=location, beats=beats)
    runs = tuple(session for session in sessions if isinstance(session, Run))
    others = tuple(session for session in sessions if isinstance(session, OtherActivity))
    return Recording(
        runs=runs,
        others=others,
        salvaged=tuple(damage for fit in files for damage in _damage(fit)),
        remarks=_remarks(files, bool(sessions)),
    )


def _damage(fit: FitFile) -> tuple[str, ...]:
    """Where the file broke, and what was too much of it."""
    kept = len(fit.records) if fit.records else 0
    told = []
    if fit.broken is not None:
        told.append(f"{fit.broken.why} (byte {fit.broken.at}); {kept} records before it were kept")
    if fit.records_left_out:
        told.append(f"longer than any run: the first {kept:,} records were kept, {fit.records_left_out:,} left out")
    return tuple(told)


def _remarks(files: list[FitFile], any_session: bool) -> tuple[str, ...]:
    trailing = sum(fit.trailing_bytes for fit in files)
    after = (f"{trailing} bytes that belong to no file were left out",) if trailing else ()
    return after if any_session else (_without_sessions(files), *after)


def _without_sessions(files: list[FitFile]) -> str:
    kind = next((kind for fit in files if (kind := file_type(fit))), None)
    return f"this is {kind}, not a recording" if kind else "holds no record with a time"
