"""The secret that binds a vault to its machine: kept by the system's keyring, outside the data folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from registration.errors import MachineError

if TYPE_CHECKING:
    from secretstorage import Collection

_LABEL = "Jilai 即来"


class Keeper(Protocol):
    """Keeps secrets by name where a copy of the data folder does not bring them. All methods block."""

    def get(self, name: str) -> bytes | None:
        """Return a secret, or None where there is none. Raises MachineError keyring_missing."""

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret. Raises MachineError keyring_missing."""

    def delete(self, name: str) -> None:
        """Forget a secret; nothing happens where there is none. Raises MachineError keyring_missing."""


class SecretService:
    """The keyring of the person who is logged in (freedesktop Secret Service, over D-Bus)."""

    def get(self, name: str) -> bytes | None:
        with _collection() as collection:
            found = next(iter(collection.search_items(_attributes(name))), None)
            return None if found is None else found.get_secret()

    def put(self, name: str, secret: bytes) -> None:
        with _collection() as collection:
            collection.create_item(_LABEL, _attributes(name), secret, replace=True)

    def delete(self, name: str) -> None:
        with _collection() as collection:
            for item in collection.search_items(_attributes(name)):
                item.delete()


def _attributes(name: str) -> dict[str, str]:
    return {"application": "jilai", "vault": name}


@contextmanager
def _collection() -> Iterator[Collection]:
    """Yield the keyring, unlocked; whatever it says against that is keyring_missing."""
    import secretstorage  # wanted only where a vault is bound

    try:
        connection = secretstorage.dbus_init()
        try:
            collection = secretstorage.get_default_collection(connection)
            if collection.is_locked() and collection.unlock():
                raise MachineError("keyring_missing")  # the person did not open it
            yield collection
        finally:
            connection.close()
    except (secretstorage.SecretStorageException, OSError) as error:
        raise MachineError("keyring_missing") from error
