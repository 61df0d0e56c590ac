"""How long the stories keep each field of their models: their rules, and which holds for what."""

from __future__ import annotations

from goedwerk_forum import retention
from goedwerk_forum.retention import AS_LONG_AS_STAFF, NOT_PERSONAL, Rule

from .actions import reports, submissions

RAW_TEXT = Rule(
    "raw_text",
    "Raw texts, letters and the link to their contributor",
    "`RETENTION_DAYS` after the submission was published, refused or withdrawn; when it is "
    "withdrawn the texts and letters go at once. Then texts and link are emptied, and letters and "
    "messages go.",
    submissions.let_go_of_closed,
)
DRAFTS = Rule(
    "drafts",
    "Drafts of a submission",
    "`DRAFT_DAYS` after the last save, or when it is thrown away; the row goes whole.",
    submissions.let_go_of_drafts,
)
HELD_REPORTS = Rule(
    "held_reports",
    "Reports that were imported and not chosen from",
    "`REPORT_DAYS` after they were brought in; the row goes whole.",
    reports.let_go_of_held_reports,
)
SUBMITTED = Rule(
    "submitted",
    "Where a submission stands",
    "As long as the record of the story; once text and link are gone it leads to nobody.",
)
BALLOT_TOKENS = Rule(
    "ballot_tokens",
    "Who answered in a round, and answers that wait to be counted",
    "Until the round closes. What was answered stands in no row: it waits, added up and sealed, "
    "until five answers are counted together.",
)
BALLOTS = Rule(
    "ballots",
    "Counts of votes and assignments",
    "As long as their page: totals, counted in steps of five answers; they lead to nobody.",
)
STORY = Rule(
    "story",
    "Stories and dilemmas",
    "As long as their page: signed by a second editor, and free of names.",
)


def register() -> None:
    """Called once, when the app is ready."""
    for label, classes in CLASSES.items():
        retention.register(f"goedwerk_casestudies.{label}", classes)
    retention.cover("goedwerk_casestudies")


DISCUSSION = (
    "has_discussion discussion_question discussion_policy discussion_is_sensitive "
    "discussion_group discussion_format discussion_opens_on discussion_closes_on"
)
ROUNDS = "first_closes_on second_opens_on second_closes_on"
SHARED = (
    "lead organisation image image_alt drawing pull_quote lens_capable lens_engaged "
    "lens_trustworthy kept check_singling_out check_linking check_inference themes assignment"
)

CLASSES: dict[str, dict[Rule, str]] = {
    "Submission": {
        RAW_TEXT: "sealed_raw sealed_work token sealed_account key_id",
        # Of their rows as a whole:
        DRAFTS: "",
        HELD_REPORTS: "",
        SUBMITTED: "id uuid public_id source state wants_result goes_on_if_silent consent "
        "asked_on touched_on sent_on closed_on page",
        AS_LONG_AS_STAFF: "editor",
    },
    "Letter": {RAW_TEXT: "id uuid submission number from_editor sealed_text is_read day"},
    "News": {RAW_TEXT: "id submission public_id event day"},
    "Clearance": {
        STORY: "id page digest standing was_turned_down signed_on",
        AS_LONG_AS_STAFF: "abstracted_by signed_by",
    },
    "StoryPage": {
        STORY: f"{SHARED} what_happened tension weighed done hindsight minutes",
        NOT_PERSONAL: DISCUSSION,
        AS_LONG_AS_STAFF: "discussion_guide",
    },
    "DilemmaPage": {
        STORY: f"{SHARED} situation conflict options question minutes",
        NOT_PERSONAL: DISCUSSION,
        AS_LONG_AS_STAFF: "discussion_guide",
    },
    "StoryPage_themes": {NOT_PERSONAL: "storypage theme"},
    "DilemmaPage_themes": {NOT_PERSONAL: "dilemmapage theme"},
    "Round": {
        BALLOTS: "id uuid page number sheet tally counted is_open closes_on closed_on",
        BALLOT_TOKENS: "sealed_pool",
    },
    "BallotToken": {BALLOT_TOKENS: "id round token"},
    "StatementPage": {
        NOT_PERSONAL: f"{DISCUSSION} {ROUNDS} lead body answers themes",
        AS_LONG_AS_STAFF: "discussion_guide",
    },
    "AssignmentPage": {
        NOT_PERSONAL: f"{DISCUSSION} {ROUNDS} lead form question items steps most across upward",
        AS_LONG_AS_STAFF: "discussion_guide",
    },
    "StatementPage_themes": {NOT_PERSONAL: "statementpage theme"},
    "BallotIndexPage": {NOT_PERSONAL: "lead"},
    "ThemeIndexPage": {NOT_PERSONAL: "lead"},
    "ThemePage": {NOT_PERSONAL: "theme lead learned"},
    "CaseStudyIndexPage": {NOT_PERSONAL: "lead"},
    "Cluster": {NOT_PERSONAL: "name slug description sort_order"},
    "GuidanceIndexPage": {NOT_PERSONAL: "lead"},
    "TipPage": {
        NOT_PERSONAL: f"{DISCUSSION} lead when_it_helps watch_for cluster themes harvest "
        "harvest_tip",
        AS_LONG_AS_STAFF: "discussion_guide",
    },
    "TipPage_themes": {NOT_PERSONAL: "tippage theme"},
    "TipCase": {NOT_PERSONAL: "sort_order tip page"},
    "Theme": {NOT_PERSONAL: "name slug question description"},
    "SecondEditorTask": {NOT_PERSONAL: "groups"},
    "SecondEditorTask_groups": {NOT_PERSONAL: "secondeditortask group"},
    "ConsentTask": {},
}
