"""The model's arithmetic, against numbers worked by hand and a density written down another way."""

from math import sqrt

import numpy as np
import pytest
from msgspec import structs

from calfwise import library
from calfwise.model.fix.helped.pooled import MEAN, Pooled, Rated, pooled
from calfwise.model.fix.helped.rules import Prior

ONE = Prior(
    level=1.0,
    slope=1.0,
    fix=1.0,
    differ=(1.0,),
    differ_weight=(1.0,),
    together=(0.0,),
    together_weight=(1.0,),
    scatter_counts=4,
)
"""Every effect as likely as one rating's scatter; nothing to sum over."""
LEVEL = {(MEAN, ""): 1.0}


def rated(value: float, technique: str = "a", *, evening: int = 0, begun: float | None = None) -> Rated:
    return Rated(value, begun, evening, (("technique", technique),))


def after(*ratings: Rated, prior: Prior = ONE, scatter: float = 1.0) -> Pooled:
    return pooled(ratings, scatter=scatter, prior=prior)


def test_two_ratings_of_two_and_a_prior_worth_one_of_nought() -> None:
    """Mean (2 + 2 + 0) / 3. Sum of squares 8 - 4 · 4/3 = 8/3, so b = 2 + 4/3, a = 3, variance b / (a - 1) / 3 = 5/9."""
    estimate = after(rated(2), rated(2, evening=1)).of(LEVEL)
    assert estimate.mean == pytest.approx(4 / 3)
    assert estimate.sd == pytest.approx(sqrt(5) / 3)


def test_two_techniques_are_drawn_towards_each_other() -> None:
    """3 once and 1 once: 3m + a + b = 4, m + 2a = 3 and m + 2b = 1 give m = 1, a = 1, b = 0, so 2 and 1."""
    model = after(rated(3, "a"), rated(1, "b", evening=1))
    assert model.of(LEVEL | {("technique", "a"): 1}).mean == pytest.approx(2)
    assert model.of(LEVEL | {("technique", "b"): 1}).mean == pytest.approx(1)


def test_two_ratings_of_one_evening_count_for_less() -> None:
    """Common to the evening as much as its noise: 4 · (1 - 2/3) over 2 · (1 - 2/3) + 1 is 4/5; apart 4 · 1/2 over 2."""
    prior = structs.replace(ONE, together=(1.0,))
    assert after(rated(3), rated(1), prior=prior).of(LEVEL).mean == pytest.approx(4 / 5)
    assert after(rated(3), rated(1, evening=1), prior=prior).of(LEVEL).mean == pytest.approx(1)


def test_a_more_tender_spot_that_changes_more_is_not_taken_for_what_was_done_there() -> None:
    """Change is half of how tender it was; one technique was only for the tenderest, which would look 2.25 better."""
    ratings = [rated(begun / 2, "long" if begun > 6 else "press", evening=begun, begun=begun) for begun in range(2, 11)]
    model = pooled(ratings * 6, scatter=1.0, prior=library.helped().prior)
    assert abs(model.of({("technique", "long"): 1, ("technique", "press"): -1}).mean) < 0.3


def test_the_weight_of_a_grid_point_is_the_density_of_the_ratings_under_it() -> None:
    """Marginally the ratings are a multivariate t with scale s²(1 + XP⁻¹X'): its density, worked out anew."""
    values = [2.0, 1.5, -0.5, 0.0, 2.5]
    techniques = ["a", "a", "b", "b", "a"]
    evenings = [0, 0, 1, 2, 2]
    prior = Prior(1.5, 0.3, 0.3, (0.2, 1.0), (0.6, 0.4), (0.0, 0.7), (0.5, 0.5), 4)
    ratings = [rated(*each[:2], evening=each[2]) for each in zip(values, techniques, evenings, strict=True)]
    y, x = (
        np.array(values),
        np.array([[1, technique == "a", technique == "b"] for technique in techniques], dtype=float),
    )
    same = np.equal.outer(evenings, evenings)
    logs = []
    for together, weight in zip(prior.together, prior.together_weight, strict=True):
        for differ, likely in zip(prior.differ, prior.differ_weight, strict=True):
            spread = x @ np.diag([1.5**2, differ**2, differ**2]) @ x.T + np.eye(5) + together * same
            whole = 1 + y @ np.linalg.solve(1.2**2 * spread, y) / 4
            logs.append(np.log(weight * likely) - np.linalg.slogdet(spread)[1] / 2 - (4 + 5) / 2 * np.log(whole))
    wanted = np.exp(np.array(logs) - max(logs))
    assert pooled(ratings, scatter=1.2, prior=prior).weights == pytest.approx(wanted / wanted.sum())


def test_one_technique_alone_has_no_effect_of_its_own() -> None:
    assert after(rated(2), rated(1)).columns == ((MEAN, ""), ("slope", ""))


def test_the_order_of_sessions_changes_nothing() -> None:
    ratings = [rated(value, "ab"[value % 2], evening=value, begun=value + 3) for value in range(6)]
    prior = library.helped().prior
    one, other = (pooled(each, scatter=1.2, prior=prior).of(LEVEL) for each in (ratings, ratings[::-1]))
    assert (one.mean, one.sd) == pytest.approx((other.mean, other.sd))
