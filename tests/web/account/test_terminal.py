"""`calfwise account`: who may come in, from the machine that runs the web app."""

from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from calfwise.cli import COMMANDS
from calfwise.cli.account import account
from calfwise_web.account import services


def told(*arguments: str) -> Result:
    return CliRunner().invoke(account, arguments)


def test_the_terminal_knows_the_command():
    assert COMMANDS["account"][0] == "calfwise.cli.account:account"


def test_first_shows_a_link_that_makes_the_first_account(client, db, monkeypatch):
    monkeypatch.setenv("CALFWISE_PORT", "8123")
    link = told("first").stdout.strip()
    assert link.startswith("http://localhost:8123/account/welcome/")
    assert client.get(urlsplit(link).path).status_code == 200


def test_first_refuses_once_somebody_is_here(ann):
    result = told("first")
    assert result.exit_code == 1
    assert "There is an account already" in result.stderr


def test_link_lets_the_named_account_set_a_new_password(client, ben):
    link = told("link", "BEN", "--address", "https://calf.example.org/").stdout.strip()
    assert link.startswith("https://calf.example.org/account/link/")
    assert client.post(urlsplit(link).path, {"password1": "new calves climb"}).status_code == 302


@pytest.mark.parametrize(("name", "words"), [("nobody", "No account is called nobody"), ("ben", "switched off")])
def test_link_says_why_there_is_none(ben, name, words):
    services.switch(ben, on=False)
    result = told("link", name)
    assert result.exit_code == 1
    assert words in result.stderr
    assert result.stdout == ""


def test_list_shows_names_and_dates_and_nothing_else(ann, ben):
    services.switch(ben, on=False)
    lines = told("list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["ann", "ben"]
    assert lines[0].endswith("never signed in  may invite")
    assert lines[1].endswith("off")
