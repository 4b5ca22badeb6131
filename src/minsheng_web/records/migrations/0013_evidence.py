import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def person(**options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0012_pace"),
    ]

    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=255)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("jpg", "照片"),
                            ("png", "图片"),
                            ("pdf", "PDF"),
                            ("docx", "Word"),
                            ("doc", "Word"),
                            ("xlsx", "Excel"),
                            ("xls", "Excel"),
                        ],
                        max_length=10,
                    ),
                ),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.BigIntegerField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("added_at", models.DateTimeField()),
                ("late_reason", models.CharField(blank=True, max_length=500)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=500)),
                ("added_by", person()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="records.reportline",
                    ),
                ),
                ("withdrawn_by", person(null=True)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["sha256"], name="evidence_by_file")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(withdrawn_at=None),
                        fields=("line", "sha256"),
                        name="evidence_once_per_line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(withdrawn_at=None) | ~models.Q(withdrawn_reason=""),
                        name="withdrawn_evidence_has_reason",
                    ),
                ],
            },
        ),
        # The history of one row is read from the audit trail of a whole province.
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["object_type", "object_id"], name="audit_by_row"),
        ),
    ]
