"""What is agreed to when an account is made; a change of these words is a new version."""

CONSENT_VERSION = "2026-11"

AGREEMENT = "Keep what I say about my calves on this machine"
"""Beside the tick. Notes on soreness are health data, so it is asked for in so many words and never ticked for you."""

FACTS = (
    "Kept: your recordings, your notes on how your calves feel, and what calfwise works out from them.",
    "Where: in one folder on the machine that runs calfwise. Nothing leaves it.",
    "Who for: adults, 18 or over, whose calves are ordinarily tight after running.",
    "What it never does: diagnose. Whatever worries you is a professional's to look at.",
    "You can take everything with you, or delete it, whenever you like.",
)
