"""Cards that show the kit itself: a form with problems, a receipt, an overview with figures."""

from datetime import UTC, date, datetime

from cards.inputs import choices, date_input, long_input, text_input, toggle
from cards.kit import Card, again, card, open_url, press, toggle_more
from cards.language import Translator
from cards.layout import flow
from cards.parts import (
    Change,
    State,
    bullets,
    conflict,
    facts,
    figure,
    hint,
    loop,
    names_hint,
    note,
    problem,
    progress,
    said,
    section,
    text,
)
from cards.repeated import with_repeated_line

DATA = {"id": "5b1f3c52-2f0e-4b0b-9a57-0c7a3c1d9e10", "v": "3f9a", "k": "n0nce"}
STARTS = datetime(2026, 4, 21, 7, 0, tzinfo=UTC)
WORDS = "Flere børn er med i legen om eftermiddagen.\nVi ved ikke, hvad der gør forskellen."


def form(_: Translator, words: str = WORDS) -> Card:
    da = _.language == "da"
    return card(
        _,
        _("Learning dialogue %(number)s of 4", number=2),
        subtitle=f"Elmeskolen · {_.moment(STARTS)}",
        state=State(_.in_days(2), "warning"),
        seen_by="dig og Mette Holm" if da else "you and Mette Holm",
        minutes=3,
        body=[
            progress(_, 1, 3, "Data"),
            problem(
                "Der mangler to ting. Din tekst står her stadig."
                if da
                else "Two things are missing. Your text is still here.",
                missing=["Hvad undrer I jer over?", "Det indhenter vi senest den"]
                if da
                else ["What do you wonder about?", "We will ask them by"],
            ),
            conflict(
                _,
                who="Mette Holm",
                when=_.moment(STARTS),
                words=words,
                field="Fortolkning" if da else "Interpretation",
            ),
            choices(
                "sources",
                "Hvilke kvalitative data tager I med?" if da else "Which qualitative data will you bring?",
                {
                    "own": "Egne observationer af læringsmiljøet" if da else "Our own observations of the environment",
                    "children": "Børnenes perspektiver" if da else "The children's perspectives",
                    "local": "Lokale prioriteter" if da else "Local priorities",
                },
                chosen=["own", "children"],
                many=True,
                spacing="Large",
            ),
            choices(
                "theme",
                "Hvilket politisk tema ligger det op ad?" if da else "Which political theme is it close to?",
                {"play": "Deltagelse i legen", "change": "Overgange"},
                compact=True,
                required=True,
                placeholder="Vælg et tema" if da else "Choose a theme",
            ),
            long_input(
                "interpretation",
                "Hvordan tolker I det, I ser?" if da else "How do you interpret what you see?",
                value=words,
                required=True,
            ),
            text_input(
                "wonder",
                "Hvad undrer I jer over?" if da else "What do you wonder about?",
                problem="Skriv et par ord." if da else "Write a few words.",
            ),
            date_input(
                "by",
                "Det indhenter vi senest den" if da else "We will ask them by",
                value=date(2026, 4, 4),
                problem="Vælg en dato fra i dag og frem." if da else "Choose a date from today onwards.",
            ),
            hint(
                "Du har kun valgt nøgletal. Er der en observation eller et børneperspektiv, der hører med?"
                if da
                else "You have only chosen key figures. Is there an observation that belongs here?"
            ),
            names_hint(_),
        ],
        actions=[
            press("Klar til samtalen" if da else "Ready for the dialogue", "kit.ready", DATA, primary=True),
            press("Gem kladde" if da else "Save draft", "kit.draft", DATA),
            press("Tilbage" if da else "Back", "kit.back", DATA),
            press("Bed en kollega udfylde" if da else "Ask a colleague", "kit.colleague", DATA),
            press("Flyt samtalen" if da else "Move the dialogue", "kit.move", DATA, inputs="none"),
            press("Ikke nu" if da else "Not now", "kit.later", DATA, inputs="none"),
        ],
    )


def repeated(_: Translator, words: str = WORDS) -> Card:
    return with_repeated_line(_, form(_, words))


def receipt(_: Translator, words: str = WORDS) -> Card:
    da = _.language == "da"
    return card(
        _,
        _("Learning dialogue %(number)s of 4", number=2),
        subtitle=f"Elmeskolen · {_.moment(STARTS)}",
        state=State("Klar", "good") if da else State("Ready", "good"),
        seen_by="dig, Jonas Berg og deltagerne" if da else "you, Jonas Berg and the participants",
        body=[
            note(
                "Deltagerne læser det to hverdage før samtalen."
                if da
                else "The participants read it two working days before.",
                lead="Næste skridt:" if da else "Next step:",
                sign="ArrowRight",
            ),
            facts(
                [
                    ("Nøgletal", "Trivsel i indskolingen, Fravær"),
                    ("Kvalitative data", "Egne observationer, Børnenes perspektiver"),
                    ("Drøftet med", "Bestyrelsen og Elevrådet"),
                ]
                if da
                else [
                    ("Key figures", "Well-being in the first years, Absence"),
                    ("Qualitative data", "Our own observations, The children's perspectives"),
                    ("Discussed with", "The board and the student council"),
                ],
                spacing="Large",
            ),
            toggle_more("Vis det hele" if da else "Show all of it", "all", said(words, by="Mette Holm · 14. april")),
        ],
        actions=[
            press("Ret" if da else "Correct", "kit.correct", DATA),
            press("Min oversigt" if da else "My overview", "kit.overview", DATA),
        ],
        refresh=again("kit.show", DATA),
    )


def overview(
    _: Translator, words: str = "Flere børn med i legen om eftermiddagen, også når de yngste er gået hjem"
) -> Card:
    da = _.language == "da"
    return card(
        _,
        _("Learning dialogue %(number)s of 4", number=2),
        subtitle=f"Elmeskolen · {_.moment(STARTS)}",
        state=State("På vej", "accent") if da else State("On the way", "accent"),
        seen_by="kun dig" if da else "only you",
        body=[
            loop(_, "dialogue", dialogue=2),
            section(_("Focus area")),
            bullets([words, "Sprog i hverdagen"]),
            section(_("Theme")),
            flow(
                figure(
                    f"{_.number(61.5, 1)} %",
                    "trives i skolen" if da else "feel well at school",
                    change=Change("2,1 mere end sidst" if da else "2.1 more than last time", "up"),
                    comparison="Kommunen: 64 %" if da else "The municipality: 64 %",
                ),
                figure(
                    f"{_.number(8.3, 1)} %",
                    "fravær" if da else "absence",
                    change=Change("Uændret siden sidst" if da else "Same as last time", "same"),
                    comparison="Kommunen: 7,9 %" if da else "The municipality: 7.9 %",
                ),
                figure(
                    "Færre end 5" if da else "Fewer than 5",
                    "underretninger" if da else "notifications",
                    change=Change("Kan ikke sammenlignes" if da else "Cannot be compared"),
                ),
            ),
            text(
                "Tal siger ikke noget, før de er tolket." if da else "Figures say nothing until they are interpreted.",
                subtle=True,
            ),
            toggle(
                "pause",
                "Påmindelser" if da else "Reminders",
                "Hold pause i to uger" if da else "Pause for two weeks",
            ),
        ],
        actions=[
            press("Begynd forberedelsen" if da else "Begin preparing", "kit.begin", DATA, primary=True),
            open_url("Se datapakken" if da else "See the data package", "https://example.invalid/data"),
        ],
    )
