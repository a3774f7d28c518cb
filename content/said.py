"""Every sentence and button that the code says by its key, so that one left out is found at load.

The words stand in `chat.toml` and `made.toml`; a test holds these lists against the code.
"""

from __future__ import annotations

SAY = (
    *("asked_since", "copied"),
    *("cancelled", "carried", "carried_direction", "carried_settled", "confirm_first"),
    *("caption_read", "cut", "cut_rest"),
    *("decimals", "direction_not_zero", "direction_overlooks_sign"),
    *("direction_overlooks_gradient", "direction_overlooks_zero", "done_already"),
    *("doubted", "doubtful", "edit_past"),
    *("edit_unneeded", "export", "export_caption", "forget_ask", "forgotten", "formula"),
    *("group", "have_that", "have_that_card", "heading", "heading_branch", "hello"),
    *("help", "hint_once", "keep_where", "kept", "kept_again", "kept_last"),
    *("label_elsewhere", "label_kind", "label_unasked", "learning_biases"),
    *("learning_limit", "learning_plain", "learning_result", "lesson_again", "lesson_begun"),
    *("lesson_done", "lesson_here", "lesson_new", "leads_nowhere", "lessons", "more"),
    "next_needs_answer",
    *("no_hint", "no_picture", "no_pieces", "no_sheet", "no_term", "not_now", "not_started"),
    *("nothing_earlier", "number_at_card", "number_at_choice", "number_at_done"),
    *("offer_hint", "other"),
    *("other_button", "other_choice", "other_done", "other_new", "other_set_done", "other_step"),
    "part",
    *("passed", "picture", "placeholder", "press_once", "privacy"),
    *("question", "question_elsewhere"),
    *("recap_kept", "recap_shown", "recap_solved", "remind_how", "remind_how_off"),
    *("remind_is", "remind_lesson", "remind_mistake", "remind_no_zone", "remind_none"),
    *("remind_off", "remind_practice", "remind_set", "remind_set_today"),
    *("remind_set_tomorrow", "remind_skill", "remind_unclear", "remind_your_time"),
    *(
        "remind_zone",
        "remind_zone_unclear",
        "remind_zones",
        "remind_letters",
        "remind_fixed",
        "remind_place",
        "restart_ask",
        "restart_in_practice",
        "returning",
    ),
    "returning_untyped",
    *("right", "right_choice", "right_direction", "right_too", "same_again", "set_done"),
    *("settled", "several_carried", "several_done", "several_doubt", "several_kept"),
    *("several_nowhere", "several_right", "several_short", "several_open"),
    "several_unfinished",
    "several_unknown",
    *("several_where", "sheet"),
    *("sheet_caption", "sheet_one", "sheet_pdf", "sheet_title", "shown", "shown_choice"),
    *("shown_piece", "sorry"),
    *("stale", "stale_gone", "stats", "stats_answers", "stats_answers_last", "stats_at"),
    *("stats_mistakes", "stats_places", "stats_places_some", "stats_wrong"),
    *("thanks", "too_fast", "unknown_command", "use_buttons", "value"),
    *("was_to_be", "watch_how", "welcome", "welcome_back", "where", "where_done", "words"),
    "wrong_choice",
)
"""The keys of `say` in `chat.toml`."""

BUTTONS = (
    *("back", "decrease", "earlier", "help", "here", "hint", "increase", "keep", "later"),
    *("lesson", "lessons", "more", "next", "no", "no change", "picture", "pieces", "practice"),
    *("practice_full", "progress", "restart", "resume", "sheet", "show", "start", "stop"),
    *("table", "train", "where", "words", "yes"),
)
"""The keys of `buttons` in `chat.toml`."""

PRACTICE = (
    *("back", "days", "done", "known", "mastered", "no_progress", "nothing", "often_less"),
    *("often_more", "often_new", "often_same", "progress", "progress_mistakes"),
    *("progress_skills", "title", "title_full", "why_harder", "why_mistake_due"),
    *("why_skill_due", "why_weakest"),
)
"""The keys of `practice` in `made.toml`."""

OWN = (
    *("ask_low_or_high", "at_line", "at_top", "backward", "compare", "done", "forward", "high"),
    *("how", "intro", "link", "loss", "low", "low_or_high", "no_link", "problem"),
    *("read_backward", "read_forward", "reading", "rule", "same", "title", "wrong_activation"),
    *("wrong_certain", "wrong_outputs", "wrong_input", "wrong_inputs", "wrong_json"),
    *("wrong_json_activation", "wrong_json_empty", "wrong_json_key", "wrong_json_list"),
    *("wrong_json_missing", "wrong_json_repeated", "wrong_json_switch", "wrong_json_table"),
    *("wrong_json_twice", "wrong_large", "wrong_layers", "wrong_line", "wrong_link"),
    *("wrong_loss", "wrong_name", "wrong_neurons", "wrong_no_example", "wrong_no_inputs"),
    *("wrong_no_neurons", "wrong_no_number", "wrong_no_target", "wrong_number", "wrong_rate"),
    *("wrong_reserved", "wrong_target", "wrong_target_range", "wrong_twice", "wrong_weights"),
)
"""The keys of `own` in `made.toml`."""

KINDS = ("other",)
"""The keys of `kinds` in `chat.toml` that must be there; others fall back on it."""
