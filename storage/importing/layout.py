"""The five files: their columns, what the columns may be called, and which a file can do without."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """`words` are what the header may say, the first being our own; `is_optional` if it may be left out."""

    words: tuple[str, ...]
    is_optional: bool = False

    @property
    def name(self) -> str:
        return self.words[0]


@dataclass(frozen=True)
class Layout:
    file: str
    columns: tuple[Column, ...]


_NAME = Column(("name", "navn"))
_INSTITUTION = Column(("institution", "tilbud"))
_AGE_RANGE = Column(("age_range", "aldersområde", "aldersgruppe", "alder"))
_ALIASES = Column(("aliases", "alias", "andre navne", "kaldenavne"), is_optional=True)

INSTITUTIONS = Layout(
    "institutions.csv",
    (_NAME, Column(("type", "tilbudstype")), _AGE_RANGE, Column(("area", "område", "distrikt")), _ALIASES),
)
PEOPLE = Layout(
    "people.csv",
    (
        _NAME,
        Column(("email", "e-mail", "mail")),
        Column(("aad_object_id", "entra_object_id", "object_id", "objekt-id", "entra-id"), is_optional=True),
        Column(("role", "rolle")),
        Column(("scope", "gælder for", "omfang")),
        Column(("language", "sprog"), is_optional=True),
    ),
)
THEMES = Layout(
    "themes.csv",
    (
        Column(("title", "titel", "tema", "theme")),
        Column(("title_en", "english title", "engelsk titel"), is_optional=True),
        _AGE_RANGE,
        Column(("description", "beskrivelse"), is_optional=True),
        Column(("valid_from", "gælder fra", "fra")),
        Column(("valid_to", "gælder til", "til")),
        _ALIASES,
        Column(("decision_url", "link til beslutningen", "beslutning"), is_optional=True),
        Column(("aims", "formål", "mål"), is_optional=True),
    ),
)
DIALOGUES = Layout(
    "dialogues.csv",
    (
        _INSTITUTION,
        Column(("starts_at", "starter", "start", "tidspunkt")),
        Column(("place", "sted"), is_optional=True),
        Column(("number", "nummer", "nr"), is_optional=True),
    ),
)
KEY_FIGURES = Layout(
    "key_figures.csv",
    (
        _INSTITUTION,
        Column(("half_year", "halvår")),
        Column(("indicator", "indikator", "nøgletal")),
        Column(("value", "værdi")),
        Column(("unit", "enhed"), is_optional=True),
        Column(("n", "antal"), is_optional=True),
        Column(("previous", "forrige", "tidligere"), is_optional=True),
        Column(("comparison", "sammenligning"), is_optional=True),
        Column(("theme", "tema"), is_optional=True),
        Column(("source", "kilde")),
        Column(("as_of", "opgjort", "dato")),
    ),
)
FILES = (INSTITUTIONS, PEOPLE, THEMES, DIALOGUES, KEY_FIGURES)
