"""Answers as JSON: stable names, SI units in the names, everything with its sources (docs/terminal.md)."""

from typing import Any

import msgspec

from calfwise.assess import Assessment, LoadHistory
from calfwise.model.care.outcomes import Limited, Reason, Referral, Screening, Unanswered, outcome_of
from calfwise.model.load.calf import Band
from calfwise.model.load.change import Change
from calfwise.model.load.days import Day
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.easy import Easy, easy_km_of
from calfwise.model.load.next_run import Forecast
from calfwise.model.load.outings import Outing
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Practice, Session

Document = dict[str, Any]


def encoded(document: Document) -> str:
    """As JSON, indented."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def load_document(answer: LoadHistory) -> Document:
    """What the calves took: model version, runs, days and change."""
    return {
        "model_version": answer.model_version,
        "runs": [_run(outing, load, answer.easy) for outing in answer.outings for load in outing.loads],
        "days": [_day(day) for day in answer.days],
        "change": _change(answer.change),
        "used_to": msgspec.to_builtins(answer.used_to),
        "easy": None if answer.easy is None else _easy(answer.easy),
        "stance": msgspec.to_builtins(answer.stance),
    }


def forecast_document(planned: Forecast, *, model_version: str) -> Document:
    """A planned run: how it stands, and what it asks."""
    document: Document = msgspec.to_builtins(planned)
    return {"model_version": model_version, "fit": planned.fit.name.lower()} | {
        name: value for name, value in document.items() if name != "fit"
    }


def _easy(easy: Easy) -> Document:
    """Without the steps by force that it is worked out from."""
    return {name: getattr(easy, name) for name in Easy.__struct_fields__ if name != "strikes_by_force"}


def today_document(answer: Assessment, habit: Practice | None = None) -> Document:
    """The whole answer, with the heel raises of a quiet day."""
    return load_document(answer.load) | {
        "screening": _screening(answer.screening),
        "session": _session(answer.plan.session),
        "habit": None if habit is None else msgspec.to_builtins(habit),
        "queue": [msgspec.to_builtins(spot) for spot in answer.plan.queue],
        "reasons": [_reason(reason) for reason in answer.plan.reasons],
        "advice": [_reason(reason) for reason in answer.advice],
        "next_run_budget_km": None
        if answer.load.budget.upper_m is None
        else round(answer.load.budget.upper_m / 1000, 1),
        "next_run": msgspec.to_builtins(answer.load.budget),
    }


def _run(outing: Outing, load: RunLoad, easy: Easy | None) -> Document:
    return {
        "id": load.id,
        "file": load.file,
        "start": load.start,
        "distance_m": load.distance_m,
        "duration_s": load.duration_s,
        "running_s": load.running_s,
        "walking_s": load.walking_s,
        "strikes": load.strikes,
        "strikes_per_leg": load.strikes_per_leg,
        "strikes_band": _band(load.strikes_band),
        "walking_steps": load.walking_steps,
        "easy_km": easy_km_of(load, easy),
        "vertical_grf_bw": _band(load.vertical_grf_bw),
        "achilles_force_bw": _band(load.achilles_force_bw),
        "impulse_bw_s": load.impulse_bw_s.value if load.impulse_bw_s else None,
        "impulse_band_bw_s": _band(load.impulse_bw_s),
        "fast_strikes": outing.fast_strikes_of(load),
        "grade": load.grade,
        "stance_source": load.stance_source,
        "stance_shift_s": load.stance_shift_s,
        "apart": load.apart,
        "surface": load.surface,
        "shoe": load.shoe.name if load.shoe else None,
        "notes": load.notes,
    }


def _day(day: Day) -> Document:
    return {
        "day": day.day,
        "runs": day.runs,
        "distance_m": day.distance_m,
        "strikes": day.strikes,
        "fast_strikes": day.fast_strikes,
        "impulse_bw_s": day.impulse_bw_s.value if day.impulse_bw_s else None,
        "impulse_band_bw_s": _band(day.impulse_bw_s),
        "achilles_force_bw": _band(day.achilles_force_bw),
        "grade": day.grade,
    }


def _change(change: Change) -> Document:
    return {
        "latest": msgspec.to_builtins(change.latest),
        "notices": msgspec.to_builtins(change.notices),
        "alert": msgspec.to_builtins(change.alert),
        "alerts": msgspec.to_builtins(change.alerts),
        "easy_speed_mps": change.easy_speed_mps,
    }


def _band(band: Band | None) -> Document | None:
    return None if band is None else {"low": band.low, "value": band.value, "high": band.high}


def side_of(screening: Screening) -> str | None:
    """The leg that the outcome is about: "left", "right", "both"; `None` for neither."""
    if isinstance(screening, Referral):
        return _sides(screening.locked)
    if isinstance(screening, Limited):
        closed = tuple(side for side in BOTH_SIDES if side not in screening.legs)
        named = tuple(dict.fromkeys(reason.side for reason in screening.reasons if reason.side))
        return _sides(closed or named)
    return None


def _sides(sides: tuple[Side, ...]) -> str | None:
    if not sides:
        return None
    return "both" if len(sides) > 1 else sides[0].value


def _screening(screening: Screening) -> Document:
    return {
        "outcome": outcome_of(screening),
        "level": screening.level if isinstance(screening, Referral) else None,
        "side": side_of(screening),
        "reasons": [_reason(reason) for reason in screening.reasons],
        "missing": screening.missing if isinstance(screening, Unanswered) else (),
    }


def _reason(reason: Reason) -> Document:
    document: Document = msgspec.to_builtins(reason)
    return document


def _session(session: Session | None) -> Document | None:
    if session is None:
        return None
    items = [msgspec.to_builtins(item) | {"total_seconds": item.total_s} for item in session.items]
    return {"id": session.id, "items": items, "total_seconds": session.total_seconds}
