"""Everything the window can be asked to do, declared once; menus, buttons, tooltips, overlay and help follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Owner = Literal[
    "window",
    "pages",
    "files",
    "undoing",
    "reports",
    "desk",
    "correcting",
    "sweeping",
    "weighing",
    "paper",
    "trends",
    "sheaf",
    "search",
    "spot",
    "keeping",
    "preferences",
    "merging",
    "disputes",
    "agreement",
]
Menu = Literal["menu_file", "menu_edit", "menu_review", "menu_view", "menu_help"]
MENUS: tuple[Menu, ...] = ("menu_file", "menu_edit", "menu_review", "menu_view", "menu_help")

# On which page an owner's keys count; those of all others count everywhere.
PLACES: Mapping[Owner, str] = {
    "reports": "reports",
    "desk": "desk",
    "correcting": "desk",
    "sweeping": "desk",
    "weighing": "desk",
    "paper": "desk",
    "trends": "trends",
    "sheaf": "sheaf",
    "search": "search",
    "spot": "spot",
    "disputes": "disputes",
    "agreement": "agreement",
}


class Command(NamedTuple):
    """One thing to do: `run` is a method of its owner; the sentences act_ID and tip_ID name and explain it.

    `keys`, separated by spaces, count where PLACES says; a reviewer may choose others (keymap). A menu shows a line
    between two groups.
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
    Command("apply", "menu_file", "files", "apply"),
    Command("hand_out", "menu_file", "merging", "hand_out", icon="hand-out", group=4),
    Command("merge", "menu_file", "merging", "merge", "Ctrl+M", "merge", 4),
    Command("new_store", "menu_file", "files", "new_store", "Ctrl+N", group=1),
    Command("open_store", "menu_file", "files", "choose_store", "Ctrl+O", group=1),
    Command("open_samples", "menu_file", "files", "open_samples", icon="open", group=1),
    Command("back_up", "menu_file", "keeping", "back_up", group=2),
    Command("restore", "menu_file", "keeping", "restore", group=2),
    Command("test_store", "menu_file", "keeping", "test_store", group=2),
    Command("quit", "menu_file", "window", "close", "Ctrl+Q", group=3),
    Command("undo", "menu_edit", "undoing", "undo", "Ctrl+Z", "undo"),
    Command("redo", "menu_edit", "undoing", "redo", "Ctrl+Y Ctrl+Shift+Z", "redo"),
    Command("open_report", "menu_edit", "reports", "open_report", "Return Enter", "open", 1),
    Command("sign_off_report", "menu_edit", "reports", "sign_off", "Ctrl+Return Ctrl+Enter", "sign-off", 1),
    Command("choose", "menu_edit", "reports", "choose", icon="choose", group=1),
    Command("withdraw", "menu_edit", "reports", "withdraw", icon="withdraw", group=1),
    Command("own_indicators", "menu_edit", "window", "show_own_indicators", "Shift+F3", "indicator", 2),
    Command("read_again", "menu_edit", "window", "read_again", group=2),
    Command("lost", "menu_edit", "pages", "show_lost", group=2),
    Command("settings", "menu_edit", "preferences", "show", "Ctrl+,", "settings", 3),
    Command("accept", "menu_review", "desk", "accept_to_doubtful", "Return Enter", "accept"),
    Command("accept_next", "menu_review", "desk", "accept_to_next", "Shift+Return Shift+Enter"),
    Command("accept_sentence", "menu_review", "desk", "accept_sentence", "Space", "accept-sentence"),
    Command("reject", "menu_review", "desk", "reject", "Delete", "reject"),
    Command("reject_reason", "menu_review", "desk", "reject_with_reason", "Shift+Delete"),
    Command("edit_value", "menu_review", "correcting", "edit_value", "F2", "edit", 1),
    Command("edit_unit", "menu_review", "correcting", "edit_unit", "Shift+F2", "unit", 1),
    Command("indicator", "menu_review", "correcting", "choose_indicator", "F3", "indicator", 1),
    Command("set_span", "menu_review", "correcting", "set_span", "Shift+F6", "span", 1),
    Command("split", "menu_review", "correcting", "split", "Ctrl+F6", "split", 1),
    Command("new_figure", "menu_review", "correcting", "create_figure", "F6", "new", 2),
    Command("not_reported", "menu_review", "correcting", "assert_not_reported", "F4", "not-reported", 2),
    Command("enter_cell", "menu_review", "correcting", "enter_cell", "Shift+F4", "enter-cell", 2),
    Command("name_figures", "menu_review", "correcting", "name_figures", "Ctrl+F4", "name-figures", 2),
    Command("next_open", "menu_review", "sweeping", "next_open", "F5", "sweep", 3),
    Command("next_unclaimed", "menu_review", "sweeping", "next_unclaimed", "Shift+F5", group=3),
    Command("query", "menu_review", "desk", "query", "F7", "query", 4),
    Command("comment", "menu_review", "desk", "comment", "F8", "comment", 4),
    Command("follow_finding", "menu_review", "weighing", "follow_finding", "F9", "finding", 5),
    Command("dismiss_finding", "menu_review", "weighing", "dismiss_finding", "Shift+F9", "dismiss", 5),
    Command("take_machine", "menu_review", "weighing", "take_machine", "F12", "machine", 5),
    Command("previous", "menu_review", "desk", "open_previous", "Ctrl+PgUp", "previous", 6),
    Command("next", "menu_review", "desk", "open_next", "Ctrl+PgDown", "next", 6),
    Command("sign_off", "menu_review", "desk", "sign_off", "Ctrl+Return Ctrl+Enter", "sign-off", 6),
    Command("accept_sheaf", "menu_review", "sheaf", "accept", "Ctrl+Return Ctrl+Enter", "accept", 7),
    Command("put_aside", "menu_review", "sheaf", "put_aside", "Space Delete", "aside", 7),
    Command("open_line", "menu_review", "sheaf", "open_line", "Return Enter", "open", 7),
    Command("open_hit", "menu_review", "search", "open_line", "Return Enter", group=7),
    Command("spot_absent", "menu_review", "spot", "absent", "Ctrl+0", "not-reported", 7),
    Command("take_side", "menu_review", "disputes", "take", "Return Enter", "accept", 8),
    Command("first_side", "menu_review", "disputes", "first_side", "Alt+1", group=8),
    Command("second_side", "menu_review", "disputes", "second_side", "Alt+2", group=8),
    Command("side_before", "menu_review", "disputes", "side_before", "Left", group=8),
    Command("side_behind", "menu_review", "disputes", "side_behind", "Right", group=8),
    Command("decide_otherwise", "menu_review", "disputes", "type_own", "F2", "edit", 8),
    Command("say_why", "menu_review", "disputes", "type_why", "F8", "comment", 8),
    Command("open_dispute", "menu_review", "disputes", "open_dispute", "Shift+Return Shift+Enter", "open", 8),
    Command("open_differing", "menu_review", "agreement", "open_differing", "Return Enter", "open", 8),
    Command("page_reports", "menu_view", "pages", "show_reports", "Ctrl+1", "page-reports"),
    Command("page_desk", "menu_view", "pages", "show_desk", "Ctrl+2", "page-desk"),
    Command("page_trends", "menu_view", "pages", "show_trends", "Ctrl+3", "page-trends"),
    Command("page_sheaf", "menu_view", "pages", "show_sheaf", "Ctrl+4", "page-sheaf"),
    Command("page_search", "menu_view", "pages", "show_search", "Ctrl+F Ctrl+5", "page-search"),
    Command("page_spot", "menu_view", "pages", "show_spot", "Ctrl+6", "page-spot"),
    Command("page_disputes", "menu_view", "pages", "show_disputes", "Ctrl+7", "page-disputes"),
    Command("page_agreement", "menu_view", "pages", "show_agreement", "Ctrl+8", "page-agreement"),
    Command("show_page", "menu_view", "paper", "turn", "F11", "paper", 1),
    Command("page_larger", "menu_view", "paper", "larger", "Ctrl++ Ctrl+=", "zoom-in", 1),
    Command("page_smaller", "menu_view", "paper", "smaller", "Ctrl+-", "zoom-out", 1),
    Command("page_width", "menu_view", "paper", "fit_width", "Ctrl+0", "zoom-whole", 1),
    Command("clear_facets", "menu_view", "reports", "clear_facets", "Ctrl+Backspace", group=1),
    Command("open_point", "menu_view", "trends", "open_point", "Return Enter", "open", 2),
    Command("keep_chart", "menu_view", "trends", "keep", "Ctrl+D", "keep", 2),
    Command("rename_chart", "menu_view", "trends", "rename_kept", icon="edit", group=2),
    Command("forget_chart", "menu_view", "trends", "forget_kept", icon="reject", group=2),
    Command("save_chart", "menu_view", "trends", "save", "Ctrl+S", "save", 2),
    Command("print_chart", "menu_view", "trends", "print_chart", "Ctrl+P", "print", 2),
    Command("zoom_in", "menu_view", "trends", "zoom_in", "Ctrl++ Ctrl+=", "zoom-in", 3),
    Command("zoom_out", "menu_view", "trends", "zoom_out", "Ctrl+-", "zoom-out", 3),
    Command("zoom_whole", "menu_view", "trends", "zoom_whole", "Ctrl+0", "zoom-whole", 3),
    Command("export_agreement", "menu_view", "agreement", "export", "Ctrl+S", "export", 4),
    Command("help", "menu_help", "pages", "show_help", "F1", "help"),
    Command("keys", "menu_help", "window", "show_keys", "Ctrl+/", "keys"),
    Command("choose_keys", "menu_help", "window", "choose_keys"),
    Command("reviewer", "menu_help", "window", "ask_reviewer", icon="person", group=1),
)
