"""Routes."""

from django.urls import URLPattern, path

from calfwise_web.weeks import views

app_name = "weeks"
urlpatterns: list[URLPattern] = [
    path("", views.page, name="page"),
    path("wish/", views.wish, name="wish"),
    path("agreed/", views.agreed, name="agreed"),
    path("end/", views.end, name="end"),
    path("not-on/", views.not_on, name="not-on"),
    path("print/", views.paper, name="print"),
]
