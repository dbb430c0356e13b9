"""Routes."""

from django.urls import path

from calfwise_web.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.page, name="page"),
    path("new/", views.new, name="new"),
    path("watch/", views.watch, name="watch"),
    path("<uuid:key>/", views.batch, name="batch"),
    path("<uuid:key>/progress/", views.progress, name="progress"),
    path("<uuid:key>/there/", views.there, name="there"),
    path("<uuid:key>/files/", views.files, name="files"),
    path("<uuid:key>/piece/", views.piece, name="piece"),
    path("<uuid:key>/start/", views.start, name="start"),
    path("<uuid:key>/stop/", views.stop, name="stop"),
    path("<uuid:key>/undo/", views.undo, name="undo"),
    path("<uuid:key>/discard/", views.discard, name="discard"),
]
