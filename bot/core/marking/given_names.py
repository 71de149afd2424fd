"""Data for ``person_names``: frequent given names, and words that occur in names of organizations and places.

A text with one of the given names names a person; a text with one of the other words does not. All words are folded.
"""

from bot.core.marking.rule_types import word_set

GIVEN_NAMES = word_set(
    """
    aaron abai abay abdul abraham ada adam adele adolf adrian agatha ahmad ahmed aidar aigerim aigul ainur akbar
    akira alan albert alberto alejandro aleksandr aleksei aleksey alex alexander alexandra alexandre alexandria
    alexei alexey alexis alfred ali alice alikhan alim alisher aliya alla allan almaz almazbek amartya amelia
    amina amir amy ana anastasia anatoly anders andre andrea andreas andrei andrew andrey andy angela angelina
    anita ann anna anne annie antal anthony antoine anton antonio antony anuar arman arnold arsen artem arthur
    artur asan asel askar aslan asset astrid august auguste augusto aung aurora ayan aziz bakhyt bakytzhan barack
    barbara bauyrzhan beatrice ben benito benjamin berik bernard bernie bertha bertrand beth billy blaise bob
    bohdan bolat boris boutros brad brian bruce bruno calvin carl carla carlo carlos carol caroline catherine
    cecilia celia cesar charles charlie charlotte chester chinghiz chokan chris christian christina christine
    christoph christopher claire clara claude claudia clement colin constantine craig cristina dag dan dana daniel
    daniela daniyar daria darkhan dauren david dean deborah denis dennis derek desmond diana dias diego dietrich
    dilma dinara dmitri dmitriy dmitry dolores dominic donald dora doris dorothy douglas dwight eddie edgar edgard
    edith edmund eduard edvard edward edwin einar ekaterina eleanor elena elias elizabeth ella ellen elon elvis
    emil emilia emily emma emmanuel emmeline emomali enlai enrico eric erik erlan ermek ernest ernesto erwin
    esther eugene eva evgeny evo farid farida fatima federico felix ferdinand fernando fidel fiona florence
    francesco francis francisco franco frank franklin franz fred frederic frederick friedrich fyodor gabriel
    galileo galina galym gary gaukhar gavin gennady geoffrey george georges gerald gerhard gerrit gertrude giorgi
    giovanni giuseppe gleb gloria golda gordon grace graham greg gregor gregory greta grigory guido gulnara gunter
    gurbanguly gustav guy haile hamid hannah hans harold harriet harry haruki harvey hassan heather heinrich helen
    helena helmut henri henry herbert herman hermann heydar hillary howard hubert hugh hugo ian ibrahim ibrai ida
    igor ilham ilya immanuel indira ingrid ioann irina isaac isabel isabella isatai islam ivan ivanka jack jackie
    jacob jacqueline jacques jair jake james jan jane janet jason javier jawaharlal jean jean-jacques jean-paul
    jeff jeffrey jennifer jens jeremy jerome jerry jesse jessica jim jimmy jinping joachim joan joanna joao jody
    joe joel johan johann johannes john johnny jomo jonas jonathan jorge jose josef joseph joshua juan judith
    jules julia julian julie julius jurgen justin kailash kairat kamala kamila kanat kanysh karen karim karl
    karlygash kassym kasym kate katherine kathleen kazimir keith kenneth kenzo kerry kevin ki-moon kim kofi konrad
    konstantin kristina kurt kwame lal larisa larry lars laszlo laura laurence laurent lawrence lech leo leon
    leonard leonardo leonhard leonid lesya lev lewis leymah liam lidia linda lionel lisa lise lloyd lorenzo louis
    louisa louise lucas lucy ludmila ludwig luigi luis luiz luke lydia lyndon lyudmila madina magzhan mahatma
    mahmoud mahmud makhambet malala malcolm malia manuel marat marc marcel marco marcus margaret maria marie
    marilyn mario marion mark marlene marta martha martin mary mateo matthew maurice max maxim maximilian medet
    meir melania melinda michael michaela michal michel michelangelo michele michelle miguel mike mikhail mikheil
    mikolaj milan millard milos miriam mirzhakyp mohamed mohammad mohammed mohandas moses muammar muhammad muhtar
    mukhtar murat mustafa nadezhda nadia nancy naomi napoleon narendra natalia natalya nathan neil nelson niccolo
    nicholas nicola nicolas nicolaus niels nigel nikita nikola nikolai nikolaus nikolay nils nina noam noel nora
    norman nurlan nursultan nurtas octavia olaf oleg olga oliver olzhas omar orville oscar oskar otto pablo pamela
    patricia patrick paul paula paulo pavel pearl pedro per percy peter petro philip philippe phillip pierre
    pietro pyotr qanysh rabindranath rachel rafael rainer ralph ramon raoul raul ray raymond rebecca recep rene
    ricardo richard rigoberta rinat rita robert roberta roberto robin roger roland roman ronald rosa rosalind
    rosemary roy roza rudolf rupert ruslan russell ruth rutherford sabina sabit sadyr saken salman salvador sam
    samal samantha samuel sandra saparmurat sara sarah scott sean sebastian serena serge sergei sergey sergio
    serik shakarim shamil shavkat sheila shinzo shirin shoqan sigmund sigrid silvia silvio simon simone sofia
    sokrat sonia sooronbay sophia sophie srinivasa stanislav stefan stephanie stephen steve steven stuart subhas
    sue sulaiman suleiman susan svetlana sylvia tamara taras tatiana tawakkol ted tenzin teresa thabo thaddeus
    theodor theodore theresa thomas thor tim timothy timur toktar tom tony tove trygve tycho ulrich ulysses ursula
    vaclav valentin valentina valeria valery vasily vera vergil victor viktor viktoria vincent vincenzo vitaly
    vivian vladimir vladislav volker volodymyr walt walter wangari warren wassily wayne wendy werner wilbur
    wilhelm will william willy winston wolfgang woodrow xenia xiaobo xiaoping yasser ybyrai yerlan yernar yevgeny
    yoko yuri yuriy yury yves zachary zarina zedong zeid zhambyl zhanna zhuldyz zinedine zoe абай абдулла абрам
    абылай агата адиль адильбек адия азамат азат айгерим айгуль айдар айдын айнур айша акмарал аксана алдар алекс
    александр александра алексей алена алибек алиби алим алина алихан алишер алия алла алмас алтынбек альберт
    альфред амангельды амина амир анастасия анатолий ангелина андрей анна антон антуан ануар ардак арман арсен
    артем артур архимед асан асель асет аскар аслан астрид атымтай ахмед ахмет аян бакыт бакытжан бауржан бауыржан
    бақыт бақытжан бейбарыс бейбит бейімбет бекзада бекзат берик бернард бертольд билл богдан болат болатбек борис
    бәйтерек вадим валентин валентина валерий валерия варвара василий вера вернер виктор виктория вильгельм
    винсент виталий владимир владислав вольфганг вячеслав габит галилео галина галым гаухар геннадий генри генрих
    георг георгий герман глеб грета григорий гульнар гульнара густав гүлнәр дана дания данияр данте дарига дариға
    дарья дастан даулет даурен даша дениc денис джавахарлал джамбул джеймс джейн джек джо джон джордж джузеппе
    диана дидар динара динмухамед динмұхамед дмитрий дональд дінмұхаммед дәулет ева евгений евгения егор екатерина
    елена елизавета ерболат еркин еркін ерлан ермек ернар ернур есенгали есет жак жамбыл жан жанар жанат жанель
    жанна жансая жақсылық женис жозе жорж жуль жусуп жүсіп жұмабай жұмабек жұмағали жәнібек зарина зейд зигмунд
    зинаида зоя ибрагим ибрай иван игорь изабелла илья индира инна иоганн иосиф ирина исаак исатай кайрат камила
    камиль камшат канат каныш карим карл касым касымжомарт кенесары кеннет кирилл клара константин кофи кристина
    ксения кунанбай кәрім лариса лев леонардо леонид лидия лиза лилия луи луис лукас любовь людвиг людмила магжан
    мади мадина макс максим малика марат маргарита мариам марина мария марк марта мартин махамбет махатма мағжан
    медет мейрам микеланджело миржакып михаил мишель молдагали мохандас мукагали мурат муса мустафа мухаммед
    мухтар міржақып мұрат мұстафа мұхамеджан мұхтар мұқағали мәди мәншүк мәшһүр надежда наполеон нарендра наталия
    наталья нельсон никита никола николай николя нина нурлан нурсултан нұрлан нұрсұлтан олег олеся олжас ольга
    оралхан оскар отто пабло павел патрик пауль петр пьер рабиндранат раиса райымбек раушан рахат ренат ринат
    роберт роза роман рубен руслан рустам сабина сабит савва сакен салтанат самат сара святослав семен сергей
    серик сигизмунд симон софия софья степан стивен субхас сулейман султан сырым сяопин сұлтан сұлтанбек сәбит
    сәкен тамара тарас татьяна темирлан темірлан тимур токтар толеген томас турар тұрар төле төлеген уильям
    уинстон ульяна умберто фариза федор фердинанд фидель филипп фрида фридрих фрэнк фрэнсис ханс харуки хосе
    цзиньпин цзэдун чарльз чингиз чокан шакарим шамиль шокан шолпан шоқан шәкәрім шәмші ыбырай эдвард эдуард
    элеонора эльвира эмиль эмма эрих эрлан эрнест эрнесто юлий юлия юрий яков ян ярослав ілия ілияс ғабит ғани
    қабанбай қазыбек қайрат қанат қаныш қасым қасымжомарт әбілқайыр әбіш әйтеке әлихан әлия әліби әлімхан әнуар
    әсел әсет өмірзақ
    """
)

