"""What must not be answered, however it is asked: a message that touches one of these is refused with its reason.

"Text that tries to talk the bot out of its rules is just text": what else stands in the message changes nothing.
"""

import re

from dialogs.understanding.around import is_all
from dialogs.understanding.classmates import is_of_somebody
from dialogs.understanding.kept_back import asks_for_notes, is_summary_beside_talks
from dialogs.understanding.moving import ILL
from dialogs.understanding.roster import What
from dialogs.understanding.said import Said
from dialogs.understanding.telling import asks
from dialogs.understanding.vocabulary import COMMON, Hit
from dialogs.understanding.whom import AGAINST, WITH
from dialogs.understanding.wishes import asks_who_sees
from domain.slots import Reason
from domain.text import holds_cpr_number

# Beside one of these, a word of praise is about that.
_NOUNS = ("observation", "focus_area", "agreement", "decision", "dialogue", "perspective", "one_on_one", "figures")
_WORDS_TO_A_LEADER = 3
_CLASS = re.compile(
    r"(?<![\w.])\d{1,2}\s?\.\s?(?:[a-e](?!\w)|klasse(?!\s?-?\s?centr)|årgang(?!\w))"
    # As it is typed in a hurry: `5b`, `fra 5 b`; `3D` and `kl. 10 a` are no classes.
    r"|(?<![\w.,:/-])(?:10|\d)[a-f](?![\w-])(?<!3d)|\b(?:i|fra|in|from|of)\s\d\s[a-f](?![\w-])",
    re.IGNORECASE,
)


def reason_against(said: Said) -> Reason | None:
    """Why the message must not be answered; None for the many that may."""
    for reason, is_touched in _LIMITS:
        if is_touched(said):
            return reason
    return None


def _deletes(said: Said) -> bool:
    if said.has("delete", "undo"):
        return not said.has("not_delete")
    # What is wrong is not said: the card that it stands on is where it is changed.
    return said.has("wrongly", "to_mend") and is_all(said, "wrongly", "to_mend", "common", "follow", "of_mine")


def _is_about_a_child(said: Said) -> bool:
    if holds_cpr_number(said.text) or said.has("child_data", "worry"):
        return True
    if classes_in(said) and is_of_somebody(said):
        return True
    # One child, and a name or a way to point at it; `børneperspektiv` and the like speak of many.
    return any(_is_followed_by_name(said, hit) for hit in said.all("child"))


def _is_of_a_draft(said: Said) -> bool:
    if said.has("political", "supervision", "political_round") or asks_who_sees(said):
        return False
    # Of what is agreed and decided, the unfinished is what is still open.
    done = said.has("open") and said.has("measure", "agreement", "decision", "focus_area")
    drafts = [hit for hit in said.all("draft") if hit.stop - hit.start == 1 or not done]
    return bool(drafts) and not said.is_of_ones_own_draft


def _is_private(said: Said) -> bool:
    # Who can read a private note is told by the rules, and nothing of the note.
    if said.has("private"):
        return not asks_who_sees(said) and not said.has("others_did")
    if asks_for_notes(said) and not is_summary_beside_talks(said):
        return True
    # A 1:1 between two others, or what they talked about.
    return said.has("one_on_one", "talk") and _mentions_another_pair(said)


def _is_personnel(said: Said) -> bool:
    # `Anything on fire` dismisses nobody.
    burning = {index for hit in said.all("burning") for index in range(hit.start, hit.stop)}
    hits = [hit for hit in said.all("personnel") if hit.start not in burning]
    if not hits or said.has("of_oneself"):
        return False
    # `Birgit er syg, så vi må aflyse`: why an appointment is called off, and nothing is asked of her.
    is_ill = all(said.words[index].norm in ILL for hit in hits for index in range(hit.start, hit.stop))
    if is_ill and said.has("call_off", "move") and not asks(said.text):
        return False
    # Absence of a whole institution is a figure; that of somebody is not.
    of_all = {hit.start for hit in said.all("named_staff_only")}
    return any(hit.start not in of_all for hit in hits) or said.names_a_person


def _is_an_assessment(said: Said) -> bool:
    if not (said.names_a_person or said.has("lead")):
        return False
    if said.has("judge") and not said.has("observation", "decision", "agreement"):
        return True
    if said.has("opinion") or any(_is_followed_by_leader(said, hit) for hit in said.all("statement")):
        return True
    return (said.has("praise") or _is_of_a_leaders_ability(said)) and not said.has(*_NOUNS)


def _is_of_a_leaders_ability(said: Said) -> bool:
    """Children have abilities, too, and speak of them: `hvad siger børnene om evner hos Mette Holm`."""
    hits = said.all("ability")
    learners = {
        index
        for hit in (*said.all("children"), *said.all("youth"), *said.all("pupils"))
        for index in range(hit.start, hit.stop)
    }
    if not learners or any(hit.start - 1 in said.leaders_at for hit in hits):
        return bool(hits)
    theirs = said.has("say") or any(hit.start - 1 in learners for hit in hits)
    return not theirs and any(_is_followed_by_leader(said, hit) for hit in hits)


