"""Answers that no rule of forgiveness may accept."""

from typed_rows import Asked, asked

MUST_STAY_WRONG: tuple[Asked, ...] = (
    # A negation is never ignored or added.
    asked(
        "recognized",
        right="Recognised | recognized | it is recognized",
        wrong="not recognized | unrecognized | never recognized | it isn't recognized | it was not recognized | "
        "wasn’t recognised | it is in no way recognized | hardly recognized | nobody recognized",
    ),
    asked(
        "not recognized",
        right="it is not recognized | not recognised | it isn't recognized",
        wrong="recognized | it is recognized | not unrecognized",
    ),
    asked("nonviolence", right="non-violence | non violence", wrong="violence | no nonviolence | nonviolent"),
    asked(
        "отменена",
        right="отменена | она отменена",
        wrong="не отменена | неотменена | никогда не отменена | отмена не нужна",
    ),
    asked("не отменена", right="не отменена | она не отменена", wrong="отменена | она отменена"),
    asked("мойындалды", right="мойындалды", wrong="мойындалмады | мойындалған жоқ | мойындалған емес"),
    asked("рұқсат", right="рұқсат | руксат", wrong="рұқсат емес | рұқсат жоқ | рұқсатсыз"),
    asked(
        "permanent members",
        right="permanent member | the permanent members",
        wrong="non-permanent members | impermanent members | members",
    ),
    asked("дозволено", right="дозволено", wrong="недозволено | не дозволено | дозволено ли? нет"),
    # Two answers are not a choice.
    asked(
        "Astana",
        right="It is Astana",
        wrong="Astana or Almaty | Astana, Almaty | Astana/Almaty | either Astana | Almaty, not Astana | Astana? no",
    ),
    asked(
        "Астана",
        right="Это Астана",
        wrong="Астана или Алматы | Астана, Алматы | Алматы, а не Астана | не Астана, а Алматы",
    ),
    asked("Алматы", right="Бұл Алматы", wrong="Алматы немесе Астана | Астана, Алматы | Алматы ма, Астана ма"),
    asked(
        "oxygen", right="Oxigen | the oxygen", wrong="hydrogen | oxygen and nitrogen | oxide | no oxygen | deoxygenated"
    ),
    # The learner does not know.
    asked(
        "corruption",
        right="Coruption | the corruption",
        wrong="I don't know | idk | ? | … | - | nothing | no idea | skip",
    ),
    asked(
        "свобода слова",
        right="свободы слова | свободу слова",
        wrong="не знаю | ? | слово свободы | слово | свобода совести | свобода",
    ),
    asked(
        "сөз бостандығы",
        right="соз бостандыгы | сөз бостандығын",
        wrong="білмеймін | ? | сөз | ар бостандығы | бостандық сөзі емес",
    ),
    # Numbers and signs inside a text must be equal.
    asked(
        "resolution 60/251",
        right="Resolution 60-251 | resolution 60/251",
        wrong="resolution 602/51 | resolution 60251 | resolution 60/252 | resolution 6/0251",
    ),
    asked("10^5", right="10^5", wrong="105 | 10*5 | 10-5 | 10^6 | 10^-5"),
    asked("x ≤ 5", right="x≤5 | x <= 5", wrong="x ≥ 5 | x < 5 | x > 5 | x = 5 | x ≠ 5"),
    asked(
        "3 years",
        right="three years | 3 year | 3 years.",
        wrong="30 years | 3 months | 13 years | 3-4 years | four years | not 3 years",
    ),
    asked("COVID-19", right="Covid 19 | covid19 | COVID–19", wrong="COVID-18 | COVID-9 | COVID | SARS-19"),
    asked("C++", right="c++", wrong="C | C# | C+ | C--"),
    asked(
        "Elizabeth II",
        right="Elizabeth 2 | Elizabeth the Second",
        wrong="Elizabeth I | Elizabeth | Elizabeth III | Elizabeth 22",
    ),
    asked("Пётр I", right="Петр I | Пётр 1 | Петр Первый", wrong="Пётр II | Пётр III | Павел I | Пётр | Пётр 11"),
    # A part of the answer, or the answer to another question.
    asked(
        "Committee against Torture",
        right="the Committee Against Torture | Comittee against Torture",
        wrong="Committee for Torture | Committee | Torture | against Torture | Committee without Torture",
    ),
    asked(
        "Penal Reform International",
        right="penal reform internationall",
        wrong="Penal Reform | Amnesty International | Penal Form International | Renal Reform International",
    ),
    asked("North Korea", wrong="South Korea | Korea | North Corea South | Norse Korea"),
    asked("Western Europe", right="Western Europe's", wrong="Eastern Europe | Europe | Western Europa League"),
    asked("более", wrong="менее | боле | белее"),
    asked("аз", wrong="көп | қаз | ас | жаз"),
    asked("increase", right="increases", wrong="decrease | decreases | increased not | crease | grease"),
    asked("увеличение", right="увеличения | увеличением", wrong="уменьшение | увлечение | величие | увлечения"),
)
