"""Every grid asks which of its lines have helpers: they are few and found without reading the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0016_unmoved")]

    operations = [
        migrations.AddIndex(
            model_name="reportline",
            index=models.Index(
                condition=models.Q(("cooperating", True)),
                fields=["allocation", "period"],
                name="line_helping",
            ),
        ),
    ]
