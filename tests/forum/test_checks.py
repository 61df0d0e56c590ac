"""What software looks at: one table per check, and the table that makes a verdict of it."""

from __future__ import annotations

import logging
import signal
import threading
import time

import pytest

from goedwerk_forum.actions.contributions import Words, send_again
from goedwerk_forum.checks import Check, Context, Finding, Level, form, registry, verdict
from goedwerk_forum.checks.conduct import Conduct, Shouting
from goedwerk_forum.checks.form import Links, NearDuplicate, Newcomer
from goedwerk_forum.checks.limits import TooSlow, alarm
from goedwerk_forum.checks.traceable import Confidential, Traceable, found_in
from goedwerk_forum.models import Policy
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.transitions import BY_SOFTWARE, TRANSITIONS, Action, Display, State

CALM = "Ik heb het eerst met een collega besproken en daarna pas opgeschreven wat ik zag."


def found(check, text, context=None):
    """(level, the words marked) of each finding."""
    findings = check().run(text, context or Context())
    return [(str(finding.level), text[finding.start : finding.end]) for finding in findings]


# --- one table per check ---------------------------------------------------------------------

TRACEABLE = [
    ("Mail me op jan.jansen@gemeente.nl.", "return", "jan.jansen@gemeente.nl"),
    ("Bel me op 06-12345678 als je tijd hebt.", "return", "06-12345678"),
    ("Zijn nummer is 123456782, dat staat in het dossier.", "return", "123456782"),
    ("Het geld ging naar NL91ABNA0417164300.", "return", "NL91ABNA0417164300"),
]


@pytest.mark.parametrize(("text", "level", "words"), TRACEABLE)
def test_traceable_marks_what_points_at_a_person(text, level, words):
    assert (level, words) in found(Traceable, text)


def test_traceable_leaves_a_plain_story_alone():
    assert found(Traceable, CALM) == []


STAMPED = "Op de map stond strikt vertrouwelijk. Bel me op 06-12345678."


def test_confidential_is_a_check_of_its_own():
    assert found(Confidential, STAMPED) == [("hold", "strikt vertrouwelijk")]
    assert found(Traceable, STAMPED) == [("return", "06-12345678")]
    assert found(Confidential, CALM) == []


@pytest.mark.parametrize("off", [Traceable, Confidential])
def test_confidential_and_traceable_are_switched_off_apart(off):
    """And no text stays with the process."""
    findings = verdict.run_checks(STAMPED, Context(), {off.code: verdict.Switch(is_on=False)})
    marking = {Traceable.code, Confidential.code}
    assert {finding.check for finding in findings} & marking == marking - {off.code}
    assert not found_in.cache_info().currsize


HURTFUL = [
    ("Wat een klootzak is dat.", "klootzak"),
    ("Wat een KLOOTZAK is dat.", "KLOOTZAK"),
    ("Wat een klootzakken zijn dat.", "klootzakken"),
    ("Wat een kl00tz@k is dat.", "kl00tz@k"),
    ("Wat een k-l-o-o-t-z-a-k is dat.", "k-l-o-o-t-z-a-k"),
    ("Wat een klóótzàk is dat.", "klóótzàk"),
    ("Wat een klооtzаk is dat.", "klооtzаk"),  # Cyrillic o and a
    ("Wat een klooooootzak is dat.", "klooooootzak"),
    ("Wat een idioten werken daar.", "idioten"),
    ("Jij hufter!", "hufter!"),
    ("Jij hufter!!1", "hufter!!1"),
    ("Jij 1dioot", "1dioot"),
    ("Jij *hufter*", "*hufter*"),
]
HARMLESS = [
    CALM,
    "Wij aten een appel in de tuin van het gemeentehuis.",
    "De gekke regel bleef, en dat vond ik gekker dan de rest.",
    "Een homogeen team leert minder dan een gemengd team.",
    "De apen in de dierentuin kregen nieuwe hokken.",
    "Een klok die stilstaat geeft twee keer per dag de goede tijd.",
]


@pytest.mark.parametrize(("text", "words"), HURTFUL)
def test_conduct_holds_hurtful_words_in_any_spelling(text, words):
    assert found(Conduct, text) == [("hold", words)]


