"""Whom to call where the runner lives. Without a country there are words and no number: never a guess."""

from dataclasses import dataclass

from calfwise import library
from calfwise_web.preferences.choices import countries


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to call."""

    number: str
    dialled: str
    """As a telephone takes it."""
    name: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Calls:
    """Whom to call."""

    country: str
    """Its name; empty where the runner never said, or no number is known for it."""
    emergency: Call | None
    urgent: Call | None
    said: bool
    """Whether the runner said a country at all."""

    @property
    def call_emergency(self) -> str:
        """Inside a sentence: "call 112", or without a number."""
        return f"call {self.emergency.number}" if self.emergency else "call your emergency number"


def calls_for(country: str | None) -> Calls:
    """Whom to call in a country.

    >>> calls_for("DE").call_emergency, calls_for("GB").urgent.name, calls_for(None).call_emergency
    ('call 112', 'NHS 111', 'call your emergency number')
    """
    lines = library.helplines().countries.get(country or "")
    if lines is None:
        return Calls("", None, None, said=country is not None)
    line = lines.urgent
    urgent = Call(line.number, line.dialled, line.name, line.when) if line else None
    emergency = Call(lines.emergency.number, lines.emergency.dialled)
    return Calls(countries()[country or ""], emergency, urgent, said=True)


def with_number(text: str, calls: Calls) -> str:
    """The library's words with the number in them.

    >>> with_number("Call your emergency number now.", calls_for("GB"))
    'Call 999 now.'
    """
    return text.replace("your emergency number", calls.emergency.number) if calls.emergency else text
