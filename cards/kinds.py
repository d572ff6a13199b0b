"""What the kinds of records, the readers and the reads of them are called, wherever people's data are told of."""

from cards.language import N_, Translator
from domain.access import Record, Relation
from domain.kept import Kind, readers_of
from domain.organisation import Role

KINDS = {
    Kind.IDENTITY: N_("Who you are"),
    Kind.PREPARATION: N_("Preparations"),
    Kind.REFLECTION: N_("Shared reflections"),
    Kind.DECISION: N_("Decisions, measures and remarks"),
    Kind.FOCUS_AREA: N_("Focus areas, statuses and remarks"),
    Kind.PERSPECTIVE: N_("Perspectives, recommendations and local priorities"),
    Kind.PRACTICE: N_("Shared practice"),
    Kind.METHOD: N_("Experiences with methods"),
    Kind.GUIDE: N_("Observation guides"),
    Kind.THEME: N_("Receipts for themes"),
    Kind.OBSERVATION: N_("Invitations to observe"),
    Kind.VISIT_NOTE: N_("Notes during visits"),
    Kind.FEEDBACK: N_("Feedback on observations"),
    Kind.ONE_ON_ONE: N_("1:1s with agenda and notes"),
    Kind.AGREEMENT: N_("Agreements"),
    Kind.PERSONAL_NOTE: N_("Your preparation notes"),
    Kind.SUMMARY: N_("Supervision summaries and remarks"),
    Kind.NETWORK: N_("Leader networks' statements"),
    Kind.POLITICAL_REPORT: N_("Political reports"),
    Kind.QUESTION: N_("Your latest question to me"),
    Kind.MESSAGE: N_("Messages from me to you"),
    Kind.AUDIT: N_("Who has read what"),
    Kind.RIGHT: N_("Requests about your data"),
}
RELATIONS = {
    Relation.OWN_LEADER: N_("the leaders of the institution"),
    Relation.OTHER_LEADER: N_("other leaders"),
    Relation.OBSERVER: N_("observers"),
    Relation.CHIEF: N_("the institution's chief"),
    Relation.OTHER_CHIEF: N_("other chiefs"),
    Relation.ADMINISTRATION: N_("the administration"),
    Relation.PARTICIPATING_ADMINISTRATION: N_("the administration that takes part"),
    Relation.NETWORK: N_("network facilitators"),
    Relation.PROTECTION_OFFICER: N_("the data protection officer"),
    Relation.PAIR_CHIEF: N_("the chief in the 1:1"),
    Relation.PAIR_LEADER: N_("the leader in the 1:1"),
    Relation.VISITOR: N_("the observer of the visit"),
    Relation.COLLEAGUE: N_("the colleague who was asked"),
    Relation.OWN_NETWORK: N_("the network's facilitators"),
    Relation.CONCERNED: N_("whom it is about"),
    Relation.AUTHOR: N_("its author"),
}
ROLES = {
    Role.LEADER: N_("Leader"),
    Role.CHIEF: N_("Children and Youth chief"),
    Role.OBSERVER: N_("Observer"),
    Role.ADMINISTRATION: N_("Administration"),
    Role.FACILITATOR: N_("Network facilitator"),
    Role.PROTECTION_OFFICER: N_("Data protection officer"),
}
EVERYTHING = N_("Everything, to answer a request for access")
# What or how far something is, where others read it than the rest of its kind.
HOW_FAR = {
    Record.PREPARATION_DRAFT: N_("draft"),
    Record.REFLECTION_DRAFT: N_("draft"),
    Record.DECISION_DRAFT: N_("draft"),
    Record.PRACTICE_DRAFT: N_("not shared"),
    Record.OBSERVATION_DRAFT: N_("draft"),
    Record.FEEDBACK_DRAFT: N_("draft"),
    Record.FEEDBACK_UNREAD: N_("sent, not acknowledged yet"),
    Record.NOTE_DRAFT: N_("draft of the note"),
    Record.PRIVATE_ITEM: N_("private"),
    Record.ONE_ON_ONE_NOTE: N_("note"),
    Record.REMARK: N_("remark"),
    Record.SUMMARY_DRAFT: N_("draft"),
    Record.SUMMARY_SENT: N_("with the leader for a remark"),
    Record.SUMMARY_FINAL: N_("final"),
    Record.NETWORK_DRAFT: N_("draft"),
    Record.POLITICAL_REPORT_DRAFT: N_("draft"),
}
READS = {
    Record.FEEDBACK: Kind.FEEDBACK,
    Record.ONE_ON_ONE_NOTE: Kind.ONE_ON_ONE,
    Record.SUPERVISION_SUMMARY: Kind.SUMMARY,
}


def readers(_: Translator, kind: Kind, record: Record | None) -> str:
    """Who can read it as it is now, as the policy says; only the person where nobody else can."""
    if kind is Kind.IDENTITY:
        return _("you; your name by everyone who works with you here")
    found = readers_of(record)
    everybody = {Relation.OWN_LEADER, Relation.OTHER_LEADER, Relation.OBSERVER, Relation.ADMINISTRATION}
    if everybody <= set(found):
        return _("everyone who uses Læringsbot")
    # Whoever sees it as administration at all need not be told apart from those who take part.
    if Relation.ADMINISTRATION in found:
        found = tuple(each for each in found if each is not Relation.PARTICIPATING_ADMINISTRATION)
    if kind is Kind.AUDIT:
        # The reads of what is yours, and those of yours: the latter by whom they are about.
        return _.join([_("you"), *(_(RELATIONS[each]) for each in found)])
    if found in ((), (Relation.AUTHOR,)):
        return _("only you")
    return _.join(_(RELATIONS[each]) for each in found)
