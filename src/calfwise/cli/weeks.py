"""`calfwise weeks`: the weeks ahead from one calf-load budget, and the wish for them."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from calfwise import library
from calfwise.assess import load_history, weeks_ahead
from calfwise.cli.documents import encoded
from calfwise.cli.options import journal_option, now_option, paths_argument, runner_option
from calfwise.cli.reading import history_of, intake_of, tell_odd_files
from calfwise.journal_file import BESIDE, append
from calfwise.model.constants import MODEL_VERSION
from calfwise.model.fix.weeks.laid import Weeks
from calfwise.model.fix.weeks.telling import days_to_lay
from calfwise.model.journal import History, WantsWeeks
from calfwise.model.weeks import ElementKind, Goal, WeeksWish

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GOALS: tuple[str, ...] = get_args(Goal)
USUAL_WEEKS = 8
KIND_BY_NAME = {kind.value: kind for kind in ElementKind} | {
    kind.value.removesuffix("-run"): kind for kind in ElementKind
}


def _weekdays(_ctx: click.Context, param: click.Parameter, text: str | None) -> tuple[int, ...] | None:
    """`mon,wed,sat`, or `none`, as Monday's 0 and so on."""
    if text is None:
        return None
    names = [] if text.strip() in ("", "none") else [name.strip().lower()[:3] for name in text.split(",")]
    if any(name not in WEEKDAYS for name in names):
        raise click.BadParameter(f"{text!r}: days look like mon,wed,sat", param=param)
    return tuple(sorted({WEEKDAYS.index(name) for name in names}))


def _kinds(_ctx: click.Context, param: click.Parameter, names: tuple[str, ...]) -> tuple[ElementKind, ...]:
    found = [name.strip() for each in names for name in each.split(",") if name.strip()]
    if any(name not in KIND_BY_NAME for name in found):
        known = ", ".join(kind.value for kind in ElementKind)
        raise click.BadParameter(f"{', '.join(found)}: wanted some of {known}", param=param)
    return tuple(dict.fromkeys(KIND_BY_NAME[name] for name in found))


