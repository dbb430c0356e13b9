"""Body measures between the runner's units and SI."""

from calfwise_web.units import KG_A_POUND

METRES_A_FOOT, INCHES_A_FOOT = 0.3048, 12
METRES_AN_INCH = METRES_A_FOOT / INCHES_A_FOOT


def mass_said(mass_kg: float | None, unit: str) -> str:
    """As a form shows it.

    >>> mass_said(68.0, "kg"), mass_said(68.04, "lb"), mass_said(None, "kg")
    ('68', '150', '')
    """
    if mass_kg is None:
        return ""
    return f"{mass_kg if unit == 'kg' else mass_kg / KG_A_POUND:.1f}".removesuffix(".0")


def mass_of(said: float, unit: str) -> float:
    """In kilograms, to the gram.

    >>> mass_of(150, "lb")
    68.039
    """
    return round(said if unit == "kg" else said * KG_A_POUND, 3)


def feet_and_inches(height_m: float) -> tuple[int, str]:
    """As a form shows it.

    >>> feet_and_inches(1.78), feet_and_inches(1.8288)
    ((5, '10.1'), (6, '0'))
    """
    inches = round(height_m / METRES_AN_INCH, 1)
    feet = int(inches // INCHES_A_FOOT)
    return feet, f"{inches - feet * INCHES_A_FOOT:.1f}".removesuffix(".0")


def height_of(*, feet: float, inches: float) -> float:
    """In metres, to the millimetre.

    >>> height_of(feet=5, inches=10)
    1.778
    """
    return round((feet * INCHES_A_FOOT + inches) * METRES_AN_INCH, 3)
