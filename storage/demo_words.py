"""The names, figures and texts of the invented municipality, as tables."""

from dataclasses import dataclass

from domain.note import Note
from domain.organisation import AgeRange, InstitutionType, Role

_DAYCARE, _SCHOOL, _LEISURE = InstitutionType.DAYCARE, InstitutionType.SCHOOL, InstitutionType.LEISURE
_YOUNGER, _OLDER = AgeRange.YOUNGER, AgeRange.OLDER


@dataclass(frozen=True)
class Place:
    """An institution, who leads it, how many days ahead its next dialogue lies, and whether that is prepared."""

    name: str
    type: InstitutionType
    age_range: AgeRange
    area: str
    leaders: tuple[str, ...]
    days_ahead: int
    aliases: tuple[str, ...] = ()
    is_ready: bool = False


@dataclass(frozen=True)
class Written:
    """What a leader wrote in one preparation."""

    interpretation: str
    wonder: str
    children: str
    parents: str
    focus: str
    wishes: str


AREAS = {
    "Nord": ("Område Nord", "nordområdet"),
    "Syd": ("Område Syd", "sydområdet"),
    "Øst": ("Område Øst", "østområdet"),
    "Vest": ("Område Vest", "vestområdet"),
}

INSTITUTIONS = (
    Place("Elmeskolen", _SCHOOL, _OLDER, "Nord", ("Mette Elkjær",), 5, ("Elmen",)),
    Place("Børnehuset Åen", _DAYCARE, _YOUNGER, "Nord", ("Sofie Rosenlund",), 15, ("Åen",)),
    Place("SFO Elmebo", _LEISURE, _OLDER, "Nord", ("Kasper Nørby",), 1, ("Elmebo",), is_ready=True),
    Place("Dagtilbud Mosegården", _DAYCARE, _YOUNGER, "Nord", ("Lone Vangsgård", "Per Hedelund"), 40, ("Mosegården",)),
    Place("Fyrreskolen", _SCHOOL, _OLDER, "Syd", ("Anders Lyngby",), 12, ("Fyrren",)),
    Place("Dagtilbud Solbakken", _DAYCARE, _YOUNGER, "Syd", ("Amina Kofod",), 8, ("Solbakken",)),
    Place("Klub Havnen", _LEISURE, _OLDER, "Syd", ("Torben Askov",), 22, ("Havnen",)),
    Place("Børnehaven Kløveren", _DAYCARE, _YOUNGER, "Syd", ("Ida Bjerregård",), 30, ("Kløveren",)),
    Place("Søndermarksskolen", _SCHOOL, _OLDER, "Øst", ("Jens Pilegård",), 19, ("Søndermarken",)),
    Place("Dagtilbud Skovbrynet", _DAYCARE, _YOUNGER, "Øst", ("Nadia Holmstrup",), 2, ("Skovbrynet",), is_ready=True),
    Place("Ungdomsklubben Loftet", _LEISURE, _OLDER, "Øst", ("Sanne Munkholt",), 26, ("Loftet",)),
    Place("Vuggestuen Spiren", _DAYCARE, _YOUNGER, "Øst", ("Helle Birkmose",), 35, ("Spiren",)),
    Place("Vesterengskolen", _SCHOOL, _OLDER, "Vest", ("Poul Ravnkilde",), 17, ("Vestereng",)),
    Place("Vuggestuen Mariehønen", _DAYCARE, _YOUNGER, "Vest", ("Gitte Lindeskov",), 28, ("Mariehønen",)),
    Place("Fritidshjemmet Hulen", _LEISURE, _OLDER, "Vest", ("Gitte Lindeskov",), 33, ("Hulen",)),
    Place("Dagtilbud Nordlys", _DAYCARE, _YOUNGER, "Vest", ("Omar Søgård",), 45, ("Nordlys",)),
)

STAFF = (
    ("Birgit Dalum", Role.CHIEF, "Nord"),
    ("Birgit Dalum", Role.CHIEF, "Øst"),
    ("Ole Strandby", Role.CHIEF, "Syd"),
    ("Ole Strandby", Role.CHIEF, "Vest"),
    ("Rune Solgård", Role.OBSERVER, "Fyrreskolen"),
    ("Jonas Bækgård", Role.OBSERVER, "Elmeskolen"),
    ("Sara Møllehave", Role.OBSERVER, "Elmeskolen"),
    ("Dorte Engvang", Role.OBSERVER, "Børnehuset Åen"),
    ("Lars Kirkeskov", Role.OBSERVER, "Dagtilbud Solbakken"),
    ("Kirsten Overgård", Role.ADMINISTRATION, "*"),
    ("Bo Tranekær", Role.ADMINISTRATION, "Nord"),
    ("Ulla Fredskov", Role.FACILITATOR, "*"),
)

