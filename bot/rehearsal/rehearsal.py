"""All simulated pupils of a world: they wait for a link that somebody else gets, and vote where they are members."""

import asyncio
from collections.abc import Iterable
from random import Random

from bot.core.question import Bank
from bot.playground.world import Message, World, WorldEvent
from bot.rehearsal.answer_key import AnswerKey
from bot.rehearsal.message_reading import join_code
from bot.rehearsal.names import draw_names
from bot.rehearsal.pupil import SimulatedPupil, Sleep
from bot.rehearsal.traits import draw_traits


class Rehearsal:
    """All simulated pupils of a world. The same seed makes the same people, who would do the same.

    Args:
        sleep: lets so many seconds pass; the one way in which pupils know time.

    Attributes:
        pupils: by person id, in order of coming into the world.
    """

    def __init__(self, world: World, bank: Bank, size: int, seed: int, sleep: Sleep = asyncio.sleep) -> None:
        self.pupils: dict[int, SimulatedPupil] = {}
        self._world = world
        self._codes: set[str] = set()
        self._create_pupils(AnswerKey(bank), size, seed, sleep)

    async def run(self) -> None:
        """Let the pupils live until cancelled."""
        unsubscribe = self._world.subscribe(self._on_event)
        try:
            async with asyncio.TaskGroup() as lives:
                for pupil in self.pupils.values():
                    lives.create_task(pupil.run())
        finally:
            unsubscribe()

    def _create_pupils(self, reading: AnswerKey, size: int, seed: int, sleep: Sleep) -> None:
        rng = Random(seed)  # noqa: S311 - people to rehearse with, no secrets
        for name in draw_names(rng, size):
            character = draw_traits(rng)
            # A generator of their own: what one does depends on nobody else's timing.
            own_rng = Random(rng.getrandbits(64))  # noqa: S311 - as above
            person = self._world.add_person(name.first, last_name=name.last, language_code=name.language)
            self.pupils[person.id] = SimulatedPupil(self._world, reading, person, name, character, own_rng, sleep)

    def _on_event(self, change: WorldEvent) -> None:
        if change.kind not in {"sent", "edited"}:
            return
        message = self._world.chats[change.chat_id].messages[change.message_id]
        if message.sender_id != self._world.bot.id:
            return
        if change.kind == "sent":
            for pupil in self._readers_of(message.chat_id):
                pupil.receive(message)
        if message.chat_id not in self.pupils:
            self._share_join_code(message)

    def _readers_of(self, chat_id: int) -> Iterable[SimulatedPupil]:
        """Give the pupils who see what stands in a chat: their own, or a group of theirs."""
        if chat_id in self.pupils:
            return (self.pupils[chat_id],)
        chat = self._world.chats[chat_id]
        return tuple(pupil for pupil in self.pupils.values() if chat.has_member(pupil.person.id))

    def _share_join_code(self, message: Message) -> None:
        """See the link that a teacher got and shows on the wall."""
        code = join_code(self._world, message)
        if code is not None and code not in self._codes:
            self._codes.add(code)
            for pupil in self.pupils.values():
                pupil.invite(code)
