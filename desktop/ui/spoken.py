"""Texts of widgets by sentence id, so that a switch of language says them all again."""

from __future__ import annotations

from collections.abc import Callable

from desktop.text import say


class Spoken:
    """A list of (setter, sentence id); calling enters one and says it at once."""

    def __init__(self) -> None:
        self._said: list[tuple[Callable[[str], object], str]] = []

    def __call__(self, setter: Callable[[str], object], message_id: str) -> None:
        """Hand the sentence `message_id` to `setter` now and whenever `again` is called."""
        self._said.append((setter, message_id))
        setter(say(message_id))

    def again(self) -> None:
        """Say everything in the language of the moment."""
        for setter, message_id in self._said:
            setter(say(message_id))
