"""Despair, misconduct, a threat, wrongdoing: what is heard in a text, and what is not."""

from __future__ import annotations

import pytest

from goedwerk_forum.checks import Context, Level
from goedwerk_forum.checks.hand_over import HandOver, signals
from goedwerk_forum.models import Signal

HEARD = {
    Signal.DESPAIR: [
        "Ik wil niet meer leven.",
        "Soms wil ik gewoon dood.",
        "Soms wil ik gewoon dood, en niemand die het merkt.",
        "Ik kan niet meer verder, maar ik doe alsof.",
        "Ik zou liever dood zijn dan morgen weer naar kantoor te gaan.",
        "Ik denk de laatste weken veel aan zelfmoord.",
        "Er zijn dagen dat ik suïcidale gedachten heb.",
        "Ik wil er een einde aan maken.",
        "Ik dacht eraan een eind te maken aan mijn leven.",
        "Iedereen is beter af zonder mij.",
        "Ik zie het niet meer zitten.",
        "Na dit jaar zie ik echt geen uitweg meer.",
        "Ik ben wanhopig en weet niet bij wie ik terechtkan.",
        "IK TREK HET NIET MEER",
        "Zo kan ik niet meer verder.",
        "Ik was bang dat ik mezelf iets aan zou doen en mezelf pijn deed.",
        "Mijn leven voelt zinloos sinds de reorganisatie.",
        "Voor mij hoeft het allemaal niet meer, zei ik tegen mijn vrouw: het hoeft niet van mij.",
        "Mijn collega zei: ik wilde dat ik er niet meer was. Hij wil niet meer verder.",
        "I want to die.",
        "Some nights I think about killing myself.",
        "I can't go on like this.",
        "Everyone would be better off without me.",
        "I feel so hopeless since it happened.",
        "Ik slaap niet meer en denk er vaak aan om er een eind aan te maken.",
        "Het liefst was ik er gewoon niet meer.",
        "Ik voel me zo wanhopig.",
        "Ik heb mezelf gesneden.",
        "I don't want to live anymore.",
    ],
    Signal.MISCONDUCT: [
        "Mijn leidinggevende zat met zijn hand op mijn been.",
        "Hij raakte me seksueel getint aan bij de kopieermachine.",
        "Ik ben aangerand op een borrel van het werk.",
        "Ze is verkracht door iemand van de directie.",
        "Een collega stuurde mij een naaktfoto van zichzelf.",
        "Op dienstreis werd hij handtastelijk.",
        "Mijn chef betastte een stagiaire.",
        "Hij maakt steeds seksuele opmerkingen over mij.",
        "Ik kreeg te maken met grensoverschrijdend gedrag van mijn teamleider.",
        "Wat mij is overkomen noemen ze nu grensoverschrijdend, en dat heb ik meegemaakt: "
        "slachtoffer van ongewenste intimiteiten.",
        "Hij probeerde me tegen mijn zin te zoenen, hij zoende mij zomaar.",
        "Mijn manager vroeg of ik mee naar zijn kamer ging en zat aan mijn billen.",
        "My manager sexually harassed me.",
        "He touched me and I froze.",
        "She was groped at the office party.",
        "Mijn teamleider kwam steeds te dichtbij en legde zijn hand op mijn knie.",
        "Tijdens het kerstdiner werd ik betast door een collega.",
        "Hij stuurde seksuele berichten naar mij.",
        "De directeur wilde dat ik met hem naar bed ging.",
        "My supervisor put his hand on my thigh.",
    ],
    Signal.THREAT: [
        "Ik word bedreigd door een inwoner.",
        "Hij weet waar ik woon, zei hij aan de balie.",
        "Een man aan de telefoon zei: ik weet waar jij woont.",
        "Mijn baas dreigde mij te ontslaan als ik iets zou zeggen.",
        "Hij dreigde me iets aan te doen.",
        "We kregen doodsbedreigingen na het besluit.",
        "Ik durf niet meer naar kantoor.",
        "Mijn afdelingshoofd intimideert me al maanden.",
        "Ze chanteert me met een oude mail.",
        "Er stond iemand met een mes in de hal.",
        "Ik maak hem dood als hij nog één keer belt.",
        "Een klant bedreigde mijn collega en haar gezin.",
        "Sinds die avond word ik gestalkt.",
        "Ik voel me niet veilig op mijn werk.",
        "A resident threatened me at the front desk.",
        "He's stalking me since the hearing.",
        "I am afraid to go home.",
        "Er is een bewoner die mij opwacht bij mijn huis.",
        "Hij zei dat hij mijn kinderen wel wist te vinden.",
        "Ik kreeg een kogelbrief.",
        "Hij schreeuwde dat hij me zou slaan.",
        "Ik ga je vermoorden.",
        "He said he would hurt my family.",
    ],
    Signal.WRONGDOING: [
        "Mijn directeur neemt steekpenningen aan.",
        "Mijn leidinggevende fraudeert met declaraties.",
        "Ik moest van mijn baas stukken vernietigen voordat de accountant kwam.",
        "We kregen opdracht om mails te wissen.",
        "De cijfers zijn vervalst, en iedereen hier weet het.",
        "Een wethouder gunt opdrachten aan zijn zwager.",
        "Er is een misstand bij ons op de afdeling.",
        "De Kamer is bewust verkeerd geïnformeerd.",
        "Het rapport verdween: de zaak is in de doofpot gestopt.",
        "Hij steekt subsidiegeld in eigen zak.",
        "Ik overweeg om klokkenluider te worden.",
        "Binnen onze directie wordt gesjoemeld met aanbestedingen.",
        "Een collega laat zich omkopen door een aannemer.",
        "My director took a bribe.",
        "They told me to shred the documents.",
        "Our team falsified the figures.",
        "Mijn baas vroeg mij om het verslag te vervalsen.",
        "Onze wethouder heeft zich laten omkopen.",
        "Er verdwijnt geld uit de kas en mijn chef weet ervan.",
        "Er worden facturen betaald voor werk dat nooit is gedaan.",
        "My boss takes bribes from contractors.",
    ],
}

