"""What a browser shows in place of a file."""

from cards.language import Translator


def expired(_: Translator) -> str:
    return _("The link has expired. Press the button in Teams once more to get a new one.")


def gone(_: Translator) -> str:
    return _("There is no file here for you. Press the button in Teams once more, or ask me there.")
