"""Accounts come by links: the first from the machine, the others from those who may invite."""

import threading
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from calfwise_web.account import services
from calfwise_web.account.first import first_link
from calfwise_web.account.models import Invitation, User
from tests.web.account.conftest import sign_in
from tests.web.conftest import PASSWORD

BASE = "http://localhost:8000"
ANSWERS = {"username": "cleo", "password1": PASSWORD, "consent": "on", "time_zone": "Europe/Berlin"}


def first_path() -> str:
    link = first_link(BASE)
    assert link is not None
    return urlsplit(link).path


def invited(ann: User, **changes: Any) -> str:
    token, row = services.invite(made_by=ann, at=timezone.now())
    Invitation.objects.filter(pk=row.pk).update(**changes)
    return f"/account/welcome/{token}/"


def test_the_first_link_makes_an_account_that_may_invite_signed_in_with_its_consent_written_down(client, db):
    answer = client.post(first_path(), ANSWERS)
    cleo = User.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert (cleo.username, cleo.is_staff, cleo.is_superuser) == ("cleo", True, False)
    assert int(client.session["_auth_user_id"]) == cleo.pk
    lines = " ".join(cleo.journals.get().entries.values_list("line", flat=True))
    assert '"consent"' in lines
    assert "Europe/Berlin" in lines


def test_an_invited_account_may_not_invite(client, ann):
    assert client.post(invited(ann), ANSWERS).status_code == 302
    assert not User.objects.get(username="cleo").is_staff


def test_only_the_digest_of_a_token_is_stored(db, rows):
    token = first_path().split("/")[-2]
    assert token not in repr(rows())
    assert Invitation.objects.get().token_digest == sha256(token.encode()).hexdigest()


def test_a_new_first_link_ends_the_one_before(client, db):
    before, now = first_path(), first_path()
    assert client.get(before).status_code == 404
    assert client.get(now).status_code == 200


def test_there_is_no_first_link_once_somebody_is_here(ann):
    assert first_link(BASE) is None


def test_a_first_link_makes_nothing_once_somebody_is_here(client, db, rows):
    path = first_path()
    User.objects.create_user("early", password=PASSWORD)
    before = rows()
    assert client.post(path, ANSWERS).status_code == 404
    assert rows() == before


def test_whoever_came_first_while_the_form_was_sent_stays_the_first(db):
    token = services.invite_first(at=timezone.now())
    User.objects.create_user("early", password=PASSWORD)
    with pytest.raises(services.LinkGone):
        services.open_account(None, None, token=token, at=timezone.now())


def test_opening_a_link_changes_nothing_and_does_not_use_it_up(client, ann, rows):
    path = invited(ann)
    before = rows()
    for _ in range(3):
        assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    assert rows() == before
    assert not client.cookies.get("sessionid")


def test_a_link_works_once(client, ann):
    path = invited(ann)
    client.post(path, ANSWERS)
    again = Client().post(path, {**ANSWERS, "username": "dora"})
    assert again.status_code == 404
    assert not User.objects.filter(username="dora").exists()


@pytest.mark.parametrize(
    "changes",
    [{"expires_at": timezone.now() - timedelta(seconds=1)}, {"used_at": timezone.now()}, {"token_digest": "0" * 64}],
    ids=["too old", "used", "forged"],
)
def test_a_link_that_is_gone_says_so_calmly(client, ann, rows, changes):
    path = invited(ann, **changes)
    before = rows()
    for answer in (client.get(path), client.post(path, ANSWERS)):
        assert answer.status_code == 404
        assert "Nothing was changed" in answer.text
        assert "ask whoever sent the link for a new one" in answer.text
    assert rows() == before


def test_the_first_link_lasts_a_day_and_an_invitation_a_week(ann):
    now = timezone.now()
    assert services.invite(made_by=ann, at=now)[1].expires_at == now + timedelta(days=7)
    User.objects.all().delete()
    services.invite_first(at=now)
    assert Invitation.objects.get().expires_at == now + timedelta(hours=24)


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ({"consent": ""}, "nothing calfwise could do"),
        ({"username": "a"}, "Two letters at least"),
        ({"username": "a b"}, "Only letters, digits"),
        ({"username": "x" * 31}, "30"),
        ({"username": "ann\n"}, "taken"),
        ({"username": "ANN"}, "taken"),
        ({"password1": "short"}, "too short"),
        ({"password1": "password1234"}, "too common"),
    ],
)
def test_a_slip_in_the_form_keeps_the_link_and_what_was_typed(client, ann, rows, slip, told):
    path = invited(ann)
    before = rows()
    answer = client.post(path, ANSWERS | slip)
    assert answer.status_code == 200
    assert told in answer.text
    assert rows() == before
    assert client.get(path).status_code == 200


def test_an_unknown_time_zone_is_not_believed(client, ann):
    client.post(invited(ann), ANSWERS | {"time_zone": "../../etc/passwd"})
    lines = " ".join(User.objects.get(username="cleo").journals.get().entries.values_list("line", flat=True))
    assert "passwd" not in lines
    assert "UTC" in lines


