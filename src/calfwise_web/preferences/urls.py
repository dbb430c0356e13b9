"""Routes."""

from django.urls import URLPattern, path

from calfwise_web.preferences import views

app_name = "settings"
urlpatterns: list[URLPattern] = [
    path("", views.page, name="page"),
    path("about/", views.about, name="about"),
    path("units/", views.units, name="units"),
    path("place/", views.place, name="place"),
    path("kit/", views.kit, name="kit"),
    path("theme/", views.theme, name="theme"),
    path("conditions/", views.conditions, name="conditions"),
    path("seen/<slug:block>/", views.seen, name="seen"),
    path("originals/", views.originals, name="originals"),
    path("originals/discard/", views.discard, name="discard"),
]