@pytest.mark.parametrize("text", HARMLESS)
def test_conduct_leaves_harmless_words_alone(text):
    assert found(Conduct, text) == []


SHOUTING = [
    ("DIT IS NIET TE GELOVEN EN NIEMAND ZEGT ER IETS VAN", True),
    ("Dit is niet te geloven!!!!", True),
    ("Waarom????", True),
    ("Neeeeeeeeeeeeee", True),
    ("----------", True),
    ("Dit is niet te geloven!", False),
    ("Waarom toch?!", False),
    ("De AVG, de BIO en de WOO", False),
    ("AVG BIO WOO", False),
    ("1 2 3 4 5 6 7 8 9 10", False),
    (CALM, False),
]


@pytest.mark.parametrize(("text", "shouts"), SHOUTING)
def test_shouting_is_held(text, shouts):
    assert [level for level, _words in found(Shouting, text)] == (["hold"] if shouts else [])


LINKS = [
    ("Kijk op https://a.example en https://b.example.", 0),
    ("https://a.example https://b.example https://c.example", 3),
    ("www.a.example www.b.example HTTP://c.example", 3),
    ("Geen enkele link, wel een punt.nl in de zin.", 0),
]


@pytest.mark.parametrize(("text", "links"), LINKS)
def test_more_links_than_two_are_held(text, links):
    assert [level for level, _words in found(Links, text)] == ["hold"] * links


LONG = "Wij hingen de vraag op bij de koffie en lazen samen wat erbij kwam te staan."
DUPLICATES = [
    (LONG, (LONG,), True),
    (LONG.upper(), (LONG,), True),
    (LONG.replace(" ", "  ") + "!", (CALM, LONG), True),
    (LONG + " Echt waar.", (LONG,), True),
    (LONG, (CALM,), False),
    (LONG, (), False),
    ("Dat herken ik.", ("Dat herken ik.",), False),
]


@pytest.mark.parametrize(("text", "others", "is_double"), DUPLICATES)
def test_nearly_the_same_text_is_held(text, others, is_double):
    levels = [level for level, _w in found(NearDuplicate, text, Context(others=others))]
    assert levels == (["hold"] if is_double else [])


@pytest.mark.parametrize(("by_newcomer", "levels"), [(True, ["advise"]), (False, [])])
def test_newcomer_is_only_remarked(by_newcomer, levels):
    context = Context(by_newcomer=by_newcomer)
    assert [level for level, _words in found(Newcomer, CALM, context)] == levels


STRANGE = ["", " ", "\u200b" * 5000, "\U0001f600" * 2000, "a" * 5000, "!?" * 2500, "<" * 5000]


@pytest.mark.parametrize("check", [Traceable, Conduct, Shouting, Links, NearDuplicate, Newcomer])
@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_every_check_bears_a_strange_text(check, text):
    for finding in check().run(text, Context(by_newcomer=True, others=(LONG,))):
        assert 0 <= finding.start <= finding.end <= len(text)


@pytest.mark.parametrize("check", [Traceable, Conduct, Shouting, Links, NearDuplicate, Newcomer])
def test_every_check_says_what_it_is_in_words(check):
    assert str(check.name)
    assert len(str(check.explanation).split()) > 4


# --- policy x findings -----------------------------------------------------------------------

