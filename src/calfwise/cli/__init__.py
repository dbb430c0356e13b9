"""The terminal: arguments in, text or JSON out; no thinking. Commands are imported when they are called."""

import gc
import sys
from importlib import import_module

import click

from calfwise.errors import CalfwiseError, IllegalEvent, UnreadableFile

OUR_FAULT = 1
USAGE = 2
UNREADABLE = 3
NO_SESSION = 4
INTERRUPTED = 130

SELDOM = (100_000, 20, 100)
"""How often Python looks for cycles: a command is over in a second, and ten years of runs are none."""

COMMANDS = {
    "today": ("calfwise.cli.today:today", "Today's calf session, or why there is none."),
    "load": ("calfwise.cli.load:load", "What the calves took: runs, days, what changed."),
    "plan-run": ("calfwise.cli.plan_run:command", "What a run would ask, before it is run."),
    "weeks": ("calfwise.cli.weeks:weeks", "The weeks ahead, drawn from one calf-load budget."),
    "workouts": ("calfwise.cli.workouts:command", "The runs of the weeks ahead, for a watch."),
    "why": ("calfwise.cli.why:command", "Why the calves may be tight: for and against."),
    "practise": ("calfwise.cli.practise:practise", "Exercises: which suit today, and one as a card to do."),
    "helped": ("calfwise.cli.helped:command", "What felt quieter afterwards, technique by technique."),
    "working": ("calfwise.cli.working:command", "Is it working: sessions needed per 100 km."),
    "check": ("calfwise.cli.check:check", "What a recording holds."),
    "done": ("calfwise.cli.marks:done", "Write down that today's session was done."),
    "morning": ("calfwise.cli.marks:morning", "Write down how the calves feel the morning after."),
    "seen": ("calfwise.cli.marks:seen", "Write down that a professional looked at it."),
    "tested": ("calfwise.cli.marks:tested", "Write down a self-test's results."),
    "life": ("calfwise.cli.marks:life", "Write down what no recording knows: work, heels, stairs."),
    "serve": ("calfwise.cli.serve:serve", "The web app, on http://localhost:8000."),
    "account": ("calfwise.cli.account:account", "Who may come into the web app."),
    "backup": ("calfwise.cli.backup:backup", "Everything of the web app in one file, while it runs."),
    "restore": ("calfwise.cli.backup:restore", "Check a backup, or put it back."),
    "sources": ("calfwise.cli.sources:sources", "Where the numbers come from."),
    "sample": ("calfwise.cli.sample:sample", "Write a made-up runner's recordings."),
    "demo": ("calfwise.cli.sample:demo", "The made-up runner's session for today."),
}


class _Lazy(click.Group):
    """A group that knows its commands' names and lines, and imports a command only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from calfwise import __version__  # noqa: PLC0415 - only when asked
        from calfwise.model.constants import MODEL_VERSION  # noqa: PLC0415

        click.echo(f"calfwise {__version__}, model {MODEL_VERSION}")
        ctx.exit()


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Version and model."
)
def cli() -> None:
    """From your own recordings to today's calf session.

    A training-comfort guide for adults with ordinary tightness after running. It never diagnoses. Nothing leaves this
    machine.
    """


def run(arguments: list[str] | None = None) -> int:
    """Run a command and give the exit code that docs/terminal.md promises; errors are told on stderr."""
    try:
        code = cli(arguments, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nStopped.", err=True)
        return INTERRUPTED
    except UnreadableFile as error:
        click.echo(f"calfwise: {error}", err=True)
        return UNREADABLE
    except IllegalEvent as error:
        click.echo(f"calfwise: {error}", err=True)
        return USAGE
    except CalfwiseError as error:
        click.echo(f"calfwise: our fault: {error}. No session today.", err=True)
        return OUR_FAULT
    return code if isinstance(code, int) else 0


def main() -> None:
    """The program."""
    gc.set_threshold(*SELDOM)
    sys.exit(run())
