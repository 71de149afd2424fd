"""Answers from an adversarial test of the finished rules, with words that the rules had not seen."""

from typed_rows import Asked, asked

RUSSIAN_WORDS: tuple[Asked, ...] = (
    asked("мышь", right="мыши | мышью | мышей", wrong="мышца | мышление | мышка | мыс"),
    asked("лошадь", right="лошади | лошадьми | лошадей", wrong="площадь | лошадиный"),
    asked("площадь", right="площади | на площади | площадью", wrong="площадка | лошадь | пощада"),
    asked("время", right="времени | времена | временем", wrong="временный | бремя | племя"),
    asked("имя", right="имени | имена", wrong="именной | вымя | иметь"),
    asked("путь", right="пути | путём | путями", wrong="путы | пута | путь не"),
    asked("рабство", right="рабства | рабством", wrong="раб | работа | богатство | рабыня"),
    asked("раб", right="рабы | рабов | рабу", wrong="рабство | работа | работник | краб | ряб"),
    asked(
        "министр", right="министра | министры | министров", wrong="министерство | магистр | министерский | министерств"
    ),
    asked("министерство", right="министерства | министерств", wrong="министр | министры"),
    asked(
        "революция", right="революции | революций | революцию", wrong="эволюция | резолюция | революционер | эволюции"
    ),
    asked("резолюция", right="резолюции | резолюцией", wrong="революция | революции | резонанс"),
    asked("дискриминация", right="дискриминации | дескриминация | дискрименация", wrong="инкриминация | криминал"),
    asked("толерантность", right="толерантности | толерантностью", wrong="толерантный | нетолерантность"),
    asked(
        "справедливость",
        right="справедливости | справедливасть",
        wrong="несправедливость | несправедливости | справедливый",
    ),
    asked("законность", right="законности", wrong="незаконность | закон | законы | беззаконность"),
    asked("гражданин", right="гражданина | граждане | граждан", wrong="гражданство | гражданка | горожанин"),
    asked("гражданство", right="гражданства", wrong="гражданин | граждане | гражданский"),
    asked("учитель", right="учителя | учителей | учителем", wrong="ученик | учение | учительница | мучитель"),
    asked("писатель", right="писателя | писателей", wrong="писательница | читатель | спасатель"),
    asked(
        "Россия", right="России | в России | Россию | Россией", wrong="российский | россиянин | Пруссия | без России"
    ),
    asked("Москва", right="в Москве | Москвы | из Москвы", wrong="москвич | московский | не в Москве | Москвич"),
    asked("Волга", right="Волги | на Волге | Волгу", wrong="Волга-матушка и Дон | Волгоград | волгарь | иволга"),
    asked("Лермонтов", right="Лермонтову | Лермонтовым", wrong="Лермонтова | Лермонтовой | Лермонтово"),
    asked("Чехов", right="Чехову | Чеховым | о Чехове", wrong="Чехова | чех | чехи | Чехия"),
    asked("Ахматова", right="Ахматовой | Ахматову", wrong="Ахматов | Ахматовым"),
    asked("Гагарин", right="Гагарину | Гагариным", wrong="Гагарина | гагара | Гагариной"),
    asked("Менделеев", right="Менделееву | Менделеевым", wrong="Менделеева | Менделей | менделевий"),
    asked("Чайковский", right="Чайковского | Чайковскому", wrong="Чайковская | чайка | Чайковской"),
    asked("Горький", right="Горького | Горькому", wrong="Горькая | гореть | Горько не"),
    asked("Бородино", right="Бородино | при Бородино | в Бородино", wrong="борода | Бородин"),
    asked(
        "Советский Союз",
        right="Советского Союза | в Советском Союзе",
        wrong="Советский Совет | союзник | Европейский Союз",
    ),
    asked(
        "Вторая мировая война",
        right="Второй мировой войны | во Второй мировой войне",
        wrong="Первая мировая война | Второй мировой воин | мировая война",
    ),
    asked(
        "Конституционный суд",
        right="Конституционного суда | в Конституционном суде",
        wrong="Конституционный судья | Верховный суд | Конституция",
    ),
    asked("прокурор", right="прокурора | прокурором", wrong="прокуратура | прокурорский | прокурорша"),
    asked(
        "право на жизнь",
        right="права на жизнь | правом на жизнь",
        wrong="право на смерть | право без жизни | право нажить | право на жильё",
    ),
    asked("не виновен", right="не виновен | НЕ ВИНОВЕН", wrong="виновен | виновный"),
    asked("виновен", right="виновен", wrong="не виновен | невиновен | невиновный"),
    asked("вода", right="воды | водой | воду", wrong="водка | водный | вод а нет | завод | вред"),
    asked("мука", right="муки | муку", wrong="муха | мукомол | мак"),
)

