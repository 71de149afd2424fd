"""Links that invite a co-host: their secrets are drawn by chance."""

import pytest

from bot.app import commands
from bot.core.join_codes import SECRET_LENGTH
from bot.tg.inbound.router import to_command

ANN = {"id": 7, "is_bot": False, "first_name": "Ann"}


@pytest.mark.parametrize("code", ["R9CRTP", "O6RNDN", "r9c-rtp"], ids=["a code", "nearly a code", "in pieces"])
@pytest.mark.parametrize("before", ["", "-", "_", "a-", "k_"])
@pytest.mark.parametrize("form", ["/start {}", "https://t.me/quiz_bot?start={}"], ids=["opened", "pasted"])
def test_a_secret_may_contain_a_code(form: str, before: str, code: str) -> None:
    """A secret that contains a class code at any position still works as an invitation."""
    for place in range(SECRET_LENGTH - len(before + code) + 1):
        secret = f"{'A' * place}{before}{code}-".ljust(SECRET_LENGTH, "A")[:SECRET_LENGTH]
        message = {
            "message_id": 12,
            "date": 1_772_000_000,
            "chat": {"id": 7, "type": "private"},
            "from": ANN,
            "text": form.format(secret),
        }
        told = to_command({"update_id": 1, "message": message}, "quiz_bot")
        assert isinstance(told, commands.JoinAsHost)
        assert told.invitation == secret
