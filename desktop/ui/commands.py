"""Everything the window can be asked to do, declared once; menus, buttons, tooltips, overlay and help follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Owner = Literal["window", "pages", "files", "undoing", "reports", "desk", "trends"]
Menu = Literal["menu_file", "menu_edit", "menu_review", "menu_view", "menu_help"]
MENUS: tuple[Menu, ...] = ("menu_file", "menu_edit", "menu_review", "menu_view", "menu_help")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do: `run` is a method of its owner; the sentences act_ID and tip_ID name and explain it.

    `keys`, separated by spaces, count where the owner has the focus: reports, desk or trends; all others everywhere. A
    menu shows a line between two groups.
    """

    id: str
    menu: Menu
    owner: Owner
    run: str
    keys: str = ""
    icon: str = ""
    group: int = 0

    @property
    def name(self) -> str:
        """Return the id of the sentence that names it."""
        return f"act_{self.id}"

    @property
    def tip(self) -> str:
        """Return the id of the sentence that says what it does."""
        return f"tip_{self.id}"


COMMANDS: tuple[Command, ...] = (
    Command("import_files", "menu_file", "files", "import_files", "Ctrl+I", "import"),
    Command("import_folder", "menu_file", "files", "import_folder", "Ctrl+Shift+I", "folder"),
    Command("export", "menu_file", "files", "export", "Ctrl+E", "export"),
    Command("new_store", "menu_file", "files", "new_store", "Ctrl+N", group=1),
    Command("open_store", "menu_file", "files", "choose_store", "Ctrl+O", group=1),
    Command("open_samples", "menu_file", "files", "open_samples", icon="open", group=1),
    Command("quit", "menu_file", "window", "close", "Ctrl+Q", group=2),
    Command("undo", "menu_edit", "undoing", "undo", "Ctrl+Z", "undo"),
    Command("redo", "menu_edit", "undoing", "redo", "Ctrl+Y Ctrl+Shift+Z", "redo"),
    Command("open_report", "menu_edit", "reports", "open_report", "Return Enter", "open", 1),
    Command("choose", "menu_edit", "reports", "choose", icon="choose", group=1),
    Command("withdraw", "menu_edit", "reports", "withdraw", icon="withdraw", group=1),
    Command("own_indicators", "menu_edit", "window", "show_own_indicators", "Shift+F3", "indicator", 2),
    Command("accept", "menu_review", "desk", "accept_to_doubtful", "Return Enter", "accept"),
    Command("accept_next", "menu_review", "desk", "accept_to_next", "Shift+Return Shift+Enter"),
    Command("reject", "menu_review", "desk", "reject", "Delete", "reject"),
    Command("reject_reason", "menu_review", "desk", "reject_with_reason", "Shift+Delete"),
    Command("edit_value", "menu_review", "desk", "edit_value", "F2", "edit", 1),
    Command("edit_unit", "menu_review", "desk", "edit_unit", "Shift+F2", "unit", 1),
    Command("indicator", "menu_review", "desk", "choose_indicator", "F3", "indicator", 1),
    Command("not_reported", "menu_review", "desk", "assert_not_reported", "F4", "not-reported", 1),
    Command("new_figure", "menu_review", "desk", "create_figure", "F6", "new", 1),
    Command("query", "menu_review", "desk", "query", "F7", "query", 2),
    Command("comment", "menu_review", "desk", "comment", "F8", "comment", 2),
    Command("previous", "menu_review", "desk", "open_previous", "Ctrl+PgUp", "previous", 3),
    Command("next", "menu_review", "desk", "open_next", "Ctrl+PgDown", "next", 3),
    Command("sign_off", "menu_review", "desk", "sign_off", "Ctrl+Return Ctrl+Enter", "sign-off", 3),
    Command("page_reports", "menu_view", "pages", "show_reports", "Ctrl+1", "page-reports"),
    Command("page_desk", "menu_view", "pages", "show_desk", "Ctrl+2", "page-desk"),
    Command("page_trends", "menu_view", "pages", "show_trends", "Ctrl+3", "page-trends"),
    Command("save_chart", "menu_view", "trends", "save", "Ctrl+S", "save", 1),
    Command("help", "menu_help", "pages", "show_help", "F1", "help"),
    Command("keys", "menu_help", "window", "show_keys", "Ctrl+/", "keys"),
    Command("reviewer", "menu_help", "window", "ask_reviewer", icon="person", group=1),
)
