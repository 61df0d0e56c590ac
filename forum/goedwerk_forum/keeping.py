"""How long the forum keeps each field of its models: its rules, and which holds for what."""

from __future__ import annotations

from . import retention
from .actions import (
    circle_members,
    closed_cases,
    consents,
    desk,
    following,
    indexing,
    letting_go,
    listening,
    rota,
    series,
    standing,
)
from .identity.standing import forget_ended
from .retention import AS_LONG_AS_ACCOUNT, AS_LONG_AS_STAFF, NOT_PERSONAL, Rule

UNTIL_CUT = Rule(
    "until_cut",
    "The link between an account and a pseudonym",
    "Until 30 days after the closing of the discussion and 183 days after the last decision on "
    "one of her texts, whichever is later, and no report, appeal or notice of an unmasking is "
    "open; sooner at her own wish, or when she leaves. Then the fields are emptied.",
    letting_go.cut_due_links,
)
PSEUDONYMOUS = Rule(
    "pseudonymous",
    "What was said, under a pseudonym",
    "As long as its discussion, and gone with its page. Once the link is cut it leads to nobody.",
)
UNTIL_WITHDRAWN = Rule(
    "until_withdrawn",
    "Texts of contributions",
    "Until their author withdraws them: all versions are emptied at once, and the nightly job "
    "looks again. Otherwise as long as the discussion, under a pseudonym.",
    letting_go.erase_withdrawn,
)
OLD_VERSIONS = Rule(
    "old_versions",
    "Texts that nobody reads any more",
    "Replaced versions and texts that were not published are emptied once the link of their "
    "author is cut: nobody can appeal any more.",
    letting_go.erase_old_versions,
)
WHILE_READABLE = Rule(
    "while_readable",
    "The base package's copy of a text",
    "While readers may see it; emptied with the decision that takes it away, and looked after "
    "by the nightly job.",
    letting_go.clear_unreadable,
)
WORDS_OF_DECISIONS = Rule(
    "words_of_decisions",
    "The words of a decision, and the salt of their hash",
    "183 days after the last decision on the contribution, when nothing waits; then they are "
    "emptied. The code of the reason stays.",
    letting_go.erase_words_of_decisions,
)
NOTICES = Rule(
    "notices",
    "Messages in an inbox",
    "183 days after their day; then the rows go. Sooner with the contribution.",
    letting_go.forget_notices,
)
RESCUED = Rule(
    "rescued",
    "Texts of expired sessions, sealed with a key in the writer's browser",
    "Two hours at most; then the rows go, at the next one kept or at night.",
    letting_go.forget_rescued_texts,
)
WORK = Rule(
    "work",
    "Work that waits",
    "Gone with its effect, within seconds; what was given up, after 30 days.",
    letting_go.forget_dead_work,
)
HINTS = Rule(
    "hints",
    "Private messages of a guide to an author, and her answers, sealed",
    "183 days after the message; then the rows go. At once where the author withdraws the text "
    "that they are about.",
    letting_go.forget_hints,
)
MEASURES = Rule(
    "measures",
    "Measures towards a pseudonym, in one discussion",
    "183 days after the decision and after its last day; a request to exclude that no second "
    "person confirmed after 30 days, or on its last day. Then the rows go.",
    standing.forget_old,
)
STANDING = Rule(
    "standing",
    "What holds somebody back in all discussions, sealed",
    "Until the end of the quarter in which its last day lies; then the rows go. Sooner when it is "
    "lifted.",
    forget_ended,
)
REPORTS = Rule(
    "reports",
    "Reports: who made them (a token, or the hash of a receipt), their text and the answer",
    "183 days after they were answered; then the rows go.",
    closed_cases.forget_reports,
)
COPIES = Rule(
    "copies",
    "Withdrawn texts while a report of them is open, sealed",
    "Until the report is answered, 30 days at most; then the rows go.",
    closed_cases.forget_copies,
)
APPEALS = Rule(
    "appeals",
    "The words of appeals, sealed",
    "183 days after the appeal was decided, and at once where the text is withdrawn; then they "
    "are emptied.",
    closed_cases.erase_appeals,
)
DECIDERS = Rule(
    "deciders",
    "Who decided, as a keyed mark",
    "183 days after the decision, when it can no longer be appealed, or once an appeal is judged; "
    "then it is emptied, or made noise in a measure, which goes sooner where nobody confirmed it.",
    closed_cases.forget_deciders,
)