THEMES = {
    _OLDER: (
        (
            "Overgange og deltagelse",
            "Transitions and participation",
            "Alle børn og unge oplever, at de hører til, når de skifter mellem tilbud og klassetrin.",
            ("overgange", "deltagelse"),
        ),
        (
            "Trivsel i fællesskaber",
            "Thriving in communities",
            "Børn og unge er med i fællesskaber, hvor de bliver set, hørt og udfordret.",
            ("trivsel", "fællesskaber"),
        ),
        (
            "Undersøgende læring",
            "Learning by inquiry",
            "Børn og unge undersøger, prøver af og forklarer for hinanden.",
            ("undersøgende",),
        ),
    ),
    _YOUNGER: (
        (
            "Leg og sprog i hverdagen",
            "Play and language every day",
            "Alle børn har legekammerater og voksne at tale med hver dag.",
            ("leg", "sprog"),
        ),
        (
            "Nærværende voksne",
            "Attentive adults",
            "Børn møder voksne med tid og øje for det enkelte barn og for gruppen.",
            ("nærvær",),
        ),
        (
            "Sammen med forældrene",
            "Together with the parents",
            "Forældre og personale er fælles om barnets trivsel, læring, udvikling og dannelse.",
            ("forældre", "forældresamarbejde"),
        ),
    ),
}

# Indicator, unit, what is usual, how far institutions lie from it, the theme it belongs to, people behind it.
FIGURES: dict[InstitutionType, tuple[tuple[str, str, float, float, int | None, int], ...]] = {
    _SCHOOL: (
        ("Elever, der oplever at kunne deltage", "%", 76.0, 8.0, 0, 240),
        ("Elever, der kender en voksen, de kan gå til", "%", 84.0, 6.0, 0, 240),
        ("Skoleskift i løbet af halvåret", "elever", 4.0, 4.0, 0, 0),
        ("Social trivsel", "point (1-5)", 4.1, 0.3, 1, 240),
        ("Elever, der arbejder undersøgende hver uge", "%", 58.0, 12.0, 2, 240),
        ("Elevfravær", "%", 6.4, 1.6, None, 260),
        ("Personale med læreruddannelse", "%", 89.0, 6.0, None, 30),
    ),
    _DAYCARE: (
        ("Børn, der har en fast legekammerat", "%", 82.0, 8.0, 0, 60),
        ("Børn med behov for sprogindsats", "børn", 5.0, 4.0, 0, 0),
        ("Forældre, der oplever nærværende voksne", "%", 86.0, 7.0, 1, 55),
        ("Børn pr. voksen midt på dagen", "børn", 7.0, 2.0, 1, 0),
        ("Forældre, der er tilfredse med samarbejdet", "%", 88.0, 6.0, 2, 55),
        ("Sygefravær blandt personalet", "%", 5.6, 1.8, None, 16),
        ("Personale, der er blevet i over to år", "%", 71.0, 12.0, None, 16),
    ),
    _LEISURE: (
        ("Børn og unge, der er med til at bestemme", "%", 68.0, 10.0, 0, 80),
        ("Børn og unge, der har nogen at være sammen med", "%", 88.0, 6.0, 1, 80),
        ("Aktiviteter, som børn og unge selv har sat i gang", "%", 31.0, 12.0, 2, 40),
        ("Udmeldte i halvåret", "elever", 6.0, 5.0, None, 0),
        ("Forældre, der er tilfredse med informationen", "%", 79.0, 8.0, None, 60),
        ("Fremmøde på en almindelig dag", "%", 74.0, 9.0, None, 90),
    ),
}

