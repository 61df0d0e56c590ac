"""Closed word classes of Dutch that tell a name from the words around it."""

from __future__ import annotations

from .wordset import word_set

PARTICLES = word_set("""
    van de der den 't ten ter te el al ben bin ait ould von zu vom zum da dos das do del della di
    la le les du des d l op in aan over onder bij uit tot vander vanden vande vd v/d abou abu bou
    bel bint ibn bent zur af san santa mac mc o het vdr ud thoe
""")
STRONG_PARTICLES = word_set("""
    van de der den 't ten ter te el al ben bin ait ould von vander vanden vande bou bel abou abu
""")
# Particles that can open a name only when another one follows: "In 't Veld", "Op den Kamp".
WEAK_PARTICLES = word_set("""
    op in aan over onder bij uit tot het do da la le les du des af bent o l d
""")

STRONG_TITLES = word_set("""
    mevrouw mevr mw mvr dhr heer meneer mijnheer juffrouw drs ir mr dr ing prof professor dokter
    freule jonkheer jhr zuster broeder pastoor dominee ds imam mej mejuffrouw mevrouw/meneer heren
""")
TITLES = word_set("""
    collega oud-collega ex-collega teamgenoot wethouder oud-wethouder burgemeester
    oud-burgemeester locoburgemeester loco-burgemeester minister oud-minister staatssecretaris
    gedeputeerde dijkgraaf raadslid fractievoorzitter kamerlid griffier directeur
    adjunct-directeur teamleider teamleidster afdelingshoofd sectorhoofd hoofd manager
    projectleider projectmanager programmamanager programmadirecteur adviseur beleidsadviseur
    beleidsmedewerker jurist secretaris gemeentesecretaris provinciesecretaris
    secretaris-directeur voorzitter leidinggevende chef baas stagiair stagiaire trainee ambtenaar
    inspecteur agent wijkagent rechercheur officier rechter advocaat notaris arts huisarts
    bedrijfsarts psycholoog leraar lerares juf meester ouder client cliente klant burger bewoner
    bewoonster inwoner inwoonster buurman buurvrouw broer broertje zus zusje moeder vader zoon
    zoontje dochter dochtertje oom tante opa oma vriend vriendin vriendje man partner echtgenoot
    echtgenote ex neef nicht neefje nichtje medewerker medewerkster begeleider begeleidster coach
    mentor bestuurder ondernemer aannemer eigenaar verdachte getuige melder klager klaagster
    indiener aanvrager appellant eiser verzoeker programmamaker onderzoeker consulent klantmanager
    casemanager jobcoach handhaver toezichthouder boa bode receptioniste kwartiermaker strateeg
    controller woordvoerder communicatieadviseur persvoorlichter voorlichter griffiemedewerker
    ondersteuner secretaresse managementassistent vertrouwenspersoon integriteitscoordinator
    coordinator commissaris korpschef generaal kolonel majoor kapitein luitenant sergeant
    korporaal wachtmeester hoofdagent brigadier commandant pastor rector conrector docent
    hoogleraar student leerling kind jongen meisje jongeman vrouw oud-raadslid statenlid
    bestuurslid lid opvolger opvolgster voorganger voorgangster dg sg plv waarnemend
    interim-manager interimmanager hr-adviseur planner vergunningverlener zaakbehandelaar
    behandelaar behandelend dossierhouder accounthouder opdrachtgever opdrachtnemer kennis
    huisgenoot verpleegkundige wijkverpleegkundige maatschappelijk boswachter gids ambassadeur
    familie gezin echtpaar erven weduwe weduwnaar gebroeders tolk ome peetoom verloskundige
""")
# Before an unknown capital these ask for a place or an organisation.
PLACE_BEFORE = word_set("""
    in te uit nabij rond rondom richting omgeving gemeente stad dorp provincie regio
""")
THING_BEFORE = PLACE_BEFORE | word_set("""
    naar vanuit via bij op programma project systeem app
""")
RELATIVES = word_set("""
    mijn onze m'n zijn haar hun jouw uw je z'n d'r
""")
# Verbs of speech and of human doing: a name stands beside them.
SPEECH = word_set("""
    zei zegt zeiden vertelde vertelt vroeg vraagt belde belt mailde mailt appte appt schreef
    schrijft antwoordde antwoordt reageerde reageert vond vindt dacht denkt weigerde weigert
    besloot besluit knikte knikt lachte lacht huilde huilt zuchtte zucht keek kijkt liep loopt zat
    riep roept fluisterde mompelde meende meent meldde meldt gaf geeft kreeg krijgt nam neemt kwam
    komt ging gaat werkte werkt voelde voelt wist weet begreep begrijpt bleef blijft merkte merkt
    snapte snapt legde legt opperde suggereerde stelde stelt wees wijst toonde schold schreeuwde
    glimlachte grijnsde haalde schudde hoorde hoort zag ziet las leest tekende tekent ondertekende
    nodigde bood biedt bracht brengt vertrok vertrekt verliet overleed stierf woonde woont hield
    houdt probeerde probeert wilde durfde durft begon begint stopte stuurde stuurt ontving
    ontvangt sprak spreekt bedankte feliciteerde groette verzuchtte concludeerde benadrukte
    benadrukt erkende erkent beaamde bevestigde ontkende klaagde zweeg hakkelde stond staat deed
    doet adviseerde adviseert coacht coachte begeleidt begeleidde leidde leidt solliciteerde wilt
    heette heet herinnert herinnerde twijfelde twijfelt mopperde grapte bekende verklaarde
    verklaart hielp helpt regelde regelt bedacht verzon pleitte pleit barstte schrok schrikt
    verdween belandde dreigde dreigt eiste eist accepteerde tikte typte
""")
HUMAN = SPEECH | word_set("""
    is was heeft had wil kan kon moet moest mag mocht zou zal wordt werd hoeft lijkt leek liet
    laat vroeg
""")
# A word of this set before a capital that is no known word points at a person.
BEFORE = word_set("""
    met aan door tegen namens volgens voor van over zei zegt vroeg vraagt vertelde vertelt aldus
    vond vindt belde mailde appte sprak spreekt ontmoette trof zag hoorde bedankte en hielp
    steunde kende ken heet heette heten ene genaamd genoemd noemen noemde hoi hallo beste lieve
    geachte dag hey groetjes groet groeten gr mvg dat waarop toen want omdat dus maar of als zoals
    liet vraag bel mail app attn tav o.a heb hebt heeft hebben had hadden zonder naast behalve
""")
SINGLE_BEFORE = BEFORE - word_set("""
    dat waarop toen want omdat dus maar of als zoals en over voor van
""")

