"""A plan from an answer that was not screened is refused before anything runs."""

from mypy import api

SNIPPET = """
from datetime import datetime
from calfwise.model.care.choice import Kit
from calfwise.model.care.content import Content
from calfwise.model.care.outcomes import Clear, Limited
from calfwise.model.care.planner import Plan, plan
from calfwise.model.care.screening import screen
from calfwise.model.journal import CheckIn, History


def refused(check_in: CheckIn, history: History, content: Content, kit: Kit, now: datetime) -> Plan:
    screening = screen(gate=content.gate, check_in=check_in, history=history, explained=None, now=now)
    return plan(
        screening=screening,  # refused
        check_in=check_in, history=history, content=content, kit=kit, minutes=10, now=now
    )


def accepted(check_in: CheckIn, history: History, content: Content, kit: Kit, now: datetime) -> Plan | None:
    screening = screen(gate=content.gate, check_in=check_in, history=history, explained=None, now=now)
    if not isinstance(screening, Clear | Limited):
        return None
    return plan(
        screening=screening,
        check_in=check_in, history=history, content=content, kit=kit, minutes=10, now=now
    )
"""


def test_mypy_refuses_a_plan_from_what_was_not_screened_and_names_the_argument(tmp_path):
    snippet = tmp_path / "snippet.py"
    snippet.write_text(SNIPPET)
    alone = ["--config-file", "", "--no-incremental", "--cache-dir", str(tmp_path / "cache")]
    told, trouble, status = api.run(["--strict", *alone, str(snippet)])
    refused = next(i for i, line in enumerate(SNIPPET.splitlines(), start=1) if "# refused" in line)
    errors = [line for line in told.splitlines() if ": error:" in line]
    assert (status, len(errors)) == (1, 1), told + trouble
    assert f'snippet.py:{refused}: error: Argument "screening" to "plan" has incompatible type' in errors[0]
    assert 'expected "Clear | Limited"' in errors[0]
