"""Conduct: disguised words, words that only look alike, who says it, and the labelled set."""

from __future__ import annotations

import gc
import sys

import pytest

import conduct_labels as labels
from goedwerk_forum.checks import Context
from goedwerk_forum.checks.conduct import Conduct
from goedwerk_forum.checks.lexicon import Hit, shipped
from goedwerk_forum.checks.lists import FOLDER, read_phrases
from goedwerk_forum.checks.normal import forms, normalised, tokens
from goedwerk_forum.checks.patterns import Patterns
from goedwerk_forum.checks.speech import Speech

pytestmark = pytest.mark.slow


def found(text, threshold=None):
    """(kind, the words marked) of each finding."""
    findings = Conduct().run(text, Context(threshold=threshold))
    return [(one.kind, text[one.start : one.end]) for one in findings]


# --- disguises -------------------------------------------------------------------------------

DISGUISES = [
    "k@nk€r lijer",
    "kankerlijer",
    "KANKERLIJER",
    "kànkérlíjër",
    "k4nk3rl1j3r",
    "kanker-lijer",
    "kankerlijers",
    "kaaaaankerlijer",
    "kkaannkkeerrlliijjeerr",
    "k a n k e r l i j e r",
    "k.a.n.k.e.r.l.i.j.e.r",
    "k/a/n/k/e/r/l/i/j/e/r",
    "kan\u200bker\u00adlijer",
    "kаnkеrlijеr",  # Cyrillic a and e
    "κankerlijer",  # Greek kappa
    "kankeʁlijeɾ",
    "ｋａｎｋｅｒｌｉｊｅｒ",
    "𝐤𝐚𝐧𝐤𝐞𝐫𝐥𝐢𝐣𝐞𝐫",
    "ᴋᴀɴᴋᴇʀʟɪᴊᴇʀ",
    "k\u0336a\u0336n\u0336k\u0336e\u0336r\u0336l\u0336i\u0336j\u0336e\u0336r",
    "k*nkerlijer",
    "kl##tzak",
    "h0er",
    "1dioten",
    "1ul! dat je bent, k1ootzak",
    "superhufter",
    "aartsidioot",
    "kutambtenaar",
    "kanker ambtenaar",
    "kloot zak",
    "fucking idiots",
    "you stupid moron",
    "wijjjf",
    "🖕",
]


@pytest.mark.parametrize("text", DISGUISES)
def test_disguised_word_is_found(text):
    assert found(text)
    assert found(f"Nou {text} hoor, zeg ik je.")


LOOKALIKES = [
    "Het kankeronderzoek loopt nog.",
    "Kankerpatiënten kregen voorrang.",
    "Flauwekul, dachten wij.",
    "Ik heb een homogene groep begeleid.",
    "Wij negeren de wijk.",
    "Het vistuig en het voertuig stonden buiten.",
    "De knikkers van de kinderen lagen op de stoep.",
    "De lamp flikkerde.",
    "De prullenbak was vol.",
    "De hoerenbuurt is verbouwd.",
    "Idioot hoog was dat bedrag.",
    "Een idioot systeem.",
    "In Sexbierum zaten wij met twaalf mensen.",
    "a b c d e f g",
    "De AVG, de BIO en de WOO",
    "Bel 112, niet 0900-1234.",
    "Dat is 100% waar!",
    "Vertel eens wat je daar zag.",
    "Wat een lulkoek, dat rapport.",
    "Spring gerust achterop, zei de boa.",
    "Idioot ingewikkelde procedure.",
    "Woorden als idioot en imbeciel.",
    "Dat kreng van een printer heeft bij ons ook ooit een bezwaartermijn gekost.",
    "Let op met zwarte lijsten, die zijn zelden rechtmatig.",
    "Er kwam een appje met ‘vuile hoer’ binnen.",
    "Wij hebben *geen* tijd.",
    "Ik kom om 10:30 uur, zaal 1.04.",
    "",
]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_word_that_looks_alike_is_left_alone(text):
    assert found(text) == []