HARMLESS = [
    # despair in a manner of speaking
    "Ik word hier wanhopig van dit formulier.",
    "Ik ben wanhopig van deze nieuwe procedure.",
    "Ik werd radeloos van het systeem, en de helpdesk ook.",
    "Ik zie het niet meer zitten om elke week zo lang te vergaderen.",
    "Met dit project zie ik het niet meer zitten met de planning.",
    "Ik lachte me dood om die mail.",
    "Ik schrok me dood toen de directeur binnenkwam.",
    "Ik was doodmoe na de raadsvergadering.",
    "Dat was een politieke zelfmoord voor de wethouder.",
    "Ik werk aan het beleid rond zelfmoordpreventie.",
    "Ons onderzoek naar het aantal zelfdodingen onder jongeren liep uit.",
    "We maakten een eind aan de vergadering.",
    "Ik maakte een einde aan het gesprek, want de tijd was om.",
    "De deadline was dodelijk.",
    "Het is een kwestie van leven en dood voor de kleine kernen.",
    "Ik wist niet hoe ik het moest zeggen.",
    "Ik kon niet meer komen, want mijn trein viel uit.",
    "Voor mij hoeft een besluit niet meer dan één pagina te zijn.",
    "Het plan is doodgeboren.",
    "These forms are killing me.",
    "I was dying to know what they would decide.",
    "I ended my week with a good talk.",
    "He wants to do it, but he can't go on Friday.",
    # a subject of the work
    "Ik schreef mee aan het beleid tegen seksuele intimidatie.",
    "Vorige week volgde ik een training over grensoverschrijdend gedrag.",
    "In de gedragscode staat iets over ongewenst gedrag.",
    "Wij maken een nota over stalking en bedreiging van bestuurders.",
    "Zijn verhaal raakte mij diep.",
    "Her words touched me deeply.",
    "Hij stak zijn hand op en vroeg het woord.",
    "Ze legde haar hand op tafel en zweeg.",
    "Ik hield mijn been stijf tijdens het overleg.",
    "Wij stonden met de rug tegen de muur.",
    "I took a course on sexual harassment at work.",
    # what threatens, and is no threat
    "De tekorten bedreigen de begroting.",
    "Het project dreigde te mislukken.",
    "Er dreigt een tekort aan woningen.",
    "De weidevogel is een bedreigde vogelsoort.",
    "Wij beschermen bedreigde diersoorten.",
    "De wethouder dreigde het voorstel in te trekken.",
    "Hij schoot mijn voorstel af.",
    "De kritiek maakte het plan kapot.",
    "Ik weet waar de schoen wringt.",
    "Ik weet waar het archief is.",
    "Dat is geen bedreiging maar een kans.",
    "Ik durfde niets te zeggen in het overleg.",
    "Ik voelde me veilig genoeg om het te vragen.",
    "The delay threatens the planning.",
    # looking into wrongdoing is the work of many
    "Ik werk bij het team fraudebestrijding.",
    "Een inwoner vroeg bijstand aan en vergat zijn spaargeld.",
    "Wij onderzoeken signalen van uitkeringsfraude.",
    "De wet bescherming klokkenluiders vraagt om een nieuwe regeling.",
    "Ik nam de notulen aan en las ze door.",
    "Hij nam een besluit zonder ons.",
    "Ze nam haar taart mee voor de collega's.",
    "De cijfers klopten niet, en ik zei het.",
    "Het rapport bleef drie weken in de la liggen.",
    "We moesten het dossier opnieuw ordenen.",
    "Ik kreeg de opdracht om het rapport korter te maken.",
    "We covered the costs from another budget.",
    "He asked me to delete a paragraph, and I asked why.",
    # words with two meanings
    "Ik kan niet meer verder met deze aanvraag zonder handtekening.",
    "Wij trokken er samen een streep onder.",
    "Het bestuur wil niet meer verder met dit programma.",
    "Zij wilde dood hout laten liggen in het bos.",
    "De gemeente wil een einde maken aan het gedoogbeleid.",
    "Ik zag geen uitweg in het dossier.",
    "Ik voelde me hopeloos ouderwets.",
    "De burger was wanhopig en ik kon hem helpen.",
    "Ik werd wanhopig van de printer.",
    "De wethouder voelde zich geïntimideerd door de volle zaal.",
    "Het gebouw is intimiderend groot.",
    "De directeur dreigt met een reorganisatie.",
    "Hij dreigde met een rechtszaak tegen de gemeente.",
    "Ik was bang om naar huis te gaan zonder antwoord.",
    "Ik weet waar je het formulier kunt vinden.",
    "Ze staat met haar mes taart te snijden.",
    "Ik ben fraudeonderzoeker.",
    "Onze afdeling onderzoekt fraude met subsidies.",
    "Mijn collega van fraude belde.",
    "Mijn collega doet onderzoek naar corruptie.",
    "De raad is niet goed geïnformeerd.",
    "Mijn manager maakt er een einde aan, zei hij over de lange mails.",
    "Wij hebben dat bewust niet in het rapport gezet.",
    "Ik nam geld aan bij de balie voor paspoorten.",
    "Hij nam cadeaus aan namens de stad.",
    "Ik heb seksuele voorlichting in mijn portefeuille.",
    "De zedenpolitie sprak over verkrachtingszaken.",
    "Ik begeleid slachtoffers van seksueel misbruik.",
    "Ik schrijf over huiselijk geweld.",
    "We worden bedreigd door een nieuwe bezuiniging.",
    "Ik wil dit niet meer. Leven en laten leven.",
    "Ik ben er een beetje klaar mee.",
    "Kill your darlings, zei mijn coach.",
    "I was afraid to speak up in the meeting.",
    "The minister covered it well.",
    "We forged a good relationship.",
    "He took it as an insult.",
    "I desperately needed coffee.",
    "I cannot go on holiday.",
    "That report is dead.",
    # calm
    "Ik heb het eerst met een collega besproken en daarna pas opgeschreven wat ik zag.",
    "Ik twijfel of ik dit hardop moet zeggen in het team.",
    "",
]

