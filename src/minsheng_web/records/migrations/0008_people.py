"""One-time password links, a round of sessions, and the level of every region set up before levels were kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from minsheng.kernel.region_levels import ORIGINS, division_of, level_of


def fill_levels(apps, _schema):
    """From the gazetteer where it knows the region, else from the name and the level above; top first."""
    region_model = apps.get_model("records", "Region")
    levels = {}
    for region in region_model.objects.order_by("path"):
        names = tuple(region.path.strip("/").split("/"))
        if not region.level:
            region.level = level_of(names, levels.get(region.parent_id, "")) or ""
            division = division_of(names)
            if division is not None and region.code == division.code and not region.code_origin:
                region.code_origin = ORIGINS[division.level]
            region.save(update_fields=["level", "code_origin"])
        levels[region.pk] = region.level


class Migration(migrations.Migration):
    dependencies = [("records", "0007_posts_are_held")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="session_round",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="PasswordLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="password_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-id"]},
        ),
        migrations.RunPython(fill_levels, migrations.RunPython.noop, elidable=True),
    ]
