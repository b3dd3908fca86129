"""Whole pages in an S3-compatible object store; arriving ones stay on this disk until they are proved."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from server.config import Settings
from server.errors import UnusableError
from server.store.page_files import (
    Held,
    Incoming,
    PageFiles,
    PageStore,
    PagesUnreachableError,
    sync_folder,
)
from sync.contract import Digest, sha256_hex

_TIMEOUT = "60s"
_RETRIES = 3


def open_pages(settings: Settings) -> PageStore:
    """Return the store that the settings name. Raises UnusableError pages_unusable."""
    if settings.pages_url is None:
        return PageFiles(settings.pages_dir)
    return PageObjects(settings.pages_dir / "incoming", settings.pages_url)


class PageObjects(Incoming):
    """Pages as objects ab/<digest> below `s3://bucket/prefix`.

    Endpoint, region and keys come from the environment, as for every S3 client: AWS_ENDPOINT_URL, AWS_REGION,
    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY. A store that does not answer raises PagesUnreachableError.
    """

    def __init__(self, incoming: Path, url: str) -> None:
        super().__init__(incoming)
        plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
        if not url.startswith("s3://"):
            raise UnusableError("pages_unusable", "The address of the pages has to be s3://bucket/prefix.")
        try:
            self._store = S3Store.from_url(
                url,
                client_options={"timeout": _TIMEOUT, "connect_timeout": "10s", "allow_http": plain},
                retry_config={"max_retries": _RETRIES},
            )
        except (BaseError, ValueError):
            raise UnusableError("pages_unusable", "The object store's settings cannot be used.") from None

    def finish(self, digest: Digest) -> None:
        """Put a verified page and forget the file it arrived in, once the store has all of it."""
        path = self._incoming / digest
        size = path.stat().st_size
        with _reaching():
            obstore.put(self._store, _name(digest), path)
            if obstore.head(self._store, _name(digest))["size"] != size:
                raise PagesUnreachableError
        path.unlink()
        sync_folder(self._incoming)

    def has(self, digest: Digest, size: int) -> bool:
        """Say whether the object is there with its size."""
        try:
            with _reaching():
                return obstore.head(self._store, _name(digest))["size"] == size
        except FileNotFoundError:
            return False

    def verify(self, digest: Digest) -> bool:
        """Fetch a whole page and say whether it is what its name promises."""
        try:
            return sha256_hex(self.read(digest)) == digest
        except FileNotFoundError:
            return False

    def read(self, digest: Digest) -> bytes:
        """Return a whole page's bytes. FileNotFoundError where there is none."""
        with _reaching():
            return bytes(obstore.get(self._store, _name(digest)).bytes())

    def whole(self, prefix: str) -> Iterator[Held]:
        """Yield every object whose digest begins with these two letters."""
        with _reaching():
            for batch in obstore.list(self._store, prefix):
                for found in batch:
                    yield Held(found["path"].rpartition("/")[2], found["size"])


def _name(digest: Digest) -> str:
    return f"{digest[:2]}/{digest}"


@contextmanager
def _reaching() -> Iterator[None]:
    """Say in one way that the store did not answer; its own words may carry addresses and keys."""
    try:
        yield
    except BaseError:
        raise PagesUnreachableError from None