LABELLED = [(text, signal) for signal, texts in HEARD.items() for text in texts]


@pytest.mark.parametrize(("text", "signal"), LABELLED)
def test_what_somebody_lives_through_is_heard(text, signal):
    assert signal in signals(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_manner_of_speaking_and_a_subject_are_not(text):
    assert signals(text) == []


def test_signal_is_heard_within_a_long_text_and_across_no_sentence():
    calm = "Wij vroegen het eerst aan de balie, daar weten ze het. " * 40
    assert signals(f"{calm}Ik wil niet meer leven. {calm}") == [Signal.DESPAIR]
    assert signals("Mijn directeur is streng. Fraude komt elders voor.") == []


def test_heaviest_signal_comes_first():
    text = "Mijn baas dreigde mij te ontslaan. Ik wil niet meer leven."
    assert signals(text) == [Signal.DESPAIR, Signal.THREAT]


def test_check_only_advises_and_points_at_no_word():
    [finding] = HandOver().run("Ik wil niet meer leven.", Context())
    assert (finding.level, finding.start, finding.end) == (Level.ADVISE, 0, 0)
    assert finding.kind == Signal.DESPAIR


@pytest.mark.parametrize(
    "piece", ["ik ", "mijn baas ", "hij dreigde ", "niet meer ", "é", "\u200b"]
)
def test_length_changes_nothing(piece):
    assert signals(piece * (5000 // len(piece))) == signals(piece * 50)
