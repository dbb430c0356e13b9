"""Signing in and up, and the page for those who may invite. allauth does the work; what we change stands here."""

from http import HTTPStatus
from typing import Any

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.account.internal import flows
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.decorators import rate_limit
from allauth.mfa.base import views as second_step
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as usersessions
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe
from django.views.generic.edit import FormView

from calfwise_web.access import user as signed_in
from calfwise_web.account import access, forms, pages, services
from calfwise_web.account.access import StaffRequest
from calfwise_web.account.models import User
from calfwise_web.account.passkeys import passkeys_work_here

TOO_MANY = "too_many_login_attempts"


# ------------------------------------------------------------------------------------------------------------ coming in
class SignIn(account.LoginView):
    """Name and password, or a passkey, or another's sign-in."""

    def form_invalid(self, form: forms.SignIn) -> HttpResponse:
        response = super().form_invalid(form)
        if form.has_error("__all__", TOO_MANY):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"passkeys": passkeys_work_here(self.request)}


@method_decorator([login_not_required, never_cache, sensitive_variables("token")], name="dispatch")
class Welcome(account.SignupView):
    """The sign-up behind a link. Opening it changes nothing; sending the form uses the link up."""

    form_class = forms.Welcome
    template_name = "people/welcome.html"

    def get_form_class(self) -> type[forms.Welcome]:
        return self.form_class

    def is_open(self) -> bool:
        return services.usable(self.kwargs["token"], at=timezone.now())

    def closed(self) -> HttpResponse:
        return render(self.request, "people/welcome_closed.html", status=HTTPStatus.NOT_FOUND)

    def form_valid(self, form: forms.Welcome) -> HttpResponse:
        try:
            self.user = services.open_account(self.request, form, token=self.kwargs["token"], at=timezone.now())
        except services.LinkGone:
            return self.closed()
        except IntegrityError:
            form.add_error("username", User._meta.get_field("username").error_messages["unique"])
            return self.form_invalid(form)
        try:
            response = flows.signup.complete_signup(self.request, user=self.user, redirect_url=self.get_success_url())
        except ImmediateHttpResponse as other:
            return other.response
        return response


@method_decorator([rate_limit(action="reset_password_from_key"), login_not_required, never_cache], name="dispatch")
class SignInLink(account.PasswordResetFromKeyView):
    """A new password by a link that staff or the terminal made. Opening it changes nothing, unlike allauth's own."""

    def dispatch(self, request: HttpRequest, uidb36: str, key: str, **kwargs: Any) -> HttpResponseBase:
        self.request, self.key = request, key
        asked = account.UserTokenForm(data={"uidb36": uidb36, "key": key})
        self.reset_user = asked.reset_user if asked.is_valid() and asked.reset_user.is_active else None
        if self.reset_user is None:
            return render(request, "people/link_gone.html", status=HTTPStatus.NOT_FOUND)
        return FormView.dispatch(self, request, uidb36, key, **kwargs)

    def form_valid(self, form: forms.NewPassword) -> HttpResponse:
        if self.request.user.is_authenticated and self.request.user != self.reset_user:
            self.logout()
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"name": str(self.reset_user)}


@login_not_required
def sign_in_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the other's sign-in. A page of our own goes between: our forms may lead nowhere else (form-action)."""
    response: HttpResponse = openid.login(request, provider_id)
    if not isinstance(getattr(response, "url", None), str):
        return response
    return render(request, "people/onward.html", {"url": response["Location"]})


# -------------------------------------------------------------------------------------------------- one's own sign-in
class Security(second_step.IndexView):
    """Password, passkeys, authenticator app, recovery codes: all on one page."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "passkeys": passkeys_work_here(self.request),
            "has_password": user.has_usable_password(),
            "elsewhere": access.other_sign_ins(user),
        }


class AddPasskey(webauthn.AddWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "passkeys": passkeys_work_here(self.request),
            "first": not is_mfa_enabled(self.request.user),
        }


class ChangePassword(account.PasswordChangeView):
    def form_valid(self, form: forms.ChangePassword) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        access.end_other_sessions(self.request.user, kept_key=self.request.session.session_key)
        return response


class Devices(usersessions.ListUserSessionsView):
    """Where one is signed in. allauth's own clears the list up while it is looked at; ours waits for a POST."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = access.devices(self.request.user, at=timezone.now())
        told = pages.devices(mine, current_key=self.request.session.session_key)
        return FormView.get_context_data(self, **kwargs) | {"devices": told}


@require_safe
@reauthentication_required(app="allauth.mfa")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes that are left. allauth's own view notes that they were looked at; ours writes nothing."""
    codes = access.recovery_codes(signed_in(request))
    if codes is None:
        raise Http404
    shown = {"codes": codes.get_unused_codes(), "total": len(codes.generate_codes())}
    return render(request, "mfa/recovery_codes/index.html", shown)


@require_safe
@reauthentication_required(app="allauth.mfa")
def recovery_codes_file(request: HttpRequest) -> HttpResponse:
    """The same as a text file."""
    codes = access.recovery_codes(signed_in(request))
    if codes is None:
        raise Http404
    text = "".join(f"{code}\n" for code in codes.get_unused_codes())
    named = {"Content-Disposition": 'attachment; filename="calfwise-recovery-codes.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=named)


# -------------------------------------------------------------------------------------------------------------- people
@access.staff_only
@require_safe
def invitations(request: StaffRequest) -> HttpResponse:
    """Accounts and open invitations."""
    return _people(request)


@access.staff_only
@require_POST
@reauthentication_required(app="allauth.mfa")
def invite(request: StaffRequest) -> HttpResponse:
    """Show a new invitation's link, this once."""
    token, _ = services.invite(made_by=request.user, at=timezone.now())
    url = request.build_absolute_uri(reverse("people:welcome", kwargs={"token": token}))
    return _people(request, pages.invitation_link(url))


@access.staff_only
@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    services.withdraw(pk, at=timezone.now())
    return redirect("people:invitations")


@access.staff_only
@require_POST
@reauthentication_required(app="allauth.mfa")
def link(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a link that lets the account's owner set a new password, this once."""
    user = access.account(pk)
    url = request.build_absolute_uri(services.sign_in_path(user))
    return _people(request, pages.sign_in_link(url, name=user.username))


@access.staff_only
@require_POST
def switch(request: StaffRequest, pk: int) -> HttpResponse:
    """Another's account on or off; nobody locks themselves out."""
    user = access.account(pk)
    if user == request.user:
        raise PermissionDenied
    services.switch(user, on=request.POST.get("on") == "1")
    return redirect("people:invitations")


def _people(request: StaffRequest, shown_once: pages.Link | None = None) -> HttpResponse:
    invited = access.open_invitations(at=timezone.now())
    page = pages.people(access.accounts(), invited, me=request.user, link=shown_once)
    return render(request, "people/invitations.html", {"page": page})
