"""Where browsers allow passkeys at all."""

from django.http import HttpRequest


def passkeys_work_here(request: HttpRequest) -> bool:
    """Over https at a name, and at localhost; never at a bare address such as 127.0.0.1."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    is_address = host.startswith("[") or host.replace(".", "").isdigit()
    return request.is_secure() and not is_address
