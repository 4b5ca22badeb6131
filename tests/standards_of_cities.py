"""Standards that tests of pages name, and a page's words."""

import re

ORPHAN = "bozhou-2023.p06.orphan-scattered"
REHAB = ("bozhou-2023.p07.child-rehab-training", "hefei-2024.p10.child-rehab-training")
LIVING = "bozhou-2023.p13.hardship-disabled-living"


def words_of(response) -> str:
    """A page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
