"""Whether a text looks as if it tells of one child, where what is followed is the quality of an institution.

Nobody can be sure by the words alone. So whoever wrote them is asked, and says that no child can be recognised.
"""

import re
from collections.abc import Collection

# What the children of schools and day-cares are called most, and what is no other word.
_NAMES = """
adam agnes ahmad ahmed aia aksel albert alberte alexander alfred ali alma alva alvilda alvin amalie amanda amina amir
amira andrea anna anne anton arthur asger asta astrid aya ayaan ayla bastian bella benjamin bertil bertram bjarke carl
caroline cecilie christian clara daniel david ebba ebbe eddie eigil elias elin elina elinor ella ellen ellie ellinor
elliot elvin elvira emil emilia emilie emily emma erik esben esther eva fatima felix filip filippa filuca frederick
frederik frederikke frej freja frida gabriel george gustav hafsa hamza hannah harald hassan hector hjalmar hjalte hugo
iben ibrahim ida ingrid isabel isabella ismail jakob jasper jeppe johan johanne johannes jonah jonas jonathan josefine
julie kaj kalle karl karla kasper katrine kian konrad lara lars lauge laura layla lea leila leo leonora liam lilly
lily lina liva loui louie lucas ludvig lukas luna mads magne magnus maja malak malou malte malthe marcus maria mariam
marie marius martha martin maryam matheo mathias mathilde matilde melissa merle mikkel mila milas mille milo mohamed
mohammad mohammed molly muhammad naja nanna nicklas nicoline niels niklas nikolaj nikoline noah noor nora olga oline
oliver olivia oliwia omar oscar oskar ottilia otto patrick pelle peter philip rasmus ronja rosemarie ruben samir
samuel sander sara sarah sebastian selma sia signe sigrid silas silje simon simone smilla sofia sofie sofus sophia
sophie sylvester søren thea theo theodor thilde tilda tilde tilly tobias tristan valdemar valentin vera victor
victoria vigga viggo viktor viktoria vilfred villads villum vilma vincent walter william xander yasmin yousef yusra
yusuf zahra zaid zain zoe åse
"""
FIRST_NAMES = frozenset(_NAMES.split())
_CHILDREN = (
    "drengen", "pigen", "barnet", "eleven", "dreng", "pige", "barn", "elev", "the boy", "the girl", "the pupil",
    "the child",
)  # fmt: skip
_CHILD = f"(?:{'|'.join(_CHILDREN)})"
# Looked at before anything else, it leaves out most places of a text at once.
_BEGINS = "(?=[" + "".join(sorted({letter for each in _CHILDREN for letter in (each[0], each[0].upper())})) + "])"
_CLASS = r"\d{1,2}\s?\.?\s?(?:[a-h](?![\w-])|klasse\b)"
# Up to nineteen: who is older is no child.
_AGE = r"(?:\s?\(\s?1?\d(?:\s?år)?\s?\)|,?\s(?:på\s)?1?\d\sår\b|,?\s(?:aged\s)?1?\d\s(?:years|yo)\b)"
_FROM = r"\s(?:i|fra|in|from|of)\s"
# The room of a day-care, which has few children: `på blå stue`, `fra Mariehønestuen`.
_FROM_A_ROOM = r"\s(?:i|på|fra|in|from|of)\s(?:[^\W\d_]{1,20}\s)?[^\W\d_]{0,20}stuen?(?![\w-])"
# What all but the last of these need: most texts have none, and to look for the others in every text that is typed was
# a twelfth of what a press costs.
_CLASS_OR_AGE = re.compile(r"stuen?\b|\d\s?\.?\s?(?:[a-h](?![\w-])|klasse\b|år\b|years\b|yo\b|\))", re.IGNORECASE)
# From the beginning of a word alone: from each of its letters, a long one would hold everything up for seconds.
_NAMED = re.compile(
    r"(?<![^\W\d_])(?P<name>[^\W\d_]{2,}+(?:\s(?-i:[A-ZÆØÅ])[^\W\d_]++){0,2})(?:'s)?"
    r"(?:(?:,?\s(?:som|der|who)\s(?:går|er|goes|is))?" + _FROM + _CLASS + "|" + _FROM_A_ROOM + "|" + _AGE + ")",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(r"(?<!\d)" + _CLASS + r"\s*[,:]?\s(?P<name>[^\W\d_]{2,})", re.IGNORECASE)
# A figure is told of each: "timer pr. elev i 3. klasse".
_NOT_EACH = r"(?<!pr\. )(?<!pr )(?<!per )(?<!antal )(?<!hver )(?<!hvert )\b"
_ONE_OF_A_CLASS = re.compile(_NOT_EACH + _CHILD + "(?:" + _FROM + _CLASS + "|" + _FROM_A_ROOM + ")", re.IGNORECASE)
_CHILD_CALLED = re.compile(_BEGINS + r"\b(?i:" + _CHILD + r")\s(?P<name>[^\W\d_]{2,}+)")
# What may follow the child with a capital, as in a heading, and calls nobody.
_WORDS = """
alene and at bliver can der eller er fik for fra får gik går har has havde hos ikke in is kan kom kommer med må når of
og om on or på selv siger skal som til uden var ved vi vil was who with
"""
_CALLS_NOBODY = frozenset(_WORDS.split())


def may_be_of_one_child(text: str, grown_ups: Collection[str] = ()) -> bool:
    return bool(words_of_one_child(text, grown_ups))


def words_of_one_child(text: str, grown_ups: Collection[str] = ()) -> str:
    """`Sofie i 5b`, `Emil (8 år)`, `drengen Ali`, `pige fra 3. klasse`; empty where a class or a group is told of.

    Beside a class, the whole names of `grown_ups` are no child's: `Mette Holm i 5b følger op`. A first name alone may
    be: there is a Mette in many a class.
    """
    if called := next((each for each in _CHILD_CALLED.finditer(text) if _calls(each["name"])), None):
        return called[0]
    if not _CLASS_OR_AGE.search(text):
        return ""
    if found := _ONE_OF_A_CLASS.search(text):
        return found[0]
    others = _without(text, grown_ups)
    for pattern in (_NAMED, _NAMED_AFTER):
        for each in pattern.finditer(others):
            if first := next(filter(_is_first_name, each["name"].split()), None):
                return each[0][each["name"].index(first) :]
    return ""


def _without(text: str, names: Collection[str]) -> str:
    """With another surname behind it, it is somebody else's name."""
    there = sorted((re.escape(name) for name in names if " " in name and name in text), key=len, reverse=True)
    return re.sub(rf"(?<!\w)(?:{'|'.join(there)})s?(?!\w|\s[A-ZÆØÅ])", "–", text) if there else text


def _calls(word: str) -> bool:
    return _is_first_name(word) or (word[0].isupper() and word.casefold() not in _CALLS_NOBODY)


def _is_first_name(word: str) -> bool:
    """With the -s of the genitive or without."""
    name = word.casefold()
    return not FIRST_NAMES.isdisjoint((name, name.removesuffix("s")))