RUSSIAN_OPPOSITES: tuple[Asked, ...] = (
    asked("насилие", right="насилия | насилием", wrong="ненасилие | без насилия | усилие | усилия"),
    asked("порядок", right="порядка | порядком", wrong="беспорядок | беспорядки | непорядок"),
    asked("вооружение", right="вооружения", wrong="разоружение | разоружения | невооружение"),
    asked("надводный", right="надводного", wrong="подводный | безводный"),
    asked("внутренний", right="внутреннего", wrong="внешний | внутренности"),
    asked("активный", right="активного | активные", wrong="неактивный | пассивный | активист | реактивный"),
    asked("демократия", right="демократии", wrong="антидемократия | демократ | демократический"),
    asked("доисторический", right="доисторического", wrong="исторический | историк"),
    asked("полезный", right="полезные", wrong="бесполезный | неполезный | болезный"),
    asked("согласие", right="согласия", wrong="несогласие | разногласие | согласный"),
    asked("бедность", right="бедности", wrong="бледность | безвредность | бедный | гордость"),
)

KAZAKH: tuple[Asked, ...] = (
    asked("қала", right="қалалар | қаланың | қалада | кала | қаласы", wrong="дала | қалалық | қалам | бала | қалта"),
    asked("ана", right="анасы | аналар | ананың", wrong="ата | аналық | анасыз | она"),
    asked("су", right="суы | суды | сулар | суда", wrong="сусыз | сушы | ту"),
    asked("тау", right="таулар | тауда | тауы", wrong="таулы емес | ту | бау | таусыз"),
    asked("жер", right="жері | жердің | жерде", wrong="жерсіз | жел | жеріл емес"),
    asked("күн", right="күннің | күні | кун | күндер", wrong="құн | күндік емес | күнсіз | күң"),
    asked("дос", right="достар | досы | достың", wrong="достық | доссыз | бос | дұшпан"),
    asked("достық", right="достығы | достыққа | достык", wrong="дос | қастық | достықсыз"),
    asked("ұлттық", right="улттык | ҰЛТТЫҚ", wrong="ұлт | ұлтсыз | ұлтшыл"),
    asked("әділдік", right="әділдікті | әділдігі | адилдик", wrong="әділетсіздік | әділ | әділдіксіз"),
    asked("бейбітшілік", right="бейбітшіліктің | бейбитшилик | бейбітшілігі", wrong="бейбіт | соғыс | бейбітшіліксіз"),
    asked(
        "Абылай хан",
        right="Абылай ханның | Абылай ханға | абылай хан",
        wrong="Абылай ханым | Кенесары хан | Әбілқайыр хан",
    ),
    asked(
        "Мұхтар Әуезов",
        right="Мухтар Ауезов | Әуезов Мұхтар | М. Әуезов | Мұхтар Әуезовтің",
        wrong="Мұхтар Әуезова | С. Әуезов | Мұхтар Шаханов",
    ),
    asked("ауа", right="ауаны | ауаның", wrong="аула | ауасыз | ай"),
    asked("жазушы", right="жазушылар | жазушының | жазушыға", wrong="жазу | жазушысыз | жазба"),
    asked("тең", right="ТЕҢ | тен", wrong="теңсіз | тең емес | тек"),
    asked("теңдік", right="теңдікті | теңдігі | тендик", wrong="теңсіздік | теңдік жоқ | тең емес"),
    asked("мүмкін", right="мүмкін | мумкин", wrong="мүмкін емес | мүмкіндіксіз"),
    asked("қорғау", right="қорғауды | қорғаудың | коргау", wrong="қорлау | қорғамау | қорғаусыз | қорғаушы"),
    asked("сөйлеу", right="сөйлеуді | сойлеу", wrong="сөйлемеу | ойлау | сөйлеусіз"),
    asked("заңды", right="занды | заңды", wrong="заңсыз | заңды емес"),
)

