"""A person outside a group who votes in its polls."""

from group_chat import GroupChat
from learner import Learner


class Outsider(Learner):
    """A member of another group, to which polls of this group are forwarded."""

    def __init__(self, group: GroupChat) -> None:
        super().__init__(group.bot, "Zoe")
        self._group = group
        self._elsewhere = group.world.create_group("8A", [group.pupils[0].id, self.id]).id

    def votes(self, options: list[int] | None = None) -> None:
        """Vote in the newest poll, although it is protected: a modified client or a public group allows that."""
        poll = self._group.poll()
        chat, message_id = poll.sent_in
        message = self._group.world.chats[chat].messages[message_id]
        message.protected = False
        self._group.world.forward(self._group.pupils[0].id, chat, message_id, self._elsewhere)
        message.protected = True
        self._group.world.vote(self.id, poll.id, options or list(poll.correct_option_ids))
