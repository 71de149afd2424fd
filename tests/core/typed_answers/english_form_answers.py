"""English plurals and possessives are right; other words of the same root are wrong."""

from typed_rows import Asked, asked

ENGLISH_FORMS: tuple[Asked, ...] = (
    asked(
        "human rights",
        right="human right | Human Rights' | human rights.",
        wrong="humanity rights | humane rights | human wrongs | inhuman rights | human righteous | rights | "
        "human rites",
    ),
    asked(
        "human",
        right="humans | human's | humans'",
        wrong="humanity | humane | humanist | inhuman | humanitarian | humanism",
    ),
    asked(
        "constitution", right="constitutions | constitution's", wrong="constitutional | constituent | unconstitutional"
    ),
    asked("Kazakhstan", right="Kazakhstan's | in Kazakhstan", wrong="Kazakh | Kazakhs"),
    asked("law", right="laws | law's | the laws", wrong="lawyer | lawful | lawless | outlaw | flaw | lawn"),
    asked("child", right="children | child's | children's", wrong="childhood | childish | childless | chilled | chill"),
    asked("women", right="woman | women's | woman's", wrong="men | man | womanhood | omen | womb"),
    asked("city", right="cities | city's", wrong="citizen | citizens | cite | civic | cites"),
    asked("treaties", right="treaty | treaty's", wrong="treatise | treatment | treat | treats | entreaty"),
    asked("box", right="boxes | box's", wrong="boxer | boxing | fox | ox"),
    asked("analysis", right="analyses", wrong="analyst | analysts | analytic | paralysis | catalysis"),
    asked("nation", right="nations | nations'", wrong="national | nationality | notion | ration | donation"),
    asked("torture", right="tortures | torture's", wrong="torturer | tortured | torturous | tortoise | nurture"),
    asked("election", right="elections | the elections", wrong="elector | electron | selection | erection | elective"),
    asked("prince", right="princes | prince's", wrong="princess | princesses | print | principal | princely"),
    asked("princess", right="princesses | princess's", wrong="prince | princes | princely"),
    asked("Wales", right="WALES | Wales'", wrong="Wale | whale | whales | wall | walls"),
    asked("Paris", right="Paris's | Paris'", wrong="Pari | parish | parishes | Persia"),
    asked("new", right="NEW", wrong="news | newt | newly | knew"),
    asked("news", right="NEWS | the news", wrong="new | newer | newts"),
    asked("bus", right="buses | the bus", wrong="bu | us | busy | bush | abuses"),
    asked("glass", right="glasses", wrong="glas case | gloss | glossy | grass | class | lass"),
    asked("justice", right="justice's", wrong="injustice | injustices | just | justify | justified"),
    asked("equality", right="equality's | the equality", wrong="inequality | equal | quality | equally"),
    asked("peace", right="the peace", wrong="peaceful | piece | war | place"),
    asked("artist", right="artists | artist's", wrong="art | arts | artistic | article"),
    asked("scientist", right="scientists | scientists' | sceintist", wrong="science | scientific | sciences"),
    asked("wolf", right="wolves | wolf's", wrong="wolfish | woof | golf | solve"),
    asked("foot", right="feet", wrong="food | feed | footing | fool"),
    asked("states", right="state | states' | the State", wrong="statue | statues | stats | status | statute"),
    asked("minister", right="ministers | minister's", wrong="ministry | administer | minstrel | ministries"),
    asked("visitors", right="visitor | visitor's | visiters", wrong="visit | visits | visiting | vectors"),
    asked("lens", right="lenses", wrong="len | lend | lease"),
    asked("Netherlands", right="the Netherlands | Netherland", wrong="Neanderthals | Finland | Iceland"),
    asked("countries", right="country | country's", wrong="county | counties | counter | countess"),
)
