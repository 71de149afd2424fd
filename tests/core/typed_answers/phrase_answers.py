"""Phrases of civics with natural right and similar wrong answers, from an adversarial test of the rules together."""

from typed_rows import Asked, asked

PHRASES: tuple[Asked, ...] = (
    asked("Geneva", wrong="in geneva, switzerland"),
    asked("Human Rights Council", wrong="HRC | The UN Human Rights Council"),
    asked("freedom of speech", right="freedom of the speech", wrong="freedom from speech | speech of freedom"),
    asked("right to life", right="right to a life", wrong="right to live | right of life"),
    asked("rule of law", right="rules of law", wrong="law of rule"),
    asked("civil society", right="civil societies", wrong="civic society"),
    asked(
        "death penalty",
        right="death penalties | death penality",
        wrong="life penalty | no death penalty | abolition of the death penalty",
    ),
    asked("life imprisonment", wrong="life in prison"),
    asked(
        "World Health Organization",
        right="World Health Organisation",
        wrong="World Heath Organization | Word Health Organization | World Trade Organization",
    ),
    asked("checks and balances", right="checks & balances | check and balance"),
    asked("trade union", right="trades unions", wrong="trade onion | trade reunion"),
    asked("mother tongue", right="mother's tongue"),
    asked("child labour", right="child labor | children labour", wrong="child belabour"),
    asked("Bill of Rights", right="Bills of Right", wrong="Bill of Wrongs"),
    asked("Member State", right="member states", wrong="non-member state"),
    asked("habeas corpus", right="habeus corpus"),
    asked(
        "Secretary-General",
        right="Secretary General | Secretary Generals",
        wrong="Secretariat-General | Attorney General | General Secretary",
    ),
    asked("ombudsman", right="ombudsmen", wrong="ombudswoman"),
    asked("High Commissioner", wrong="High Commission"),
    asked("High Commission", wrong="High Commissioner"),
    asked("special rapporteur", right="special raporteur", wrong="special reporter"),
    asked("peacekeeping", right="peace keeping", wrong="peacemaking"),
    asked("asylum seeker", right="asylum seekers", wrong="asylum speaker"),
    asked(
        "права ребёнка", right="права ребенка | права детей | прав ребёнка | право ребёнка", wrong="обязанности ребёнка"
    ),
    asked("верховенство права", right="верховенства права | верховенство прав", wrong="верховенство правды"),
    asked(
        "презумпция невиновности",
        right="презумпции невиновности | презумпция не виновности",
        wrong="презумпция виновности",
    ),
    asked("свобода вероисповедания", right="свободы вероисповедания", wrong="свобода от вероисповедания"),
    asked(
        "пожизненное заключение", right="пожизненного заключения", wrong="пожизненное исключение | временное заключение"
    ),
    asked("неприкосновенность личности", right="неприкосновенности личности", wrong="прикосновенность личности"),
    asked("гражданское общество", right="гражданского общества", wrong="гражданское сообщество"),
    asked("двойное гражданство", right="двойного гражданства", wrong="двойной гражданин"),
    asked("государственный язык", right="государственного языка", wrong="негосударственный язык"),
    asked("казахский язык", right="казахского языка", wrong="казацкий язык | казахстанский язык"),
    asked(
        "Ассамблея народа Казахстана",
        right="Ассамблеи народа Казахстана | Ассамблея народов Казахстана",
        wrong="Ассамблея народа Кыргызстана",
    ),
    asked("Детский фонд ООН", right="Детского фонда ООН | Детсткий фонд ООН", wrong="Детский фон ООН"),
    asked("кінәсіздік презумпциясы", right="кинасиздик презумпциясы", wrong="кінәлілік презумпциясы"),
    asked("заң үстемдігі", right="заң үстемдігін | заңның үстемдігі", wrong="заңсыздық үстемдігі"),
    asked("азаматтық қоғам", right="азаматтық қоғамның | азаматтык когам", wrong="азаматсыз қоғам"),
    asked(
        "Қазақстан халқы Ассамблеясы",
        right="Қазақстан халқы Ассамблеясының | Казакстан халкы Ассамблеясы",
        wrong="Қырғызстан халқы Ассамблеясы",
    ),
)
