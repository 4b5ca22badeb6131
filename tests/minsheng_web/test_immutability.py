"""What is published and what is audited is written once."""

import pytest

from minsheng_web.records.models import (
    AuditEvent,
    PlanVersion,
    PublishedProject,
    PublishedTarget,
    PublishedUnit,
)
from minsheng_web.records.models.immutable import Immutable, ImmutableError

WRITTEN_ONCE = [AuditEvent, PlanVersion, PublishedProject, PublishedTarget, PublishedUnit]


def test_every_published_and_audited_model_is_immutable():
    names = {model.__name__ for model in Immutable.__subclasses__()}
    assert names >= {model.__name__ for model in WRITTEN_ONCE}


@pytest.mark.parametrize("model", Immutable.__subclasses__(), ids=lambda model: model.__name__)
class TestWrittenOnce:
    def test_saving_again_is_refused(self, judged, model):
        row = model.objects.first()
        with pytest.raises(ImmutableError):
            row.save()

    def test_saving_with_force_is_refused(self, judged, model):
        row = model.objects.first()
        with pytest.raises(ImmutableError):
            row.save(force_update=True)

    def test_removing_a_row_is_refused(self, judged, model):
        row = model.objects.first()
        with pytest.raises(ImmutableError):
            row.delete()
        assert model.objects.filter(pk=row.pk).exists()

    def test_updating_a_set_is_refused(self, judged, model):
        before = list(model.objects.values())
        with pytest.raises(ImmutableError):
            model.objects.filter(pk__gt=0).update(id=1)
        assert list(model.objects.values()) == before

    def test_removing_a_set_is_refused(self, judged, model):
        count = model.objects.count()
        with pytest.raises(ImmutableError):
            model.objects.all().delete()
        assert model.objects.count() == count

    def test_updating_in_bulk_is_refused(self, judged, model):
        with pytest.raises(ImmutableError):
            model.objects.bulk_update(list(model.objects.all()), ["id"])
