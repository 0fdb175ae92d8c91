"""The tables of review, and what is kept in them, one module per topic. No rules here."""

from services.review.store import defence, feedback
from services.review.store.assigning import (
    find_seed,
    keep_apart,
    keep_seed,
    let_together,
    load_apart,
    load_barred,
    load_desks,
    load_missed,
    load_places,
    load_released,
    release,
    reseat,
    save_desks,
)
from services.review.store.conflicts import (
    add_conflict,
    declaration,
    declarations,
    load_ties,
    pin,
    pins,
)
from services.review.store.contests import (
    Contest,
    keep_contest,
    keep_person,
    keep_units,
    load_contest,
    load_contests,
)
from services.review.store.entries import (
    entry_by_code,
    entry_named,
    give_codes,
    keep_report,
    load_codes,
    load_entries,
    note_accepted,
    note_blinded,
    note_cleared,
    note_out,
    note_submitted,
    reported_version,
)
from services.review.store.happenings import (
    codes_and_areas,
    happen,
    load_happenings,
    load_keys_used,
    load_row,
    load_sheets_given,
    load_votes_taken,
    names_of,
)
from services.review.store.history import (
    load_history,
)
from services.review.store.holding import (
    due_on,
    hold_rounds,
    note_look,
)
from services.review.store.jury import (
    Tenure,
    add_seat,
    end_seats,
    find_seat,
    has_sat,
    load_judges,
    load_jury,
    load_left,
    load_sub_juries,
    load_tenures,
    save_jury,
    save_panels_of_jury,
)
from services.review.store.minutes import (
    draw_minutes_number,
    kept_minutes,
    load_minutes,
    lock_minutes,
    meeting_of,
    version_of,
)
from services.review.store.notes import (
    load_notes,
    note,
)
from services.review.store.panels import (
    assigned_pairs,
    busy_judges,
    judge_panels,
    load_panel,
    load_panels,
    loads,
    save_verdict,
    stand_down,
)
from services.review.store.people import (
    is_author,
    keep_aliases,
    keep_stay,
    keep_successions,
    near_persons,
    save_posts,
    with_posts,
)
from services.review.store.rejudging import (
    as_judges,
    find_rejudging,
    judged_by,
    load_rejudging,
    load_rejudgings,
    save_rejudging,
)
from services.review.store.rounds import (
    RoundInPlay,
    as_opened,
    close_round,
    entries_in,
    find_round,
    hold_open,
    load_closed,
    load_progress,
    open_round,
    open_sheets,
    round_in_play,
    rounds_as_opened,
    save_severities,
    set_due,
)
from services.review.store.sealing import (
    HeldKey,
    challenge_of,
    confirm_key,
    drop_draft,
    give_key,
    load_holders,
    load_keys,
    register_key,
    save_draft,
    save_keys,
)
from services.review.store.sheets import (
    Given,
    OwnSheet,
    SealedSheet,
    load_sealed,
    load_sealed_panel,
    load_sealed_panels,
    own_sheets,
    save_opened,
    save_version,
)
from services.review.store.tables import (
    Table,
)
from services.review.store.vacancies import (
    add_vacancy,
    count_vacancies,
    open_vacancies,
    vacancies_of,
)
from services.review.store.votes import (
    add_vote,
    load_votes,
)

__all__ = [
    "Contest", "Given", "HeldKey", "OwnSheet", "RoundInPlay", "SealedSheet", "Table", "Tenure",
    "add_conflict", "add_seat", "add_vacancy", "add_vote", "as_judges", "as_opened",
    "assigned_pairs", "busy_judges", "challenge_of", "close_round", "codes_and_areas",
    "confirm_key", "count_vacancies", "declaration", "declarations", "defence",
    "draw_minutes_number", "drop_draft", "due_on", "end_seats", "entries_in", "entry_by_code",
    "entry_named", "feedback", "find_rejudging", "find_round", "find_seat", "find_seed",
    "give_codes", "give_key", "happen", "has_sat", "hold_open", "hold_rounds", "is_author",
    "judge_panels", "judged_by", "keep_aliases", "keep_apart", "keep_contest", "keep_person",
    "keep_report", "keep_seed", "keep_stay", "keep_successions", "keep_units", "kept_minutes",
    "let_together", "load_apart", "load_barred", "load_closed", "load_codes", "load_contest",
    "load_contests", "load_desks", "load_entries", "load_happenings", "load_history",
    "load_holders", "load_judges", "load_jury", "load_keys", "load_keys_used", "load_left",
    "load_minutes", "load_missed", "load_notes", "load_panel", "load_panels", "load_places",
    "load_progress", "load_rejudging", "load_rejudgings", "load_released", "load_row",
    "load_sealed", "load_sealed_panel", "load_sealed_panels", "load_sheets_given",
    "load_sub_juries", "load_tenures", "load_ties", "load_votes", "load_votes_taken", "loads",
    "lock_minutes", "meeting_of", "names_of", "near_persons", "note", "note_accepted",
    "note_blinded", "note_cleared", "note_look", "note_out", "note_submitted", "open_round",
    "open_sheets", "open_vacancies", "own_sheets", "pin", "pins", "register_key", "release",
    "reported_version", "reseat", "round_in_play", "rounds_as_opened", "save_desks", "save_draft",
    "save_jury", "save_keys", "save_opened", "save_panels_of_jury", "save_posts", "save_rejudging",
    "save_severities", "save_verdict", "save_version", "set_due", "stand_down", "vacancies_of",
    "version_of", "with_posts",
]  # fmt: skip
