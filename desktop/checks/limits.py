"""How far figures may go before a check speaks: the thresholds that a reviewer may set, as data."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.settings import default


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds of one run of the checks, in the terms of desktop.settings.

    `rate_slack` is in percentage points, `jump_times` and `peer_times` are factors, `copied_share` and `sure` percent.
    """

    rate_slack: float = default("rate_slack")
    jump_times: float = default("jump_times")
    peer_times: float = default("peer_times")
    copied_share: float = default("copied_share")
    sure: float = default("sure")
