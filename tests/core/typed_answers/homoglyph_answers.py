"""Homoglyphs of the Latin, Cyrillic and Greek alphabets."""

from typed_rows import Asked, asked

HOMOGLYPHS: tuple[Asked, ...] = (
    # The last letter is Latin in the first and Cyrillic in the second: it depends on the active keyboard.
    asked(
        "витамин C",
        right="витамин С | Витамин с | витамин c | витамин C.",
        wrong="витамин А | витамин Б | витамин К | C",
    ),
    asked(
        "витамин С", right="витамин C | ВИТАМИН C | витамин c | витaмин С", wrong="витамин A | витамин D | витамин E"
    ),
    asked("vitamin C", right="vitamin С | VITAMIN С | vitаmin C", wrong="vitamin А | vitamin K | vitamin В"),
    asked(
        "витамин B12",
        right="витамин В12 | витамин B12 | Витамин в12",
        wrong="витамин Б6 | витамин В6 | витамин B1 | витамин С12",
    ),
    asked("тіл", right="тiл | Тiл | ТІЛ | тіл.", wrong="түл | тік | тірі | тел"),
    asked("СССР", right="CCCP | СCСР | cccp | С.С.С.Р. | C.C.C.P.", wrong="ССР | СНГ | CCP | США | SSSR2"),
    asked("CCCP", right="СССР | ССCP | ссср", wrong="КПСС | CPCC | СССП"),
    asked("әлем", right="əлем | әлeм | əлeм | ӘЛЕМ | Əлeм", wrong="әлі | өлем | әлек | ілем"),
    asked("Қазақстан", right="Қaзaқстaн | Қазақcтан | Қaзaқcтaн", wrong="Қырғызстан | Өзбекстан"),
    asked("ООН", right="OOH | OОН | O.O.H.", wrong="ОБСЕ | ООП | ОН | HOO"),
    asked("НАТО", right="HATO | НATO | нaтo", wrong="ХАТО | НАТА | OTAH | НАФТА"),
    asked("OSCE", right="ОSСЕ | OSСE | оsce", wrong="ОЕСD | OSCAR | ОSС"),
    asked("ДНК", right="ДHK | ДНK | днk", wrong="РНК | ДКН | PHK | НДК"),
    asked("H2O", right="Н2О | H2О | Н2O | н2о | H₂O | Н₂О", wrong="H2O2 | Н2О2 | HO2 | H3O | H20 2"),
    asked("CO2", right="СО2 | CО2 | co2 | СО₂", wrong="CO | СО | SO2 | CO3 | С2О"),
    asked("pH 7", right="рН 7 | pН 7 | PH 7", wrong="pH 8 | рН 17 | pOH 7"),
    asked("АТФ", right="ATФ | АTФ | атф", wrong="АДФ | AДФ | АТС"),
    asked("Αθήνα", right="Aθήνα | αθηνα | Αθηνα | ΑΘΗΝΑ | Aθήvα", wrong="Αθηναίος | Αθως | Σπάρτη"),
    asked("ΟΗΕ", right="OHE | ΟHΕ | οηε", wrong="ΝΑΤΟ | OH | EHO"),
    asked("Tokyo", right="Тоkуо | Tоkyo", wrong="Kyoto | Tonga"),
    asked("Aral", right="Аrаl | ARAL | Аral", wrong="Ural | Oral | Arab | Арал Сор"),
    asked("Республика", right="Pecпубликa | Рecпублика | PECПУБЛИКА", wrong="Публика | Республиканец"),
    asked("Алматы", right="Aлматы | Алмaты | AЛMATЫ", wrong="Алма | Атырау | Алмазы"),
    asked("код", wrong="кот | год | кол | кид"),
    asked("кот", right="кoт | kот | КOT", wrong="код | кит | ток"),
    asked("Xi Jinping", right="Хi Jinping | xi jinping", wrong="Xu Jinping"),
    asked("Мекке", right="Meккe | Мекке", wrong="Мекен | Меккен2"),
    asked("вектор", right="вeктoр | BEKTOP | вектoр", wrong="лектор | сектор | ректор"),
    asked("Сатурн", right="Caтурн | Cатурн | сaтурн", wrong="Нептун | сатир | Сатира"),
)
