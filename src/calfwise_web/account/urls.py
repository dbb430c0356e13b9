"""Accounts. allauth's views are routed one by one, under allauth's own names; what is not here does not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from calfwise_web.account import views

people = [
    path("welcome/<str:token>/", views.Welcome.as_view(), name="welcome"),
    path("invitations/", views.invitations, name="invitations"),
    path("invitations/new/", views.invite, name="invite"),
    path("invitations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("accounts/<int:pk>/link/", views.link, name="link"),
    path("accounts/<int:pk>/switch/", views.switch, name="switch"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((people, "people"))),
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("login/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("login/second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", account.signup, name="account_signup"),
    path("switched-off/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("security/", views.Security.as_view(), name="mfa_index"),
    path("password/", views.ChangePassword.as_view(), name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    re_path(
        r"^link/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9a-z]+-[0-9a-f]+)/$",
        views.SignInLink.as_view(),
        name="account_reset_password_from_key",
    ),
    path("passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("passkeys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/rename/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("app/add/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/file/", views.recovery_codes_file, name="mfa_download_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("devices/", views.Devices.as_view(), name="usersessions_list"),
]

openid_urlpatterns: list[URLPattern | URLResolver] = [
    path("elsewhere/", social.connections, name="socialaccount_connections"),
    path("elsewhere/welcome/", social.signup, name="socialaccount_signup"),
    path("elsewhere/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("elsewhere/error/", social.login_error, name="socialaccount_login_error"),
    path("elsewhere/<slug:provider_id>/login/", views.sign_in_elsewhere, name="openid_connect_login"),
    path("elsewhere/<slug:provider_id>/login/callback/", openid.callback, name="openid_connect_callback"),
]
if settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns += openid_urlpatterns
