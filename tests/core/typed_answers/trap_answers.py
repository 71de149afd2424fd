"""Traps: answers that careless rules for framing phrases, dates, names, signs or letters would accept."""

from typed_rows import Asked, asked

NOT_NAMES: tuple[Asked, ...] = (
    asked(
        "Security Council",
        right="the Security Council | Security Councils",
        wrong="S. Council | Council S. | Security C.",
    ),
    asked("Supreme Court", right="Supreme Court's", wrong="S. Court | Supreme C. | Supreme Courtship | Supremo Caught"),
    asked("Red Cross", right="the Red Cross", wrong="R. Cross | Red C. | Redcoat Cross | Cross the Red"),
    asked("human rights", wrong="h. rights | human r. | rights over human"),
    asked("права человека", wrong="п. человека | права ч. | человек без прав"),
    asked(
        "Abraham Lincoln",
        right="A. Lincoln | Lincoln, Abraham | Lincoln A.",
        wrong="L. Abraham | A. L. | B. Lincoln | Abraham",
    ),
    asked(
        "Қаныш Сәтбаев",
        right="Сәтбаев Қаныш | Қ. Сәтбаев | Каныш Сатбаев | К. Сатбаев",
        wrong="С. Сәтбаев | Қаныш Сейфуллин",
    ),
    asked(
        "Сергей Королёв",
        right="Королев Сергей | С. Королёв | Королёв С. | Сергею Королёву",
        wrong="Королёва Сергея дом | А. Королёв | Сергей Король | Сергей Королёва",
    ),
    asked(
        "Mother Teresa",
        right="mother teresa | Mother Terresa",
        wrong="Father Teresa | Mother Theodora | Teresa's father",
    ),
)

NOT_DATES: tuple[Asked, ...] = (
    asked("5", right="5 | five | #5", wrong="May | 5 May | 5th of May | fifty | V.5 | 5.5"),
    asked("12", right="twelve", wrong="December | 1 2 | 12.12 | 21 | -12"),
    asked("3/4", right="3/4", wrong="3 April | 4 March | 34 | 4/3 | 3.4 | 3-4"),
    asked("1.2", right="1.2 | 1,2", wrong="1 February | 2.1 | 12 | 1.2.1 | 1/2"),
    asked("May", right="in May | may", wrong="5 | March | Mai 5 | maybe | 05"),
    asked("version 2.5.1", right="version 2.5.1", wrong="version 2 May 1 | version 2.5 | version 25.1 | version 2.51"),
    asked(
        "1948",
        right="in 1948 | 1948. | It was 1948",
        wrong="1984 | before 1948 | 1949 | 48 | 1948 BC | not 1948 | 1940-1948 | after 1948",
    ),
    asked(
        "1991 год",
        right="1991 | в 1991 году | 1991 г. | 1991 года",
        wrong="до 1991 года | 1991 до н. э. | после 1991 года | 1919 год | 1992 год | не 1991 год",
    ),
    asked(
        "1991 жыл",
        right="1991 жылы | 1991 ж. | 1991",
        wrong="1991 емес | 1991 жылға дейін | 1991 жылдан кейін | 1992 жыл | 1919 жыл",
    ),
    asked(
        "1 May 2004",
        right="May 1, 2004 | 01.05.2004 | 1.5.2004 | 1st May 2004 | 2004-05-01",
        wrong="1 March 2004 | 11 May 2004 | 1 May 2014 | 2004 | 01.15.2004 | 1 May",
    ),
    asked(
        "4 июля 1776 года",
        right="04.07.1776 | 4.7.1776 | 4 июля 1776 | 4-го июля 1776 года",
        wrong="4 июня 1776 года | 14 июля 1776 | 4.06.1776 | июль 1776",
    ),
    asked(
        "в XX веке",
        right="в 20 веке | XX век | ХХ век | в ХХ веке",
        wrong="в XIX веке | в ХIХ веке | в XXI веке | 2 век | до XX века",
    ),
    asked(
        "XIX век", right="19 век | ХІХ век | ХIХ век | в XIX веке", wrong="XX век | XI век | IX век | 9 век | 18 век"
    ),
)