def _day(_ctx: click.Context, param: click.Parameter, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter("a day looks like 2026-05-11", param=param) from error


@click.command()
@paths_argument
@click.option("--plan", is_flag=True, help="Wish for weeks; replaces an earlier wish.")
@click.option("--end", is_flag=True, help="End them.")
@click.option("--weeks", "count", type=click.IntRange(4, 12), metavar="4-12", help="How many.")
@click.option("--days", callback=_weekdays, metavar="mon,wed,sat", help="Weekdays on which running suits.")
@click.option(
    "--other-days", callback=_weekdays, metavar="tue,fri", help="Weekdays for strength; else wherever it fits."
)
@click.option("--goal", type=click.Choice(GOALS), help="What they are for.")
@click.option("--leave-out", multiple=True, callback=_kinds, metavar="KIND,…", help="What not to plan: grass, tempo, …")
@click.option("--most-minutes", type=click.IntRange(10, 600), metavar="MIN", help="Of one run at most.")
@click.option("--from", "begins", callback=_day, metavar="DAY", help="Their first day; else today.")
@click.option(
    "--agreed-on", callback=_day, metavar="DAY", help="When a professional agreed to a return after a strain."
)
@click.option("--agreed-by", metavar="WHO", help="Who that was.")
@click.option("--not-on", multiple=True, callback=lambda c, p, v: tuple(_day(c, p, each) for each in v), metavar="DAY",
              help="A single day that does not suit; as often as needed.")  # fmt: skip
@runner_option
@journal_option
@now_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def weeks(
    paths: tuple[Path, ...],
    plan: bool,
    end: bool,
    count: int | None,
    days: tuple[int, ...] | None,
    begins: date | None,
    agreed_on: date | None,
    not_on: tuple[date, ...],
    runner: str | None,
    journal: Path | None,
    now: datetime,
    as_json: bool,
    **wished: Any,
) -> None:
    """The weeks ahead: runs, drills, grass minutes, strength and quiet days, drawn from one calf-load budget.

    PATH… are your recordings or folders of them. With --plan or --end the wish is written into the journal; the days
    shown are written down as they were told, so that later changes can be told as such.
    """
    if plan and end:
        raise click.UsageError("--plan and --end at once")
    if not paths:
        raise click.UsageError("name your recordings, for example: calfwise weeks ~/runs --plan --days tue,thu,sun")
    history, found = history_of(paths, journal)
    place = journal or found or _new_journal(paths)
    if end:
        append(place, [WantsWeeks(now, None)])
        click.echo("Ended. What was done stays in your journal.")
        return
    if plan:
        wish = _wish(count=count, days=days, begins=begins or now.date(), agreed_on=agreed_on, not_on=not_on, **wished)
        append(place, [WantsWeeks(now, wish)])
        history, _ = history_of(paths, place)
        _say_wish(wish, as_json=as_json)
    elif days is not None or count is not None or not_on:
        history = _changed(history, place, now, days=days, count=count, not_on=not_on)
    if history.weeks is None:
        raise click.UsageError(
            "no weeks are wished for yet: calfwise weeks ~/runs --plan --days tue,thu,sun --goal further"
        )
    _show(paths, history, place, now, runner=runner, as_json=as_json)


def _new_journal(paths: tuple[Path, ...]) -> Path:
    folder = next((path for path in paths if path.is_dir()), None)
    if folder is None:
        raise click.UsageError("name the folder of your recordings, or --journal FILE")
    return folder / BESIDE


def _wish(*, count: int | None, days: tuple[int, ...] | None, **wished: Any) -> WeeksWish:
    if not days:
        raise click.UsageError("on which weekdays does running suit? --days tue,thu,sun")
    named = {name: value for name, value in wished.items() if value is not None}
    try:
        return msgspec.convert({"weeks": count or USUAL_WEEKS, "run_days": days} | named, WeeksWish)
    except msgspec.ValidationError as error:
        raise click.UsageError(f"this wish cannot be: {error}") from error


def _changed(history: History, place: Path, now: datetime, **wanted: Any) -> History:
    """The wish with single days taken out, or other weekdays."""
    if history.weeks is None:
        return history
    old = history.weeks
    wish = msgspec.structs.replace(
        old,
        run_days=old.run_days if wanted["days"] is None else wanted["days"],
        weeks=old.weeks if wanted["count"] is None else wanted["count"],
        not_on=tuple(sorted({*old.not_on, *wanted["not_on"]})),
    )
    append(place, [WantsWeeks(now, wish)])
    return history_of((), place)[0]


def _say_wish(wish: WeeksWish, *, as_json: bool) -> None:
    if not as_json:
        from calfwise.cli.weeks_text import show_wish  # noqa: PLC0415 - words only where they are read

        show_wish(wish)


def _show(
    paths: tuple[Path, ...], history: History, place: Path, now: datetime, *, runner: str | None, as_json: bool
) -> None:
    """Lay them, show them, and write down what was told."""
    taken = intake_of(paths, runner_name=runner, runner=history.runner)
    tell_odd_files(taken)
    load = load_history(taken.loads, runner=history.runner, history=history, now=now)
    content, rules = library.player(), library.weeks()
    laid = weeks_ahead(load, runner=history.runner, history=history, content=content, rules=rules, now=now)
    assert laid is not None, "there is a wish"
    told = days_to_lay(laid, history=history, rules=rules.told, now=now)
    if told is not None:
        append(place, [told])
    if as_json:
        click.echo(encoded(_document(laid)))
        return
    from calfwise.cli.weeks_text import show_weeks  # noqa: PLC0415 - words only where they are read

    show_weeks(laid, today=now.date())


def _document(laid: Weeks) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(laid)
    return {"model_version": MODEL_VERSION} | document