NEWCOMER, KNOWN = True, False
VERDICTS = [
    # policy, newcomer, levels found, verdict
    (Policy.ALL_FIRST, KNOWN, [], Action.HOLD),
    (Policy.ALL_FIRST, NEWCOMER, [Level.ADVISE], Action.HOLD),
    (Policy.ALL_FIRST, KNOWN, [Level.HOLD], Action.HOLD),
    (Policy.ALL_FIRST, KNOWN, [Level.RETURN], Action.RETURN),
    (Policy.TRUSTED_FIRST, KNOWN, [], Action.PUBLISH),
    (Policy.TRUSTED_FIRST, KNOWN, [Level.ADVISE], Action.PUBLISH),
    (Policy.TRUSTED_FIRST, NEWCOMER, [], Action.HOLD),
    (Policy.TRUSTED_FIRST, KNOWN, [Level.HOLD], Action.HOLD),
    (Policy.TRUSTED_FIRST, NEWCOMER, [Level.RETURN], Action.RETURN),
    (Policy.AFTER, KNOWN, [], Action.PUBLISH),
    (Policy.AFTER, KNOWN, [Level.ADVISE], Action.PUBLISH),
    (Policy.AFTER, NEWCOMER, [Level.ADVISE], Action.HOLD),
    (Policy.AFTER, NEWCOMER, [], Action.HOLD),
    (Policy.AFTER, NEWCOMER, [Level.HOLD], Action.HOLD),
    (Policy.AFTER, KNOWN, [Level.HOLD], Action.HOLD),
    (Policy.AFTER, KNOWN, [Level.RETURN, Level.HOLD], Action.RETURN),
    ("a policy of a newer version", KNOWN, [], Action.HOLD),
]


@pytest.mark.parametrize(("policy", "newcomer", "levels", "expected"), VERDICTS)
def test_verdict_follows_from_policy_and_findings(policy, newcomer, levels, expected):
    findings = [Finding("x", level) for level in levels]
    assert verdict.verdict(policy, findings, Context(by_newcomer=newcomer)) == expected


@pytest.mark.parametrize("policy", Policy.values)
@pytest.mark.parametrize("newcomer", [NEWCOMER, KNOWN])
@pytest.mark.parametrize("level", [None, *Level])
def test_what_is_said_about_a_sensitive_story_is_never_shown_at_once(policy, newcomer, level):
    context = Context(by_newcomer=newcomer, is_sensitive=True)
    findings = [Finding("x", level)] if level else []
    assert verdict.verdict(policy, findings, context) != Action.PUBLISH


@pytest.mark.parametrize("policy", Policy.values)
def test_software_gives_a_text_back_once_and_then_asks_a_person(policy):
    findings = [Finding("x", Level.RETURN)]
    assert verdict.verdict(policy, findings, Context(was_returned=True)) == Action.HOLD


@pytest.mark.django_db
def test_text_sent_again_with_its_marks_left_goes_to_a_person(make):
    text = "Mail me op jan.jansen@gemeente.nl, dan vertel ik je de rest van het verhaal."
    returned = make.examined(make.discussion(), text=text)
    assert returned.state == State.RETURNED
    send_again(contribution=returned, version=returned.version, words=Words(text, "vraag"))
    drive("moderation")
    returned.refresh_from_db()
    assert (returned.state, returned.waiting) == (State.HELD, "new")
    assert returned.display == Display.NOTHING


def test_software_never_rejects_or_hides():
    assert {row[-1] for row in VERDICTS} == BY_SOFTWARE
    assert not {Action.REJECT, Action.HIDE, Action.WITHDRAW} & BY_SOFTWARE
    for action in BY_SOFTWARE:
        assert (State.PENDING, action) in TRANSITIONS


# --- a check that fails ----------------------------------------------------------------------


class Loops(Check):
    code = "loops"
    name = "Loopt"
    explanation = "Deze controle houdt nooit op."
    time_limit = 0.2

    def run(self, text, context):
        while True:
            try:
                time.sleep(0.01)
            except Exception:  # a check that swallows everything
                continue


class Breaks(Check):
    code = "breaks"
    name = "Breekt"
    explanation = "Deze controle gaat stuk."

    def run(self, text, context):
        yield Finding(self.code, Level.ADVISE)
        raise ValueError(f"cannot read {text}")


class Objects(Check):
    code = "objects"
    name = "Vindt iets"
    explanation = "Deze controle geeft alles terug."
    reason = "off_topic"

    def run(self, text, context):
        yield Finding(self.code, Level.RETURN, 0, 3)


@pytest.fixture
def with_checks(monkeypatch):
    def put(*checks):
        for module in (verdict, registry):
            monkeypatch.setattr(module, "all_checks", lambda: tuple(check() for check in checks))

    return put


