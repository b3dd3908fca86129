"""The centre's two kinds of no: to a request, and to starting at all."""

from __future__ import annotations

from collections.abc import Mapping

from server.words import words_for


class UnusableError(Exception):
    """The centre cannot start or go on here; the words are for the person who runs it."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(f"{code}: {words}")
        self.code = code


class RefusedError(Exception):
    """A request is answered with a Refusal; `str()` shows the code alone, so logs stay free of data."""

    def __init__(
        self,
        status: int,
        code: str,
        *,
        zh: str | None = None,
        en: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        words = words_for(code)
        self.status = status
        self.code = code
        self.zh = words[0] if zh is None else zh
        self.en = words[1] if en is None else en
        self.headers = dict(headers or {})
