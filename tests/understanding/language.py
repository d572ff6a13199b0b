"""Whether a collected message is more English than Danish."""

import re

_ENGLISH_WORDS = """
the a an of for and in at on with what which who is are was were how has have my me i you show give list do does did
any last this next spring autumn school schools daycare daycares summary decisions agreements figures numbers areas
area dialogues dialogue observations perspectives compare report please thanks hello help english between
"""
_DANISH_WORDS = """
og i på for med hvad hvilke hvem er har det den de der til om fra en et jeg mig vi du skolerne skolen dagtilbud
foråret efteråret forår efterår halvår sidste dette hvordan går vis kan hej tak lav giv mellem område
"""
_ENGLISH, _DANISH = frozenset(_ENGLISH_WORDS.split()), frozenset(_DANISH_WORDS.split())


def is_english(text: str) -> bool:
    words = re.findall(r"\w+", text.casefold())
    english = sum(word in _ENGLISH for word in words) - sum(word in ("for", "i") for word in words)
    return english > sum(word in _DANISH for word in words) - sum(word in ("for", "i") for word in words)
