"""Bringing recordings in: uploads, how far they are, what became of each file, and undoing."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, BinaryIO, Concatenate, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from calfwise_web import access
from calfwise_web.imports import claims, forms, pages, parcel, queries, services, staging, watching
from calfwise_web.imports.models import Batch
from calfwise_web.imports.services import Upload
from calfwise_web.journal.lines import home_of

BATCHES_A_PAGE = 20
OUTCOMES_A_PAGE = 100
NAMES_AT_ONCE = 2000
MOST_TOLD = 5
STOP_POLLING = 286
"""What htmx takes for "it is over"."""
View = Callable[Concatenate[HttpRequest, ...], HttpResponse]


def own_only(view: View) -> View:
    """Nothing is brought into the sample runner's journal, and nothing taken out of it one by one."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not access.looks_at_sample(request):
            return view(request, *args, **kwargs)
        words = "This is the sample runner's journal. Go back to your own to bring files; nothing was changed."
        if _wants_json(request):
            return JsonResponse({"error": words}, status=409)
        messages.info(request, words)
        return redirect("imports:page")

    return checked


# --------------------------------------------------------------------------------------------------------------- pages
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What can be brought, what is under way, and what came before."""
    rows, now, home = access.batches(request), timezone.now(), home_of(access.preferences(request))
    shown = Paginator(queries.over(rows), BATCHES_A_PAGE).get_page(request.GET.get("page"))
    begun = [pages.gathered(each, staging.there(each.key), now=now, home=home) for each in queries.gathering(rows)]
    folder = watching.own_folder(access.user(request).get_username())
    context = {
        "begun": [(each, json.dumps(_urls(each.batch))) for each in begun if each.files],
        "active": [progress_of(each) for each in queries.active(rows)[:MOST_TOLD]],
        "page": shown,
        "lines": [pages.line(each, now=now, home=home) for each in shown],
        "folder": folder,
        "watched": folder.is_dir(),
    }
    return render(request, "imports/page.html", context)


@require_safe
def batch(request: HttpRequest, key: UUID) -> HttpResponse:
    """One batch: how far it is, or what became of its files."""
    held, now, home = access.batch(request, key), timezone.now(), home_of(access.preferences(request))
    if held.state == Batch.State.GATHERING:
        begun = pages.gathered(held, staging.there(held.key), now=now, home=home)
        return render(request, "imports/gathering.html", {"begun": begun, "urls": json.dumps(_urls(held))})
    if pages.is_active(held):
        title = pages.title_of(held)
        return render(request, "imports/busy.html", {"progress": progress_of(held), "title": title})
    return render(request, "imports/over.html", _over(request, held))


def _over(request: HttpRequest, held: Batch) -> dict[str, Any]:
    """What the page of a batch that is over shows."""
    form = forms.Chosen(request.GET)
    form.is_valid()
    group, text = form.cleaned_data.get("outcome", ""), form.cleaned_data.get("q", "")
    outcomes = access.outcomes(request, held)
    counts = queries.counts(outcomes)
    shown = Paginator(queries.chosen(outcomes, group=group, text=text), OUTCOMES_A_PAGE).get_page(
        request.GET.get("page")
    )
    undone = queries.taken_by_undo(held) if pages.may_be_undone(held) else None
    asked = pages.questions(queries.said_of_runner(held.journal)) if queries.is_first_with_runs(held) else []
    home = home_of(access.preferences(request))
    return {
        "ended": pages.ended(held, counts, queries.salvaged_runs(outcomes), undone, now=timezone.now(), home=home),
        "batch": held,
        "filters": pages.filters(counts, group),
        "outcome": group,
        "q": text,
        "page": shown,
        "rows": pages.rows(shown),
        "questions": [] if access.looks_at_sample(request) else asked,
    }


@require_safe
def progress(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far a batch is, asked every second; once it is over the page is loaded anew."""
    held = access.batch(request, key)
    if pages.is_active(held):
        return render(request, "imports/_progress.html", {"progress": progress_of(held)})
    return HttpResponse(status=STOP_POLLING, headers={"HX-Refresh": "true"})


def progress_of(held: Batch) -> pages.Progress:
    """How far a batch is just now."""
    now = timezone.now()
    return pages.progress(held, now=now, attended=claims.is_anybody_at_work(now=now))