SIGNS: tuple[Asked, ...] = (
    asked("C#", right="c#", wrong="C number | C | C++ | C no. | #C"),
    asked("AT&T", right="AT & T | AT and T | at&t", wrong="AT or T | AT+T | BT&T | A&T"),
    asked("0.5%", right="0,5 % | 0.5 percent | 0.5 per cent | .5%", wrong="5% | 50% | 0.05% | 0.5 | 1.5%"),
    asked("Art", right="ART | the art", wrong="Article | Arts & Crafts | Art 1 | Ark | Art. 1"),
    asked("Pop Art", right="pop art", wrong="Pop Article | Pope Art | Popular Article 1"),
    asked("No", right="no | No.", wrong="number | not no | yes | #"),
    asked("Нет", right="нет", wrong="да | не нет | №"),
    asked(
        "number 5",
        right="no. 5 | #5 | № 5 | number five",
        wrong="not 5 | number 15 | no 55 | number -5 | number 5 or 6 | 5 numbers of 6",
    ),
    asked(
        "Article 5",
        right="article no. 5 | art. 5",
        wrong="no article 5 | not article 5 | article not 5 | Article 50 | Article 0.5 | except article 5",
    ),
    asked("1:2", right="1:2", wrong="12 | 2:1 | 1:3 | 1 2 3"),
    asked("-5 °C", right="−5 °C | –5 °C | -5°C", wrong="5 °C | -15 °C | -5 °F | 5 below"),
    asked("£5", right="£5 | £ 5", wrong="$5 | 5% | £50 | €5"),
)

LETTERS: tuple[Asked, ...] = (
    asked("B", right="b | В", wrong="V | 8 | Б | P"),
    asked("РОТ", right="POT | рот", wrong="РОД | LOT | ТОР | РТО"),
    asked(
        "Elizabeth II",
        right="Elizabeth ІІ | Elizabeth 2nd | Elizabeth the 2nd",
        wrong="Elizabeth І | Elizabeth IV | Elizabeth VI",
    ),
    asked(
        "Пётр I",
        right="Пётр І | Петра I | Петру I | Петра Первого",
        wrong="Петро I не | Пётр II | Петра II | Павел I | Пётр X",
    ),
    asked("Нұр-Сұлтан", right="Нур-Султан | Нұр Сұлтан", wrong="Сұлтан | Нұр | Нұр-Сұлтанов"),
    asked("أحمد", right="أَحْمَد", wrong="محمد | حامد | حمد"),
    asked("1948 عام", right="١٩٤٨ عام", wrong="١٩٤٩ عام | 1984 عام"),
    asked("TNT", right="ТNТ | tnt", wrong="THT | TNN | NTN"),
    asked("ТНТ", right="THT | тнт", wrong="TNT | ТТН | ТМТ"),
    asked("Нарын", right="Hарын | нaрын", wrong="Нарым | Нора | Парын не Нарын"),
    asked("pH", right="рН | ph | PH", wrong="rN | pOH | рК"),
    asked("ВИЧ", right="BИЧ | вич", wrong="ВИЗ | БИЧ | VICH | СПИД"),
)

NEGATIONS: tuple[Asked, ...] = (
    asked(
        "the President",
        right="President | it is the President",
        wrong="neither the President | nobody but Congress | not the President | no President | ex-President | "
        "Vice-President | anyone except the President",
    ),
    asked(
        "possible",
        right="it is possible",
        wrong="impossible | not possible | isn't possible | hardly possible | never possible",
    ),
    asked("can vote", right="can vote", wrong="cannot vote | can't vote | can not vote | can never vote"),
    asked("cannot vote", right="can't vote | can not vote | cannot vote", wrong="can vote | could vote"),
    asked("guilty", right="guilty", wrong="not guilty | non-guilty | un-guilty | guiltless | guilt"),
    asked("можно", right="это можно", wrong="нельзя | не можно | невозможно | можно ли? нельзя"),
    asked(
        "женщины",
        right="женщина | женщин",
        wrong="не женщины | без женщин | мужчины | ни женщины | кроме женщин | женский",
    ),
    asked("бар", right="бар", wrong="жоқ | бар емес | барлық | барсыз"),
    asked("сайланды", right="сайланды", wrong="сайланбады | сайланған жоқ | сайлады"),
    asked(
        "members",
        right="member | the members",
        wrong="non-members | nonmembers | no members | membership | remembers | dismember",
    ),
    asked("violent", right="violent", wrong="nonviolent | non-violent | violet | violin | not violent"),
    asked(
        "государственный",
        right="государственного | государственная",
        wrong="негосударственный | не государственный | безгосударственный | государство | государь",
    ),
)

