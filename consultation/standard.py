"""What a new consultation starts with: the questions that every one of the partnership's asks, and a privacy notice. Pure."""

from dataclasses import dataclass

PRIVACY = (
    "The Community Safety Partnership (the council, police, probation, fire and health services together) holds the answers to choose what "
    "its plan puts first. Nobody is asked for a name or an address, and none is kept. Questions about who you are, such as your age, are "
    "voluntary and counted apart from your other answers.\n\n"
    "Single answers are removed on a day that was set before we asked; what was counted from them stays and is published. Where "
    "answers are told by groups, small numbers of people are not shown. Please don’t write anybody’s name, and don’t report a crime here: call 101, or 999 in an emergency."
)
OTHER = "Something else"


@dataclass(frozen=True)
class Starting:
    """A question as it stands there at first. An option with a "?" before it is none of a percentage, such as "Don’t know"."""

    key: str
    role: str
    kind: str
    text: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()  # key and text


QUESTIONS = (
    Starting(
        "concerns",
        "concerns",
        "ranked",
        "Which of these matter most to you?",
        "Choose up to three, the most important first.",
    ),
    Starting(
        "safe",
        "safe",
        "single",
        "Do you feel safe in your area?",
        options=(("agree", "Yes"), ("disagree", "No"), ("dont-know", "?Don’t know")),
    ),
    Starting(
        "connection",
        "connection",
        "multiple",
        "What is your connection to the area?",
        "Choose all that apply.",
        (("live", "I live here"), ("work", "I work here"), ("study", "I study here"), ("visit", "I visit")),
    ),
)
CHANNELS = (("web", "Web form", "web"), ("paper", "Paper form", "paper"))
