"""The only way to rows: everything a person may see follows from the posts they hold.

A post sees its region's subtree, narrowed to its unit and its programme where it has them; besides, a plan
from above in which its regions have a part. An administrator sees everything and changes only accounts. Who
holds no post sees nothing. What a post may change: duties.py.
"""

from minsheng_web.records.access.closed import (
    closings_for,
    light_rules_for,
    own_curves_for,
    pace_cells_for,
    snapshot_lines_for,
    snapshot_lines_in,
    snapshots_for,
    standings_for,
    standings_in,
)
from minsheng_web.records.access.delivery import (
    allocations_for,
    evidence_for,
    inside_post_in,
    led_by,
    led_lines,
    periods_for,
    report_lines_for,
    report_lines_in,
    sheet_batches_for,
    units_below,
    with_lines,
)
from minsheng_web.records.access.places import (
    holdings_for,
    invitations_for,
    people_for,
    posts_for,
    regions_for,
    units_for,
)
from minsheng_web.records.access.posts import (
    Person,
    any_of,
    forget_posts,
    holder,
    inside_post,
    is_administrator,
    posts_of,
    reaches_whole,
    with_posts,
)
from minsheng_web.records.access.programmes import (
    documents_for,
    indicators_for,
    plan_versions_for,
    programmes_for,
)
from minsheng_web.records.access.standards import (
    simulations_for,
    standard_edits_for,
    standard_versions_for,
)

__all__ = [
    "Person",
    "allocations_for",
    "any_of",
    "closings_for",
    "documents_for",
    "evidence_for",
    "forget_posts",
    "holder",
    "holdings_for",
    "indicators_for",
    "inside_post",
    "inside_post_in",
    "invitations_for",
    "is_administrator",
    "led_by",
    "led_lines",
    "light_rules_for",
    "own_curves_for",
    "pace_cells_for",
    "people_for",
    "periods_for",
    "plan_versions_for",
    "posts_for",
    "posts_of",
    "programmes_for",
    "reaches_whole",
    "regions_for",
    "report_lines_for",
    "report_lines_in",
    "sheet_batches_for",
    "simulations_for",
    "snapshot_lines_for",
    "snapshot_lines_in",
    "snapshots_for",
    "standard_edits_for",
    "standard_versions_for",
    "standings_for",
    "standings_in",
    "units_below",
    "units_for",
    "with_lines",
    "with_posts",
]