KINDS_OF_ENGLISH: tuple[Asked, ...] = (
    asked("freedom", right="freedoms | freedom's | fredom", wrong="free | unfreedom | Friedman | kingdom | freed"),
    asked("vote", right="votes | the vote", wrong="voter | voted | note | veto | devote"),
    asked("veto", right="vetoes | the veto", wrong="vote | votes | vet | vetoed"),
    asked("refugee", right="refugees | refugee's", wrong="refuge | refuse | refuges | fugue"),
    asked("refuge", right="refuges", wrong="refugee | refuse | refute"),
    asked("prosecutor", right="prosecutors | prosecuter", wrong="persecutor | prosecute | executor"),
    asked("citizen", right="citizens | citizens'", wrong="citizenship | city | denizen"),
    asked("citizenship", right="citizenships | citisenship", wrong="citizen | censorship"),
    asked("assembly", right="assemblies | asembly", wrong="assemble | assembler | assembled | resembly not"),
    asked("genocide", right="genocides | genoside", wrong="homicide | suicide | ecocide | germicide"),
    asked("apartheid", right="aparthied | apartheid's", wrong="apart | apartment"),
    asked("communism", right="comunism | Communism", wrong="communist | consumerism | capitalism | communion"),
    asked("capitalist", right="capitalists", wrong="capitalism | capital | capitols"),
    asked("democracy", right="democracies | democrasy", wrong="democrat | autocracy | democratic | theocracy"),
    asked("disarmament", right="disarmement | the disarmament", wrong="armament | armaments | disarm | disarray"),
    asked("armament", right="armaments", wrong="disarmament | ornament | arm"),
    asked("conscious", right="concious", wrong="unconscious | conscience | subconscious | conscientious"),
    asked("lawful", right="lawfull", wrong="unlawful | lawless | awful | law"),
    asked("visible", right="visable", wrong="invisible | divisible | risible"),
    asked("known", right="KNOWN", wrong="unknown | know | knowing | not known"),
    asked("sufficient", right="suficient", wrong="insufficient | efficient | proficient"),
    asked("mature", right="MATURE", wrong="immature | premature | nature | manure"),
    asked("rational", right="rationnal", wrong="irrational | ration | national | rationale"),
    asked("nuclear", right="nucleer", wrong="unclear | nonnuclear | nucleus | nuclei"),
    asked("ionic", wrong="iconic | tonic | ironic | conic"),
    asked("ethanol", right="ethanoll | Ethanol", wrong="methanol | ethanal | ethane | ethanoic"),
    asked(
        "potassium chlorate",
        right="potasium chlorate",
        wrong="potassium chloride | potassium chlorite | sodium chlorate",
    ),
    asked("hexane", right="HEXANE", wrong="hexene | heptane | pentane | hexyne"),
    asked("convex", right="CONVEX", wrong="concave | convexity | convey"),
    asked("latitude", right="lattitude | latitudes", wrong="longitude | altitude | attitude | platitude"),
    asked("hypocrisy", right="hypocrasy", wrong="hypercrisy not | democracy | aristocracy"),
    asked("hypodermic", wrong="hyperdermic needle | epidermic | hypothermic"),
    asked("intercellular", right="intercelular", wrong="intracellular | unicellular | extracellular"),
    asked("progress", right="progres | progress's", wrong="regress | congress | egress | progression"),
    asked("deduction", right="deductions | dedduction", wrong="induction | reduction | seduction | deductive"),
    asked("pacific", right="Pacific | pacfic", wrong="specific | pacifist | Atlantic"),
    asked("Antarctic", right="the Antarctic | Antartic", wrong="Arctic | the Arctic | Atlantic"),
    asked("Arctic", right="the Arctic | Artic", wrong="Antarctic | Attic | arc | Antarctica"),
    asked("Uruguay", right="Uruguey | in Uruguay", wrong="Paraguay | Uruguayan | Urgency"),
    asked("Guinea", right="Guinea's", wrong="Guyana | Guinea-Bissau | Guineans | Guiana | Papua New Guinea"),
    asked("Korea", right="KOREA", wrong="Korean | North Korea | Kore | Chorea"),
    asked("India", right="India's", wrong="Indiana | Indian | Indie | Indians"),
    asked("Georgia", right="Georgia's | in Georgia", wrong="Georgian | George | Georgetown | Georgina"),
    asked("Moldova", right="Moldova's | Moldowa", wrong="Moldavian | Mordovia | Moldovan"),
    asked("Ireland", right="Irland | Ireland's", wrong="Iceland | Northern Ireland | Island | Irish"),
    asked("Slovak", right="SLOVAK", wrong="Slovene | Slavic | Slovakia"),
    asked("Macedonia", right="Macedonnia", wrong="Caledonia | Macedonian"),
)