def test_check_that_never_ends_is_cut_off_and_holds(with_checks):
    with_checks(Loops, Newcomer)
    findings = verdict.run_checks(CALM, Context(by_newcomer=True))
    assert [(f.check, f.level, f.kind) for f in findings] == [
        ("loops", Level.HOLD, verdict.FAILED),
        ("newcomer", Level.ADVISE, ""),
    ]


def test_check_that_breaks_holds_and_logs_no_text(with_checks, caplog):
    caplog.set_level(logging.DEBUG)
    with_checks(Breaks, Newcomer)
    findings = verdict.run_checks("Een geheime zin.", Context(by_newcomer=True))
    assert (Finding("breaks", Level.HOLD, kind=verdict.FAILED)) in findings
    assert findings[-1].check == "newcomer"
    assert caplog.records
    assert "geheime" not in caplog.text
    assert all("geheime" not in str(vars(record)) for record in caplog.records)


def test_time_limit_leaves_the_alarm_as_it_was():
    before = signal.getsignal(signal.SIGALRM)
    with alarm() as limit:
        for _block in range(2):
            with pytest.raises(TooSlow), limit(0.05):
                time.sleep(5)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_time_limit_does_no_harm_outside_the_main_thread():
    done = []

    def work():
        with alarm() as limit, limit(0.05):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(5)
    assert done == [True]


def test_extra_checks_of_a_site_run_after_the_shipped_ones(settings):
    settings.GOEDWERK = settings.GOEDWERK | {"EXTRA_CHECKS": (f"{__name__}.Objects",)}
    verdict.all_checks.cache_clear()
    try:
        codes = [check.code for check in verdict.all_checks()]
    finally:
        verdict.all_checks.cache_clear()
    shipped = ["traceable", "confidential", "conduct", "shouting", "links", "duplicate"]
    assert codes[:6] == shipped
    assert codes[-1] == "objects"


@pytest.mark.django_db
def test_failed_check_gives_the_text_to_a_person(make, with_checks):
    with_checks(Breaks)
    contribution = make.examined(make.discussion(discussion_policy=Policy.AFTER))
    assert (contribution.state, contribution.waiting) == (State.HELD, "new")
    assert contribution.display == Display.NOTHING
    assert contribution.revisions.get().findings[-1]["kind"] == verdict.FAILED


@pytest.mark.django_db
def test_extra_check_can_return_with_its_own_reason(make, with_checks):
    with_checks(Newcomer, Objects)
    contribution = make.examined(make.discussion())
    assert contribution.state == State.RETURNED
    statement = contribution.statements.get()
    assert (statement.reason, statement.words) == ("off_topic", str(Objects.explanation))


@pytest.mark.django_db
def test_text_is_compared_within_its_own_discussion_only(make):
    discussion, other = (make.discussion(discussion_policy=Policy.AFTER) for _n in range(2))
    one, two, three = (make.known(published_before=2) for _n in range(3))
    assert make.examined(discussion, one, text=LONG).state == State.PUBLISHED
    assert make.examined(other, two, text=LONG).state == State.PUBLISHED
    assert make.examined(discussion, three, text=LONG).state == State.HELD


@pytest.mark.django_db
def test_no_text_stays_with_the_process(make):
    discussion = make.discussion(discussion_policy=Policy.AFTER)
    for _number in range(2):
        make.examined(discussion, make.user(), text=LONG)
    assert verdict.run_checks(LONG, Context(by_newcomer=True))
    caches = (form.shingles, form.all_shingles, found_in)
    assert [one.cache_info().currsize for one in caches] == [0, 0, 0]


@pytest.mark.django_db
def test_own_earlier_version_is_no_duplicate(make):
    discussion = make.discussion(discussion_policy=Policy.AFTER)
    contribution = make.published(discussion, make.known(published_before=2), text=LONG)
    send_again(
        contribution=contribution,
        version=contribution.version,
        words=Words(f"{LONG} Echt waar.", "vraag"),
    )
    drive("moderation")
    contribution.refresh_from_db()
    assert (contribution.state, contribution.waiting) == (State.PUBLISHED, None)
    assert contribution.accepted_revision == 2