def _is_followed_by_leader(said: Said, hit: Hit) -> bool:
    """Whether a leader comes within a few words, and nothing else that can be asked about before."""
    others = ("supervision", "children", "youth", "pupils", "parents", "staff", *_NOUNS)
    between = {each.start for heading in others for each in said.all(heading)} - said.leaders_at
    for index in range(hit.stop, hit.stop + _WORDS_TO_A_LEADER):
        if index in between:
            return False
        if index in said.leaders_at:
            return True
    return False


def _ranks(said: Said) -> bool:
    ranked = [hit for heading in ("superlative", "rank") for hit in said.all(heading)]
    is_of_several = said.has("asks_which") or said.has_several_places
    fine = {
        index
        for heading in ("fine", *(() if is_of_several else ("turned",)))
        for hit in said.all(heading)
        for index in range(hit.start, hit.stop)
    }
    if said.has("fares") and said.has("asks_which") and (said.types or said.has("unnamed")):
        return True
    # `Hvor går det godt`; `hvordan går det` further on is another question.
    if said.asks_where_or_who and not said.has_place and any(hit.start == 1 for hit in said.all("wellbeing")):
        return True
    if any(hit.start not in fine for hit in ranked) or _weighs_places(said):
        return True
    if said.has("judge") and said.has_place:
        return not said.has("observation", "decision", "agreement")
    return said.has("compare") and (said.has_several_places or _is_held_against_an_area(said)) and not said.times


def _is_held_against_an_area(said: Said) -> bool:
    """`Sammenlign Egehaven med område Øst`, and not `sammenlign Egehaven i Øst`."""
    if not said.things(What.INSTITUTION):
        return False
    areas = [each.start for each in said.names.found if all(one.what is What.AREA for one in each.options)]
    kinds = {hit.start for hit in said.all("area")}
    before = (said.words[start - 2 if start - 1 in kinds else start - 1].norm for start in areas if start > 1)
    return any(norm in WITH | AGAINST for norm in before)


def _weighs_places(said: Said) -> bool:
    """`Har Elmeskolen mere fravær end Byskolen`, and not `mere end tre`."""
    norms = [word.norm for word in said.words]
    more = next((index for index, norm in enumerate(norms) if said.known.has("weighs", norm)), len(norms))
    named = said.names.taken
    than = [index for index in range(more, len(norms) - 1) if said.known.has("than", norms[index])]
    before = any(index < each for each in than[:1] for index in named)
    return before and any({each + 1, each + 2} & named for each in than) and said.has_several_places


def _is_for_others_to_read(said: Said) -> bool:
    return said.has("group_chat") or (said.has("group") and said.has("put"))


def classes_in(said: Said) -> list[str]:
    """The school classes, such as `2.b`, besides names such as that of a centre for the tenth.

    A class or a year is no child: only somebody of it is, which `classmates` tells.
    """
    outside = said.text
    for found in said.names.found:
        for word in said.words[found.start : found.stop]:
            outside = outside.replace(word.said, "", 1)
    return [found[0].strip() for found in _CLASS.finditer(outside)]


def _is_followed_by_name(said: Said, hit: Hit) -> bool:
    """Whether a word with a capital stands right after, be it the name of a leader as well."""
    if hit.stop >= len(said.words):
        return False
    word = said.words[hit.stop]
    if hit.stop in said.names.taken:
        found = next(each for each in said.names.found if each.start <= hit.stop < each.stop)
        return word.is_capital and found.options[0].what is What.LEADER
    return word.is_capital and not word.begins and not said.known.headings(word.norm) - {COMMON}


def _mentions_another_pair(said: Said) -> bool:
    """Somebody's 1:1 who is no leader here: a name with a verb or a genitive before the one they talked with."""
    people = [each for each in said.names.found if each.options and each.options[0].what is What.LEADER]
    others = [
        index
        for index, word in enumerate(said.words)
        if word.is_capital and not word.begins and index not in said.names.taken and not said.known.headings(word.norm)
    ]
    between = any(word.norm in ("mellem", "between") for word in said.words)
    return bool(people and others and others[0] < people[0].start) or (between and len(people) + len(others) > 1)


_LIMITS = (
    (Reason.PRIVATE_CHAT_ONLY, _is_for_others_to_read),
    (Reason.NO_DELETE_BY_CHAT, _deletes),
    (Reason.CHILD_LEVEL, _is_about_a_child),
    (Reason.DRAFT_PRIVATE, _is_of_a_draft),
    (Reason.PRIVATE, _is_private),
    (Reason.PERSONNEL_NOT_HERE, _is_personnel),
    (Reason.NO_PERSON_ASSESSMENT, _is_an_assessment),
    (Reason.NO_RANKING, _ranks),
)
