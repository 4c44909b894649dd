"""Sources read by the workers of a Dask cluster: the only connection that Hebao ever opens, and only where asked to."""

from __future__ import annotations

import importlib
import re
import warnings
from concurrent.futures import Executor
from typing import Any

from desktop.errors import UserError
from desktop.workflow.reading_jobs import versions

ANSWER_S = 10
ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://\S+:\d+")


class Cluster:
    """The workers of the cluster at an address (tcp://host:8786), each with this version of Hebao; UserError else.

    Names and bytes are sent to them, so that they need no folder of this machine.
    """

    patience = 0.0  # a cluster has bounds of its own, and its workers read for others as well

    def __init__(self, address: str) -> None:
        self._address = address
        self._client = _connect(address)
        try:
            self.count = self._answering()
        except BaseException:
            self.stop()
            raise
        self._executor: Executor = self._client.get_executor(pure=False)

    @property
    def executor(self) -> Executor:
        """Return the executor that the cluster stands behind; UserError where it is gone."""
        if self._client.status != "running":
            raise UserError("cluster_lost", address=self._address)
        return self._executor

    def renew(self) -> None:
        """Do nothing: a cluster replaces its dead workers itself."""

    def stop(self) -> None:
        """Take back what is not read yet and hang up."""
        self._client.close()

    def _answering(self) -> int:
        """Return how many workers there are; UserError where there is none, or one without this version of Hebao."""
        try:
            answers = self._client.run(versions)
        except Exception as error:
            raise UserError("cluster_without_hebao", address=self._address, why=error) from None
        if not answers:
            raise UserError("cluster_empty", address=self._address)
        for theirs in answers.values():
            if theirs != versions():
                raise UserError("other_catalogue", ours=" ".join(versions()), theirs=" ".join(theirs))
        return len(answers)


def _connect(address: str) -> Any:
    if not ADDRESS.fullmatch(address):
        raise UserError("cluster_address_malformed", address=address)
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        raise UserError("cluster_extra_missing") from None
    warnings.filterwarnings("ignore", "Sending large graph")  # a scan is large, and goes to one worker once
    try:
        return distributed.Client(address, timeout=ANSWER_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        why = str(error) or type(error).__name__
    raise UserError("cluster_no_answer", address=address, why=why)  # here, where no half-made client is held on to
