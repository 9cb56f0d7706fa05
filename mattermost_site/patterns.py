"""What people type to find something by a part of its name, bounded.

SQLite refuses patterns of more than 50,000 bytes, and a condition for each of a thousand
words only makes a statement slow.
"""

from __future__ import annotations

LONGEST_PART = 1000  # code points: more than any name, title or description has, so that nothing more is found
WORDS_LIMIT = 16


def part_of_name(term: str) -> str:
    """A term to look for with LIKE; a longer one, which is in no name, stays too long for any."""
    return term[:LONGEST_PART]


def words_of(term: str) -> list[str]:
    """The words of a term, to look for with LIKE; words after the sixteenth do not count."""
    return [part_of_name(word) for word in term.split()[:WORDS_LIMIT]]
