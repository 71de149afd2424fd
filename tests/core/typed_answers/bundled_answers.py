"""Natural right and wrong answers to every typed question of the bundled bank, by question id."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answers:
    """Typed answers to one question: right ones, and similar wrong ones."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]


def answers(right: str, wrong: str) -> Answers:
    """Create answers from lists of texts separated by " | "."""
    return Answers(tuple(right.split(" | ")), tuple(wrong.split(" | ")))


BUNDLED: dict[str, Answers] = {
    "partner-letters": answers(
        right=(
            "OSCE | osce | the OSCE | O.S.C.E. | It is the OSCE | ОSСЕ | “OSCE” | OSCE. | "
            "the Organisation for Security and Cooperation in Europe | "
            "Organization for Security & Co-operation in Europe | "
            "Organization for Security and Co-operation in Europe (OSCE) | "
            "organization for securty and cooperation in Europe | "
            "the answer is OSCE | Organisation for Security and Co-operation in Europe’s | It's OSCE"
        ),
        wrong=(
            "OECD | OCSE | OSC | UN | ECSO | not OSCE | OSCE or OECD | ASCE | Organization for Economic Co-operation | "
            "Organization for Security in Europe | Organization against Security and Co-operation in Europe | "
            "Europe | OSCAR"
        ),
    ),
    "partner-fund": answers(
        right=(
            "the UN Children’s Fund | UN Children's Fund | un childrens fund | UNICEF | unicef | "
            "U.N. Children's Fund | "
            "United Nations Childrens Fund | The United Nations Children’s Fund | It is the UN Children's Fund | "
            "Childrens’ Fund | Fund for Children | UN Fund for Children | the Children’s Fund | It's called UNICEF | "
            "United Nation Children's Fund | UN Chidren’s Fund"
        ),
        wrong=(
            "UNESCO | UN Population Fund | the Fund | UN Children | Monetary Fund | not UNICEF | UN Childless Fund | "
            "UN Women’s Fund | UNICEF or UNESCO | UNHCR | International Fund | Fun for Children | UN"
        ),
    ),
    "values-article": answers(
        right=(
            "The first article | first article | the first | Article 1 | in article 1 | Article No. 1 | Art. 1 | #1 | "
            "1 | "
            "number 1 | Number one | article one | 1st article | in the first article | It is article 1 | the 1st | "
            "No. 1 | "
            "article #1 | Article number 1"
        ),
        wrong=(
            "Article 2 | article 11 | the second article | 10 | not article 1 | the last article | -1 | 1.1 | "
            "article 1 or 2 | "
            "Article | 0 | #2 | Art. 12 | Chapter 1 | the twenty-first article | articles 1 and 2 | not the first | "
            "1st of May"
        ),
    ),
    "aim-curb": answers(
        right=(
            "corruption | Corruption. | the corruption | Coruption | corrupton | CORRUPTION | It is corruption | "
            "corruptoin | "
            "Corruption! | the answer is corruption | corruptions | “corruption” | It was corruption | "
            "I think it is corruption"
        ),
        wrong=(
            "correction | disruption | corporation | crime | eruption | corrupt | not corruption | no corruption | "
            "interruption | "
            "anti-corruption | construction | corruption or crime | incorruption | corruptible | torture | cooperation"
        ),
    ),
    "minister-name": answers(
        right=(
            "Erlan Idrissov | Idrissov | idrisov | Idrissov Erlan | Idrissov, Erlan | E. Idrissov | Idrissov E. | "
            "Yerlan Idrisov | "
            "Mr. Idrissov | It was Erlan Idrissov | Minister Idrissov | Erlan Idrissow | Idrisov Yerlan | "
            "Mr Erlan Idrissov | "
            "minister Erlan Idrisov | Erlan Idrissov’s | It is Idrissov"
        ),
        wrong=(
            "Idrissova | Tleuberdi | Erlan Tleuberdi | Aslan Idrissov | A. Idrissov | not Idrissov | Idris | Erlan | "
            "Zeid | "
            "Idrissov or Tleuberdi | the minister | Erlan Idrissova | Mrs Idrissova | Möller | Minister"
        ),
    ),
    "commissioner-name": answers(
        right=(
            "Prince Zeid Ra’ad Al-Hussein | Zeid Raad Al Hussein | zeid ra'ad al-hussein | Prince Zeid | Zeid | "
            "Al Hussein | "
            "AlHussein | Hussein | Al-Hussein, Zeid | Zeid Al Husein | Z. Al-Hussein | Prince Zeid Ra'ad | "
            "Al-Hussein Zeid | "
            "It was Prince Zeid | prince zeid raad alhussein | Zeid Ra`ad Al‑Hussein | "
            ""
            "Zeid Ra’ad Al-Husein | Zeid Hussein"
        ),
        wrong=(
            "Michael Möller | Möller | Prince | Zaid Möller | Saddam Hussein | Zeit | Prince Hassan | "
            "not Prince Zeid | Al | Seid | "
            "M. Al-Hussein | Idrissov | Prince Charles | Zeid or Möller | Ra | Princess Zeid"
        ),
    ),
    "second-official-name": answers(
        right=(
            "Michael Möller | Moller | Möller | moeller | Møller | Michael Moller | M. Möller | Möller, Michael | "
            "Moeller Michael | "
            "Micheal Möller | Mr. Möller | It was Michael Möller | Mr Moller | Michael Møler | MICHAEL MÖLLER | "
            "Möller M."
        ),
        wrong=(
            "Miller | Müller | Michael Müller | Michael Miller | Muller | Mueller | Mr Miller | Michael | "
            "Prince Zeid | Moll | "
            "A. Möller | Michaela Möller | not Möller | Möller or Zeid | Zeid Ra’ad Al-Hussein | Mr Müller | "
            "Michael Mueller | M."
        ),
    ),
    "unknown-person": answers(
        right=(
            "Tleuberdi | tleuberdi | Tileuberdi | Tleuberdy | Mr. Tleuberdi | Mukhtar Tleuberdi | Tleuberdi Mukhtar | "
            "M. Tleuberdi | It is Tleuberdi | Tleuberdi’s | Tlueberdi | Tleuberdi, M. | Mukhtar Tileuberdi"
        ),
        wrong=(
            "Idrissov | Erlan Idrissov | Tleubayev | Mukhtar | not Tleuberdi | Tleuberdina | Erlan Tleuberdi | "
            "Möller | Zeid | "
            "Tleuberdi or Idrissov | Tokayev | a minister | A. Tleuberdi"
        ),
    ),
    "visitors-issue": answers(
        right=(
            "Right to Peaceful Assembly | the right to peaceful assembly | peaceful assembly | Freedom of assembly | "
            "Peacefull assembly | Peaceful asembly | the right of peaceful assembly | right to assemble peacefully | "
            "It is the right to peaceful assembly | Freedom of peaceful assembly | peaceful assemblies | Assembly | "
            "The Right to Assembly | rights to peaceful assembly | the freedom of peaceful assembly | right to assemble"
        ),
        wrong=(
            "General Assembly | right to peace | Peaceful | the right to vote | not peaceful assembly | "
            "right to life | violent assembly | "
            "Right to Non-peaceful Assembly | freedom of speech | National Assembly | "
            "right against peaceful assembly | rights | "
            "peaceful resembling | freedom from assembly | unpeaceful assembly | assembly or speech | assembler"
        ),
    ),
}
