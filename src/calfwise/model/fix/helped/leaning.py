"""What a plan may lean on, from the same model that tells what helped."""

from collections.abc import Mapping
from datetime import datetime

from calfwise.model.care.content import Content
from calfwise.model.care.leaning import Leaning, Liking
from calfwise.model.fix.helped.pooled import Estimate
from calfwise.model.fix.helped.rules import HelpedRules, Measure
from calfwise.model.fix.helped.told import Kind, Modelled, interval, model_of
from calfwise.model.fix.helped.touched import Touched, touched
from calfwise.model.journal import History

LEANS_ON = (Measure.AFTER, Measure.MORNING)
"""Walking soreness is a leg's, not a spot's."""


def leaning_of(history: History, *, content: Content, rules: HelpedRules, now: datetime) -> Leaning | None:
    """What this runner's own sessions say of each technique at each place, and of each tool.

    Parameters
    ----------
    history
        Of the runner.
    content
        Its zones and techniques.
    rules
        The model's numbers.
    now
        Aware.

    Returns
    -------
    Leaning or None
        `None` where nothing is known of earlier days.
    """
    if not history.known:
        return None
    seen = touched(history, rules=rules, now=now)
    sessions = sum(not past.session.limited for past in history.sessions)
    return leaning_from(seen, sessions=sessions, content=content, rules=rules)


def leaning_from(seen: tuple[Touched, ...], *, sessions: int, content: Content, rules: HelpedRules) -> Leaning:
    """The same from what was seen, and how many sessions there were without limits."""
    models = {measure: model for measure in LEANS_ON if (model := model_of(seen, measure, rules))}
    return Leaning(
        places={
            zone: {id_: _at_place(id_, zone, seen, models, rules) for id_ in content.techniques}
            for zone in content.zones
        },
        tools={id_: _tool(id_, seen, models, rules) for id_ in content.tools},
        sessions=sessions,
        ahead_nrs=rules.leaning.ahead_nrs,
        try_every=rules.leaning.try_every,
        sources=tuple(dict.fromkeys((rules.source, rules.leaning.source))),
    )


def _at_place(
    technique: str, zone: str, seen: tuple[Touched, ...], models: Mapping[Measure, Modelled], rules: HelpedRules
) -> Liking:
    its = [one for one in seen if one.technique == technique]
    return _liking(
        {measure: model.at(technique, zone) for measure, model in models.items()},
        {measure: len(model.sessions[Kind.TECHNIQUE].get(technique, ())) for measure, model in models.items()},
        rules,
        here=len({one.session for one in its if one.spot.zone == zone}),
        anywhere=len({one.session for one in its}),
    )


def _tool(tool: str, seen: tuple[Touched, ...], models: Mapping[Measure, Modelled], rules: HelpedRules) -> Liking:
    used = len({one.session for one in seen if one.tool == tool})
    return _liking(
        {measure: model.pooled.of(model.amounts(Kind.TOOL, tool)) for measure, model in models.items()},
        {measure: len(model.sessions[Kind.TOOL].get(tool, ())) for measure, model in models.items()},
        rules,
        here=used,
        anywhere=used,
    )


def _liking(
    estimates: Mapping[Measure, Estimate],
    rated: Mapping[Measure, int],
    rules: HelpedRules,
    *,
    here: int,
    anywhere: int,
) -> Liking:
    weights = {Measure.AFTER: 1.0, Measure.MORNING: rules.leaning.morning_weighs_nrs}
    told = [
        measure
        for measure, estimate in estimates.items()
        if rated[measure] >= rules.fewest_sessions and interval(estimate, rules).width <= rules.measures[measure].widest
    ]
    after = estimates[Measure.AFTER].mean if rated.get(Measure.AFTER) else None
    return Liking(
        score_nrs=sum(weights[measure] * estimate.mean for measure, estimate in estimates.items()),
        told=bool(told),
        quieter_nrs=after if after is None else round(after, 2),
        sessions=here,
        elsewhere=anywhere - here,
    )
