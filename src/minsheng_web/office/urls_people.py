"""Addresses of people, units and regions, and of one's own account."""

from django.urls import URLPattern, path

from minsheng_web.office.views import (
    account,
    invitations,
    people,
    people_accounts,
    people_posts,
    regions,
    regions_below,
    second_factor,
    units,
    units_counterparts,
)

PERSON = "people/<int:person_id>/"
UNIT = "units/<int:unit_id>/"
REGION = "regions/<int:region_id>/"

urlpatterns: list[URLPattern] = [
    path("people/", people.people, name="people"),
    path("people/invite/", people_posts.invite_page, name="invite"),
    path(
        "people/invitations/<int:invitation_id>/withdraw/",
        people_posts.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path(PERSON, people.person, name="person"),
    path(f"{PERSON}give/", people_posts.person_give, name="person-give"),
    path(f"{PERSON}take/", people_posts.person_take, name="person-take"),
    path(f"{PERSON}stop/", people_accounts.person_stop, name="person-stop"),
    path(f"{PERSON}resume/", people_accounts.person_resume, name="person-resume"),
    path(f"{PERSON}password/", people_accounts.person_password, name="person-password"),
    path(f"{PERSON}second-factor/", people_accounts.person_factor, name="person-factor"),
    path("posts/<int:post_id>/", people_posts.post_page, name="post"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("password-links/<str:token>/", invitations.password_link, name="password-link"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="account-password"),
    path("account/sign-out-everywhere/", account.everywhere, name="sign-out-everywhere"),
    path("second-factor/", second_factor.challenge, name="second-factor"),
    path("second-factor/set-up/", second_factor.set_up, name="second-factor-set-up"),
    path("second-factor/qr.svg", second_factor.qr, name="second-factor-qr"),
    path("units/", units.unit_list, name="unit-list"),
    path("units/add/", units.unit_add, name="unit-add"),
    path("units/from-plan/<int:programme>/", units_counterparts.from_plan, name="units-from-plan"),
    path("units/counterparts/<int:region_id>/", units_counterparts.counterparts, name="unit-counterparts"),
    path(UNIT, units.unit, name="unit"),
    path(f"{UNIT}rename/", units.unit_rename, name="unit-rename"),
    path(f"{UNIT}close/", units.unit_close, name="unit-close"),
    path(f"{UNIT}reopen/", units.unit_reopen, name="unit-reopen"),
    path("regions/", regions.regions, name="regions"),
    path(REGION, regions.region, name="region"),
    path(f"{REGION}population/", regions.region_population, name="region-population"),
    path(f"{REGION}divisions/", regions_below.divisions, name="region-divisions"),
    path(f"{REGION}below/", regions_below.below, name="region-below"),
]