def test_plain_form_undoes_each_disguise():
    assert normalised("K@nk€r") == "kanker"
    assert normalised("hUFteeeeer") == "hufteer"
    assert normalised("dddooommmm") == "dom"
    assert "lul" in forms("1u1")
    assert forms("\u200b" * 50) == ()


# --- who says it, and of whom ----------------------------------------------------------------

TOLD = [
    ("Hij noemde mij een klootzak en liep weg.", "Jij bent een klootzak en ik loop weg."),
    ("‘Vuile hoer!’ riep hij door de hal.", "‘Vuile hoer!’, jij daar in de hal."),
    ("Hij riep: ik weet waar je woont!", "Ik weet waar je woont!"),
    ("Ik werd uitgescholden voor idioot.", "Je wordt bedankt, idioot."),
    ("Wij zijn geen zakkenvullers.", "Jullie zijn zakkenvullers."),
    ("Ik voelde me een sukkel.", "Ik vind jou een sukkel."),
    (
        "Het cliché van de luie ambtenaar zit ons dwars.",
        "Die luie ambtenaren zitten ons de hele dag dwars.",
    ),
    ("Veel inwoners denken dat ambtenaren lui zijn.", "Wij weten dat ambtenaren lui zijn."),
    ("Mijn collega heeft kanker.", "Krijg kanker."),
]


@pytest.mark.parametrize(("harmless", "hurtful"), TOLD)
def test_who_says_it_makes_the_difference(harmless, hurtful):
    assert found(harmless) == []
    assert found(hurtful)


EVASIONS = [
    "Jij bent een 'klootzak'.",
    "Iedereen zegt dat jij een klootzak bent.",
    "Ze noemen hem een klootzak, en terecht.",
    "Ik noem jou gewoon een klootzak.",
    "Hij noemde jou een klootzak. Dat ben je ook.",
    "‘Klootzak’, riep hij. Daar sluit ik me van harte bij aan.",
    "Hij noemde je een klootzak, en groot gelijk had hij.",
    "Ze riepen ‘kankerwijf’? Goed zo, dat ben je namelijk.",
]


@pytest.mark.parametrize("text", EVASIONS)
def test_quotation_marks_do_not_excuse_what_is_meant(text):
    assert found(text)


#: Too short to have a tone.
ALONE = [
    *("Sterf.", "Verzuip toch.", "Zoek een touw.", "Ga dood jij.", "Kys."),
    *("Nazi.", "Wat een nul.", "Kankerheks.", "Tyfusjanker."),
]


@pytest.mark.parametrize("text", ALONE)
def test_word_or_two_that_are_all_somebody_says_are_held(text):
    assert found(text)


#: (what holds however calm the rest reads, the same so that the rest excuses it).
AMONG_CALM_WORDS = [
    (
        "In het overleg vertelde de k1ootzak hoe hij het had aangepakt en dat hielp ons allemaal.",
        "In het overleg vertelde de klootzak hoe hij het had aangepakt en dat hielp ons allemaal.",
    ),
    (
        "Asociale hufter. Ik herken dit verhaal, wij hebben het samen met de chef opgelost.",
        "Asociale hufter, zo leek het; ik herken dit verhaal, wij hebben het samen opgelost.",
    ),
]


@pytest.mark.parametrize(("held", "let_go"), AMONG_CALM_WORDS)
def test_disguise_and_a_sentence_of_its_own_hold_among_calm_words(held, let_go):
    assert found(held)
    assert found(let_go) == []


