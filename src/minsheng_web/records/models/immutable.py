"""Rows that are written once: saving again, updating and deleting are refused."""

from typing import Any, NoReturn

from django.db import models


class ImmutableError(RuntimeError):
    """Somebody tried to change a row that is written once. A bug, never a user's fault."""


class ImmutableQuerySet(models.QuerySet[Any]):
    """Refuses every way a query set has to change or remove rows."""

    def update(self, **_values: Any) -> NoReturn:
        """Refused."""
        raise ImmutableError(f"{self.model.__name__} rows are never changed")

    def delete(self) -> NoReturn:
        """Refused."""
        raise ImmutableError(f"{self.model.__name__} rows are never removed")

    def bulk_update(self, *_args: Any, **_values: Any) -> NoReturn:
        """Refused."""
        raise ImmutableError(f"{self.model.__name__} rows are never changed")


class Immutable(models.Model):
    """Base of rows that are written once."""

    objects = ImmutableQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a row that is already stored is refused."""
        if not self._state.adding:
            raise ImmutableError(f"{type(self).__name__} {self.pk} is never changed")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_values: Any) -> NoReturn:
        """Refused."""
        raise ImmutableError(f"{type(self).__name__} {self.pk} is never removed")
