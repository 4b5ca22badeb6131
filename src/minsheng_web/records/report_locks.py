"""Why a report line cannot be typed into just now, and whom to ask."""

from minsheng_web.records.models import ReportLine
from minsheng_web.records.models.reports import LineState


def lock_of(line: ReportLine) -> str:
    """The sentence that says so; empty where the line is open.

    ``line`` comes with all (``with_all``) or with what the grid shows (``unit_lines``).
    """
    if line.period.shut_word:
        office = _office(line.period.programme.region.name)
        shut = f"{line.period.name}{line.period.shut_word}"
        if line.period.closed_at is None:
            return (
                f"{shut}，暂时不能改。{office}取消关闭后可以接着填；关闭以后确需更正，请向{office}说明理由。"
            )
        return f"{shut}，不能再改。确需更正，请向{office}说明理由，由其办理更正。"
    if line.state == LineState.SUBMITTED:
        who = _verifiers(line)
        return f"这一行已提交，正等{who}审核，暂时不能改。确需修改，请联系{who}退回。"
    if line.state == LineState.VERIFIED:
        office = _office(line.unit.region.name)
        return f"这一行已审核，正等{office}接收，暂时不能改。确需修改，请联系{office}退回。"
    if line.state == LineState.ACCEPTED:
        region = line.accepted_region or line.period.programme.region
        return f"这一行已由{_office(region.name)}接收，不能再改。确需修改，请联系{_office(region.name)}退回。"
    return ""


def _office(region: str) -> str:
    return f"{region}民生办"


def _verifiers(line: ReportLine) -> str:
    """The units that verify it, by name; where there is none, the office of its region."""
    units = (line.allocation.indicator.lead_unit, line.unit.above)
    names = [unit.name for unit in units if unit is not None and unit.pk != line.unit_id]
    return "、".join(dict.fromkeys(names)) or _office(line.unit.region.name)