DETERMINERS = word_set("""
    de het een deze elke elk ieder iedere geen onze ons mijn jouw uw zijn haar hun welke welk
""")
# Verbs that only a person can do: enough for an unknown word that opens a sentence.
SAYING = word_set("""
    zei zegt vertelde vertelt vroeg vraagt belde belt mailde mailt appte appt schreef schrijft
    antwoordde antwoordt knikte knikt lachte lacht huilde huilt zuchtte zucht fluisterde mompelde
    riep roept grapte mopperde snikte vond vindt dacht denkt keek kijkt liep loopt glimlachte
    grijnsde schreeuwde schold zweeg woonde woont solliciteerde
""")
# "Jan van Handhaving": what comes after "van" is a team, not a surname.
UNIT_ENDINGS = (
    "ing",
    "ingen",
    "zaken",
    "recht",
    "dienst",
    "beheer",
    "beleid",
    "zorg",
    "wonen",
    "werk",
    "inkomen",
    "jeugd",
    "communicatie",
    "control",
    "financien",
    "personeel",
    "inkoop",
    "ruimte",
    "milieu",
    "verkeer",
    "onderwijs",
    "economie",
    "cultuur",
    "sport",
    "welzijn",
    "belastingen",
    "toeslagen",
    "defensie",
    "justitie",
    "kantoor",
    "team",
    "griffie",
    "bestuur",
    "directie",
    "gemeente",
    "provincie",
    "overheid",
    "sociaal",
    "juridisch",
    "ondersteuning",
    "informatie",
    "beneden",
    "boven",
    "balie",
    "publiekszaken",
    "veiligheid",
    "toezicht",
    "postkamer",
    "kantine",
    "receptie",
    "kamer",
    "archief",
    "loket",
    "griffier",
    "helpdesk",
    "participatie",
    "aanbesteding",
    "projecten",
    "vastgoed",
    "subsidies",
)
# Single letters that stand for a choice or an attachment, not for a first name.
LETTERED = word_set("""
    optie plan bijlage groep variant categorie lijn team klas blok deel punt lid vitamine
    hepatitis type model scenario artikel onder schaal vak gebouw ingang zaal kolom rij
""")
# After a name these make it the name of a thing.
THING_AFTER = word_set("""
    sportpark park school college lyceum gymnasium universiteit hogeschool ziekenhuis stadion
    kazerne straat laan weg plein kade brug tunnel kerk stichting fonds prijs lezing huis
    instituut museum theater academie commissie wet gebouw zaal polder haven hal centrum kliniek
    methode model norm bank bv b.v. nv groep advies consultancy advocaten accountants en bakery
    catering garage transport bouw installaties makelaars uitzendbureau
""")
# Sayings and typical persons that name nobody.
NOBODY = (
    ("jan", "modaal"),
    ("jan", "met", "de", "pet"),
    ("jan", "en", "alleman"),
    ("jan", "en", "allemans"),
    ("jan", "rap"),
    ("jan", "publiek"),
    ("jan", "doedel"),
    ("jan", "klaassen"),
    ("jan", "kordaat"),
    ("jan", "en", "piet"),
    ("piet", "en", "jan"),
    ("jan", "piet", "en", "klaas"),
    ("piet", "snot"),
    ("pietje", "precies"),
    ("pietje", "puk"),
    ("henk", "en", "ingrid"),
    ("jip", "en", "janneke"),
    ("joris", "goedbloed"),
    ("truus", "de", "mier"),
    ("brave", "hendrik"),
    ("frank", "en", "vrij"),
    ("frank", "en", "vrije"),
    ("harry", "met", "bonnetjes"),
    ("zwarte", "piet"),
    ("anne", "frank"),
    ("max", "weber"),
    ("vrouwe", "justitia"),
    ("hans", "worst"),
    ("thomas", "van", "aquino"),
    ("ome", "jan"),
    ("van", "dale"),
    ("de", "dikke", "van", "dale"),
)
FUNCTION_WORDS = word_set("""
    de het een en of maar want dus als dan dat die deze dit er hier daar ik jij je u hij zij ze
    wij we jullie hen hun mijn jouw uw zijn haar ons onze niet geen wel ook nog al alle alles iets
    niets iemand niemand wie wat waar wanneer hoe waarom welke elk elke ieder iedere van voor met
    aan bij op in uit naar tot tegen over onder door om te ten ter per via binnen buiten tussen na
    sinds tijdens zonder volgens ben bent is was waren zou zouden kan kunnen kon moet moeten mag
    mogen wilde heb hebt heeft hebben had hadden word wordt worden werd werden ga gaat gaan ging
    kom komt komen kwam doe doet doen deed nu toen straks toch zo zelf samen heel erg meer minder
    veel weinig beter best goed ja nee mee men eens even weer altijd nooit soms vaak omdat terwijl
    zodat hoewel indien mits tenzij gelukkig helaas misschien natuurlijk eigenlijk inmiddels
    uiteindelijk daarna daarom daarbij verder intussen mij me graag bovendien echter immers
    kortom ondanks vanaf vanuit vandaag gisteren morgen laten laat
""")
# "De Burger staat centraal": officials like capitals. These are no surnames after "De".
NO_DE = word_set("""
    raad koning burger burgers bank post stad krant markt jonge groene witte oude nieuwe hoge
    kamer staat overheid wet hof heer heren boer man vrouw kern basis grote kleine lange korte
    rijke arme zwarte blauwe bakker wind zaak zaken school scholen linden berg wijk buurt kerk dam
    vis kok
""")


# Particles that are no Dutch function words: with a capital they open a surname.
FOREIGN_PARTICLES = word_set("""
    ter ten 't el al ben bin ait ould von bou bel abou abu
""")


# These stand before a surname only, also in small letters: "ait ouali".
ARABIC_PARTICLES = word_set("ait ould el bou abou bel")
# A sentence that starts with one of these starts with no name.
PLAIN_OPENINGS = FUNCTION_WORDS - PARTICLES
