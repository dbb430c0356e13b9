"""Every route. What is not listed here is not there; each needs a signed-in account unless its view says otherwise."""

from django.urls import include, path

from calfwise_web import views
from calfwise_web.calendar_feed.urls import feed_path
from calfwise_web.player import offline
from calfwise_web.today import views as today

urlpatterns = [
    path("", today.home, name="home"),
    path("today/", include("calfwise_web.today.urls")),
    path("session/", include("calfwise_web.player.urls")),
    path("spots/", include("calfwise_web.spots.urls")),
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("more/", views.more, name="more"),
    path("healthz", views.healthz, name="healthz"),
    path("account/", include("calfwise_web.account.urls")),
    path("import/", include("calfwise_web.imports.urls")),
    path("runs/", include("calfwise_web.runs.urls")),
    path("shoes/", include("calfwise_web.shoes.urls")),
    path("load/next/", include("calfwise_web.next_run.urls")),
    path("load/", include("calfwise_web.load.urls")),
    feed_path,
    path("weeks/", include("calfwise_web.calendar_feed.urls")),
    path("weeks/", include("calfwise_web.weeks.urls")),
    path("why/", include("calfwise_web.why.urls")),
    path("working/", include("calfwise_web.working.urls")),
    path("helped/", include("calfwise_web.helped.urls")),
    path("tests/", include("calfwise_web.selftests.urls")),
    path("practise/", include("calfwise_web.practise.urls")),
    path("settings/", include("calfwise_web.preferences.urls")),
    path("your-data/", include("calfwise_web.yours.urls")),
    path("sources/", include("calfwise_web.sources.urls")),
    path("sample/", include("calfwise_web.sample.urls")),
]
