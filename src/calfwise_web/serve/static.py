"""Files for the browser: compressed once, named by their content, so that a browser may keep them for ever."""

import re
from collections.abc import Callable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """With the imports between our ES modules renamed too, or a module would fetch its neighbour of last week."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 12
    """One for each module on the longest way from a page's module to the last that it imports."""

    def url_converter(self, name: str, *arguments: Any, **keywords: Any) -> Callable[[re.Match[str]], str]:
        """In a script only other scripts are looked for: what JSDoc imports is a type, not a file to serve."""
        convert: Callable[[re.Match[str]], str] = super().url_converter(name, *arguments, **keywords)

        def converted(match: re.Match[str]) -> str:
            if name.endswith(".js") and not match["url"].endswith(".js"):
                return match["matched"]
            return convert(match)

        return converted
