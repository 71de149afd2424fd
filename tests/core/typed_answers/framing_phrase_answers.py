"""Answers with framing phrases, article numbers, signs and vowel signs."""

from typed_rows import Asked, asked

SENTENCES: tuple[Asked, ...] = (
    asked(
        "Human Rights Council",
        right=(
            "It is the Human Rights Council | It's the Human Rights Council. | "
            "The answer is the Human Rights Council | "
            "answer: Human Rights Council | I think it is the Human Rights Council | It was the Human Rights Council | "
            "this is the human rights council | “Human Rights Council” | in the Human Rights Council | "
            "It is the Human Rigths Council | my answer is Human Rights Council | Human Rights Council!"
        ),
        wrong=(
            "It is not the Human Rights Council | It isn't the Human Rights Council | It is the Security Council | "
            "not the Human Rights Council | Human Rights Council or Security Council | the Human Rights Office | "
            "I don't think it is the Human Rights Council | It is the Council | "
            "anything but the Human Rights Council | "
            "It was never the Human Rights Council | Human Rights | the answer | it is"
        ),
    ),
    asked(
        "Geneva",
        right="In Geneva | It is Geneva | it's in Geneva | at Geneva | from Geneva | Answer — Geneva | I think Geneva",
        wrong="not in Geneva | near Geneva | outside Geneva | except Geneva | Geneva or Paris | Geneva and Vienna | "
        "neither Geneva | far from Geneva | without Geneva | In Vienna | it is",
    ),
    asked(
        "Совет по правам человека",
        right="Это Совет по правам человека | Ответ: Совет по правам человека | Это был Совет по правам человека | "
        "Я думаю, это Совет по правам человека | «Совет по правам человека» | Думаю, Совет по правам человека",
        wrong="Это не Совет по правам человека | Это Совет Безопасности | Комитет по правам человека | это | "
        "Я не думаю, что это Совет по правам человека | Совет по правам ребёнка | Точно не Совет по правам человека",
    ),
    asked(
        "Адам құқықтары кеңесі",
        right="Бұл Адам құқықтары кеңесі | Жауап: Адам құқықтары кеңесі | Бұл — Адам құқықтары кеңесі | "
        "Жауабы: Адам құқықтары кеңесі | Менің ойымша, Адам құқықтары кеңесі",
        wrong="Бұл Адам құқықтары кеңесі емес | Қауіпсіздік кеңесі | Адам құқықтары комитеті | бұл | "
        "Адам құқықтары кеңесі жоқ",
    ),
    asked("Мәскеу", right="Бұл Мәскеу | Жауап: Мәскеу", wrong="Мәскеу емес | Бұл Мәскеу емес | Мәскеу жоқ"),
    asked("The Hague", right="Hague | the hague | It is The Hague | in The Hague", wrong="not The Hague | Prague"),
    asked("Who", right="WHO | the WHO | It is the WHO | W.H.O.", wrong="NATO | who knows | WTO"),
    asked("It", right="It | it | IT", wrong="is | It isn't"),
    asked("The", right="the | The", wrong="a | an"),
)

NUMBERED: tuple[Asked, ...] = (
    asked(
        "Article 1",
        right="in article 1 | Article No. 1 | Art. 1 | article #1 | article № 1 | Article number 1 | art 1 | "
        "Article one | Article I | in the article 1 | It is Article 1 | Article no 1 | Art. No. 1",
        wrong="Article 11 | Article 2 | Art. 10 | not article 1 | articles 1 and 2 | article 1.1 | Section 1 | "
        "Article -1 | article 1 or 2 | Article 1/2 | not in article 1 | Article | Article 1 and 3",
    ),
    asked(
        "The first article | Article 1 | Number 1 | 1",
        right="#1 | № 1 | No. 1 | number one | 1st article | the 1st article | first article",
        wrong="#2 | No. 11 | second article | the last article | not 1 | 1 or 2 | #11 | minus 1",
    ),
    asked(
        "Статья 1",
        right="в статье 1 | ст. 1 | статья № 1 | статья №1 | статья первая | Это статья 1 | статья номер 1 | ст 1",
        wrong="статья 11 | не статья 1 | статьи 1 и 2 | ст. 2 | статья 1.1 | глава 1 | статья -1 | не в статье 1",
    ),
    asked(
        "1-бап",
        right="1 бап | 1-бапта | бірінші бап | 1-бабы | Бұл 1-бап | № 1 бап",
        wrong="11-бап | 2-бап | 1-бап емес | екінші бап | 1-тарау | 10-бап",
    ),
    asked(
        "World War II",
        right="World War 2 | world war two | the World War II",
        wrong="World War I | World War III | World War",
    ),
    asked(
        "Chapter 5",
        right="ch. 5 | chapter V | in chapter five | chapter no. 5",
        wrong="chapter 4 | chapter 15 | verse 5",
    ),
    asked("page 12", right="p. 12 | on page 12 | page no. 12 | page twelve", wrong="page 21 | pages 12-13 | page 1.2"),
)

SIGNS: tuple[Asked, ...] = (
    asked(
        "Marks & Spencer",
        right="Marks and Spencer | marks&spencer",
        wrong="Marks or Spencer | Spencer | Marks + Spencer",
    ),
    asked(
        "research and development",
        right="research & development | Research&Development",
        wrong="research or development | research not development | research without development",
    ),
    asked("R&D", right="R & D | R and D | r&d", wrong="R or D | A&D | R&B | R + D"),
    asked(
        "50%",
        right="50 % | 50 percent | 50 per cent | fifty percent | 50 процентов | 50 пайыз",
        wrong="15% | 5% | 50 people | 150 percent | less than 50% | not 50 percent | 50 per mille | 50°",
    ),
    asked("10 percent", right="10% | 10 % | ten percent | 10 per cent", wrong="1% | 10 | 100% | 10‰ | 110%"),
    asked("20 процентов", right="20% | 20 % | двадцать процентов | 20 процента", wrong="2% | 20 рублей | 12% | не 20%"),
    asked("20 пайыз", right="20% | 20 % | жиырма пайыз", wrong="2 пайыз | 20 теңге | 120 пайыз"),
)

# Texts for learners and scripture have vowel signs; people type without them.
VOWEL_SIGNS: tuple[Asked, ...] = (
    asked("مُحَمَّد", right="محمد | محـمد | مُحمد", wrong="محمود | أحمد | حمد"),
    asked("كتاب", right="كِتَاب | كتـاب | كِتابٌ", wrong="كاتب | مكتب | كتب"),
    asked("القاهرة", right="القَاهِرَة | القاهرةُ", wrong="الجزائر | القدس"),
    asked("שָׁלוֹם", right="שלום | שָלום", wrong="כלום | שלם | שולחן"),
    asked("תורה", right="תּוֹרָה | תוֹרה", wrong="מורה | תור | תרבות"),
    asked("ירושלים", right="יְרוּשָׁלַיִם", wrong="ירושה | יריחו"),
)

FRAMING_PHRASES = (*SENTENCES, *NUMBERED, *SIGNS, *VOWEL_SIGNS)
