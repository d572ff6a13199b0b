"""What is said in place of a promise where the bot cannot write to somebody."""

from cards.language import Translator


def not_told(_: Translator, who: str) -> str:
    """The next step after what the other should know, and does not hear from the bot."""
    return _("Next step: tell %(who)s yourself. I cannot write to %(who)s in Teams right now.", who=who)


def tell_yourself(_: Translator, who: str) -> str:
    """Before it is done: who has to be told by the person themselves."""
    return _("I cannot write to %(who)s in Teams right now. Tell %(who)s yourself.", who=who)
