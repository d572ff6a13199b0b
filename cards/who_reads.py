"""What somebody who is named can read of what one writes, by what they are to one: a sentence for each."""

from enum import StrEnum

from cards.language import N_, Translator


class Reader(StrEnum):
    MY_CHIEF = "my chief"
    LEADS_WITH_ME = "leads with me"
    COLLEAGUE = "colleague"
    MY_LEADER = "my leader"
    ADMINISTRATION = "administration"
    OTHER_CHIEF = "other chief"
    ELSEWHERE = "elsewhere"
    NOT_WITH_ME = "not with me"
    ONESELF = "oneself"


SENTENCES = {
    Reader.MY_CHIEF: N_(
        "%(name)s is your Children and Youth chief, sees no more than a word for how far it is while you write, and "
        "can read it when you press “Ready for the dialogue” or save. Never your own notes."
    ),
    Reader.LEADS_WITH_ME: N_(
        "%(name)s leads with you, and can read your drafts and what you save. Never your own notes or your 1:1."
    ),
    Reader.COLLEAGUE: N_(
        "%(name)s works with you: sees only what you ask for help with or show them, such as a preparation, a "
        "reflection or feedback, and what you share with everybody."
    ),
    Reader.MY_LEADER: N_(
        "%(name)s is a leader in your line: can read your 1:1 note when you share it, and what is on the agenda. Never "
        "your drafts or your own notes."
    ),
    Reader.ADMINISTRATION: N_(
        "%(name)s is of the administration: can read what is saved, such as reflections, decisions and perspectives. "
        "Never a draft, a note or a 1:1."
    ),
    Reader.OTHER_CHIEF: N_(
        "%(name)s is not your chief: sees nothing of what you write, unless you share it as practice. If you observe "
        "at an institution of theirs, they can read your feedback once it is acknowledged there, or after 14 days."
    ),
    Reader.ELSEWHERE: N_(
        "%(name)s does not work at your institution: sees nothing of what you write, unless you invite or observe each "
        "other, or you share it as practice."
    ),
    Reader.NOT_WITH_ME: N_(
        "%(name)s does not work with you: sees nothing of what you write, unless you invite or observe each other, or "
        "you share it as practice."
    ),
    Reader.ONESELF: N_("What you write yourself you can always read."),
}


def sentence(_: Translator, reader: Reader, name: str) -> str:
    return _(SENTENCES[reader], name=name)