AROUND: tuple[Asked, ...] = (
    asked(
        "Vienna",
        right="It was in Vienna | I think it's Vienna | Vienna, I think",
        wrong="It was not Vienna | Vienna? No, Bern | It can't be Vienna | Vienna no | It isn't in Vienna | "
        "I doubt it is Vienna",
    ),
    asked(
        "torture",
        right="It is torture | Answer: torture",
        wrong="against torture | no torture | freedom from torture | stop torture | It is not torture | "
        "torture is not it",
    ),
    asked(
        "peace",
        right="It is peace | peace.",
        wrong="without peace | not peace | war and peace | peace or war | It’s not peace | peace?no war",
    ),
    asked(
        "the sun", right="Sun | It is the Sun | the sun's", wrong="son | the son | the moon | sunny | suns and moons"
    ),
    asked(
        "Article 19",
        right="art. 19 | Article nineteen | in Article 19 | Art 19",
        wrong="Article 9 | Art. 91 | Article 1.9 | Article 19a no | Articles 19 and 20 | Article 190 | "
        "before Article 19",
    ),
    asked("Part 3", right="part three | pt. 3 | Part III | in part 3", wrong="Part 2 | part 33 | Party 3 | 3 parts"),
    asked(
        "статья 19",
        right="ст. 19 | в статье 19 | статья №19 | статьи 19 | статье 19",
        wrong="статья 9 | статья 191 | статья 19.1 | ст. 91 | до статьи 19",
    ),
    asked("19-бап", right="19 бап | 19-бабы | 19-бапта | 19-баптың", wrong="9-бап | 91-бап | 19-баб емес | 19-тарау"),
    asked(
        "30 June 1992",
        right="June 30, 1992 | 30.06.1992 | 30th June 1992 | 30.6.1992 | 1992-06-30 | 30 Jun 1992 | June 30th 1992",
        wrong="30 July 1992 | 3 June 1992 | 30.07.1992 | June 1992 | 1992 | 30 June 1993 | 20 June 1992 | 06.30.1929",
    ),
    asked(
        "30 августа 1995 года",
        right="30.08.1995 | 30 августа 1995 | 30 авг. 1995 | 30-го августа 1995 | 30.8.1995",
        wrong="30 июля 1995 года | 3 августа 1995 года | 30.07.1995 | август 1995 | 30 августа 1996 года | "
        "не 30 августа 1995 года",
    ),
    asked(
        "30 тамыз 1995",
        right="1995 жылғы 30 тамыз | 30.08.1995 | 30 тамызда 1995",
        wrong="30 шілде 1995 | 3 тамыз 1995 | 30 тамыз 1996 | 30 тамыз 1995 емес",
    ),
    asked(
        "4 July",
        right="July 4 | July 4th | 4th of July | the Fourth of July | 4 Jul",
        wrong="4 June | 14 July | July | 5 July | July 40",
    ),
    asked(
        "Nelson Mandela",
        right="Mandela, Nelson | N. Mandela | Mandela N. | Nelson Mandella",
        wrong="Winnie Mandela | W. Mandela | Nelson | Admiral Nelson | Mandela Winnie",
    ),
    asked(
        "Лев Толстой",
        right="Толстой Лев | Л. Толстой | Толстой Л. | Льву Толстому | Львом Толстым",
        wrong="Алексей Толстой | А. Толстой | лев толстый | Лев Толстая | Софья Толстая",
    ),
    asked(
        "Marie Curie", right="Curie Marie | M. Curie | Curie, M.", wrong="Pierre Curie | P. Curie | Mary Cure | Marie"
    ),
    asked(
        "Martin Luther King",
        right="M. L. King | King, Martin Luther | Martin Luther King's | M.L. King",
        wrong="Martin Luther | Luther King Queen | L. M. King | Martin Luther Kings College | Stephen King",
    ),
    asked(
        "Johnson & Johnson",
        right="Johnson and Johnson | Johnson&Johnson",
        wrong="Johnson | Johnson or Johnson | Johnson & Jackson",
    ),
    asked(
        "5 percent",
        right="5% | 5 % | five percent | 5 per cent",
        wrong="50% | 5 | 0.5% | 15 percent | -5% | 5‰ | 5 percent more or less than 6",
    ),
    asked("$100", right="$100 | $ 100", wrong="100% | €100 | £100 | $1000 | $10 | -$100"),
)

ATTACKS = (*RUSSIAN_WORDS, *RUSSIAN_OPPOSITES, *KAZAKH, *KINDS_OF_ENGLISH, *AROUND)
