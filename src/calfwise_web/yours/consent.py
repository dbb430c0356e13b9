"""What was agreed to about notes on health, and whether that still holds."""

from collections.abc import Iterable

from calfwise.model.journal import Consent, History

HEALTH_NOTES = "keep-health-notes"
TAKEN_BACK = "You took back your agreement to keep notes on your health, so this was not kept. Your data: agree again."
TITLES = {HEALTH_NOTES: "Keep what I say about my calves on this machine"}


def keeps_health_notes(history: History) -> bool:
    """Whether new notes may be kept: until the agreement was taken back. The last word counts."""
    return not is_taken_back(history.consents)


def is_taken_back(consents: Iterable[Consent]) -> bool:
    said = [consent.given for consent in consents if consent.to == HEALTH_NOTES]
    return bool(said) and not said[-1]
