"""Every sentence for people, in Chinese and English: one gettext catalogue for window, command line and exports."""

from __future__ import annotations

import errno
import functools
import gettext
import os
import sys

from desktop import settings
from desktop.errors import UserError
from desktop.paths import resources

LANGUAGES = {"zh": "zh_CN", "en": "en"}
REASONS = {
    errno.EACCES: "reason_permission",
    errno.EPERM: "reason_permission",
    errno.EROFS: "reason_read_only",
    errno.ENOSPC: "reason_disk_full",
    errno.ENAMETOOLONG: "reason_name_too_long",
    errno.ENOENT: "reason_missing",
    errno.EISDIR: "reason_folder",
    errno.ENOTDIR: "reason_not_folder",
    errno.EEXIST: "reason_not_folder",  # what is there in place of a folder to be made
    errno.EIO: "reason_device",
}
_current = ""


@functools.cache
def _catalogue(language: str) -> gettext.GNUTranslations:
    with (resources() / "translations" / LANGUAGES[language] / "LC_MESSAGES" / "hebao.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def sentences(spoken: str) -> dict[str, str]:
    """Return every sentence of a language by its id, of those with a plural the first form."""
    kept: dict[object, str] = vars(_catalogue(spoken))["_catalog"]
    firsts = {key[0] if isinstance(key, tuple) else key: sentence for key, sentence in reversed(kept.items())}
    return {str(key): sentence for key, sentence in firsts.items() if key}


def system_language() -> str:
    """Return "zh" where the system speaks Chinese, else "en"; HEBAO_LANGUAGE overrules, then the usual variables."""
    for variable in ("HEBAO_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        name = os.environ.get(variable, "")
        if name and name not in ("C", "POSIX", "C.UTF-8"):
            return "zh" if name.lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import ctypes

        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x04 else "en"
    import locale

    name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def chosen_language() -> str:
    """Return the language that is set, else the system's; HEBAO_LANGUAGE overrules both."""
    if os.environ.get("HEBAO_LANGUAGE"):
        return system_language()
    return settings.get("language") or system_language()


def language() -> str:
    """Return the language spoken now, "zh" or "en"."""
    global _current
    if not _current:
        _current = chosen_language()
    return _current


def set_language(name: str) -> None:
    """Speak `name` ("zh" or "en") from now on; KeyError for any other."""
    global _current
    LANGUAGES[name]
    _current = name


def say(message_id: str, /, **arguments: object) -> str:
    """Return the sentence `message_id` in the language of the moment, filled with `arguments`.

    A sentence with a plural form is chosen by the argument `n`. KeyError where no such sentence exists.
    """
    return say_in(language(), message_id, **arguments)


def say_in(spoken: str, message_id: str, /, **arguments: object) -> str:
    """Return the sentence `message_id` in the language `spoken` ("zh" or "en"), filled with `arguments`."""
    catalogue = _catalogue(spoken)
    sentence = message_id
    if isinstance(n := arguments.get("n"), int):
        sentence = catalogue.ngettext(message_id, message_id, n)
    if sentence == message_id:
        sentence = catalogue.gettext(message_id)
    if sentence == message_id:  # a plural that is asked for without a number has its first form
        sentence = catalogue.ngettext(message_id, message_id, 1)
    if sentence == message_id:
        raise KeyError(message_id)
    return sentence.format(**arguments) if arguments else sentence


def reason(error: OSError) -> str:
    """Return why the system refused, in the language of the moment where it is one of the usual reasons."""
    known = REASONS.get(error.errno or 0)
    return say(known) if known else error.strerror or str(error)


def say_error(error: UserError) -> str:
    """Return the sentence of a UserError in the language of the moment; an OSError in it is told as its reason."""
    arguments = {name: reason(v) if isinstance(v, OSError) else v for name, v in error.arguments.items()}
    return say(error.message_id, **arguments)
