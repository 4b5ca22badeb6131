"""Posts were a person's; now a post is held: who held it holds it since their account was made."""

from typing import Any

from django.db import migrations


def hold(apps: Any, _schema: Any) -> None:
    post_model, holding_model = apps.get_model("records", "Post"), apps.get_model("records", "Holding")
    kept: dict[str, Any] = {}
    for post in post_model.objects.order_by("pk"):
        key = ":".join(str(part or "") for part in (post.role, post.region_id, None, None))
        first = kept.setdefault(key, post)
        if first.pk == post.pk:
            post.key = key
            post.save(update_fields=["key"])
        holding_model.objects.create(post=first, user_id=post.user_id, since=post.user.date_joined)
        if first.pk != post.pk:
            post.delete()


class Migration(migrations.Migration):
    dependencies = [("records", "0005_entry")]

    operations = [migrations.RunPython(hold, elidable=True)]
