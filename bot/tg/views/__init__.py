"""How each message looks in Telegram. A new message needs a function in the file of its subject and a line here."""

from collections.abc import Callable
from typing import Any

from bot.app import messages
from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES, Texts
from bot.tg.bot_api.call import ApiCall
from bot.tg.views import classroom, group, group_results, group_setup, hosting, leading, learning, question, signs, solo

VIEWS: dict[type, Callable[[Any, Texts], list[ApiCall]]] = {
    messages.AskedQuestion: question.asked_question,
    messages.Explanation: solo.explanation,
    messages.RightSpelling: solo.right_spelling,
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
    messages.CodeUnknown: classroom.code_unknown,
    messages.CodeWait: classroom.code_wait,
    messages.GroupNotice: group.group_notice,
    messages.GroupSetup: group_setup.group_setup,
    messages.GroupChosen: group_setup.group_chosen,
    messages.GroupQuizWaits: group.group_quiz_waits,
    messages.GroupPoll: group.group_poll,
    messages.GroupDiscussion: group.group_discussion,
    messages.GroupReveal: group_results.group_reveal,
    messages.GroupResult: group_results.group_result,
    messages.ControlsChanged: group.controls_changed,
    messages.LookUp: group.look_up,
    messages.MemberCheck: group.member_check,
    messages.NicknameWanted: classroom.nickname_wanted,
    messages.RealNameWanted: classroom.real_name_wanted,
    messages.Seated: classroom.seated,
    messages.NicknameChanged: classroom.nickname_changed,
    messages.ClassQuestion: classroom.class_question,
    messages.ClassExplanation: classroom.class_explanation,
    messages.ClassResult: classroom.class_result,
    messages.ClassSetup: hosting.class_setup,
    messages.ClassUnderWay: hosting.class_under_way,
    messages.BoardOffered: hosting.board_offered,
    messages.ClassOpened: hosting.class_opened,
    messages.ClassSummary: hosting.class_summary,
    messages.ClassControls: leading.class_controls,
    messages.PupilList: leading.pupil_list,
    messages.PupilCard: leading.pupil_card,
    messages.HostList: leading.host_list,
    messages.TakenSign: signs.taken_sign,
    messages.DeletedMessage: signs.deleted_message,
    messages.PressAnswer: signs.press_answer,
    messages.RightSign: signs.right_sign,
    messages.ClosedPoll: signs.closed_poll,
    messages.ClosedButtons: signs.closed_buttons,
}


def show(message: messages.Message, language: str) -> list[ApiCall]:
    """Return the calls that show a message to a reader of this language."""
    return VIEWS[type(message)](message, LANGUAGES.get(language) or LANGUAGES[DEFAULT_LANGUAGE])
