"""Misspellings: one typo from six letters, two from twelve, and not another word of the language."""

from typed_rows import Asked, asked

# English: letters deleted, inserted, replaced or swapped with the next.
ENGLISH: tuple[Asked, ...] = (
    asked(
        "Constitution",
        right="Constituton | Constitutoin | constitutiom | Konstitution | CONSTITUTIION | Consttituton",
        wrong="constitutional | prostitution | institution | Constipation | constituency",
    ),
    asked(
        "government", right="goverment | governmnet | govenment", wrong="governor | governess | governing | governed"
    ),
    asked(
        "Parliament", right="Parliment | Parlament | Parliamant", wrong="Parliamentary | Parliamentarian | firmament"
    ),
    asked("photosynthesis", right="photosinthesis | fotosynthesis | photosyntesis | photosynthsis | photosythesys"),
    asked("Kyrgyzstan", right="Kyrgystan | Kirgyzstan | Kyrgyzsan", wrong="Kazakhstan | Tajikistan | Uzbekistan"),
    asked("Kazakhstan", right="Kazakstan | Kazahkstan | Kazakhsatn", wrong="Kyrgyzstan | Kazan | Pakistan | Kurdistan"),
    asked("Shakespeare", right="Shakespear | Shakespere | Shakspeare", wrong="Shakers | Spears"),
    asked(
        "Renaissance", right="Renaisance | Rennaissance | Renaissanse", wrong="reconnaissance | resonance | reassurance"
    ),
    asked("Mediterranean", right="Mediteranean | Mediterranian | Mediteranian", wrong="Mediator | Subterranean"),
    asked("accommodation", right="accomodation | acommodation | acomodation", wrong="accumulation | commendation"),
    asked(
        "independence", right="independance | indipendence | indepndence", wrong="dependence | independent | indecency"
    ),
    asked("Geneva", right="Genevaa | Genvea | Geneve", wrong="Genoa | Genf | Geneticist | General | Ghana"),
    asked(
        "Michael Möller",
        right="Micheal Möller | Michael Moler | Michael Mölller",
        wrong="Michael Miller | Möller Müller",
    ),
    asked("Massachusetts", right="Massachusets | Massachussetts | Massachusettes | Masachusets", wrong="Mass"),
    # In words of up to five letters no typo is forgiven: it makes another word too often.
    asked("Paris", wrong="Pairs | Parts | Paros | Pars | Parish"),
    asked("Chad", wrong="Chat | Chid | Clad | Chads end"),
    asked("Kenya", right="KENYA | kenya | Kenya.", wrong="Kanye | Henry | Kena | Konya"),
)

# Each pair holds in both directions: neither word is a misspelling of the other.
PAIRS = (
    "propane/propene hypertension/hypotension employer/employee emigration/immigration Gambia/Zambia "
    "Impressionism/Expressionism butane/butene hyperthermia/hypothermia hyperglycemia/hypoglycemia inclusion/exclusion "
    "interior/exterior import/export internal/external implicit/explicit immigrant/emigrant introvert/extrovert "
    "stalactite/stalagmite absorption/adsorption nitrate/nitrite sulfate/sulfite chlorine/chloride fluorine/fluoride "
    "Austria/Australia Slovenia/Slovakia Mauritius/Mauritania Niger/Nigeria Dominica/Dominican magnesium/manganese "
    "principal/principle stationary/stationery affect/effect ureter/urethra macroscopic/microscopic "
    "endothermic/exothermic interstate/intrastate prokaryote/eukaryote astrology/astronomy neutron/neuron "
    "proton/photon mentor/mentee payer/payee lessor/lessee legal/illegal possible/impossible regular/irregular "
    "aerobic/anaerobic organic/inorganic vertebrate/invertebrate moral/amoral typical/atypical symmetric/asymmetric "
    "overestimate/underestimate optimism/pessimism prescription/proscription persecution/prosecution "
    "corruption/correction interruption/eruption Congo/Tonga monarchy/anarchy martial/marital casual/causal "
    "social/asocial historical/ahistorical cellular/acellular logical/alogical ligase/lipase cytosine/cytokine "
    "peroneal/perineal Bucharest/Budapest uranium/Uranus silicon/silicone sodium/podium radius/radium "
    "morality/mortality Iceland/Ireland heroin/heroine thymine/thiamine ileum/ilium benzene/benzine "
    "федерация/конфедерация континент/контингент колония/колонна позиция/оппозиция статуя/статус миграция/милиция "
    "авторитарный/авторитетный Испания/Исландия экватор/экскаватор форма/реформа "
    "казнь/казна суд/судья эмиграция/иммиграция гипертония/гипотония экспорт/импорт "
    "президент/прецедент Австрия/Австралия Словения/Словакия Гамбия/Замбия пропан/пропен "
    "импрессионизм/экспрессионизм адресат/адресант кампания/компания индеец/индиец сталактит/сталагмит "
    "нитрат/нитрит сульфат/сульфит Литва/Латвия Нигер/Нигерия зависимость/независимость законный/незаконный "
    "монархия/анархия пытка/попытка человек/человечество работник/работодатель обвиняемый/обвинитель "
    "абонент/абонемент экономика/экономия посол/посольство министр/министерство парламент/парламентарий "
    "губернатор/губерния дипломат/дипломант невежа/невежда эффектный/эффективный"
)