KINDS = [
    ("Ik weet waar je woont.", "threat"),
    ("Stuur eens een naaktfoto.", "sexual"),
    ("Rot op naar je eigen land.", "discrimination"),
    ("Jij bent te dom om ambtenaar te zijn.", "attack"),
    ("Ga je ergens anders schamen.", "attack"),
    ("Daar werken alleen maar luilakken.", "insult"),
    ("Die teamleider kan er geen hout van.", "contempt"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind_of_hurt_is_told_and_explained(text, kind):
    assert kind in [seen for seen, _words in found(text)]
    assert Conduct().explain(kind) != str(Conduct.explanation)


def test_threshold_says_from_which_weight():
    coarse, attack, threat = "Godverdomme zeg.", "Jij kunt niks.", "Ik maak je af."
    assert [bool(found(coarse, weight)) for weight in (1, 2, 3)] == [True, False, False]
    assert [bool(found(attack, weight)) for weight in (1, 2, 3)] == [True, True, False]
    assert [bool(found(threat, weight)) for weight in (1, 2, 3)] == [True, True, True]


# --- patterns --------------------------------------------------------------------------------


def matches(pattern, text, **classes):
    return [
        (match.first, match.last) for match in Patterns([pattern], classes).find(tokens(text), {})
    ]


PATTERNS = [
    ("jij bent dom", "ik zeg jij bent dom hoor", [(2, 4)]),
    ("jij ~2 dom", "jij bent zo dom", [(0, 3)]),
    ("jij ~2 dom", "jij bent zo heel dom", []),
    ("jij ~2 dom", "jij bent. dom", []),
    ("jij (bent|was) <deg>+ dom", "jij was zo heel erg dom", [(0, 5)]),
    ("jij zo? dom", "jij dom", [(0, 1)]),
    ("dom*", "domheid", [(0, 0)]),
    ("^ dom", "zeg, dom", [(1, 1)]),
    ("^ dom", "zeg dom", []),
    ("dom $", "zo dom, zeg", [(1, 1)]),
    ("dom $", "zo dom zeg", []),
    ("dom (zeg|$)", "dom", [(0, 0)]),
    ("(pak slaag|klap) krijgen", "een pak slaag krijgen", [(1, 3)]),
]


@pytest.mark.parametrize(("pattern", "text", "expected"), PATTERNS)
def test_pattern_means_what_its_description_says(pattern, text, expected):
    assert matches(pattern, text, deg=["zo", "heel", "erg"]) == expected


@pytest.mark.parametrize("pattern", ["jij?", "~2", "zo+"])
def test_pattern_without_a_word_is_refused(pattern):
    with pytest.raises(ValueError, match="no word"):
        Patterns([pattern], {})


@pytest.mark.parametrize("pattern", ["jij (dom|)", "jij ()", "(|jij) dom"])
def test_alternative_without_a_word_is_refused(pattern):
    with pytest.raises(ValueError, match="empty"):
        Patterns([pattern], {})


def test_second_form_of_a_word_counts():
    words = tokens("Jij bent een beleidsmedewerker. Jij niet.")
    patterns = Patterns(["een medewerker"], {})
    assert list(patterns.find(words, {})) == []
    assert [match[1:] for match in patterns.find(words, {3: "medewerker"})] == [(2, 3)]


def test_every_shipped_phrase_is_written_once():
    lines = (FOLDER / "phrases.txt").read_text(encoding="utf-8").splitlines()
    phrases, _classes = read_phrases(lines)
    texts = [phrase for phrase, _term in phrases]
    assert [text for text in texts if texts.count(text) > 1] == []


# --- speed -----------------------------------------------------------------------------------

HOSTILE = [
    "jij ",
    "jij bent zo ",
    "k a n k e r ",
    "'",
    "\" ' ",
    "a*",
    "kanker",
    "k\u200b",
    "é\u0301",
    "riep: ",
    "je je bent ben zijn niet ",
    "die mijn ambtenaren zijn zo ",
    "🇰🇺🇹",
]


def calls(text):
    """How many functions the check calls: the same on every machine, unlike seconds.

    Without those that the collector of garbage calls, whenever it comes.
    """
    count = 0

    def one_more(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    gc.collect()
    gc.disable()
    sys.setprofile(one_more)
    try:
        list(Conduct().run(text, Context()))
    finally:
        sys.setprofile(before)
        gc.enable()
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_grows_with_the_text_and_no_faster(piece):
    short, long = ((piece * length)[:length] for length in (3_000, 12_000))
    list(Conduct().run("Ik vind je een sukkel.", Context()))  # what is read once is read now
    assert calls(long) < 4.5 * calls(short)


def test_findings_stay_within_the_text_and_apart():
    for comment in labels.read_set("tuning"):
        findings = list(Conduct().run(comment.text, Context()))
        ends = [0, *(one.end for one in findings)]
        for before, one in zip(ends, findings, strict=False):
            assert before <= one.start < one.end <= len(comment.text)


def test_excuse_is_asked_per_place():
    text = "Hij noemde mij een hufter. Jij bent ook een hufter."
    words = tokens(text)
    hits = [hit for hit in shipped().hits(words) if hit.is_word]
    assert [Speech(text, words).excuses(hit) for hit in hits] == [True, False]
    assert all(isinstance(hit, Hit) for hit in hits)


@pytest.mark.parametrize(
    ("text", "is_aimed"),
    [
        ("Jij bent echt een vuile hufter.", True),
        ("Een hufter, dat ben je ook.", True),
        ("Jullie zijn gebleven toen die hufter stond te schreeuwen.", False),
        ("Je bent blij als de hufter weg is.", False),
        ("Een hufter van een printer, en dat klopt.", False),
    ],
)
def test_what_is_said_to_somebodys_face(text, is_aimed):
    words = tokens(text)
    [hit] = [hit for hit in shipped().hits(words) if hit.is_word]
    assert Speech(text, words).is_aimed(hit) == is_aimed


# --- the labelled set ------------------------------------------------------------------------


def test_labelled_set_is_large_and_half_of_it_is_harmless():
    comments = [one for name in labels.SETS for one in labels.read_set(name)]
    assert len(comments) >= 300
    assert len({one.text for one in comments}) == len(comments)
    assert 0.45 < sum(not one.is_hurtful for one in comments) / len(comments) < 0.55


#: Of contributions of several sentences, of which one hurts: what the check reached there.
LONG_BARS = {
    "contributions": (0.95, 0.95),
    "blind_contributions": (0.92, 0.93),
    "long_aside": (0.95, 0.93),
    "contrasts_long": (0.80, 0.85),
}
#: Of pairs that share subject, person and words, so that only what is meant tells them apart.
CONTRAST_BARS = {"contrasts": (0.80, 0.86), "pairs": (0.95, 0.95)}
#: What is asked of each set of short comments. The threads are many, and all of them taught the
#: model: they would only cost time. The long ones are all harmless.
BARS = {name: (0.95, 0.95) for name in labels.SETS if name not in {"threads", "long"}}
BARS |= LONG_BARS | CONTRAST_BARS


@pytest.mark.parametrize("name", BARS)
def test_labelled_set_passes_the_bars(name):
    score = labels.measure(labels.read_set(name), lambda text: bool(found(text)))
    held, alone = BARS[name]
    assert score.recall >= held, score.wrong
    assert score.left_alone >= alone, score.wrong


def test_long_contributions_are_left_alone():
    score = labels.measure(labels.read_set("long"), lambda text: bool(found(text)))
    assert score.hurtful == 0
    assert score.left_alone >= 0.95, score.wrong


@pytest.mark.parametrize("aside", labels.ASIDE)
def test_sets_that_measure_are_kept_aside(aside):
    assert aside not in labels.TRAINING
    told = {one.text for name in labels.TRAINING for one in labels.read_set(name)}
    assert not told & {one.text for one in labels.read_set(aside)}


@pytest.mark.parametrize(
    ("text", "hurts"),
    [
        ("Niemand hier is een hufter.", False),
        ("Niemand is zo'n hufter als onze chef.", True),
        ("Wij zaten daar als een stel hufters te wachten.", False),
        ("Ik zie onze chef als een hufter.", True),
        ("In de brief stond dat ik een hufter was.", False),
        ("In de brief staat het: jij bent een hufter.", True),
    ],
)
def test_who_is_meant(text, hurts):
    assert bool(found(text)) == hurts


def test_model_is_made_from_the_labelled_set_and_the_lists():
    head, *lines = (FOLDER / "tone.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    made = f"#\t{labels.made_from()}\t{labels.digest_of(lines)}"
    assert head == made, "run bench/conduct_train.py"
