"""All simulated pupils of a world: they wait for the join link that a teacher gets, and vote in groups they are in."""

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
    """All simulated pupils of a world. The same seed creates the same pupils with the same behaviour.

    Args:
        sleep: waits for a number of seconds; the only way in which pupils notice time.

    Attributes:
        pupils: by person id, in order of creation.
    """

    def __init__(self, world: World, bank: Bank, size: int, seed: int, sleep: Sleep = asyncio.sleep) -> None:
        self.pupils: dict[int, SimulatedPupil] = {}
        self._world = world
        self._codes: set[str] = set()
        self._create_pupils(AnswerKey(bank), size, seed, sleep)

    async def run(self) -> None:
        """Run all pupils until cancelled."""
        unsubscribe = self._world.subscribe(self._on_event)
        try:
            async with asyncio.TaskGroup() as tasks:
                for pupil in self.pupils.values():
                    tasks.create_task(pupil.run())
        finally:
            unsubscribe()

    def _create_pupils(self, answer_key: AnswerKey, size: int, seed: int, sleep: Sleep) -> None:
        rng = Random(seed)  # noqa: S311 - simulated people, no secrets
        for name in draw_names(rng, size):
            character = draw_traits(rng)
            # A generator per pupil, so that no pupil's behaviour depends on the timing of others.
            own_rng = Random(rng.getrandbits(64))  # noqa: S311 - as above
            person = self._world.add_person(name.first, last_name=name.last, language_code=name.language)
            self.pupils[person.id] = SimulatedPupil(self._world, answer_key, person, name, character, own_rng, sleep)

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
        """Return the pupils who see a chat: their private one, or a group they are in."""
        if chat_id in self.pupils:
            return (self.pupils[chat_id],)
        chat = self._world.chats[chat_id]
        return tuple(pupil for pupil in self.pupils.values() if chat.has_member(pupil.person.id))

    def _share_join_code(self, message: Message) -> None:
        """Invite all pupils if a teacher gets a new join link, as if it were shown on the wall."""
        code = join_code(self._world, message)
        if code is not None and code not in self._codes:
            self._codes.add(code)
            for pupil in self.pupils.values():
                pupil.invite(code)