# What leaders wrote in their preparations, by the age range of the institution.
WRITTEN = {
    _YOUNGER: (
        Written(
            "Vi ser flere børn i gang sammen om formiddagen, når vi deler os i små grupper fra start. Om eftermiddagen "
            "falder det fra hinanden, når vi bliver færre voksne.",
            "Hvorfor er det mest de samme børn, der bliver alene, når gruppen skifter rum?",
            "De siger, at det er rart at vide, hvem man skal lege med, før man går ud.",
            "Forældrerådet genkender billedet og vil gerne høre mere om, hvad vi prøver af.",
            "Flere børn med i legen om eftermiddagen",
            "Hvordan vi holder fast i de små grupper, når vi er færre.",
        ),
        Written(
            "Vi har fulgt tre måltider i hver gruppe. Der, hvor en voksen bliver siddende hele tiden, taler børnene "
            "med hinanden, og ikke kun med os.",
            "Hvad er det, der trækker os op fra bordet?",
            "De fortæller helst, når de sidder ved siden af en, de leger med.",
            "Forældrene vil gerne høre, hvad børnene har talt om.",
            "Samtaler ved måltiderne",
            "Hvordan vi fordeler opgaverne, så en voksen kan blive siddende.",
        ),
        Written(
            "Afleveringen går bedst, når den samme voksen tager imod. Vores egne optegnelser fra to uger siger det "
            "samme som forældrene gør.",
            "Hvem får vi ikke sagt godmorgen til?",
            "De viser os, hvad de vil i gang med, når vi selv er gået i gang.",
            "De vil gerne vide, hvem der tager imod, dagen før.",
            "En rolig start på dagen",
            "Hvad vi kan ændre i mødeplanen uden flere timer.",
        ),
        Written(
            "Vi læser med de små grupper hver dag nu. De børn, der sagde mindst, er begyndt at pege og sætte ord på.",
            "Hvordan når vi dem, der helst er ude?",
            "De finder selv bøgerne frem og vil have dem læst igen.",
            "Flere forældre låner bøgerne med hjem.",
            "Flere ord i små grupper",
            "Om de andre tilbud har erfaringer med at læse udendørs.",
        ),
    ),
    _OLDER: (
        Written(
            "Vi har prøvet fælles opstart i tre uger. Der er mere ro, og flere siger noget, men vi ved ikke endnu, om "
            "det er opstarten eller de mindre grupper, der gør forskellen.",
            "Hvem får ikke noget ud af det, og hvordan opdager vi det?",
            "Flere siger, at det er lettere at række hånden op, når man har øvet sig to og to.",
            "De forældre, vi har talt med, hører mere derhjemme om, hvad dagen gik med.",
            "Flere stemmer i fællesskabet",
            "Om vi skal brede det ud nu eller vente et halvt år.",
        ),
        Written(
            "Tallene svinger lidt fra halvår til halvår, men når vi sammenholder dem med vores egne observationer, "
            "handler det mest om de uger, hvor vi havde mange vikarer. Det ændrer, hvad vi skal gøre ved det.",
            "Hvad gør de team, hvor det ikke har kunnet mærkes?",
            "De fortæller, at de helst går til en voksen, de kender i forvejen.",
            "Bestyrelsen peger på, at forældrene gerne vil vide mere i god tid.",
            "En kendt voksen i hver overgang",
            "Hvad vi kan lære af de andre tilbud med samme tema.",
        ),
        Written(
            "Vi har set på, hvem der er med i aktiviteterne fra uge til uge. De fleste er med i noget, men de samme "
            "syv vælger fra hver gang.",
            "Hvad skulle der til, for at de valgte noget til?",
            "De siger, at de gerne vil være med til at finde på, før det er besluttet.",
            "Forældrene hører mest om det, der går galt, og vil gerne høre om det andet også.",
            "Flere er med til at finde på",
            "Hvordan vi giver plads til det, de unge selv sætter i gang.",
        ),
        Written(
            "Overgangen til mellemtrinnet fylder. I de klasser, hvor de havde mødt deres nye lærere før sommer, er der "
            "færre konflikter i frikvartererne.",
            "Kan vi se det samme i de klasser, hvor en lærer har fulgt med?",
            "De fortæller, at det hjælper at kende en voksen og et sted at være.",
            "De vil gerne have én at ringe til i de første uger.",
            "Et kendt ansigt efter sommerferien",
            "Hvad vi kan aftale med fritidstilbuddet om de første uger.",
        ),
    ),
}

# What the chief and the leader of the demo have written about their 1:1s.
NOTED = Note(
    leading="Teamlederne tager selv initiativ til at se på data sammen. Det giver plads til at følge op i klasserne.",
    works="Makkerpar i dansk. Flere elever siger noget i timerne.",
    attention="At vi holder fast, når hverdagen fylder.",
)
AGREED = "Mette inviterer en leder fra et andet tilbud til at observere på 5. årgang"
AGREED_LATE = "Birgit undersøger, om netværket kan mødes på Elmeskolen"
AGREED_DONE = "Mette og Birgit ser sammen på trivselsmålingen for 5. årgang"
CAME_OF_IT = "Vi har set på den. To klasser følges op i efteråret."
TO_TALK_ABOUT = "Hvordan vi bruger teammøderne til at se på data"