NO_NAMES = word_set(
    """
    a academy act action african against age agency agreement air airport alliance american amnesty an ancient and
    arab army art article asian assembly association atlantic avenue bank battle bay beach big bill black blue
    board book bridge bright british building bureau canal cape capital castle cathedral cause center central
    centre chamber charter children chinese church city civil club coast code college commission committee common
    community company conference congress constitution control convention corporation council country court crisis
    cross cultural culture day deal death declaration democratic department desert development dialogue district
    division dutch early earth east eastern economic education election emirates empire english environment equal
    equality european exchange falls family federal federation field film fine first five foreign forest forum
    foundation four france free freedom french front fund gate general german global gold golden government grand
    great greater greek green group guest gulf hall harbor harbour health high hill history holy home hospital hot
    house human ice independence indian industrial information initiative institute insurance international
    investment iron island islands issue italian japanese judge justice kingdom labor labour lake land language
    latin law lawyer league left legal liberty library life light line little local london long lower main major
    man march market master media mediterranean men middle military minister ministry minor mission modern
    monetary mount mountain mountains movement museum music nation national nations natural nature navy near new
    news night nobel north northern nuclear ocean of office official old olympic open opera or order organisation
    organization pacific palace paris park parliament partnership party peace penal peninsula people peoples
    period persian plan planet police policy political pool port post power prime prince principle prison prize
    process program programme project protection protocol province public railway rapporteur red reform region
    relations report republic rescue reserve resolution revolution right rights rio river road rock royal rule
    russian safety saint san santa school science sea second secret secretariat secretary security senate service
    seven silk sky small social society soft solar south southern soviet space spanish special square star state
    states station steel stone strait strategic street summer summit sun supreme swiss system tea team territory
    test the theater theatre theory third three time torture tower town trade traffic treaty tribal tribunal trust
    turkish two under union united universal university upper valley vice view village vitamin wall war water
    welfare west western white wild winter woman women work world yellow york young youth zone адам азия академия
    армия ассамблея атлантический банк бас батыс безопасность белая белый битва ближний большая большой бірлік
    бірінші верховный весна вестник война восток восточный время всемирный всеобщая вторая второй генеральная
    генеральный город государственный государство гражданский группа дальний декларация дело день дом древний
    древняя европейская европейский жизнь закон запад западный зеленый земля зимний золотая золотой институт
    история кавказские казахский канал кеңесі комиссия комитет конвенция конгресс конституционный конституция
    красная красный лига лунная малая малый международная международный мемлекет министерство мир мировая мировой
    море москва музей народ народный нации наций национальный новая новый общество огонь озеро океан орган
    организация ордена орел остров острова отечественная палата парк партия первая первый площадь права право
    президент премия проект пустыня рада река республика республикасы россии российская российский русская русский
    сан санкт свет свобода святой север северная северный сенат служба смерть совет советский союз средний средняя
    старый страна суд тихий третий трудовой университет фонд халық хартия холодная центр центральный церковь
    черное черный шелковый школа экономический юг южная южный ғылым қауымдастығы қор қорғау құқық құқықтары ұйымы
    ұлттар ұлттық
    """
)
