"""How urgent each message is: where all must wait for Telegram's limits, what a live round waits for goes first."""

from enum import IntEnum

from bot.app import messages as told


class Urgency(IntEnum):
    """How urgent a message is, the most urgent first; the numbers stand in the outbox."""

    LIVE = 0
    REPLY = 1
    LATER = 2

    @property
    def patience(self) -> float:
        """For how many seconds it may stand back behind what is more urgent; then it goes as if it were that."""
        return _PATIENCE[self]


# What waits for nothing else that is to be sent to its chat, and holds nothing of that up.
APART = (told.PressAnswer, told.MemberCheck, told.ClosedPoll)

_PATIENCE = {Urgency.LIVE: 0.0, Urgency.REPLY: 2.0, Urgency.LATER: 30.0}

# LIVE: a whole class waits for it, or a finger on a button. LATER: nobody waits for it now. REPLY: one person does.
URGENCIES: dict[type, Urgency] = {
    told.ControlsChanged: Urgency.LIVE,
    told.DeletedMessage: Urgency.LIVE,
    told.NicknameWanted: Urgency.REPLY,
    told.NicknameChanged: Urgency.LATER,
    told.RealNameWanted: Urgency.REPLY,
    told.Seated: Urgency.REPLY,
    told.ClassQuestion: Urgency.LIVE,
    told.ClassExplanation: Urgency.LIVE,
    told.ClassResult: Urgency.LATER,
    told.GroupSetup: Urgency.REPLY,
    told.GroupChosen: Urgency.REPLY,
    told.GroupNotice: Urgency.REPLY,
    told.GroupQuizWaits: Urgency.LIVE,
    told.GroupPoll: Urgency.LIVE,
    told.GroupDiscussion: Urgency.LIVE,
    told.GroupReveal: Urgency.LIVE,
    told.GroupResult: Urgency.LATER,
    told.LookUp: Urgency.LIVE,
    told.MemberCheck: Urgency.REPLY,
    told.ClassSetup: Urgency.REPLY,
    told.ClassUnderWay: Urgency.REPLY,
    told.BoardOffered: Urgency.REPLY,
    told.ClassOpened: Urgency.REPLY,
    told.ClassControls: Urgency.LIVE,
    told.ClassSummary: Urgency.LATER,
    told.PupilList: Urgency.REPLY,
    told.PupilCard: Urgency.REPLY,
    told.HostList: Urgency.REPLY,
    told.Welcome: Urgency.REPLY,
    told.Help: Urgency.REPLY,
    told.ScoreCard: Urgency.REPLY,
    told.TopicList: Urgency.REPLY,
    told.Contents: Urgency.REPLY,
    told.PassageShown: Urgency.REPLY,
    told.LanguageChoice: Urgency.REPLY,
    told.Notice: Urgency.REPLY,
    told.CodeUnknown: Urgency.REPLY,
    told.CodeWait: Urgency.REPLY,
    told.PressAnswer: Urgency.LIVE,
    told.RightSign: Urgency.REPLY,
    told.TakenSign: Urgency.LIVE,
    told.ClosedPoll: Urgency.LATER,
    told.ClosedButtons: Urgency.LIVE,
    told.AskedQuestion: Urgency.REPLY,
    told.Explanation: Urgency.REPLY,
    told.RightSpelling: Urgency.REPLY,
    told.QuizResult: Urgency.REPLY,
    told.QuizStopped: Urgency.REPLY,
    told.QuizWaits: Urgency.REPLY,
    told.QuizSetup: Urgency.REPLY,
    told.QuizChosen: Urgency.REPLY,
}


def urgency_of(message: object) -> Urgency:
    """Say how urgent a message is."""
    return URGENCIES[type(message)]