OTHER_WORDS: tuple[Asked, ...] = tuple(
    asked(one, right=one.upper(), wrong=other)
    for pair in PAIRS.split()
    for one, other in (pair.split("/"), reversed(pair.split("/")))
)

RUSSIAN: tuple[Asked, ...] = (
    asked("правительство", right="правительтво | правителство | правитильство", wrong="правитель | представительство"),
    asked("Конституция", right="Конституцыя | Констетуция | Консттуция", wrong="Проституция | Институция | Реституция"),
    asked("искусство", right="искуство | исскусство | искусcтво", wrong="искус | искушение"),
    asked("агентство", right="агенство | агентсво | агентстов", wrong="агент | агентура"),
    asked("президент", right="президэнт | призидент | презедент", wrong="резидент | претендент"),
    asked("Казахстан", right="Казахстна | Казхстан | Казакстан", wrong="Кыргызстан | Казань | Татарстан | Пакистан"),
    asked("демократия", right="димократия | демократя | демакратия", wrong="демография | бюрократия | аристократия"),
    asked("референдум", right="рефирендум | референдм | реферндум", wrong="референт | меморандум"),
    asked("Достоевский", right="Достаевский | Достоевкий | Достоевскй", wrong="Достижение"),
)

KAZAKH: tuple[Asked, ...] = (
    asked("Конституция", right="Конститутция | Конституциа"),
    asked("республика", right="республка | риспублика | респубилка"),
    asked("тәуелсіздік", right="тәуелсіздк | тәуелсіздiк | тәуелсіідік", wrong="тәуелділік | теңсіздік"),
    asked("мемлекет", right="мемлкет | мемелкет | мемлекетт", wrong="мектеп | мереке"),
    asked("құқық", wrong="құлық | құқай"),
    asked("оқушы", wrong="оқытушы | оқу"),
    asked("парламент", right="парлмент | парламнет | порламент"),
)

# With `exact: true` nothing is forgiven, not even another case.
EXACT: tuple[Asked, ...] = (
    asked("NaCl", right="NaCl |  NaCl ", wrong="nacl | NACL | NaCI | Na Cl | NaCl2 | NaСl", exact=True),
    asked("der Hund", right="der Hund", wrong="Der Hund | der hund | Hund | der Hunt", exact=True),
    asked("résumé", right="résumé", wrong="resume | Résumé | résumés", exact=True),
    asked("ёлка", right="ёлка", wrong="елка | ёлки | Ёлка", exact=True),
    asked("Constitution", right="Constitution", wrong="Constituton | constitution | the Constitution", exact=True),
    asked("тәуелсіз", right="тәуелсіз", wrong="тауелсиз | тәуелсіздің | Тәуелсіз", exact=True),
)

MISSPELLINGS = (*ENGLISH, *OTHER_WORDS, *RUSSIAN, *KAZAKH, *EXACT)
