"""What originality keeps: contests and entries, reports, texts and what they are found by.

`tables` holds the rows; `entries`, `reports`, `index` and `scans` load and save. `postings` is the
inverted index beneath `index`. No rules here.
"""

from services.originality.ideas.alike import Alike as FoundAlike
from services.originality.store.compared import count_sources, source_text
from services.originality.store.entries import (
    load_entry,
    load_policy,
    mark_contest_stale,
    mark_stale,
    save_entry,
    save_policy,
    set_fresh,
    take_stale,
)
from services.originality.store.exchange import (
    answered,
    asked_about,
    forget_keyed,
    list_comparisons,
    save_comparison,
    save_keyed,
    shared_with,
    unkeyed,
)
from services.originality.store.index import (
    count_known,
    drop_entry_text,
    entry_text,
    find_texts,
    lock_contest,
    lock_register,
    save_texts,
)
from services.originality.store.kept import Idea, KeptText, Kind, Placed, Prints
from services.originality.store.known import (
    judged,
    judges_blindly,
    keep_assignment,
    keep_filing,
    keep_person,
    keep_units,
    name_of,
    places,
)
from services.originality.store.likeness import ideas_alike
from services.originality.store.own import candidates_now, count_check, entries_of
from services.originality.store.papers import (
    Paper,
    close_paper,
    drop_papers,
    known_papers,
    next_paper,
    save_paper,
)
from services.originality.store.register import (
    adopted_body,
    drop_known,
    find_sharing,
    list_known,
    load_known,
    show_known,
    widen,
)
from services.originality.store.reports import (
    all_newest,
    entries_citing,
    entries_citing_any,
    filed,
    line_of,
    load_report,
    newest,
    report_of,
    save_report,
    save_ruling,
)
from services.originality.store.scans import Scan, ask_for_scan, drop_scan, take_scan
from services.originality.store.sources import Candidates, candidates, later_entries_alike
from services.originality.store.wanted import counting

__all__ = [
    "Candidates",
    "FoundAlike",
    "Idea",
    "KeptText",
    "Kind",
    "Paper",
    "Placed",
    "Prints",
    "Scan",
    "adopted_body",
    "all_newest",
    "answered",
    "ask_for_scan",
    "asked_about",
    "candidates",
    "candidates_now",
    "close_paper",
    "count_check",
    "count_known",
    "count_sources",
    "counting",
    "drop_entry_text",
    "drop_known",
    "drop_papers",
    "drop_scan",
    "entries_citing",
    "entries_citing_any",
    "entries_of",
    "entry_text",
    "filed",
    "find_sharing",
    "find_texts",
    "forget_keyed",
    "ideas_alike",
    "judged",
    "judges_blindly",
    "keep_assignment",
    "keep_filing",
    "keep_person",
    "keep_units",
    "known_papers",
    "later_entries_alike",
    "line_of",
    "list_comparisons",
    "list_known",
    "load_entry",
    "load_known",
    "load_policy",
    "load_report",
    "lock_contest",
    "lock_register",
    "mark_contest_stale",
    "mark_stale",
    "name_of",
    "newest",
    "next_paper",
    "places",
    "report_of",
    "save_comparison",
    "save_entry",
    "save_keyed",
    "save_paper",
    "save_policy",
    "save_report",
    "save_ruling",
    "save_texts",
    "set_fresh",
    "shared_with",
    "show_known",
    "source_text",
    "take_scan",
    "take_stale",
    "unkeyed",
    "widen",
]
