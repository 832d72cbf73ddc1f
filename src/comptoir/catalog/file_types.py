"""What a file is, by its first bytes; its name is only believed when they agree."""

import codecs

UNKNOWN = "application/octet-stream"

# (offset, bytes, media type), the first that fits.
SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (30, b"mimetypeapplication/epub+zip", "application/epub+zip"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (60, b"BOOKMOBI", "application/x-mobipocket-ebook"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "audio/ogg"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x1f\x8b", "application/gzip"),
)

_ZIPPED = frozenset({"application/zip"})
# What a file with such a name may be; names that are not here may be anything.
NAMED: dict[str, frozenset[str]] = {
    ".pdf": frozenset({"application/pdf"}),
    ".epub": frozenset({"application/epub+zip", "application/zip"}),
    ".zip": _ZIPPED,
    ".docx": _ZIPPED,
    ".xlsx": _ZIPPED,
    ".odt": _ZIPPED,
    ".mobi": frozenset({"application/x-mobipocket-ebook"}),
    ".png": frozenset({"image/png"}),
    ".jpg": frozenset({"image/jpeg"}),
    ".jpeg": frozenset({"image/jpeg"}),
    ".gif": frozenset({"image/gif"}),
    ".webp": frozenset({"image/webp"}),
    ".wav": frozenset({"audio/wav"}),
    ".mp3": frozenset({"audio/mpeg"}),
    ".flac": frozenset({"audio/flac"}),
    ".ogg": frozenset({"audio/ogg"}),
    ".m4a": frozenset({"audio/mp4", "video/mp4"}),
    ".mp4": frozenset({"video/mp4"}),
    ".webm": frozenset({"video/webm"}),
    ".mkv": frozenset({"video/webm"}),
    ".7z": frozenset({"application/x-7z-compressed"}),
    ".rar": frozenset({"application/vnd.rar"}),
    ".txt": frozenset({"text/plain"}),
}


def sniffed(head: bytes) -> str:
    """The media type of a file that begins so; text is ``text/plain``, whatever it says."""
    for offset, sign, media_type in SIGNS:
        if head[offset : offset + len(sign)] == sign:
            return media_type
    return "text/plain" if _is_text(head) else UNKNOWN


def _is_text(head: bytes) -> bool:
    """UTF-8 without null characters; the last character may be cut."""
    try:
        return "\x00" not in codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