AUDIT_YEARS = Rule(
    "audit_years",
    "The audit record",
    "By the year: two years after a year closed its rows and their seals go, and the closing head "
    "of its chain stays. It holds roles, codes and days; no text, no person.",
    letting_go.forget_old_years,
)
UNMASKINGS = Rule(
    "unmaskings",
    "That somebody had to be unmasked, and on what ground",
    "Two years after the order was carried out, when the author has been told; then the rows go.",
    letting_go.forget_unmaskings,
)

CIRCLE_SHEETS = Rule(
    "circle_sheets",
    "What the guides of a circle prepared for a session, sealed",
    "Until the circle is closed, by a guide or because its last day is over; then it is emptied.",
)
CIRCLE_INVITATIONS = Rule(
    "circle_invitations",
    "Invitations to a circle: the hash of a link, a day and a number of places",
    "Until their last day, or the last place is taken; sooner when a guide takes one back or the "
    "circle is closed. Then the rows go.",
    circle_members.forget_invitations,
)
CIRCLE_MARKS = Rule(
    "circle_marks",
    "That somebody agreed with the house rules of a circle, or will be at a session (a token)",
    "A session: until its day is over. House rules: until they change or the circle is closed. "
    "Then the rows go.",
    circle_members.forget_attendance,
)
CIRCLE_REMOVALS = Rule(
    "circle_removals",
    "That a guide took somebody out of a circle, and why",
    "Until 30 days after the circle ended; then the rows go.",
    circle_members.forget_removals,
)
SERIES = Rule(
    "series",
    "What circles do together: its name, its purpose and the report of their guides",
    "Until none of its circles is left: a guide took the last one out, or 30 days passed since the "
    "last one ended. In the night after it the rows go, with the report and its draft.",
    series.forget_ended,
)
SERIES_INVITATIONS = Rule(
    "series_invitations",
    "Invitations to a series: the hash of a link, and a day",
    "Until their last day, or a circle joined; sooner when a guide takes one back or the last "
    "circle goes. Then the rows go.",
    series.forget_invitations,
)

FOLLOWS = Rule(
    "follows",
    "That somebody follows something: a token, and a seal where she wants a mail",
    "A year, rounded up to the end of a quarter, after she last said that she follows it; sooner "
    "at her own wish, 30 days after the discussion closed, or when it is gone. Then the rows go.",
    following.forget_ended,
)
FOUND = Rule(
    "found",
    "Words that the search finds",
    "While anybody may read them: the database itself drops the words of a contribution with its "
    "readable text. The nightly job looks again, and wipes what the index only crossed out.",
    indexing.forget_unreadable,
)
CLAIMS = Rule(
    "claims",
    "Which ambassador has a case in hand",
    "A quarter of an hour, or a day where a colleague gave it to her; sooner with the decision. "
    "Lapsed rows go when the next case is opened, and at night.",
    desk.forget_lapsed_claims,
)
CASE_NOTES = Rule(
    "case_notes",
    "Notes between ambassadors about a case",
    "Out of sight with the decision; the rows go in the night after it, and at once where the "
    "author withdraws the text.",
    desk.forget_closed_cases,
)
ROTA = Rule(
    "rota",
    "Which ambassador looks first in which week",
    "Until the week is over; then the rows go, so that with the record nobody sees who decided.",
    rota.forget_past_weeks,
)
PASSES = Rule(
    "passes",
    "That somebody listens in a round, by pseudonym",
    "Until the dialogue goes to another step; then the rows go, at once. In the night after it "
    "ended the last of them go.",
    listening.forget_passes,
)


QUOTES = Rule(
    "quotes",
    "Words of participants in a harvest",
    "While their writer consents and her contribution stands: emptied at once when she refuses, "
    "or withdraws one of the two. What nobody answered about goes after 183 days, what was taken "
    "from a text that was not put back once its author's link is cut.",
    consents.forget_quotes,
)


