"""An answer that is none, as the transport reads it."""

import pytest
from telegram.error import NetworkError

from bot.tg.bot_api.transport import AiohttpRequest

BODIES = (b"", b"{", b"[]", b"null", b"<html>", b'{"ok":true,"result":[{"text":"secr', b"[" * 99_999)


@pytest.mark.parametrize("body", BODIES)
def test_a_response_that_is_no_object_is_a_network_error(body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """It may be asked again, and neither the error nor the log tells what stood there."""
    with pytest.raises(NetworkError) as error:
        AiohttpRequest.parse_json_payload(body)
    assert "secr" not in str(error.value)
    assert not caplog.text
