"""Dates, and names of people, in different orders."""

from typed_rows import Asked, asked

DATES: tuple[Asked, ...] = (
    asked(
        "10 December 1948",
        right="10th December 1948 | December 10, 1948 | 10.12.1948 | December 10th, 1948 | 10 Dec 1948 | "
        "Dec. 10, 1948 | "
        "the 10th of December 1948 | on 10 December 1948 | 1948-12-10 | 10/12/1948 | 10-12-1948 | 10. 12. 1948 | "
        "december 10 1948 | It was on December 10, 1948 | 10 Decmber 1948 | the tenth of December 1948",
        wrong="10 December 1949 | 11 December 1948 | 10 November 1948 | December 1948 | 10 December | 1948 | "
        "12 October 1949 | before 10 December 1948 | after 10 December 1948 | 10.11.1948 | 01.12.1948 | 10.12.1848 | "
        "not 10 December 1948 | 10 December 1948 BC | 10.12.19480 | 10 or 11 December 1948",
    ),
    asked(
        "December 10, 1948",
        right="10 December 1948 | 10th December 1948 | 10.12.1948 | Dec 10 1948 | 1948-12-10",
        wrong="December 1, 1948 | December 10, 1984 | October 12, 1948 | November 10, 1948 | December 11, 1948",
    ),
    asked(
        "10.12.1948",
        right="10 December 1948 | December 10, 1948 | 10/12/1948 | 10 декабря 1948 | 10 декабря 1948 года",
        wrong="10.12.1984 | 10 января 1948 | 10.1.1948 | 11.12.1948 | 10121948",
    ),
    asked(
        "10 декабря 1948 года",
        right="10 декабря 1948 | 10 декабря 1948 г. | 10.12.1948 | 10-го декабря 1948 года | в 1948 году, 10 декабря | "
        "это было 10 декабря 1948 года | десятого декабря 1948 года | 10 декабря 1948г.",
        wrong="10 ноября 1948 года | 11 декабря 1948 года | до 10 декабря 1948 года | после 10 декабря 1948 года | "
        "10 декабря 1949 года | 10.11.1948 | декабрь 1948 года | не 10 декабря 1948 года | 12 октября 1948 года",
    ),
    asked(
        "1948 жылғы 10 желтоқсан",
        right="10 желтоқсан 1948 | 10.12.1948 | 1948 ж. 10 желтоқсан | 1948 жылы 10 желтоқсанда | "
        "10 желтоқсан 1948 жыл",
        wrong="1948 жылғы 10 қараша | 1949 жылғы 10 желтоқсан | 1948 жылғы 11 желтоқсан | "
        "1948 жылғы 10 желтоқсан емес | 10.11.1948",
    ),
    asked(
        "16 декабря",
        right="16 декабря | 16-го декабря | 16 дек. | шестнадцатого декабря",
        wrong="16 ноября | 6 декабря | 17 декабря",
    ),
    asked("December", right="Dec | Dec. | in December | Decmber", wrong="November | Decimal | October | Deceiver"),
    asked(
        "May 9", right="9 May | 9th May | May 9th | the 9th of May | on May 9", wrong="9 March | May 8 | May 19 | May"
    ),
)

NAMES: tuple[Asked, ...] = (
    asked(
        "Erlan Idrissov",
        right="Idrissov Erlan | Idrissov, Erlan | E. Idrissov | E Idrissov | Idrissov E. | Idrissov, E. | "
        "erlan idrisov | "
        "Erlan  IDRISSOV | It is Erlan Idrissov | Mr Erlan Idrissov | Erlan Idrissov's",
        wrong="A. Idrissov | Aslan Idrissov | Erlan Idrissova | Idrissova Erlan | Erlan Idris | Erlan | E. I. | "
        "Erlan Tleuberdi | not Erlan Idrissov | Idrissov A. | E. Tleuberdi | Erlan Idrissov or Zeid | E.",
    ),
    asked(
        "Александр Пушкин",
        right="Пушкин Александр | А. Пушкин | А.Пушкин | Пушкин А. | Пушкин, Александр | Александру Пушкину | "
        "А Пушкин | "
        "Александром Пушкиным",
        wrong="С. Пушкин | Лев Пушкин | Пушкина Александра Ивановна | Александр Пушкарь | А. Блок | "
        "Александра Пушкина Петровна | Пушкин С. | Александр | Александр Толстой | не Александр Пушкин",
    ),
    asked(
        "Александр Сергеевич Пушкин",
        right="А. С. Пушкин | А.С. Пушкин | Пушкин А. С. | Пушкин А.С. | Пушкин Александр Сергеевич | А.С.Пушкин | "
        "Александр С. Пушкин",
        wrong="А. П. Пушкин | С. А. Пушкин | Пушкин С. А. | Лев Сергеевич Пушкин | Александр Сергеевич Грибоедов | "
        "А. С. Грибоедов | Александр Сергеевич",
    ),
    asked(
        "Абай Құнанбаев",
        right="Құнанбаев Абай | А. Құнанбаев | Абай Кунанбаев | Құнанбаев А. | Абай Құнанбаевтың | Абай Құнанбаевқа",
        wrong="Абай Құнанбаева | Б. Құнанбаев | Абай Құдайбердиев | Шәкәрім Құнанбаев | Абай",
    ),
    asked(
        "John F. Kennedy",
        right="John F Kennedy | Kennedy, John F. | J. F. Kennedy | john f kennedy | Kennedy John F.",
        wrong="Robert F. Kennedy | R. F. Kennedy | John G. Kennedy | Jackie Kennedy | Kennedy Airport | F. J. Kennedy",
    ),
    asked(
        "Johann Wolfgang von Goethe",
        right="J. W. von Goethe | Johann Wolfgang von Göthe | J.W. von Goethe | von Goethe, Johann Wolfgang",
        wrong="W. A. von Goethe | Wolfgang Amadeus Mozart | Johann Sebastian von Goethe | J. S. von Goethe",
    ),
    asked("Ban Ki-moon", right="Ban Ki Moon | ban kimoon | Ban Ki‑moon", wrong="Park Ki-moon | Ban Ki | Kim Ban-moon"),
    asked(
        "Eleanor Roosevelt",
        right="Roosevelt Eleanor | E. Roosevelt | Elanor Roosevelt",
        wrong="Theodore Roosevelt | F. Roosevelt",
    ),
    asked(
        "Isaac Newton",
        right="Newton, Isaac | I. Newton | Isac Newton | Newton I.",
        wrong="Newt Isaac | J. Newton | Isaac Newman",
    ),
)

# Only in names of people the words may be exchanged.
ORDER: tuple[Asked, ...] = (
    asked("guest house", right="Guest House | guesthouse", wrong="house guest"),
    asked("cane sugar", wrong="sugar cane"),
    asked("dog bites man", wrong="man bites dog"),
    asked("rights of man", wrong="man of rights"),
    asked("cause and effect", right="cause & effect", wrong="effect without cause | cause or effect"),
    asked("A to B", right="a to b", wrong="B to A"),
    asked("Human Rights Council", wrong="Council of Rights | Rights Council Human | Human Council Rights"),
    asked("жизнь после смерти", wrong="смерть после жизни"),
    asked("отец сына", wrong="сын отца"),
)

DATES_AND_NAMES = (*DATES, *NAMES, *ORDER)
