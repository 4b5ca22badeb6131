"""After the posts were handed to holdings: nobody owns one any more."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0006_holdings")]

    operations = [
        migrations.RemoveConstraint(model_name="post", name="post_once"),
        migrations.RemoveField(model_name="post", name="user"),
        migrations.AlterField(
            model_name="post",
            name="key",
            field=models.CharField(max_length=80, unique=True),
        ),
        migrations.AddField(
            model_name="post",
            name="holders",
            field=models.ManyToManyField(
                related_name="posts", through="records.Holding", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
