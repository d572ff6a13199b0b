"""What a word of the framework means, to whoever asks: `hvad er en indsats`."""

from cards import overview
from cards.asking import TRY
from cards.form import carried
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import capital
from cards.parts import text

# By heading: the word, what it is, and what to write for it.
_MEANINGS = {
    "focus_area": (
        N_("Focus area"),
        N_(
            "A focus area is what you want to strengthen locally, close to a political theme. You choose it and follow "
            "it in the learning dialogues, once you have reflected together."
        ),
        N_("focus areas"),
    ),
    "measure": (
        N_("Measure"),
        N_(
            "A measure is something you set going, with somebody who follows it up and a date. It begins with a "
            "decision in a learning dialogue."
        ),
        N_("measures"),
    ),
    "one_on_one": (
        N_("1:1"),
        N_(
            "A 1:1 is the chief’s follow-up with one leader, besides the learning dialogues. It has an agenda, a note "
            "and agreements."
        ),
        N_("1:1"),
    ),
    "dialogue": (
        N_("Learning dialogue"),
        N_(
            "In a learning dialogue you look at data and perspectives together, reflect, and then decide. There are "
            "four in two years."
        ),
        N_("dialogues"),
    ),
    "reflection": (
        N_("Shared reflection"),
        N_(
            "The shared reflection is how you understand together what data and perspectives tell. It is written "
            "before anything is decided."
        ),
        N_("dialogues"),
    ),
    "recommendation": (
        N_("Recommendation"),
        N_("A recommendation is what a group or a board proposes. A leader answers it and says what comes of it."),
        N_("recommendations"),
    ),
    "perspective": (
        N_("Perspective"),
        N_(
            "A perspective is what children, young people, parents or staff tell of everyday life. It is brought to "
            "the learning dialogue, and nobody is to be recognised in it."
        ),
        N_("perspectives"),
    ),
    "observation": (
        N_("Learning environment observation"),
        N_(
            "A colleague from another institution visits you, looks at what you have asked for, and gives feedback, "
            "spoken and written."
        ),
        N_("observations"),
    ),
    "agreement": (
        N_("Agreement"),
        N_("An agreement is what a leader and the chief settle in a 1:1: who does what, and by when."),
        N_("agreements"),
    ),
    "decision": (
        N_("Decision"),
        N_(
            "A decision is what you agree on in a learning dialogue, after the shared reflection: a focus area that is "
            "chosen, adjusted or closed, a measure, or something else."
        ),
        N_("decisions"),
    ),
    "supervision": (
        N_("Supervision summary"),
        N_(
            "A supervision summary gathers what is known of an institution in a half-year: focus areas, data, "
            "perspectives, learning dialogues and decisions, each with its source."
        ),
        N_("supervision summary"),
    ),
    "ready_word": (
        N_("Ready"),
        N_(
            "With “Ready” the participants of the learning dialogue and the chief can read the preparation. Until then "
            "it is a draft, seen by the leaders and those they share it with."
        ),
        N_("who can see what"),
    ),
}


def show(_: Translator, heading: str) -> Card:
    title, told, words = (_(each) for each in _MEANINGS[heading])
    return card(
        _,
        title,
        seen_by=_("only you"),
        body=[text(told, spacing="Medium")],
        actions=[
            press(capital(words), TRY, carried(words=words), inputs="none"),
            press(_("Help"), TRY, carried(words=_("help")), inputs="none"),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )
