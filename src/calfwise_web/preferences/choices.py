"""What one may choose among: time zones, countries, tools."""

from functools import cache
from importlib import resources
from zoneinfo import available_timezones

from calfwise.library import content

Choices = list[tuple[str, str]]

COMMON_ZONES = (
    "Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "America/Anchorage",
    "America/Argentina/Buenos_Aires", "America/Bogota", "America/Chicago", "America/Denver", "America/Halifax",
    "America/Lima", "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Phoenix",
    "America/Santiago", "America/Sao_Paulo", "America/St_Johns", "America/Toronto", "America/Vancouver",
    "Asia/Bangkok", "Asia/Dhaka", "Asia/Dubai", "Asia/Hong_Kong", "Asia/Jakarta", "Asia/Jerusalem", "Asia/Karachi",
    "Asia/Kathmandu", "Asia/Kolkata", "Asia/Manila", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore", "Asia/Taipei",
    "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores", "Atlantic/Canary", "Atlantic/Reykjavik", "Australia/Adelaide",
    "Australia/Brisbane", "Australia/Perth", "Australia/Sydney", "Europe/Amsterdam", "Europe/Athens",
    "Europe/Belgrade", "Europe/Berlin", "Europe/Brussels", "Europe/Bucharest", "Europe/Budapest",
    "Europe/Copenhagen", "Europe/Dublin", "Europe/Helsinki", "Europe/Istanbul", "Europe/Kyiv", "Europe/Lisbon",
    "Europe/London", "Europe/Madrid", "Europe/Moscow", "Europe/Oslo", "Europe/Paris", "Europe/Prague", "Europe/Rome",
    "Europe/Stockholm", "Europe/Vienna", "Europe/Warsaw", "Europe/Zurich", "Pacific/Auckland", "Pacific/Honolulu",
    "UTC",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
USUAL_FIRST = (0, 6, 5)
THEMES: Choices = [("auto", "As the device"), ("light", "Light"), ("dark", "Dark")]


@cache
def zones() -> frozenset[str]:
    """Every zone that this machine knows."""
    return frozenset(available_timezones())


def zone_choices(present: str | None) -> Choices:
    """Common zones, and the present one if it is another."""
    names = sorted({*COMMON_ZONES, *([present] if present else [])} & zones())
    return [("", "The zone of this browser"), *((name, zone_said(name)) for name in names)]


def zone_said(name: str) -> str:
    """A zone as people say it.

    >>> zone_said("America/Argentina/Buenos_Aires")
    'Buenos Aires (America, Argentina)'
    """
    *region, city = name.replace("_", " ").split("/")
    return f"{city} ({', '.join(region)})" if region else city


def weekday_choices(present: int) -> Choices:
    """Days that weeks begin with somewhere, and the present one."""
    return [(str(day), WEEKDAYS[day]) for day in dict.fromkeys((*USUAL_FIRST, present))]


@cache
def countries() -> dict[str, str]:
    """Names by their two letters (ISO 3166), in order of name."""
    text = resources.files(__package__).joinpath("countries.txt").read_text("utf-8")
    return dict(line.split(" ", 1) for line in text.splitlines())


def country_choices() -> Choices:
    return [("", "Not said"), *countries().items()]


def tool_choices() -> Choices:
    """Tools that one has or has not; hands are always there."""
    return [(id_, tool.title) for id_, tool in content().tools.items() if not tool.always_there]
