"""Control buttons of a live class; its phase decides which there are."""

from bot.app.commands import Control
from bot.app.messages import Controls
from bot.core.classroom import Phase
from bot.i18n import Texts
from bot.tg.bot_api.call import Buttons, data

# Rows of (text, control), narrow enough for a phone; controls without effect in a phase are missing.
_ROWS: dict[Phase, tuple[tuple[tuple[str, Control], ...], ...]] = {
    Phase.GATHERING: ((("start", Control.START),), (("end", Control.ASK_END),)),
    Phase.ASKING: (
        (("close", Control.CLOSE),),
        (("pause", Control.PAUSE), ("more", Control.MORE)),
        (("discuss", Control.DISCUSS),),
        (("skip", Control.SKIP), ("end", Control.ASK_END)),
    ),
    Phase.HELD: (
        (("resume", Control.RESUME), ("close", Control.CLOSE)),
        (("discuss", Control.DISCUSS),),
        (("skip", Control.SKIP), ("end", Control.ASK_END)),
    ),
    Phase.DISCUSSING: ((("again", Control.NEXT),), (("skip", Control.SKIP), ("end", Control.ASK_END))),
    Phase.REVEALED: ((("next", Control.NEXT), ("pause", Control.PAUSE)), (("end", Control.ASK_END),)),
    Phase.RESTING: ((("next", Control.NEXT),), (("end", Control.ASK_END),)),
    Phase.FINISHED: (),
}
_ENDING = ((("end_yes", Control.END), ("end_no", Control.KEEP)),)


def control_rows(controls: Controls, texts: Texts) -> Buttons:
    """Return the rows of buttons as (text, callback data); each is valid for its round only."""
    rows = _ENDING if controls.ending else _ROWS[controls.phase]
    buttons = [
        [
            (texts.plain(f"control.{_word(name, controls)}"), data("ctl", control, controls.session, controls.round))
            for name, control in row
            if _is_shown(name, controls)
        ]
        for row in rows
    ]
    return [row for row in buttons if row]


def _is_shown(name: str, controls: Controls) -> bool:
    """Return whether a button makes sense: no time without a time limit, no second discussion of a question."""
    if name == "more" or (name == "pause" and controls.phase is Phase.REVEALED):
        return controls.timed
    return name != "discuss" or controls.vote == 1


def _word(name: str, controls: Controls) -> str:
    return "finish" if name == "next" and controls.last else name