@pytest.mark.django_db(transaction=True)
def test_two_who_use_a_link_at_once_make_one_account(ann):
    path, answers = invited(ann), []
    start = threading.Barrier(4)

    def use(number: int) -> None:
        browser = Client()
        start.wait()
        try:
            answers.append(browser.post(path, ANSWERS | {"username": f"cleo{number}"}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=use, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 404, 404, 404]
    assert User.objects.exclude(pk=ann.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_links_and_one_name_make_one_account(ann):
    paths, answers = [invited(ann), invited(ann)], []
    start = threading.Barrier(2)

    def use(path: str) -> None:
        browser = Client()
        start.wait()
        try:
            answers.append(browser.post(path, ANSWERS).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=use, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 302]
    assert User.objects.filter(username="cleo").count() == 1


def test_without_a_link_there_is_no_account(client, db, rows):
    before = rows()
    for answer in (client.get("/account/signup/"), client.post("/account/signup/", ANSWERS)):
        assert "Accounts come by invitation" in answer.text
    assert rows() == before


# -------------------------------------------------------------------------------------------------------------- people
def test_whoever_may_invite_sees_a_new_link_once(client, ann):
    sign_in(client, ann)
    made = client.post("/account/invitations/new/")
    token = made.text.split("/account/welcome/")[1].split("/")[0]
    assert services.usable(token, at=timezone.now())
    assert token not in client.get("/account/invitations/").text


def test_a_withdrawn_invitation_makes_nothing(client, ann):
    path = invited(ann)
    client.force_login(ann)
    client.post(f"/account/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["invitations/new/", "invitations/1/withdraw/", "accounts/{ann}/link/", "accounts/{ann}/switch/"]
)
def test_to_everybody_else_the_page_of_people_does_not_exist(client, ann, ben, rows, path):
    services.invite(made_by=ann, at=timezone.now())
    before = rows()
    client.force_login(ben)
    path = f"/account/{path.format(ann=ann.pk)}"
    before = rows()
    assert client.post(path).status_code == 404
    assert client.get(path).status_code == 404
    assert client.get("/account/invitations/").status_code == 404
    assert rows() == before


def test_the_list_of_accounts_tells_no_health_data(client, ann, ben):
    client.force_login(ann)
    page = client.get("/account/invitations/").text
    assert "ben" in page
    assert "nothing yet" in page
    assert "consent" not in page


def test_an_account_that_is_switched_off_is_out_at_once_and_keeps_everything(client, ann, ben, rows):
    signed_in = Client()
    signed_in.force_login(ben)
    client.force_login(ann)
    lines = rows()["journal.Entry"]
    client.post(f"/account/accounts/{ben.pk}/switch/", {"on": "0"})
    assert signed_in.get("/account/security/").status_code == 302
    assert "switched off" in Client().post(
        "/account/login/", {"login": "ben", "password": PASSWORD}, follow=True
    ).text  # fmt: skip
    assert rows()["journal.Entry"] == lines
    client.post(f"/account/accounts/{ben.pk}/switch/", {"on": "1"})
    assert Client().post("/account/login/", {"login": "ben", "password": PASSWORD}).status_code == 302


def test_nobody_switches_their_own_account_off(client, ann):
    client.force_login(ann)
    assert client.post(f"/account/accounts/{ann.pk}/switch/", {"on": "0"}).status_code == 403
    ann.refresh_from_db()
    assert ann.is_active


def test_a_link_for_another_asks_who_one_is_when_that_was_long_ago(client, ann, ben, monkeypatch):
    client.force_login(ann)
    asked = client.post(f"/account/accounts/{ben.pk}/link/")
    assert asked["Location"].startswith("/account/confirm/")
    shown = client.post(asked["Location"], {"password": PASSWORD})
    assert "/account/link/" in shown.text


# -------------------------------------------------------------------------------------------------------- sign-in links
def sign_in_path(user: User) -> str:
    return services.sign_in_path(user)


def test_a_sign_in_link_sets_a_new_password_once(client, ben, rows):
    path = sign_in_path(ben)
    before = rows()
    assert "Hello, ben" in client.get(path).text
    assert rows() == before
    assert client.post(path, {"password1": "new calves climb"}).status_code == 302
    assert int(client.session["_auth_user_id"]) == ben.pk
    other = Client()
    assert other.get(path).status_code == 404
    assert other.post(path, {"password1": "another one again"}).status_code == 404
    assert other.post("/account/login/", {"login": "ben", "password": "new calves climb"}).status_code == 302


def test_a_sign_in_link_ends_other_sessions(ben):
    stolen = Client()
    stolen.force_login(ben)
    Client().post(sign_in_path(ben), {"password1": "new calves climb"})
    assert stolen.get("/account/security/").status_code == 302


def test_a_weak_password_does_not_use_the_sign_in_link_up(client, ben):
    path = sign_in_path(ben)
    assert "too common" in client.post(path, {"password1": "password1234"}).text
    assert client.get(path).status_code == 200


def test_a_sign_in_link_of_a_switched_off_account_opens_nothing(client, ben):
    path = sign_in_path(ben)
    services.switch(ben, on=False)
    assert client.get(path).status_code == 404


def test_a_sign_in_link_ends_after_a_day(client, ben, settings):
    path = sign_in_path(ben)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert client.get(path).status_code == 404


def test_one_account_s_link_opens_no_other(client, ann, ben):
    key = sign_in_path(ben).split("-", 1)[1]
    mixed = sign_in_path(ann).split("-", 1)[0] + "-" + key
    assert client.post(mixed, {"password1": "new calves climb"}).status_code == 404