# Framing phrases are separate from the answer and have no negation.
WORDS_AROUND: tuple[Asked, ...] = (
    asked("being", right="It is being", wrong="well-being | Well being | human being | no being"),
    asked("man", right="It's a man | the man", wrong="yes-man | it is no man | manly | it is a woman"),
    asked(
        "human",
        right="human, right? | It's human",
        wrong="human right | human rights | it's inhuman | not human, I think",
    ),
    asked("far", wrong="far right | far left | so far not"),
    asked("прямой", right="это прямой | прямого", wrong="прямой ответ | непрямой | это не прямой"),
    asked("невидимо", right="это невидимо", wrong="видимо-невидимо | видимо | не невидимо"),
    asked(
        "Bern",
        right="I think that it might be Bern | This is Bern | Bern is correct | BERN!!! | Bern, I think | "
        "It must be Bern",
        wrong="Not Bern, I think | I think not Bern | Bern is wrong | Bern is not the answer | "
        "Bern isn't the right answer | "
        "It's anything but Bern | The wrong answer is Bern | I know it is not Bern | It was before Bern | Born | Bonn",
    ),
    asked(
        "Берн",
        right="думаю что Берн | мой ответ - Берн | Берн, по-моему | Это Берн? | Скорее всего, Берн",
        wrong="точно не Берн | это вряд ли Берн | не думаю, что Берн | это совсем не Берн | Неправильный ответ: Берн | "
        "Неверно: Берн | Бонн | Берн это неправильно | никак не Берн",
    ),
    asked(
        "Париж",
        right="менің ойымша Париж | Париж деп ойлаймын | Дұрыс жауап: Париж",
        wrong="Бұл Париж болуы мүмкін емес | Дұрыс емес жауап: Париж | Париж емес шығар | Париж деп ойламаймын",
    ),
)

# Numbers in words, ordinals, rulers and centuries; prepositions of place; short names and contractions.
NUMBERS_AND_PLACES: tuple[Asked, ...] = (
    asked("five-year plan", right="5-year plan | 5 year plan", wrong="fifth-year plan | 50-year plan | six-year plan"),
    asked(
        "первый президент",
        right="1-й президент | первого президента",
        wrong="1 президент | второй президент | 11-й президент",
    ),
    asked("two presidents", right="2 presidents", wrong="second president | 2nd president | 12 presidents"),
    asked("Louis XIV", right="Louis the Fourteenth | Louis 14", wrong="Louis XVI | Louis the Fourth | Louis | Louis 4"),
    asked(
        "Henry VIII",
        right="Henry the Eighth | Henry the 8th | Henry 8",
        wrong="Henry VII | Henry the Eighteenth | Harry",
    ),
    asked(
        "Екатерина II",
        right="Екатерина 2 | Екатерина Вторая | Екатерины II",
        wrong="Екатерина I | Екатерина Великая | Екатерина",
    ),
    asked(
        "XXI век",
        right="21 век | двадцать первый век | в двадцать первом веке | 21-й век",
        wrong="XX век | 20 век | двадцать веков | 21 год",
    ),
    asked(
        "21st century",
        right="twenty-first century | XXI century | the 21st century",
        wrong="21 centuries | 20th century | 21 years",
    ),
    asked("XXI ғасыр", right="21-ғасыр | жиырма бірінші ғасыр | 21 ғасыр", wrong="XX ғасыр | 12 ғасыр | 21 жыл"),
    asked("does not exist", right="doesn't exist | doesn’t exist", wrong="does exist | exists | did exist"),
    asked("member", right="members | a member", wrong="non-member | nonmember | non members"),
    asked("non-fiction", right="nonfiction | non fiction", wrong="fiction | friction"),
    asked("for the people", right="for the people", wrong="by the people | of the people | against the people"),
    asked("during the war", right="during the war", wrong="after the war | before the war | since the war"),
    asked("war", right="in the war | wars", wrong="after the war | post-war | no war | before the war | prewar"),
    asked("to Geneva", right="Geneva | in Geneva", wrong="from Geneva | not to Geneva"),
    asked("on the table", right="the table", wrong="under the table | off the table"),
    asked(
        "Chapter 7", right="ch. 7 | ch 7 | in ch. 7 | chapter seven", wrong="ch. 17 | p. 7 | not ch. 7 | chapter 7.1"
    ),
    asked("$5", right="$5 | $ 5", wrong="-$5 | –$5 | $-5 | $50 | 5%"),
    asked("-5", right="−5 | –5", wrong="5 | -15 | 5-"),
)

TRAPS = (*NUMBERS_AND_PLACES, *WORDS_AROUND, *NOT_NAMES, *NOT_DATES, *SIGNS, *LETTERS, *NEGATIONS)
