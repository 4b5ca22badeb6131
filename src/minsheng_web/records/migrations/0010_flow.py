from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0009_grid"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportingrule",
            name="first_day",
            field=models.DateField(blank=True, null=True),
        ),
    ]
