"""Messages to people, as self-contained plain values: stored in the outbox, rendered by the views of the adapter.

A message contains data only: no markup, and no texts of the bot.
"""

from bot.app.messages.asking import asks_for_text as asks_for_text
from bot.app.messages.classroom import ClassExplanation as ClassExplanation
from bot.app.messages.classroom import ClassQuestion as ClassQuestion
from bot.app.messages.classroom import ClassResult as ClassResult
from bot.app.messages.classroom import Controls as Controls
from bot.app.messages.classroom import ControlsChanged as ControlsChanged
from bot.app.messages.classroom import DeletedMessage as DeletedMessage
from bot.app.messages.classroom import NicknameChanged as NicknameChanged
from bot.app.messages.classroom import NicknameWanted as NicknameWanted
from bot.app.messages.classroom import RealNameWanted as RealNameWanted
from bot.app.messages.classroom import Seated as Seated
from bot.app.messages.classroom import Tally as Tally
from bot.app.messages.group import GroupChosen as GroupChosen
from bot.app.messages.group import GroupDiscussion as GroupDiscussion
from bot.app.messages.group import GroupNotice as GroupNotice
from bot.app.messages.group import GroupPoll as GroupPoll
from bot.app.messages.group import GroupQuizWaits as GroupQuizWaits
from bot.app.messages.group import GroupResult as GroupResult
from bot.app.messages.group import GroupReveal as GroupReveal
from bot.app.messages.group import GroupSetup as GroupSetup
from bot.app.messages.group import LookUp as LookUp
from bot.app.messages.group import MemberCheck as MemberCheck
from bot.app.messages.hosting import BoardOffered as BoardOffered
from bot.app.messages.hosting import ClassControls as ClassControls
from bot.app.messages.hosting import ClassOpened as ClassOpened
from bot.app.messages.hosting import ClassSetup as ClassSetup
from bot.app.messages.hosting import ClassSummary as ClassSummary
from bot.app.messages.hosting import ClassUnderWay as ClassUnderWay
from bot.app.messages.hosting import HardQuestion as HardQuestion
from bot.app.messages.hosting import HostList as HostList
from bot.app.messages.hosting import OptionVotes as OptionVotes
from bot.app.messages.hosting import PupilCard as PupilCard
from bot.app.messages.hosting import PupilLine as PupilLine
from bot.app.messages.hosting import PupilList as PupilList
from bot.app.messages.hosting import PupilSummary as PupilSummary
from bot.app.messages.hosting import VoteShown as VoteShown
from bot.app.messages.learning import Contents as Contents
from bot.app.messages.learning import Help as Help
from bot.app.messages.learning import LanguageChoice as LanguageChoice
from bot.app.messages.learning import PassageShown as PassageShown
from bot.app.messages.learning import ScoreCard as ScoreCard
from bot.app.messages.learning import TopicList as TopicList
from bot.app.messages.learning import Welcome as Welcome
from bot.app.messages.lesson import AnswerExplanation as AnswerExplanation
from bot.app.messages.signs import ClosedButtons as ClosedButtons
from bot.app.messages.signs import ClosedPoll as ClosedPoll
from bot.app.messages.signs import CodeUnknown as CodeUnknown
from bot.app.messages.signs import CodeWait as CodeWait
from bot.app.messages.signs import Notice as Notice
from bot.app.messages.signs import PressAnswer as PressAnswer
from bot.app.messages.signs import RightSign as RightSign
from bot.app.messages.signs import TakenSign as TakenSign
from bot.app.messages.solo import AskedQuestion as AskedQuestion
from bot.app.messages.solo import Explanation as Explanation
from bot.app.messages.solo import QuizChosen as QuizChosen
from bot.app.messages.solo import QuizResult as QuizResult
from bot.app.messages.solo import QuizSetup as QuizSetup
from bot.app.messages.solo import QuizStopped as QuizStopped
from bot.app.messages.solo import QuizWaits as QuizWaits
from bot.app.messages.solo import RightSpelling as RightSpelling
from bot.app.messages.solo import TopicOffer as TopicOffer
from bot.app.messages.solo import TopicResult as TopicResult

Message = (
    ControlsChanged
    | DeletedMessage
    | NicknameWanted
    | NicknameChanged
    | RealNameWanted
    | Seated
    | ClassQuestion
    | ClassExplanation
    | ClassResult
    | GroupSetup
    | GroupChosen
    | GroupNotice
    | GroupQuizWaits
    | GroupPoll
    | GroupDiscussion
    | GroupReveal
    | GroupResult
    | LookUp
    | MemberCheck
    | ClassSetup
    | ClassUnderWay
    | BoardOffered
    | ClassOpened
    | ClassControls
    | ClassSummary
    | PupilList
    | PupilCard
    | HostList
    | Welcome
    | Help
    | ScoreCard
    | TopicList
    | Contents
    | PassageShown
    | LanguageChoice
    | Notice
    | CodeUnknown
    | CodeWait
    | PressAnswer
    | RightSign
    | TakenSign
    | ClosedPoll
    | ClosedButtons
    | AskedQuestion
    | Explanation
    | RightSpelling
    | QuizResult
    | QuizStopped
    | QuizWaits
    | QuizSetup
    | QuizChosen
)
