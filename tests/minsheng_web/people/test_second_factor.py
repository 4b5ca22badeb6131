"""The code after the password: setting up, asking, recovery, throttling, who must."""

import hashlib
import hmac
import struct
from base64 import b32decode

import pytest
from django.test import Client

from minsheng_web.records.models import AuditEvent

PASSWORD = "kite-lantern-88"
START = 1_700_000_000


@pytest.fixture
def clock(monkeypatch):
    """The clock of the codes, in seconds; set ``clock[0]``."""
    now = [START]
    monkeypatch.setattr("django_otp.plugins.otp_totp.models.time.time", lambda: now[0])
    return now


def code_at(secret: str, seconds: int) -> str:
    """RFC 6238 by hand, so that the library is not its own judge."""
    key = b32decode(secret.replace(" ", ""))
    digest = hmac.new(key, struct.pack(">Q", seconds // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_the_judge_itself_knows_the_vectors_of_the_rfc():
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [code_at(secret, at) for at in (59, 1111111109, 1234567890)] == ["287082", "081804", "005924"]


def sign_in(who="own", client=None):
    client = client or Client()
    client.post("/sign-in/", {"username": who, "password": PASSWORD})
    return client


def set_up(client, clock):
    """Set the factor up; its secret and recovery codes."""
    page = client.post("/second-factor/set-up/", {"step": "begin"}).content.decode()
    secret = page.split('<span class="secret">')[1].split("<")[0]
    page = client.post(
        "/second-factor/set-up/", {"step": "confirm", "code": code_at(secret, clock[0])}
    ).content.decode()
    codes = [part.split("<")[0] for part in page.split("<li>") if "-" in part.split("<")[0][:6]]
    return secret, codes


def test_setting_up_then_signing_in_with_a_code(house, clock):
    here, elsewhere = sign_in(), sign_in()
    secret, codes = set_up(here, clock)
    assert len(codes) == 10
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert AuditEvent.objects.filter(action="factor.set").count() == 1
    client = sign_in()
    response = client.get("/programmes/?x=1")
    assert (response.status_code, response["Location"]) == (
        302,
        "/second-factor/?next=%2Fprogrammes%2F%3Fx%3D1",
    )
    clock[0] += 60
    form = {"code": f" {code_at(secret, clock[0])} ", "next": "/programmes/?x=1"}
    assert client.post("/second-factor/", form)["Location"] == "/programmes/?x=1"
    assert client.get("/").status_code == 200


def test_a_code_works_once(house, clock):
    secret, _ = set_up(sign_in(), clock)
    clock[0] += 60
    code = code_at(secret, clock[0])
    assert sign_in().post("/second-factor/", {"code": code}).status_code == 302
    page = sign_in().post("/second-factor/", {"code": code}).content.decode()
    assert "验证码不正确" in page


def test_wrong_codes_make_one_wait(house, clock):
    secret, _ = set_up(sign_in(), clock)
    client = sign_in()
    assert "验证码不正确" in client.post("/second-factor/", {"code": "000000"}).content.decode()
    page = client.post("/second-factor/", {"code": code_at(secret, clock[0] + 30)}).content.decode()
    assert "请等待 1 秒后再试" in page
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "1234567", "x" * 40, "aaaaa-aaaaa"])
def test_what_is_no_code_is_told(house, clock, code):
    set_up(sign_in(), clock)
    client = sign_in()
    assert "不正确" in client.post("/second-factor/", {"code": code}).content.decode()
    assert client.get("/").status_code == 302


def test_a_recovery_code_works_once_and_is_not_kept_as_it_is(house, clock):
    from django_otp.plugins.otp_static.models import StaticToken

    _, codes = set_up(sign_in(), clock)
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == 10
    assert not kept & {code.replace("-", "") for code in codes}
    assert sign_in().post("/second-factor/", {"code": codes[0].upper()}).status_code == 302
    assert AuditEvent.objects.get(action="factor.recovery").new == {"left": 9}
    again = sign_in()
    assert "恢复码不正确" in again.post("/second-factor/", {"code": codes[0]}).content.decode()


def test_before_the_code_nothing_is_open_and_scripts_are_told(house, document, clock):
    set_up(sign_in(), clock)
    client = sign_in()
    for address in ("/documents/", f"/documents/{document.pk}/", "/account/", "/second-factor/set-up/"):
        assert client.get(address)["Location"].startswith("/second-factor/?next="), address
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/documents/{document.pk}/"}
    response = client.post(f"/documents/{document.pk}/correct/", headers=headers)
    assert response.status_code == 401
    assert response["Sign-In-Address"] == f"/second-factor/?next=%2Fdocuments%2F{document.pk}%2F"
    assert client.post("/sign-out/").status_code == 302


def test_roles_that_must_have_it_are_led_to_setting_up(house, settings, clock):
    settings.SECOND_FACTOR_ROLES = ("administrator",)
    client = sign_in("administrator")
    assert client.get("/")["Location"] == "/second-factor/set-up/?next=%2F"
    assert "必须设置动态验证码" in client.get("/second-factor/set-up/").content.decode()
    set_up(client, clock)
    assert client.get("/").status_code == 200
    assert sign_in("own").get("/").status_code == 200


def test_a_session_from_before_the_post_is_asked_too(house, settings, clock):
    client = sign_in("administrator")
    assert client.get("/").status_code == 200
    settings.SECOND_FACTOR_ROLES = ("administrator",)
    assert client.get("/").status_code == 302


def test_the_picture_holds_the_secret_only_while_setting_up(house, clock):
    client = sign_in()
    assert client.get("/second-factor/qr.svg").status_code == 404
    client.post("/second-factor/set-up/", {"step": "begin"})
    response = client.get("/second-factor/qr.svg")
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert b"<svg" in response.content
    assert b"style=" not in response.content
    set_up(client, clock)
    assert client.get("/second-factor/qr.svg").status_code == 404


def test_setting_up_twice_is_refused_and_a_wrong_code_sets_nothing(house, clock):
    client = sign_in()
    client.post("/second-factor/set-up/", {"step": "begin"})
    assert (
        "不正确" in client.post("/second-factor/set-up/", {"step": "confirm", "code": "1"}).content.decode()
    )
    assert sign_in().get("/").status_code == 200
    set_up(client, clock)
    other = Client()
    other.force_login(house.people["sister"])
    assert (
        "设置已过期"
        in other.post("/second-factor/set-up/", {"step": "confirm", "code": "1"}).content.decode()
    )
    assert "您已设置动态验证码" in client.post("/second-factor/set-up/", {"step": "begin"}).content.decode()


def test_the_administrator_resets_it_and_it_is_noted(house, clock):
    mine = sign_in()
    set_up(mine, clock)
    own = house.people["own"].pk
    assert house.client("colleague").post(f"/people/{own}/second-factor/").status_code == 403
    page = house.client("administrator").post(f"/people/{own}/second-factor/", follow=True).content.decode()
    assert "已重置王秀英的动态验证码" in page
    assert mine.get("/").status_code == 302
    assert sign_in().get("/").status_code == 200
    assert AuditEvent.objects.get(action="factor.reset").actor == house.people["administrator"]


def test_an_address_elsewhere_is_never_where_one_lands(house, clock):
    _, codes = set_up(sign_in(), clock)
    form = {"code": codes[0], "next": "https://elsewhere.example/"}
    assert sign_in().post("/second-factor/", form)["Location"] == "/"
