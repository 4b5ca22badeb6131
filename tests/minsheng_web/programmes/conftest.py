"""Programmes of made-up cities, published through the action, and people who may and may not see them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.model import Category, Citation, Head, Measure, Plan, Project, Quantity
from minsheng_web.records.actions.people import add_region, add_user, give_post
from minsheng_web.records.actions.publishing import publish_plan
from minsheng_web.records.models import PlanVersion

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def quantity_at(lines, line, text, value, unit, **more):
    start = lines[line - 1].index(text)
    return Quantity(Source(line, start, start + len(text)), text, Decimal(value), unit, **more)


def project_of(number, lines):
    """Two lines a project: what it promises, and a measure."""
    lines.append(
        f"{number}.新增老年食堂{number}00个（东原县{number}0个，西坪县{number}5个）；覆盖率达到<90%。"
    )
    lines.append("（1）每处补助3万元，依据《助餐办法》。")
    line = len(lines) - 1
    return Project(
        number=number,
        category=1 + number % 2,
        source=Source(line, 0, len(lines[line - 1])),
        headline=f"老年食堂{number}",
        statement=lines[line - 1],
        status="assigned",
        lead_units=("市民政局", f"市第{number}局"),
        cooperating_units=("市财政局",),
        measures=(Measure(1, Source(line + 1, 0, len(lines[line])), lines[line]),),
        quantities=(
            quantity_at(lines, line, f"{number}00个", number * 100, "个", subject="老年食堂"),
            quantity_at(
                lines, line, f"东原县{number}0个"[3:], number * 10, "个", subject="老年食堂", region="东原县"
            ),
            quantity_at(
                lines, line, f"{number}5个", number * 10 + 5, "个", subject="老年食堂", region="西坪县"
            ),
            quantity_at(lines, line, "90%", 90, "%", subject="覆盖率", comparator="ge", aspiration=True),
            quantity_at(lines, line + 1, "3万元", 30000, "元", subject="补助", role="standard"),
        ),
        citations=(Citation(Source(line + 1, 11, 18), "《助餐办法》"),),
        lines=(line, line + 1),
    )


def plan_of(city, count, year=2025):
    lines = [f"{city}{year}年民生实事"]
    projects = tuple(project_of(number, lines) for number in range(1, count + 1))
    categories = (Category(1, "社会保障", None, Source(1)), Category(2, "养老服务", None, Source(1)))
    return Plan(Head(title=lines[0], region=city, year=year), categories, projects), tuple(lines)


class House:
    """Two cities of one province with an office each."""

    def __init__(self):
        self.province = add_region(actor=None, name="江岭省")
        self.yunhe = add_region(actor=None, name="云河市", parent=self.province)
        self.linshan = add_region(actor=None, name="林山市", parent=self.province)
        self.official = self._person("yunhe", "office", self.yunhe)
        self.sister = self._person("linshan", "office", self.linshan)
        self.reader = self._person("reader", "reader", self.province)
        self.administrator = self._person("admin", "administrator", None)
        self.outsider = add_user(actor=None, username="outsider", display_name="外人", password="x")

    def _person(self, name, role, region):
        person = add_user(actor=None, username=name, display_name=f"{name}某", password="x")
        give_post(actor=None, user=person, role=role, region=region)
        return person

    def publish(self, actor, region, count=3, year=2025, reason=""):
        plan, lines = plan_of(region.name, count, year)
        finding = Problem(
            "region_sum_differs", "warning", "第2行：合计与分项不符。", (Source(2, 0, 4),), project=1
        )
        version = publish_plan(
            actor=actor, region=region, plan=plan, lines=lines, findings=(finding,), at=AT, reason=reason
        )
        assert isinstance(version, PlanVersion), version
        return version


@pytest.fixture
def house(db):
    return House()


@pytest.fixture
def version(house):
    """Version 1 of 云河市 2025, three projects."""
    return house.publish(house.official, house.yunhe)


@pytest.fixture
def see(client):
    """The page somebody sees at an address, as text; ``see.status`` gives only the status."""

    def act(person, path, **query):
        client.force_login(person)
        response = client.get(path, query)
        assert response.status_code == 200, (path, response.status_code)
        return response.content.decode()

    def status(person, path):
        client.force_login(person)
        return client.get(path).status_code

    act.status = status
    return act