# ------------------------------------------------------------------------------------------------------------- uploads
@require_POST
@own_only
def new(request: HttpRequest) -> HttpResponse:
    """Begin a batch. A page without script sends its files along: they are kept and read at once."""
    form = forms.Begin(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest("A label of 300 characters at most, please.")
    brought = request.FILES.getlist("files")
    if not _wants_json(request) and not brought:
        messages.warning(request, "Choose some files first.")
        return redirect("imports:page")
    try:
        begun = services.begin(access.own_journal(request), label=form.cleaned_data["label"], now=timezone.now())
    except services.NotNowError as error:
        return _refused(request, error, status=409)
    if _wants_json(request):
        return JsonResponse({"key": str(begun.key), "urls": _urls(begun)}, status=201)
    return _all_at_once(request, begun, brought)


def _all_at_once(request: HttpRequest, begun: Batch, brought: list[Upload]) -> HttpResponse:
    """Without script: what one form sent."""
    try:
        refused = services.take_files(begun, _named_apart(brought), now=timezone.now())
        services.start(begun, now=timezone.now())
    except services.TooMuchError as error:
        services.discard(begun)
        return _refused(request, error, status=413)
    except services.NotNowError as error:
        services.discard(begun)
        return _refused(request, error, status=409)
    for each in refused[:MOST_TOLD]:
        messages.warning(request, each.why)
    return redirect("imports:batch", begun.key)


@require_POST
@own_only
def files(request: HttpRequest, key: UUID) -> HttpResponse:
    """A parcel of whole files, each with its path in the folder that was dropped: read as it comes."""
    held = access.batch(request, key)
    stream = cast("BinaryIO", request)
    try:
        listed = parcel.listed(stream, length=int(request.META.get("CONTENT_LENGTH") or 0))
        refused = services.take_parcel(held, stream, listed, now=timezone.now())
    except parcel.SpoiledError:
        return JsonResponse({"error": "Each file needs its path and its size; nothing was kept."}, status=400)
    except services.TooMuchError as error:
        return _refused(request, error, status=413)
    except staging.NotTakenError as error:
        return _refused(request, error, status=400)
    except services.NotNowError as error:
        return _refused(request, error, status=409)
    told = [{"name": each.name, "why": each.why} for each in refused]
    return JsonResponse({"taken": len(listed) - len(refused), "refused": told})


@require_POST
@own_only
def piece(request: HttpRequest, key: UUID) -> HttpResponse:
    """A piece of a large file: read as it comes, never held. 409 tells where to go on."""
    held = access.batch(request, key)
    form = forms.Piece(request.GET)
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if not form.is_valid() or not length:
        return JsonResponse({"error": "A piece needs its name, its offset, its size and some bytes."}, status=400)
    if length > services.PIECE_BYTES:
        return JsonResponse({"error": "A piece has 16 MiB at the most; nothing was kept."}, status=413)
    told = services.PieceOf(length=length, **form.cleaned_data)
    try:
        have = services.take_piece(held, cast("BinaryIO", request), told, now=timezone.now())
    except services.TooMuchError as error:
        return _refused(request, error, status=413)
    except staging.NotTakenError as error:
        return _refused(request, error, status=400)
    except services.NotNowError as error:
        return _refused(request, error, status=409)
    return JsonResponse({"have": have}, status=200 if have == told.offset + length else 409)


@require_safe
def there(request: HttpRequest, key: UUID) -> HttpResponse:
    """What an upload that broke off has brought, so that it can go on: names and bytes, some at a time."""
    held = access.batch(request, key)
    shown = Paginator(staging.there(held.key), NAMES_AT_ONCE).get_page(request.GET.get("page"))
    following = shown.next_page_number() if shown.has_next() else None
    return JsonResponse({"files": list(shown.object_list), "next": following})


@require_POST
@own_only
def start(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything is here: let it be read. Asked twice, it is read once."""
    held = access.batch(request, key)
    try:
        services.start(held, now=timezone.now())
    except services.NotNowError as error:
        return _refused(request, error, status=409)
    if _wants_json(request):
        return JsonResponse({"page": reverse("imports:batch", args=[held.key])})
    return redirect("imports:batch", held.key)


# -------------------------------------------------------------------------------------------------------------- changes
@require_POST
@own_only
def stop(request: HttpRequest, key: UUID) -> HttpResponse:
    held = access.batch(request, key)
    if not services.stop(held, now=timezone.now()):
        messages.info(request, "It was over already, so there was nothing to stop.")
    return redirect("imports:batch", held.key)


@require_POST
@own_only
def undo(request: HttpRequest, key: UUID) -> HttpResponse:
    held = access.batch(request, key)
    if not services.undo(held, now=timezone.now()):
        messages.info(request, "It is being undone already, or has nothing to undo. Nothing else was changed.")
    return redirect("imports:batch", held.key)


@require_POST
@own_only
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    held = access.batch(request, key)
    if not services.discard(held):
        messages.info(request, "It is being read already, so it was not discarded. You can stop it here.")
        return redirect("imports:batch", held.key)
    messages.success(request, "Discarded. Your own files are untouched.")
    return redirect("imports:page")


@require_POST
@own_only
def watch(request: HttpRequest) -> HttpResponse:
    """Make the account's watched folder."""
    services.watch(access.own_journal(request))
    messages.success(request, "The folder is there. Put recordings into it; they come in within half a minute.")
    return redirect("imports:page")


# -------------------------------------------------------------------------------------------------------------- answers
def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _refused(request: HttpRequest, error: Exception, *, status: int) -> HttpResponse:
    """Why not, as a sentence: for the page's script, or as a message on the page."""
    if _wants_json(request) or request.content_type == "application/octet-stream":
        return JsonResponse({"error": str(error)}, status=status)
    messages.error(request, str(error))
    return redirect("imports:page")


def _urls(batch: Batch) -> dict[str, str]:
    """Where the page's script sends what belongs to a batch."""
    parts = ("files", "piece", "there", "start")
    return {"page": reverse("imports:batch", args=[batch.key])} | {
        part: reverse(f"imports:{part}", args=[batch.key]) for part in parts
    }


def _named_apart(brought: list[Upload]) -> list[tuple[str, Upload]]:
    """Files of one form under names of their own: browsers send no folders, so two may be called the same."""
    names: set[str] = set()
    apart = []
    for number, file in enumerate(brought):
        name = file.name or "file"
        name = f"{number}/{name}" if name in names else name
        names.add(name)
        apart.append((name, file))
    return apart