def register() -> None:
    """Called once, when the app is ready."""
    retention.KEEPS_LINK.append(letting_go.to_be_told)
    retention.KEEPS_LINK.append(closed_cases.kept_participants)
    for label, classes in CLASSES.items():
        retention.register(f"goedwerk_forum.{label}", classes)
    for label, classes in BASE.items():
        retention.register(label, classes)
    retention.cover("goedwerk_forum", "django_comments", "django_comments_xtd")


CLASSES: dict[str, dict[Rule, str]] = {
    "Account": {AS_LONG_AS_ACCOUNT: "id user uuid wants_mail mail_mark wants_alerts"},
    "AuditRecord": {
        AUDIT_YEARS: "day actor action object_kind object_id object_version before after reason "
        "detected_by_software decided_by_software words_digest"
    },
    "AuditSeal": {AUDIT_YEARS: "sequence record digest"},
    "AuditHead": {NOT_PERSONAL: "day sequence digest closes_year"},
    "AuditVerification": {NOT_PERSONAL: "day state total checked problems problem_count"},
    "Unmasking": {UNMASKINGS: "id contribution ground ground_digest day tell_on is_told"},
    "Discussion": {
        NOT_PERSONAL: "uuid page branch_of branched_path branched_position question policy "
        "is_sensitive in_circle group opens_on closes_on page_closes_on is_enabled is_read_only "
        "pace banner "
        "version last_position shown_count called_kind called_viewpoint ended_on "
        "closing_thanks closing_heard closing_onward",
        AS_LONG_AS_STAFF: "guide second_guide",
    },
    "Format": {NOT_PERSONAL: "name introduction"},
    "FormatStep": {NOT_PERSONAL: "sort_order format name question kinds days is_round task"},
    "Course": {
        NOT_PERSONAL: "discussion name steps position started_on moves_to moves_on has_moved "
        "is_floor_open page_format version"
    },
    "RoundPass": {PASSES: "id course step participant day is_counted"},
    "Circle": {NOT_PERSONAL: "id discussion name about state rules series series_place"},
    "Series": {SERIES: "id public_id title purpose created_on draft report released_on"},
    "SeriesInvitation": {SERIES_INVITATIONS: "id series public_id digest expires_on"},
    "CircleSession": {
        NOT_PERSONAL: "id circle discussion number title day story assignments",
        CIRCLE_SHEETS: "sealed_sheet",
    },
    "CircleSession_assignments": {NOT_PERSONAL: "circlesession page"},
    "CircleInvitation": {CIRCLE_INVITATIONS: "id circle public_id digest expires_on uses_left"},
    "CircleMark": {CIRCLE_MARKS: "id discussion token"},
    "CircleRemoval": {CIRCLE_REMOVALS: "id public_id participant reason words day"},
    "CheckSetting": {NOT_PERSONAL: "check_code site discussion is_on threshold"},
    "ConductTerm": {NOT_PERSONAL: "term kind weight"},
    "ConductVersion": {NOT_PERSONAL: "id version"},
    "RoleLabel": {NOT_PERSONAL: "slug name is_offered"},
    "Participant": {
        UNTIL_CUT: "token sealed_account key_id",
        PSEUDONYMOUS: "id discussion pseudonym role_label is_guide membership",
    },
    "Contribution": {
        PSEUDONYMOUS: "discussion participant in_reply_to public_id path kind lens state version "
        "display waiting urgency accepted_revision shown_revision vetted_revision by_newcomer "
        "submission day by_guide naming viewpoint said_on pin closed_with step "
        "shown_since is_edited"
    },
    "Revision": {
        UNTIL_WITHDRAWN: "text answer",
        OLD_VERSIONS: "findings",
        PSEUDONYMOUS: "contribution number kind lens state marks_seen day",
    },
    "Follow": {FOLLOWS: "id kind target token sealed_account key_id day gone_after"},
    "SearchEntry": {FOUND: "id page contribution what kind lens day title text title_terms terms"},
    "SearchFacet": {NOT_PERSONAL: "page name value"},
    "Statement": {
        WORDS_OF_DECISIONS: "words law salt",
        DECIDERS: "decider",
        PSEUDONYMOUS: "contribution decision reason detected_by_software decided_by_software "
        "after_report day",
    },
    "MeasureRequest": {
        MEASURES: "id public_id contribution statement kind reason words law until state day",
        DECIDERS: "asked_by confirmed_by",
    },
    "Standing": {STANDING: "id token sealed key_id gone_after"},
    "Report": {
        REPORTS: "id uuid public_id discussion page contribution reason sealed reporter receipt "
        "counts state answer day decided_on"
    },
    "KeptText": {COPIES: "uuid contribution sealed day"},
    "Appeal": {
        APPEALS: "sealed",
        PSEUDONYMOUS: "id uuid public_id statement state version day decided_on",
    },
    "Claim": {CLAIMS: "contribution holder until is_handed_over"},
    "CaseNote": {CASE_NOTES: "contribution author public_id text asks_second_look day"},
    "Hint": {HINTS: "id uuid public_id contribution number sealed is_answered is_read day"},
    "GuideSentence": {NOT_PERSONAL: "naming text public_id"},
    "CannedReason": {NOT_PERSONAL: "reason title text"},
    "ContributionKind": {
        NOT_PERSONAL: "key name prompt reply_words shape asks_answer sort_order is_in_use"
    },
    "LensWords": {NOT_PERSONAL: "key name question"},
    "SavedView": {AS_LONG_AS_ACCOUNT: "user public_id name query"},
    "Absence": {AS_LONG_AS_ACCOUNT: "user"},
    "Duty": {ROTA: "group week ambassador stand_in"},
    "Notice": {NOTICES: "participant contribution public_id event statement day"},
    "OutboxRow": {
        WORK: "queue kind object_id object_version state attempts due_at leased_until owner"
    },
    "Lease": {NOT_PERSONAL: "name owner until seen_at"},
    "RescuedText": {RESCUED: "lookup sealed hour"},
    "WaitingSince": {WORK: "contribution hour alerted_on"},
    "DecisionTime": {NOT_PERSONAL: "day kind within number"},
    "WaitingCount": {NOT_PERSONAL: "day discussion number"},
    "PracticeCase": {
        NOT_PERSONAL: "public_id title question kind text decision reason explanation house_rule "
        "is_offered sort_order"
    },
    "PracticeVoice": {NOT_PERSONAL: "sort_order case decision reason words"},
    "PracticeArrival": {NOT_PERSONAL: "code"},
    "CheckPrecision": {NOT_PERSONAL: "check_code kind agreed disagreed"},
    "ForumSettings": {NOT_PERSONAL: "site role_name hand_over"},
    "HarvestPage": {
        NOT_PERSONAL: "has_discussion discussion_question discussion_policy "
        "discussion_is_sensitive discussion_group discussion_opens_on discussion_closes_on "
        "discussion_format intro composed_by insights questions tips",
        AS_LONG_AS_STAFF: "discussion_guide",
    },
    "HarvestQuote": {
        QUOTES: "text",
        PSEUDONYMOUS: "page contribution public_id form place revision consent was_shown day "
        "to_record",
    },
    "HouseRule": {NOT_PERSONAL: "sort_order settings text lens"},
    "SafePlace": {
        NOT_PERSONAL: "sort_order settings name description phone url for_despair for_misconduct "
        "for_threat for_wrongdoing"
    },
}

#: The tables of the packages underneath: the text while it is readable, and columns left empty.
BASE: dict[str, dict[Rule, str]] = {
    "django_comments.Comment": {
        WHILE_READABLE: "comment",
        PSEUDONYMOUS: "content_type object_pk site submit_date is_public is_removed",
        NOT_PERSONAL: "user user_name user_email user_url ip_address",
    },
    "django_comments.CommentFlag": {NOT_PERSONAL: "user comment flag flag_date"},
    "django_comments_xtd.XtdComment": {
        PSEUDONYMOUS: "thread_id parent_id level order followup nested_count"
    },
    "django_comments_xtd.BlackListedDomain": {NOT_PERSONAL: "domain"},
}
