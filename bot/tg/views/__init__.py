"""How each message looks in Telegram. A new message is a function in the file of its story and a line here."""

from collections.abc import Callable
from typing import Any

from bot.app import messages
from bot.i18n import LANGUAGES, REFERENCE, Texts
from bot.tg.call import Call
from bot.tg.views import group, learning, question, signs, solo

VIEWS: dict[type, Callable[[Any, Texts], list[Call]]] = {
    messages.AskedQuestion: question.asked_question,
    messages.Explanation: solo.explanation,
    messages.QuizResult: solo.quiz_result,
    messages.QuizStopped: solo.quiz_stopped,
    messages.QuizWaits: solo.quiz_waits,
    messages.QuizSetup: solo.quiz_setup,
    messages.QuizChosen: solo.quiz_chosen,
    messages.Welcome: learning.welcome,
    messages.Help: learning.help_text,
    messages.ScoreCard: learning.score_card,
    messages.TopicList: learning.topic_list,
    messages.Contents: learning.contents,
    messages.PassageShown: learning.passage_shown,
    messages.LanguageChoice: learning.language_choice,
    messages.Notice: learning.notice,
    messages.GroupNotice: group.group_notice,
    messages.PressAnswer: signs.press_answer,
    messages.RightSign: signs.right_sign,
    messages.ClosedPoll: signs.closed_poll,
    messages.ClosedButtons: signs.closed_buttons,
}


def show(message: messages.Message, language: str) -> list[Call]:
    """Give the calls that show a message to a reader of this language."""
    return VIEWS[type(message)](message, LANGUAGES.get(language) or LANGUAGES[REFERENCE])
