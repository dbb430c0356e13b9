"""Rules that the web app's own source keeps: what a reviewer would have to look for, a machine looks for here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import calfwise_web
from tests.web.doors.routes import NEEDS, routes

ROOT = Path(calfwise_web.__file__).parent
PYTHON = {
    str(path.relative_to(ROOT)): ast.parse(path.read_text())
    for path in sorted(ROOT.rglob("*.py"))
    if "migrations" not in path.parts
}
TEMPLATES = {
    str(path.relative_to(ROOT)): path.read_text()
    for path in sorted(ROOT.rglob("*.html"))
    if "static" not in path.relative_to(ROOT).parts
}
MANAGERS = {"objects", "_base_manager", "_default_manager"}
MAY_LOOK_AT_EVERYTHING = {
    "account/access.py": "accounts and invitations: the only way to their rows",
    "imports/claims.py": "the worker serves everyone",
    "calendar_feed/tokens.py": "a calendar asks without signing in: whoever holds the address may read",
}
"""`access.py` itself is not among them: whatever it finds is of the account that asks."""
MAY_WRITE_WHAT_IT_HOLDS = {
    "access.py": {"filter"},
    "journal/models.py": {"filter"},
    "journal/lines.py": {"bulk_create", "filter"},
    "imports/writing.py": {"bulk_create", "filter"},
    "imports/watching.py": {"bulk_create"},
    "imports/recompute.py": {"bulk_create", "filter"},
    "imports/batches.py": {"get_or_create", "filter"},
}
"""Modules that write (or find) rows of a journal or a batch that was handed to them, and with which calls.

None of them is asked by a view with a key: `filter` is always by what was handed over.
"""
MAY_WRITE_SQL = {
    "journal/projection.py",
    "yours/services.py",
    "yours/backup.py",
    "yours/restore.py",
    "serve/prepare.py",
}
"""Rows by the thousand in one go; what SQLite does for itself; copies of the whole file."""
MAY_MAKE_SQL = {"journal/projection.py", "yours/backup.py", "yours/restore.py"}
"""With names of our own tables and columns in it; no view calls them with anything of a request's."""
MAY_MARK_SAFE = {
    "runs/pages.py": "the list's fifty rows: titles and shoes are escaped by hand, and test_doors puts tags into both",
    "templatetags/figures.py": "drawings of our own; words are escaped where they are drawn",
}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(node: ast.AST) -> str:
    """`a.b.c`, as far as it is names."""
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


