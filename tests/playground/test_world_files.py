"""Files of the world: pictures are recognized by their bytes."""

from random import Random

import pytest
from small_world import PIXEL

from bot.playground.world.files import FileStore, picture_size

# The start of a JPEG: an application segment of 4 bytes, then a frame of 3 x 2 pixels (ITU T.81, B.2).
JPEG = b"\xff\xd8" + b"\xff\xe0\x00\x04ab" + b"\xff\xc0\x00\x11\x08\x00\x02\x00\x03\x03"


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (PIXEL, (1, 1)),
        (PIXEL[:16] + b"\x00\x00\x01\x02\x00\x00\x00\x05", (258, 5)),
        (PIXEL[:23], None),
        (JPEG, (3, 2)),
        (JPEG.replace(b"\xff\xc0", b"\xff\xc4"), None),
        (JPEG[:12], None),
        (b"\xff\xd8\x00" + JPEG[3:], None),
        (b"GIF89a" + PIXEL, None),
        (b"", None),
    ],
)
def test_sides_are_read(content: bytes, size: tuple[int, int] | None) -> None:
    """Width and height are read from the header; a file without it is not a picture."""
    assert picture_size(content) == size


@pytest.mark.parametrize(
    ("content", "kind"), [(PIXEL, "image/png"), (JPEG, "image/jpeg"), (b"abc", "text/csv"), (b"", "text/csv")]
)
def test_a_picture_is_recognized_by_its_content(content: bytes, kind: str) -> None:
    """The MIME type of a picture is that of its bytes; of other files it is the sender's."""
    store = FileStore(Random(1))  # noqa: S311 - a fixed seed is the point
    stored = store.add(content, "a.csv", "documents", "text/csv")
    assert stored.mime_type == kind
    assert store.by_id(stored.file_id) is store.by_path(stored.path) is stored


def test_equal_files_have_different_ids() -> None:
    """Two files with the same name and content have different ids and paths."""
    store = FileStore(Random(1))  # noqa: S311 - a fixed seed is the point
    one, two = (store.add(b"x", "a.csv", "documents", "text/csv") for _ in range(2))
    assert len({one.file_id, two.file_id}) == len({one.unique_id, two.unique_id}) == len({one.path, two.path}) == 2
    assert one.path.endswith(".csv")
