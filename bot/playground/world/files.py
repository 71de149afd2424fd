"""Files in the world and the photos, stickers and documents made of them. Contents are bytes in memory."""

import struct
from dataclasses import dataclass, field
from random import Random

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
# Markers of JPEG frames that hold the size (ITU T.81, table B.1); C4, C8 and CC mean other things.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that can be downloaded; ``path`` is getFile's ``file_path``."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo; width and height in pixels."""

    file: StoredFile
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Sticker:
    """A sticker with its emoji."""

    file: StoredFile
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file sent as a document."""

    file: StoredFile


@dataclass(slots=True)
class FileStore:
    """Every file of the world, by id and by path."""

    rng: Random
    _by_id: dict[str, StoredFile] = field(default_factory=dict)
    _by_path: dict[str, StoredFile] = field(default_factory=dict)

    def add(self, content: bytes, name: str, folder: str, mime_type: str) -> StoredFile:
        """Store a file in ``folder`` (``photos``, ``documents`` or ``stickers``) under new ids.

        A picture is recognized by its first bytes, as Telegram's content type detection does, despite ``mime_type``.
        """
        mark = f"{self.rng.getrandbits(96):024x}"
        number = len(self._by_id)
        ending = name.rpartition(".")[2] if "." in name else "bin"
        path = f"{folder}/file_{number}.{ending}"
        file = StoredFile(
            f"Bx{mark}", f"Ux{mark[:12]}{number}", path, name, picture_type(content) or mime_type, content
        )
        self._by_id[file.file_id] = self._by_path[path] = file
        return file

    def by_id(self, file_id: str) -> StoredFile | None:
        """Find a file by its id."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """Find a file by getFile's ``file_path``."""
        return self._by_path.get(path)


def picture_type(content: bytes) -> str | None:
    """Return the MIME type of a PNG or JPEG by its first bytes; None for anything else."""
    if content.startswith(_PNG):
        return "image/png"
    return "image/jpeg" if content.startswith(_JPEG) else None


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Read width and height in pixels from a PNG or JPEG; None for anything else."""
    if content.startswith(_PNG) and len(content) >= 24:  # noqa: PLR2004 - signature, length, IHDR, two sides (PNG, 11.2.2)
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    return _jpeg_size(content) if content.startswith(_JPEG) else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:  # noqa: PLR2004 - every marker starts so
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None
