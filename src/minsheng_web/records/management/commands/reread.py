"""``reread``: queue a new reading of every document an older version of the program read."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from minsheng.plans.compile import READER_VERSION
from minsheng_web.records.actions.documents import read_again
from minsheng_web.records.queries.documents import read_by_other_versions


class Command(BaseCommand):
    """Corrections stay; those that find no place in the new reading are shown as findings."""

    help = "Queue a new reading of every document that another version of the reader read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those this version has read")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's)
        documents = read_by_other_versions(None if options["all"] else READER_VERSION)
        queued = sum(read_again(actor=None, document=document) for document in documents)
        self.stdout.write(f"queued: {queued}")
