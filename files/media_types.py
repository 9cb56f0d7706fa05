"""Media types of files by their names, the same on every machine, and how browsers may show them."""

from __future__ import annotations

from mimetypes import MimeTypes

UNKNOWN = "application/octet-stream"
PLAIN = "text/plain"
PREVIEW = "image/jpeg"

# Python's own table knows the rest; MimeTypes() does not read the machine's files.
_TYPES = MimeTypes(filenames=()).types_map[True] | {
    ".7z": "application/x-7z-compressed",
    ".aac": "audio/aac",
    ".apk": "application/vnd.android.package-archive",
    ".avif": "image/avif",
    ".bz2": "application/x-bzip2",
    ".c": "text/x-csrc",
    ".deb": "application/vnd.debian.binary-package",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".flac": "audio/flac",
    ".go": "text/x-go",
    ".gz": "application/gzip",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".ics": "text/calendar",
    ".java": "text/x-java",
    ".js": "text/javascript",
    ".log": "text/plain",
    ".m4a": "audio/mp4",
    ".m4v": "video/x-m4v",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".mkv": "video/x-matroska",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".psd": "image/vnd.adobe.photoshop",
    ".rar": "application/vnd.rar",
    ".rb": "application/x-ruby",
    ".rs": "text/rust",
    ".rtf": "application/rtf",
    ".sql": "application/sql",
    ".svg": "image/svg+xml",
    ".tgz": "application/gzip",
    ".toml": "application/toml",
    ".ttf": "font/ttf",
    ".vcf": "text/vcard",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xz": "application/x-xz",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".zip": "application/zip",
    ".zst": "application/zstd",
}

# What a browser would run in the site's name if it took it for a page.
_DANGEROUS = frozenset({
    "application/ecmascript", "application/javascript", "application/x-javascript", "application/xhtml+xml",
    "text/ecmascript", "text/html", "text/javascript",
})  # fmt: skip
_INLINE = frozenset({
    "image/bmp", "image/gif", "image/jpeg", "image/png", "image/tiff", "image/webp",
    "video/avi", "video/mp4", "video/mpeg", "audio/mpeg", "audio/wav",
})  # fmt: skip


def media_type_of(extension: str) -> str:
    """The media type for an extension without its dot, text with a charset; ``""`` when it is not known."""
    kind = _TYPES.get(f".{extension}", "") if extension else ""
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def served_type(media_type: str) -> str:
    """What a stored file is served as: scripts and pages as plain text, so that they do not run here."""
    if _bare(media_type) in _DANGEROUS:
        return PLAIN
    return media_type or UNKNOWN


def is_inline(media_type: str) -> bool:
    """Whether browsers show this themselves: pictures, films and sound, but no SVG, which may hold scripts."""
    return _bare(media_type) in _INLINE


def _bare(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()
