"""Tools of the hosts of a live class over a link: the control message, the pupils, the co-hosts."""

from bot.app.messages import ClassControls, HostList, OptionVotes, PupilCard, PupilLine, PupilList, VoteShown
from bot.core.classroom import Phase
from bot.core.seat import DOUBLE, HALF_MORE, UNTIMED, USUAL
from bot.i18n import Texts
from bot.i18n.user_text import isolated, without_links
from bot.tg.bot_api.call import ApiCall, Buttons, data
from bot.tg.views.controls import control_rows
from bot.tg.views.hosting import code_in_groups
from bot.tg.views.paging import length, pieces
from bot.tg.views.solo import ticked
from bot.tg.views.text import safe, show_in

# The controls must fit into one message: long stems and options are shortened here, and nowhere else.
_LONG_STEM = 600
_LONG_OPTION = 120
# A name has up to 64 letters before a space and 64 after it; ten names are shown beside an invitation.
_LONG_NAME = 40
_TIMES = (("1×", USUAL), ("1.5×", HALF_MORE), ("2×", DOUBLE))
_SIGNS = {"here": "", "away": "💤 ", "out": "🚪 "}


def class_controls(message: ClassControls, texts: Texts) -> list[ApiCall]:
    """Show the state of the class, with the buttons that have an effect in it."""
    controls = message.controls
    parts = _scene(message, texts)
    if controls.ending:
        parts.append(texts.html("host.sure"))
    rows = [*control_rows(controls, texts)]
    if controls.phase is not Phase.FINISHED and not controls.ending:
        pupils = (texts.plain("host.pupils"), data("pupils", controls.session))
        rows.append([pupils, (texts.plain("host.hosts"), data("hosts", controls.session))])
    return [show_in(message.message_id, "\n\n".join(parts), rows)]


def _scene(message: ClassControls, texts: Texts) -> list[str]:
    controls = message.controls
    here = texts.html("host.here", n=message.here) if message.here else texts.html("host.list_empty")
    if controls.phase is Phase.FINISHED:
        return [texts.html("host.finished")]
    if controls.phase is Phase.GATHERING:
        join = texts.html("host.lobby", code=code_in_groups(message.code), link=message.link)
        return [join, f"{here}\n{texts.html('host.newest', names=message.names)}" if message.names else here]
    place = f"<b>{texts.html('question.place', round=controls.round, of=message.of)}</b>"
    parts = [place, *(_vote(message.vote, texts) if message.vote else ())]
    if controls.phase in (Phase.ASKING, Phase.HELD):
        parts.append(f"{texts.html('host.answered', answered=message.answered, asked=message.asked)}\n{here}")
    if controls.phase in _STATES:
        parts.append(texts.html("host.quiet" if message.quiet else _STATES[controls.phase]))
    return parts


_STATES = {
    Phase.HELD: "host.held",
    Phase.DISCUSSING: "host.discussing",
    Phase.RESTING: "host.resting",
}


def _vote(vote: VoteShown, texts: Texts) -> list[str]:
    """Show the question, and its finished votes."""
    words = {"true": texts.plain("question.true"), "false": texts.plain("question.false")} if vote.statement else {}
    parts = [safe(_shortened(without_links(vote.stem), _LONG_STEM))]
    if vote.options:
        parts.append("\n".join(_option(option, words.get(option.text, option.text)) for option in vote.options))
    if vote.solution:
        solution = "; ".join(words.get(one, one) for one in vote.solution)
        right = texts.html("host.right", right=vote.right, answered=vote.answered)
        parts.append(
            f"{texts.html('host.solution', solution=_shortened(without_links(solution), _LONG_STEM))}\n{right}"
        )
    return parts


def _option(option: OptionVotes, text: str) -> str:
    """Show one option: with its mark once that may be seen, and with its votes, the first before the last."""
    sign = "▫️" if option.right is None else "✅" if option.right else "✖️"
    votes = " → ".join(str(count) for count in (option.first, option.last) if count is not None)
    return f"{sign} {safe(_shortened(without_links(text), _LONG_OPTION))}: <b>{votes}</b>"


def _shortened(text: str, limit: int) -> str:
    return text if length(text) <= limit else f"{next(pieces(text, limit))} …"


