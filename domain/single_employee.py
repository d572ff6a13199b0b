"""Whether a text looks as if it tells of one employee's health or employment.

"Notatet handler om tilbuddets kvalitetsudvikling. Personalesager og helbred hører ikke til her." Nobody can be sure by
the words alone. So whoever wrote them is asked, and says that nobody can be recognised.
"""

import re
from collections.abc import Collection, Iterator

from domain.single_child import FIRST_NAMES

# What somebody is; it is told of a person who stands a few words away.
_STATES = (
    r"sygemeld(?:te?|es)", r"langtidssyg\w*", r"stress(?:et|ramt)", "udbrændt", "gravid", "opsagt", "fyret", "fyres",
    r"afskedige[ts]", r"fratrådt", r"fratræder", r"personalesag(?:en)?", r"sygesamtale(?:n|r)?", r"tjenstlig\w*",
    r"på barsel(?:sorlov)?", r"sagt sin stilling op", "sick leave", "off sick", "burned out", "pregnant", "dismissed",
)  # fmt: skip
# What is worked with in an institution as well: it is somebody's where they stand beside it.
_MATTERS = (
    "stress", "syg", "sygdom", r"sygemelding(?:en)?", "depression", r"graviditet(?:en)?", "barsel", "orlov",
    r"opsigelse(?:n)?", r"fyring(?:en)?", r"afskedigelse(?:n)?", r"advarsel(?:en)?", "burnout", "pregnancy",
    "maternity leave", "dismissal", "a warning",
)  # fmt: skip
_BETWEEN_STATE, _BETWEEN_MATTER = 5, 3
_ROLES = """
assistent kollega konsulent leder lærer medarbejder medhjælper pedel pædagog sekretær souschef vejleder vikar
"""
_ENGLISH_ROLES = "assistant colleague deputy employee leader secretary teacher"
# What adults are called most, beside what children are called; elsewhere in a sentence a capital is enough.
_ADULTS = """
allan anders anette anita ann annette annemarie bent bente berit birgit birgitte birthe bo brian britt camilla carsten
charlotte christina claus connie conny dennis dorte dorthe ditte elisabeth else erik eva finn flemming gitte hanne
hans heidi helen helena helle henriette henrik inge inger jacob jan janne jens jesper jette joan john jonna jørgen
karen karin karina kenneth kim kirsten kristian kristina kristine kurt lene lis lisbeth lise lone lotte louise lykke
mads majbritt malene margit marianne mette michael mogens morten niels ole palle pernille pia poul ralf rikke rita
sanne simone stine susanne søren tanja thomas tina tine tove trine ulla ulrik vibeke winnie
"""
_NAMES = FIRST_NAMES | frozenset(_ADULTS.split())
# A capital that calls nobody: of places, of days in English, and of whoever is spoken to.
_WORDS = """
area autumn børnehuset dagtilbud de dem der det elever friday monday nord nordre skole spring summer syd søndre
thursday the this tuesday vest vi wednesday øst østre
"""
_CALLS_NOBODY = frozenset(_WORDS.split())
_PLACE = re.compile(r"(?:skolen?|haven?|gården?|huset?|stuen?|bakken?|parken?|området|klubben?)s?$", re.IGNORECASE)
_SOMEBODY = re.compile(
    r"(?<!\w)(?:han|hun|ham|hende|hans|hendes|he|she|"
    r"\w{0,20}(?:" + "|".join(_ROLES.split()) + r")e?ns?|"
    r"(?:en|den|min|vores|jeres|hans|hendes)\s(?:\w{1,30}\s)?\w{0,20}(?:" + "|".join(_ROLES.split()) + r")|"
    r"(?:a|an|the|my|our|one)\s(?:\w{1,30}\s)?(?:" + "|".join(_ENGLISH_ROLES.split()) + r"))(?!\w)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?<![\w-])(?:(?P<state>" + "|".join(_STATES) + ")|" + "|".join(_MATTERS) + r")(?![\w-])", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?](?=\s+[A-ZÆØÅ])|[\n;:•]")
_WORD = re.compile(r"[\w'-]+")
# As far as the words between can reach, and as much as any field has room for.
_NEAR, _MOST = 120, 4_000


def tells_of_employment(text: str) -> bool:
    """Whether any word of health or employment stands there, of whomever."""
    return bool(_TOLD.search(text))


def may_be_of_one_employee(text: str, called: Collection[str] = ()) -> bool:
    return bool(words_of_one_employee(text, called))


def words_of_one_employee(text: str, called: Collection[str] = ()) -> str:
    """`Mette er sygemeldt`, `en advarsel til læreren`, `hun er gravid`; empty where all are told of, or a figure.

    `called` are first names of people who work there.
    """
    names = _NAMES.union(name.casefold() for name in called)
    for words, (start, end), begins in _stretches(text):
        if somebody := _somebody(words, begins, names):
            return words[min(start, somebody.start()) : max(end, somebody.end())]
    return ""


def _stretches(text: str) -> Iterator[tuple[str, tuple[int, int], bool]]:
    """Of its sentence, the words around each that tells of health or employment, where that one stands among them, and
    whether the sentence begins there."""
    for told in _TOLD.finditer(text[:_MOST]):
        most = (_BETWEEN_STATE if told["state"] else _BETWEEN_MATTER) + 1
        before, after = text[max(0, told.start() - _NEAR) : told.start()], text[told.end() : told.end() + _NEAR]
        sentence = _ENDS.split(before)[-1]
        is_whole = len(sentence) < len(before) or told.start() <= _NEAR
        words, following = list(_WORD.finditer(sentence)), list(_WORD.finditer(rest := _ENDS.split(after)[0]))
        begins = words[-most].start() if len(words) > most else 0
        ends = following[most - 1].end() if len(following) > most else len(rest)
        near = sentence[begins:]
        yield f"{near}{told[0]}{rest[:ends]}", (len(near), len(near + told[0])), is_whole and not begins


def _somebody(words: str, begins: bool, names: Collection[str]) -> re.Match[str] | None:
    """Where the person stands who is told of."""
    if found := _SOMEBODY.search(words):
        return found
    return next(
        (
            word
            for number, word in enumerate(_WORD.finditer(words))
            if _is_name(word[0], names, is_first=begins and number == 0)
        ),
        None,
    )


def _is_name(word: str, names: Collection[str], *, is_first: bool) -> bool:
    if not word[0].isupper() or word.isupper():
        return False
    folded = word.casefold()
    if folded in names or folded.removesuffix("s") in names:
        return True
    return not is_first and folded not in _CALLS_NOBODY and not _PLACE.search(folded) and not _TOLD.fullmatch(word)
