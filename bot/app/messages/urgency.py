"""Urgency of messages: when all wait for Telegram's rate limits, those of a live round are sent first."""

from enum import IntEnum

from bot.app import messages as messages


class Urgency(IntEnum):
    """Urgency of a message, the most urgent first; the numbers are stored in the outbox."""

    LIVE = 0
    REPLY = 1
    LATER = 2

    @property
    def patience(self) -> float:
        """Seconds for which newer, more urgent messages may overtake it."""
        return _PATIENCE[self]


# Messages that wait for no other message to the same chat, and that no other message waits for.
INDEPENDENT = (messages.PressAnswer, messages.MemberCheck, messages.ClosedPoll)

_PATIENCE = {Urgency.LIVE: 0.0, Urgency.REPLY: 2.0, Urgency.LATER: 30.0}

# LIVE: a whole class, or a person who pressed a button, waits for it. REPLY: one person waits. LATER: nobody waits.
URGENCIES: dict[type, Urgency] = {
    messages.ControlsChanged: Urgency.LIVE,
    messages.DeletedMessage: Urgency.LIVE,
    messages.NicknameWanted: Urgency.REPLY,
    messages.NicknameChanged: Urgency.LATER,
    messages.RealNameWanted: Urgency.REPLY,
    messages.Seated: Urgency.REPLY,
    messages.ClassQuestion: Urgency.LIVE,
    messages.ClassExplanation: Urgency.LIVE,
    messages.ClassResult: Urgency.LATER,
    messages.GroupSetup: Urgency.REPLY,
    messages.GroupChosen: Urgency.REPLY,
    messages.GroupNotice: Urgency.REPLY,
    messages.GroupQuizWaits: Urgency.LIVE,
    messages.GroupPoll: Urgency.LIVE,
    messages.GroupDiscussion: Urgency.LIVE,
    messages.GroupReveal: Urgency.LIVE,
    messages.GroupResult: Urgency.LATER,
    messages.LookUp: Urgency.LIVE,
    messages.MemberCheck: Urgency.REPLY,
    messages.ClassSetup: Urgency.REPLY,
    messages.ClassUnderWay: Urgency.REPLY,
    messages.BoardOffered: Urgency.REPLY,
    messages.ClassOpened: Urgency.REPLY,
    messages.ClassControls: Urgency.LIVE,
    messages.ClassSummary: Urgency.LATER,
    messages.PupilList: Urgency.REPLY,
    messages.PupilCard: Urgency.REPLY,
    messages.HostList: Urgency.REPLY,
    messages.Welcome: Urgency.REPLY,
    messages.Help: Urgency.REPLY,
    messages.ScoreCard: Urgency.REPLY,
    messages.TopicList: Urgency.REPLY,
    messages.Contents: Urgency.REPLY,
    messages.PassageShown: Urgency.REPLY,
    messages.LanguageChoice: Urgency.REPLY,
    messages.Notice: Urgency.REPLY,
    messages.CodeUnknown: Urgency.REPLY,
    messages.CodeWait: Urgency.REPLY,
    messages.PressAnswer: Urgency.LIVE,
    messages.RightSign: Urgency.REPLY,
    messages.TakenSign: Urgency.LIVE,
    messages.ClosedPoll: Urgency.LATER,
    messages.ClosedButtons: Urgency.LIVE,
    messages.AskedQuestion: Urgency.REPLY,
    messages.Explanation: Urgency.REPLY,
    messages.RightSpelling: Urgency.REPLY,
    messages.QuizResult: Urgency.REPLY,
    messages.QuizStopped: Urgency.REPLY,
    messages.QuizWaits: Urgency.REPLY,
    messages.QuizSetup: Urgency.REPLY,
    messages.QuizChosen: Urgency.REPLY,
}


def urgency_of(message: object) -> Urgency:
    """Return the urgency of a message."""
    return URGENCIES[type(message)]
