"""Words that decide what a capital letter means: institutions, places, titles, family, units."""

import re

_INSTITUTION_HEADS_WORDS = """
hospital hospitalet hospitals hospice hospicet center centret centeret centre sygehus sygehuset fond fonden fondet skole skolen
plejehjem plejehjemmet plejecenter kirke kirken børnehospital universitet universitetet museum museet instituttet institut
stiftelsen kollegiet kollegium legat selskab klinik klinikken lægehus lægehuset apotek hotel gymnasium højskole bibliotek
biblioteket vej gade allé plads boulevard torv hus huset syndrom sygdom gigthospital sanatorium pris prisen fondens
kompagni bakery bageri forlag fonde institutet
"""
INSTITUTION_HEADS = frozenset(_INSTITUTION_HEADS_WORDS.split())
_STOP_WORDS = """
region regionen regionens regioner regionerne regions kommune kommunen kommunens kommuner kommunerne kommunernes danske dansk
danmark danmarks patienter patient patienten pårørende borger borgeren borgere sund sundhed sundheds by netværket netværk afdeling
afdelingen telefon tlf mobil mail e-mail email formand direktør borgmester sundhedsplanlægger koordinator chefkonsulent konsulent
sekretariatschef sekretær sygeplejerske læge overlæge fysioterapeut organisation organisationen jeg vi hun han det den de der men og
så da når hvis min mit mine din dit vores jeres deres hans hendes dens i på til fra for med om ved af at en et er har var blev kan
vil skal må hvad hvem hvor hvornår hvordan hvorfor hvilke hvilken ikke også efter før under over mellem mod uden som end eller både
hverken enten ja nej tak kære hej hilsen venlig kærlig mvh med alle ingen nogle nogen mange flere få intet noget alt hele selv
selvom fordi siden derfor desuden endelig først senere nu her dér dette denne disse sådan januar februar marts april juni juli
september oktober november december mandag tirsdag onsdag torsdag fredag lørdag søndag jul påske pinse folketinget folketingets
regeringen staten ministeriet styrelsen bestyrelsen formanden sekretariatet forvaltningen udvalget rådet klyngen sundhedsklynge
sundhedsklyngen sundhedsråd sundhedsloven sundhedsaftalen sundhedsplanen høring høringssvar bilag kapitel afsnit punkt side tabel
figur dato emne vedr vedrørende sag sagsnr adresse navn telefonnummer underskrift undertegnede sendt oprettet opdateret kontakt
organisationer ledelsen personalet hjemmeplejen hjemmesygeplejen akutmodtagelsen skadestuen lægevagten sundhedsvæsenet psykiatrien
falck borgerservice jobcenter jobcentret familien ældre ældresagen ældresag kræftens bekæmpelse broen bedre røde kors gigtforeningen
kl fas dsr mitid medcom covid corona covid-19 gdpr eu who fn usa tv radio dr dmi im sum mig os team elever frivillige lægerne
"""
STOP = frozenset(_STOP_WORDS.split())
_PLACES_WORDS = """
aabenraa aalborg aarhus albertslund allerød als amager assens ballerup billund bispebjerg bornholm brøndby brønderslev christiansø
dragør egedal esbjerg europa fanø favrskov faxe fredensborg fredericia frederiksberg frederikshavn frederikssund frederiksværk
furesø fyn færøerne gentofte gladsaxe glostrup greve gribskov grenå grindsted grønland guldborgsund haderslev halsnæs hammel
hedensted helsingør herlev herning hillerød hjørring hobro holbæk holstebro horsens hvidovre høje-taastrup hørsholm ikast
ikast-brande ishøj jammerbugt jylland kalundborg kerteminde kolding korsør københavn københavns køge langeland lejre lemvig
lillebælt lolland lyngby lyngby-taarbæk læsø mariagerfjord midtjylland middelfart morsø nakskov nordfyn nordjylland nordsjælland
norddjurs nyborg nykøbing næstved odder odense odsherred randers rebild ribe ringe ringkøbing ringkøbing-skjern ringsted risskov
roskilde rudersdal rødovre samsø sjælland sjællands skagen skanderborg skejby skive slagelse solrød sorø stevns struer svendborg
syddanmark syddanmarks syddjurs sydjylland sydvestjysk sydvestjylland sønderborg sønderjylland thisted thy tønder tårnby taastrup
vallensbæk varde vejen vejens vejle vendsyssel vesthimmerland viborg vordingborg ærø østdanmark hovedstaden hovedstadens norge
sverige tyskland england polen tyrkiet syrien irak iran somalia ukraine norden nordisk
"""
PLACES = frozenset(_PLACES_WORDS.split())
_INSTITUTION_END = re.compile(
    r"(?:kommuner?n?e?s?|regioner?n?e?s?|hospitale?t?s?|sygehuse?t?s?|cent(?:er|ret|eret|re)s?|styrelsens?|ministeri(?:um|et)s?|forening(?:en|er)?s?|forbunde?t?s?|"
    r"råde?t?s?|nævne?t?s?|udvalge?t?s?|fonden|skolen?s?|klinik(?:ken)?|afdeling(?:en)?s?|plejehjem(?:met)?|huset|institut(?:tet|et)?|fonde|universitete?t?s?|selskabe?t?|"
    r"netværke?t?s?|kirken?|apotek(?:et)?|hospice(?:t)?|politi(?:et)?|forvaltning(?:en)?|sekretariate?t?|stiftelsen|kollegiet|biblioteket|klyngen?|temagruppen?|"
    r"gruppen?|projektet|enheden?|tjenesten?|plejen|vagten|samarbejdet|konferencen?|planen?s?|aftalen?r?|loven|væsenet|organisation(?:en|er)?|sagen|koordinator|"
    r"konsulent|chef|leder|direktør|formand|terapeut|sygeplejerske|rådgiver|behandler|assistent|sekretær|planlægger|ledelsen|modtagelsen|ambulatorium|ambulatoriet)$"
)
_TITLES_WORDS = """
fru frk. frk frøken hr. hr herr doktor doktoren dr. dr læge lægen overlæge overlægen speciallæge speciallægen tandlæge tandlægen
sygeplejerske sygeplejersken sosu-assistent sosu-hjælper jordemoder jordemoderen fysioterapeut fysioterapeuten ergoterapeut
ergoterapeuten sagsbehandler sagsbehandleren psykolog psykologen psykiater psykiateren professor hjemmehjælper hjemmehjælperen
pædagog pædagogen lærer læreren pastor kirurg kirurgen socialrådgiver socialrådgiveren portør portøren lægesekretær bioanalytiker
forløbskoordinator afdelingslæge vagtlæge kiropraktor diætist radiograf sygehjælper plejer assistent sosu-assistenten
kontaktsygeplejerske kontaktperson kontaktpersonen støtteperson
"""
TITLES = frozenset(_TITLES_WORDS.split())
_RELATIONS_WORDS = """
nabo naboen mor moren far faren mand manden kone konen søn sønnen datter datteren bror broren søster søsteren ven vennen veninde
veninden svigermor svigerfar svigersøn svigerdatter mormor farmor morfar farfar bedstemor bedstefar onkel moster faster tante kusine
fætter niece nevø kæreste kæresten samlever samleveren ægtefælle ægtefællen kollega barnebarn tvillingebror tvillingesøster hustru
eksmand ekskone lillebror lillesøster storebror storesøster plejesøn plejedatter stedmor stedfar roommate genbo underbo overbo
medpatient dreng drengen pige pigen oldemor oldefar svoger svigerinde papfar papmor
"""
RELATIONS = frozenset(_RELATIONS_WORDS.split())
_INTRODUCTIONS_WORDS = """
kære hej hejsa att. att: att undertegnede beboeren klienten medpatienten afdøde v/ c/o patienten borgeren navn
"""
INTRODUCTIONS = frozenset(_INTRODUCTIONS_WORDS.split())
_NOT_A_PERSON_AFTER_WORDS = """
plejehjemmet plejecentret plejecenteret skolen hospitalet sygehuset centret centeret projektet fonden hospicet botilbuddet kollegiet
foreningen restaurant restauranten hotel hotellet børnehaven bostedet kirken programmet initiativet indsatsen filmen bogen stormen
orkanen systemet firmaet virksomheden sankt sct sct. skt skt. dronning kong prins prinsesse kronprins kronprinsesse dronningen
avisen magasinet klinikken apoteket
"""
NOT_A_PERSON_AFTER = frozenset(_NOT_A_PERSON_AFTER_WORDS.split())
_ADDRESSED_WORDS = """
alle læser læsere borger politiker politikere regionsråd byråd udvalg sundhedsudvalg medarbejder medarbejdere ledelse kollega
kolleger venner ven frue herre modtager sagsbehandler formand borgmester regionsrådsformand minister sundhedsminister team redaktion
kundeservice lægehus doktor læge personale anonym klager klageren patientvejleder mor far datter søn nabo undertegnede
"""
ADDRESSED = frozenset(_ADDRESSED_WORDS.split())
_UNITS_WORDS = """
gange gang dage dag år års procent pct km m meter kr kroner personer person minutter min timer time uger uge måneder måned senge
sengepladser pladser beboere borgere patienter medarbejdere deltagere elever børn voksne lejligheder boliger stk mio mia point sider
siden procentpoint sygeplejersker læger ansatte årsværk svar møder forløb kommuner regioner afdelinger enheder indlæggelser besøg
samtaler opkald familier pårørende ældre tons kg gram grader forskellige nye gamle andre ud spørgsmål klynger hold grupper etager
kilometer mål milliarder millioner tusinde kvadratmeter kvm m2
"""
UNITS = frozenset(_UNITS_WORDS.split())
_NOT_A_STREET_WORDS = """
palle kalle balle skalle
genvej genveje omvej motorvej motorvejen hovedvej hovedvejen udvej indgang indgangen kapitel afsnit bilag punkt tabel figur side
lokale mødelokale stue afdeling afdelingen kl kl. uge paragraf artikel nr nr. etage covid type fase trin niveau gruppe version
januar februar marts april maj juni juli august september oktober november december region regionen klynge mandag tirsdag onsdag
torsdag fredag lørdag søndag sal hold bygning opgang team rum stuen del spor model mål indsats anbefaling spørgsmål stk stk. § art.
vej gade plads i på til fra ved bor vi jeg min adresse adressen der her den det kvalitet aftale sundhedsaftale projekt linje linjen
bus buslinje rute tog station skole hus huset haven parken pladsen skoven stien marken byen byer gangen forløb forslag scenarie
scenario alternativ note svar emne sag lov bek lbk dagsordenspunkt pkt pkt. tema station program rev. covid-19 omkring cirka ca. ca
over under mindst højst efter før om med og er kun samt alle cykelsti cykelstien gågaden gågade arbejdsplads arbejdspladsen
parkeringsplads parkeringspladsen sengeplads sengepladsen plejehjemsplads legeplads legepladsen skadestuen mellem inden januar afd
afd. ambulatorium tlf tlf. klasse årgang sengeafsnit fredag ring bakken toften engen højen lunden broen stranden dalen gården søen
åen borgen by havnen havn gård skov dal bro strand sø mark
"""
NOT_A_STREET = frozenset(_NOT_A_STREET_WORDS.split()) - {"bakken", "toften", "engen", "lunden"}
_SPEECH_WORDS = """
sagde siger fortalte fortæller ringede ringer hjalp hjælper spurgte svarede bor arbejder oplevede mener mente græd takkede skrev
skriver kunne ventede
"""
SPEECH = frozenset(_SPEECH_WORDS.split())


def is_institution(word: str) -> bool:
    """This will tell whether a capitalised word belongs to an institution, a place or plain prose rather than to a person."""
    low = word.casefold().rstrip(".,")
    return low in STOP or low in PLACES or low in INSTITUTION_HEADS or _INSTITUTION_END.search(low) is not None
