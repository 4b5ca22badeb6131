"""The states of a report line and every move between them, as one table."""

from dataclasses import dataclass
from typing import Literal

from minsheng_web.records.models.reports import LineState

Act = Literal["submit", "submit_for", "take_back", "verify", "accept", "send_back", "reopen"]
Who = Literal["unit", "verifier", "office", "taker"]
Need = Literal[
    "sound",  # no check finds an error
    "taken_in",  # from a returned workbook that somebody above the unit took in
    "somebody_verifies",
    "nobody_verifies",  # the reporting unit leads, or no unit that could verify has anybody
    "not_verified",
    "reason",
    "is_main",  # not a cooperating unit's line: that ends where the lead unit has merged it
    "is_cooperating",
    "own_or_below",  # accepted by this office or one below it
    "below",  # accepted by an office below this one
]
ACT_WORDS: dict[Act, str] = {
    "submit": "提交",
    "submit_for": "代为提交",
    "take_back": "撤回",
    "verify": "审核通过",
    "accept": "接收",
    "send_back": "退回",
    "reopen": "重新打开",
}
HANDING_IN: tuple[Act, ...] = ("submit", "submit_for")
"""Acts by which figures become the unit's word: checked first, and told to the next period."""


@dataclass(frozen=True, slots=True)
class Move:
    """A line in ``old`` goes to ``new`` when somebody of ``who`` does ``act`` and every need is met."""

    act: Act
    old: LineState
    new: LineState
    who: Who
    needs: tuple[Need, ...] = ()


_DRAFT, _SUBMITTED, _RETURNED = LineState.DRAFT, LineState.SUBMITTED, LineState.RETURNED
_VERIFIED, _ACCEPTED = LineState.VERIFIED, LineState.ACCEPTED

MOVES: tuple[Move, ...] = (
    Move("submit", _DRAFT, _SUBMITTED, "unit", ("somebody_verifies", "sound")),
    Move("submit", _DRAFT, _VERIFIED, "unit", ("nobody_verifies", "sound")),
    Move("submit", _RETURNED, _SUBMITTED, "unit", ("somebody_verifies", "sound")),
    Move("submit", _RETURNED, _VERIFIED, "unit", ("nobody_verifies", "sound")),
    # A unit that works with Excel alone: who took its workbook in, or a colleague, hands it in for the unit.
    Move("submit_for", _DRAFT, _SUBMITTED, "taker", ("taken_in", "somebody_verifies", "sound")),
    Move("submit_for", _DRAFT, _VERIFIED, "taker", ("taken_in", "nobody_verifies", "sound")),
    Move("submit_for", _RETURNED, _SUBMITTED, "taker", ("taken_in", "somebody_verifies", "sound")),
    Move("submit_for", _RETURNED, _VERIFIED, "taker", ("taken_in", "nobody_verifies", "sound")),
    Move("take_back", _SUBMITTED, _DRAFT, "unit"),
    Move("take_back", _VERIFIED, _DRAFT, "unit", ("not_verified",)),
    Move("verify", _SUBMITTED, _VERIFIED, "verifier"),
    Move("send_back", _SUBMITTED, _RETURNED, "verifier", ("reason",)),
    Move("send_back", _VERIFIED, _RETURNED, "verifier", ("reason", "is_cooperating")),
    Move("send_back", _VERIFIED, _RETURNED, "office", ("reason",)),
    # Whose verifiers have all left would wait for ever: the office takes it itself.
    Move("send_back", _SUBMITTED, _RETURNED, "office", ("reason", "nobody_verifies")),
    Move("accept", _SUBMITTED, _ACCEPTED, "office", ("is_main", "nobody_verifies")),
    Move("accept", _VERIFIED, _ACCEPTED, "office", ("is_main",)),
    Move("accept", _ACCEPTED, _ACCEPTED, "office", ("below",)),
    Move("reopen", _ACCEPTED, _RETURNED, "office", ("reason", "own_or_below")),
)
REFUSALS: dict[Need, str] = {
    "sound": "填报内容有错误",
    "taken_in": "不是从交回的填报表读入的，应由填报单位自己提交",
    "somebody_verifies": "没有可审核的单位",
    "nobody_verifies": "应先由牵头单位审核",
    "not_verified": "已经审核通过，不能撤回；确需修改请联系审核单位或民生办退回",
    "reason": "请填写理由",
    "is_main": "这是配合单位报给牵头单位的，由牵头单位汇总，不需要接收",
    "is_cooperating": "已经审核通过，应由民生办退回",
    "own_or_below": "已由上级民生办接收，应由上级民生办重新打开",
    "below": "已经接收",
}
