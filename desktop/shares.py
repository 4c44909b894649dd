"""A share of a sample, and what it says of the whole."""

from __future__ import annotations

from math import sqrt

NORMAL_95 = 1.959963984540054


def wilson(count: int, total: int) -> tuple[float, float]:
    """Return the 95% interval of a share by Wilson's score, which holds for few and for extreme ones; (0, 1) of none.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    if not total:
        return 0.0, 1.0
    share, z = count / total, NORMAL_95
    middle = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
