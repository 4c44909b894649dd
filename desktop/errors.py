"""Errors that are messages for a person; anything else that is raised is a bug."""

from __future__ import annotations


class UserError(Exception):
    """A message for a person: the id of a sentence in desktop.text and the arguments that fill it; pickles."""

    def __init__(self, message_id: str, **arguments: object) -> None:
        super().__init__(message_id, arguments)
        self.message_id = message_id
        self.arguments = arguments

    def __reduce__(self) -> tuple[object, ...]:
        return _user_error, (self.message_id, self.arguments)


def _user_error(message_id: str, arguments: dict[str, object]) -> UserError:
    return UserError(message_id, **arguments)
