"""Web pages saved as one file (.mht): a mail whose largest page is the report."""

from __future__ import annotations

from desktop.errors import UserError
from desktop.model import Document
from desktop.reading import reader, sha256
from desktop.reading.html import decode
from desktop.reading.web_article import article
from desktop.reading.web_tree import parse

MOST_PAGES = 200
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


@reader(".mht", ".mhtml")
def read_mht(name: str, data: bytes) -> Document:
    """Return the report of the page with the most prose in a saved mail; UserError where there is no page in it."""
    best = ""
    most = -1
    for part in _pages(name, data):
        body, said = parse(name, part)
        if body.prose > most:
            most, best = body.prose, article(body, said)
    if not best.strip():
        raise UserError("source_damaged" if most < 0 else "source_empty", name=name)
    return Document(name=name, reader="mht", source_sha256=sha256(data), text=best)


def _pages(name: str, data: bytes) -> list[str]:
    """Return the pages in a saved mail: the page itself, and those in its frames."""
    import email

    pages: list[str] = []
    unread: UserError | None = None
    try:
        for message in email.message_from_bytes(data).walk():
            if message.get_content_type() not in _PAGES or len(pages) == MOST_PAGES:
                continue
            # get_content() would decode by the label, and gb2312 loses the rare characters of names.
            content = message.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                try:
                    pages.append(decode(name, content, message.get_content_charset()))
                except UserError as error:
                    unread = error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # What the library for mails makes of heads that no program wrote.
        raise UserError("source_damaged", name=name) from None
    if unread is not None and not pages:
        raise unread
    return pages
