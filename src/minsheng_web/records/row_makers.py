"""What makes of the columns of a query the rows its queryset gives: instances, tuples or single values.

An instance of a stored row is put together without what Django does for a new one (defaults, signals, a check
of every name): of a page's hundred rows that took longer than to read them.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.signals import post_init, pre_init

Made = Callable[[Sequence[Any]], Any]
_Put = Callable[[Sequence[Any], Any], None]


def row_maker(rows: QuerySet[Any], compiler: Any) -> Callable[[Iterable[Any]], list[Any]]:
    """For all rows of the query, whose columns were converted. Raises TypeError for other kinds of rows."""
    iterable: Any = rows._iterable_class  # noqa: SLF001 - Django tells it nowhere else
    if iterable is FlatValuesListIterable:
        return lambda found: [row[0] for row in found]
    if iterable is ValuesListIterable:
        return lambda found: list(map(tuple, found))
    if iterable is not ModelIterable:
        raise TypeError(f"not model rows or a values_list: {iterable}")
    info, select = compiler.klass_info, compiler.select
    begin, end = info["select_fields"][0], info["select_fields"][-1] + 1
    make = _instance(rows.model, [column.target.attname for column, *_ in select[begin:end]])
    populators = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # of Django 6
    related = list(map(_pointed_to, populators))
    annotated = tuple(compiler.annotation_col_map.items())

    def made(found: Iterable[Any]) -> list[Any]:
        instances = []
        for row in found:
            one = make(row[begin:end])
            for put in related:
                put(row, one)
            for name, column in annotated:
                setattr(one, name, row[column])
            instances.append(one)
        return instances

    return made


def _instance(model: type[Model], names: Sequence[str]) -> Made:
    """An instance of the columns of these names; of the others it asks when they are read."""
    own = model.__init__ is not Model.__init__ or "from_db" in vars(model)
    if own or pre_init.has_listeners(model) or post_init.has_listeners(model):
        return lambda values: model.from_db(DEFAULT_DB_ALIAS, names, values)
    new = model.__new__

    def made(values: Sequence[Any]) -> Model:
        one: Model = new(model)
        state = ModelState()
        state.__dict__ = {"adding": False, "db": DEFAULT_DB_ALIAS}
        one.__dict__ = {"_state": state, **dict(zip(names, values, strict=True))}
        return one

    return made


def _pointed_to(populator: Any) -> _Put:
    """Puts at hand what ``select_related`` names: as the populator does, with instances made as above."""
    make = _instance(populator.model_cls, populator.init_list)
    columns: Made = populator.reorder_for_init or itemgetter(slice(populator.cols_start, populator.cols_end))
    further = [_pointed_to(one) for one in populator.related_populators]
    key, put, put_back = populator.pk_idx, populator.local_setter, populator.remote_setter

    def populate(row: Sequence[Any], pointing: Any) -> None:
        values = columns(row)
        if values[key] is None:
            put(pointing, None)
            return
        one = make(values)
        for deeper in further:
            deeper(row, one)
        put(pointing, one)
        put_back(one, pointing)

    return populate
