"""What this runner's own sessions say of techniques and tools, as far as a plan may lean on it."""

from msgspec import Struct


class Liking(Struct, frozen=True):
    """One technique at one place, or one tool."""

    score_nrs: float
    """Expected, and drawn towards the others where sessions are few: tenderness less right after, and the next
    morning in the same measure. Only its distance to others means anything. [NRS]"""
    told: bool
    """Enough sessions, and narrow enough, to say so."""
    quieter_nrs: float | None
    """Less tender right after, on average; `None`: nobody rated it. [NRS]"""
    sessions: int
    """In which it was used at this place; of a tool, anywhere."""
    elsewhere: int = 0
    """Sessions that speak for it at other places."""


class Leaning(Struct, frozen=True):
    """What a plan may lean on. It changes which technique and tool comes, never how much, how many, or where."""

    places: dict[str, dict[str, Liking]]
    """By zone and technique."""
    tools: dict[str, Liking]
    sessions: int
    """Done without limits, ever: every `try_every`th has what was tried least."""
    ahead_nrs: float
    """So far ahead something must be to come first. [NRS]"""
    try_every: int
    sources: tuple[str, ...]

    @property
    def tries(self) -> bool:
        """Whether today's first spot has what was tried least there."""
        return self.sessions > 0 and self.sessions % self.try_every == 0

    def at(self, zone: str, technique: str) -> Liking | None:
        return self.places.get(zone, {}).get(technique)

    def used(self, zone: str, technique: str) -> int:
        """Sessions with it at this place."""
        liking = self.at(zone, technique)
        return liking.sessions if liking else 0

    def score_nrs(self, zone: str, technique: str) -> float:
        """Expected there; without any session, as good as the mean. [NRS]"""
        liking = self.at(zone, technique)
        return liking.score_nrs if liking else 0.0