# --------------------------------------------------------------------------------------------------------------- rows
def manager_calls() -> Iterator[tuple[str, ast.Attribute, str]]:
    """Every use of a manager, and the first thing that is asked of it."""
    for module, tree in PYTHON.items():
        asked = {
            id(node.value): node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
                yield module, node, asked.get(id(node), "")


def test_rows_are_reached_by_access_alone():
    strange = [
        f"{module}:{node.lineno} {name_of(node)}.{asked}"
        for module, node, asked in manager_calls()
        if module not in MAY_LOOK_AT_EVERYTHING and asked not in MAY_WRITE_WHAT_IT_HOLDS.get(module, set())
    ]
    assert strange == [], "start from access.journal(request), or from the row that was handed to you"


def test_the_list_of_modules_that_reach_rows_themselves_is_as_short_as_can_be():
    used = {module for module, _, _ in manager_calls()}
    assert used == set(MAY_LOOK_AT_EVERYTHING) | set(MAY_WRITE_WHAT_IT_HOLDS)


def test_nothing_that_a_manager_is_asked_in_passing_is_all():
    found = [f"{module}:{node.lineno}" for module, node, asked in manager_calls() if asked in ("all", "get", "")]
    assert found == []


def test_what_is_filtered_by_hand_is_filtered_by_what_was_handed_over():
    """`Batch.objects.filter(pk=batch.pk)` is; `Batch.objects.filter(state=…)` is for the worker's claims alone."""
    strange = []
    for module, tree in PYTHON.items():
        if module not in MAY_WRITE_WHAT_IT_HOLDS:
            continue
        for call in calls(tree):
            if re.search(r"\.objects\.(filter|get_or_create)$", name_of(call.func)):
                held = [each for each in call.keywords if _is_of_something_held(each)]
                strange += [] if held else [f"{module}:{call.lineno}"]
    assert strange == []


def _is_of_something_held(keyword: ast.keyword) -> bool:
    if keyword.arg == "journal__user":
        return isinstance(keyword.value, ast.Call) and name_of(keyword.value.func) == "user"
    names = {"pk", "batch", "journal", "run__journal", "entry__journal", "run"}
    return keyword.arg in names and isinstance(keyword.value, ast.Name | ast.Attribute)


def test_no_view_looks_a_row_up_by_itself():
    shortcuts = {"get_object_or_404", "get_list_or_404", "aget_object_or_404"}
    assert [
        f"{module}:{node.lineno}"
        for module, tree in PYTHON.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and {each.name for each in node.names} & shortcuts
    ] == []


def test_sql_by_hand_is_where_it_is_listed():
    found = set()
    for module, tree in PYTHON.items():
        for call in calls(tree):
            last = name_of(call.func).rpartition(".")[2] or getattr(call.func, "attr", "")
            assert last not in {"RawSQL", "raw", "extra", "executescript"}, f"{module}:{call.lineno}"
            if last in {"execute", "executemany"}:
                found.add(module)
    assert found == MAY_WRITE_SQL


def test_sql_by_hand_takes_values_as_parameters():
    """Names of our own tables and columns may be put into it; anything from outside may not."""
    strange = []
    for module, tree in PYTHON.items():
        for call in calls(tree):
            last = getattr(call.func, "attr", "")
            if last in {"execute", "executemany"} and not isinstance(call.args[0], ast.Constant):
                strange.append(module)
    assert set(strange) <= MAY_MAKE_SQL


# -------------------------------------------------------------------------------------------------------------- views
def view_modules() -> dict[str, ast.Module]:
    return {module: tree for module, tree in PYTHON.items() if module.endswith("views.py")}


def test_every_view_says_which_methods_it_takes():
    says = {"require_POST", "require_safe", "require_GET", "require_http_methods"}
    dispatched_by_allauth = {"sign_in_elsewhere"}  # openid.login answers to GET and POST by itself
    for module, tree in view_modules().items():
        for node in tree.body:
            is_view = isinstance(node, ast.FunctionDef) and node.args.args and node.args.args[0].arg == "request"
            if not is_view or node.name.startswith("_") or node.name in dispatched_by_allauth:
                continue
            said = {name_of(each.func if isinstance(each, ast.Call) else each) for each in node.decorator_list}
            assert said & says or node.name in {"progress_of"}, f"{module}:{node.lineno} {node.name}"


def test_method_is_asked_before_anything_is_looked_up():
    """The decorator that says which methods is the outermost, but for who may come in at all."""
    before = {"login_not_required", "access.staff_only"}
    says = {"require_POST", "require_safe", "require_GET", "require_http_methods"}
    for module, tree in view_modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                said = [name_of(each.func if isinstance(each, ast.Call) else each) for each in node.decorator_list]
                places_ = [place for place, name in enumerate(said) if name in says]
                assert not places_ or set(said[: places_[0]]) <= before, f"{module}:{node.lineno} {node.name}"


def test_nothing_is_exempt_from_csrf():
    for module, tree in PYTHON.items():
        for node in ast.walk(tree):
            name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            assert name not in {"csrf_exempt", "requires_csrf_token"}, f"{module}:{getattr(node, 'lineno', 0)}"


def test_who_is_asked_for_by_access_and_not_by_the_request():
    """`request.user` is looked at where accounts are: elsewhere `access.user` refuses who is not signed in."""
    allowed = {"access.py", "account/access.py", "account/views.py", "middleware.py"}
    found = {module for module, tree in PYTHON.items() for node in ast.walk(tree) if name_of(node) == "request.user"}
    assert found <= allowed


def test_no_cache_holds_what_is_somebodys():
    """Health data lies in no cache, so no key of one can lack its owner."""
    for module, tree in PYTHON.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert node.module not in {"django.core.cache", "django.views.decorators.vary"}, module
                names = {each.name for each in node.names}
                assert not names & {"cache_page", "cached_property", "cache_control"}, f"{module}:{node.lineno}"


def test_functions_of_a_request_are_not_remembered_between_requests():
    for module, tree in PYTHON.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                said = {name_of(each.func if isinstance(each, ast.Call) else each) for each in node.decorator_list}
                if said & {"cache", "lru_cache", "functools.cache", "functools.lru_cache"}:
                    held = {each.arg for each in [*node.args.args, *node.args.kwonlyargs]}
                    assert not held & {"request", "journal", "user", "run", "batch"}, f"{module}:{node.lineno}"


def test_the_clock_is_djangos():
    ours = {"now", "today", "utcnow"}
    for module, tree in PYTHON.items():
        for call in calls(tree):
            name = name_of(call.func)
            is_clock = name.rpartition(".")[2] in ours and name.split(".")[0] in ("datetime", "date")
            assert not is_clock, f"{module}:{call.lineno}"


# --------------------------------------------------------------------------------------------------------------- html
def test_markup_is_vouched_for_where_it_is_listed():
    found = set()
    for module, tree in PYTHON.items():
        for node in ast.walk(tree):
            names = {each.name for each in node.names} if isinstance(node, ast.ImportFrom) else set()
            if names & {"mark_safe", "html_safe", "safestring"}:
                found.add(module)
    assert found == set(MAY_MARK_SAFE)


def test_a_pattern_that_is_filled_in_is_a_constant_of_ours():
    """`format_html` escapes what it is given, but not the pattern itself."""
    for module, tree in PYTHON.items():
        for call in calls(tree):
            name = name_of(call.func)
            if name in {"format_html", "format_html_join"}:
                pattern = call.args[1 if name == "format_html_join" else 0]
                choices = [pattern.body, pattern.orelse] if isinstance(pattern, ast.IfExp) else [pattern]
                assert all(isinstance(each, ast.Constant) or name_of(each).isupper() for each in choices), (
                    f"{module}:{call.lineno}"
                )


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_escapes_everything(name):
    text = TEMPLATES[name]
    assert not re.search(r"\|\s*(safe|safeseq|escapejs|urlize|unordered_list|striptags)\b", text)
    assert "autoescape" not in text
    assert "{% filter" not in text


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_neither_style_nor_script_in_it(name):
    text = TEMPLATES[name]
    assert not re.search(r"\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "javascript:" not in text
    assert "hx-on" not in text
    assert not re.search(r"hx-vals=[\"']js:", text)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script, script


@pytest.mark.parametrize("name", TEMPLATES)
def test_attributes_are_quoted(name):
    """An unquoted one ends at the first blank of what somebody wrote."""
    assert not re.search(r"\s[a-z-]+=\{\{", TEMPLATES[name])


@pytest.mark.parametrize("name", TEMPLATES)
def test_forms_that_change_something_carry_the_token_and_others_do_not(name):
    text = TEMPLATES[name]
    for tag, body in re.findall(r"(<form\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>)(.*?)</form>", text, re.DOTALL):
        posts = bool(re.search(r"method=\"post\"", tag, re.IGNORECASE))
        assert ("{% csrf_token %}" in body) is posts, tag
        assert posts or re.search(r"method=\"(get|dialog)\"", tag) or "method" not in tag, tag


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_only_takes_a_post_is_no_link(name):
    """A browser, or one that reads ahead, follows links by itself."""
    only_post = {route for route, needs in NEEDS.items() if needs.get == 405} | {"account_logout"}
    linked = re.findall(r"(?:href|hx-get|src|data-src)=\"\{% url [\"']([^\"']+)[\"']", TEMPLATES[name])
    assert not set(linked) & only_post


@pytest.mark.parametrize("name", TEMPLATES)
def test_links_lead_to_our_own_pages_or_to_a_source(name):
    """A scheme cannot come from what somebody wrote: whole addresses come under names that only we fill."""
    ours = {
        "url", "src", "action_url", "own_url", "remove_sample_url", "sources_at", "totp_svg_data_uri", "source.url",
        "way.url", "run_url", "link.url", "source.address", "module", "page.address.webcal",
    }  # fmt: skip
    for address in re.findall(r"(?:href|action|src|hx-get)=\"\{\{ ?([a-z_.]+)", TEMPLATES[name]):
        assert address in ours


def test_every_template_says_which_names_it_links():
    """Links are made from names of routes, so a route that goes takes its links with it."""
    known = set(routes())
    for name, text in TEMPLATES.items():
        for route in re.findall(r"\{% url [\"']([^\"']+)[\"']", text):
            optional = "socialaccount" in route or "openid" in route
            assert route in known or optional, (name, route)


# ------------------------------------------------------------------------------------------------------- what is asked
def test_whatever_an_address_may_ask_is_tried_with_nonsense():
    """`NEEDS[…].asked` holds every name that a view takes from an address; test_doors sends nonsense under each."""
    found = set()
    for tree in PYTHON.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node.func) in {
                "request.GET.get",
                "request.GET.getlist",
                "asked.get",
            }:
                found |= {each.value for each in node.args[:1] if isinstance(each, ast.Constant)}
            if isinstance(node, ast.Subscript) and name_of(node.value) == "request.GET":
                found |= {node.slice.value} if isinstance(node.slice, ast.Constant) else set()
    assert {"page", "search", "q"} <= found
    assert found <= {name for needs in NEEDS.values() for name in needs.asked}


def test_headers_that_a_proxy_sets_are_believed_only_behind_one():
    settings = PYTHON["settings.py"]
    guarded = [node for node in settings.body if isinstance(node, ast.If) and "PROXIES" in ast.dump(node.test)]
    names = {name_of(each) for node in guarded for each in ast.walk(node)}
    assert {"SECURE_PROXY_SSL_HEADER", "USE_X_FORWARDED_HOST"} <= names
    plain = {name_of(target) for node in settings.body if isinstance(node, ast.Assign) for target in node.targets}
    assert not {"SECURE_PROXY_SSL_HEADER", "USE_X_FORWARDED_HOST"} & plain