def pupil_list(message: PupilList, texts: Texts) -> list[ApiCall]:
    """Show one page of pupils, each with a button that opens the pupil's card."""
    cells = [(_label(line), data("pupil", line.pupil)) for line in message.pupils]
    rows = [cells[place : place + 2] for place in range(0, len(cells), 2)]
    turns = (("◀️", message.page - 1), ("▶️", message.page + 1))
    ways = [(sign, data("pupils", message.session, page)) for sign, page in turns if 0 <= page < message.pages]
    rows += [ways] if ways else []
    rows.append([_back_to_controls(message.session, texts)])
    text = texts.html("host.list" if message.pupils else "host.list_empty")
    if message.pages > 1:
        text += f"\n<i>{texts.html('read.place', number=message.page + 1, of=message.pages)}</i>"
    return [show_in(message.message_id, text, rows)]


def _label(line: PupilLine) -> str:
    """Return the text of a pupil's button; a name without other words needs no bidi isolation."""
    names = f"{isolated(line.nickname)} · {isolated(line.real_name)}" if line.real_name else line.nickname
    return f"{_SIGNS[line.presence]}{names}"


def _back_to_controls(session: int, texts: Texts) -> tuple[str, str]:
    return texts.plain("host.controls"), data("controls", session)


def pupil_card(message: PupilCard, texts: Texts) -> list[ApiCall]:
    """Show one pupil, with the possible actions."""
    name = texts.html("host.card", name=message.nickname, right=message.right, seen=message.seen)
    parts = [name, *([texts.html("host.card_name", name=message.real_name)] if message.real_name else ())]
    if message.presence == "away":
        parts.append(texts.html("host.card_away"))
    if message.presence == "out":
        parts.append(texts.html("host.card_out"))
    if message.fault:
        parts.append(texts.html(f"seat.fault_{message.fault}"))
    parts.append(texts.html("host.rename_how" if message.renaming else "host.card_time"))
    return [show_in(message.message_id, "\n\n".join(parts), _card_rows(message, texts))]


def _card_rows(message: PupilCard, texts: Texts) -> Buttons:
    pupil = message.pupil
    if message.renaming:
        return [[(texts.plain("host.rename_not"), data("pupil", pupil))]]
    times = [*_TIMES, (texts.plain("host.untimed"), UNTIMED)]
    out = ("host.readmit", "readmit") if message.presence == "out" else ("host.remove", "remove")
    return [
        [(ticked(text, message.allowance == percent), data("time", pupil, percent)) for text, percent in times],
        [(texts.plain("host.rename"), data("rename", pupil)), (texts.plain(out[0]), data(out[1], pupil))],
        [(texts.plain("host.all_pupils"), data("pupils", message.session, 0))],
    ]


def host_list(message: HostList, texts: Texts) -> list[ApiCall]:
    """Show who leads the class; to the host also the invitation, and actions on co-hosts."""
    parts = [texts.html("host.leads", name=_shortened(message.host, _LONG_NAME))]
    if message.others:
        names = tuple(_shortened(name, _LONG_NAME) for _, name in message.others)
        parts.append(texts.html("host.others", names=names))
    if not message.is_host:
        parts.append(texts.html("host.only_host"))
    elif message.link:
        parts.append(texts.html("host.invite", link=message.link))
    else:
        parts.append(texts.html(_INVITING[message.inviting]))
    return [show_in(message.message_id, "\n\n".join(parts), _host_rows(message, texts))]


_INVITING = {"open": "host.invite_none", "started": "host.invite_started", "full": "host.invite_full"}


def _host_rows(message: HostList, texts: Texts) -> Buttons:
    rows: Buttons = [[_back_to_controls(message.session, texts)]]
    if not message.is_host:
        return rows
    session, people = message.session, [(person, _shortened(name, _LONG_NAME)) for person, name in message.others]
    if message.inviting == "open":
        rows = [[(texts.plain("host.invite_new"), data("invite", session))], *rows]
    return [
        *(
            [
                (texts.plain("host.hand_over", name=name), data("handover", session, person)),
                (texts.plain("host.remove_host", name=name), data("unhost", session, person)),
            ]
            for person, name in people
        ),
        *rows,
    ]
