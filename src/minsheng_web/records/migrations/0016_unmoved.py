"""Who has not moved is found without reading every standing of a province's month."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0015_standards")]

    operations = [
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["snapshot", "unmoved", "allocation"], name="standing_by_unmoved"),
        ),
    ]
