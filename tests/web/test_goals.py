"""Doors to a goal that is followed: its figures, time axis and files, and the forms that change how it is followed."""

import csv
import io
import json
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import AT, make_initiative, make_party
from tests.factories_figures import make_definition, make_indicator
from tests.factories_followup import FollowedGoal
from tests.factories_threads import make_goal
from tovholder.base.by import SYSTEM
from tovholder.findings import actions
from tovholder.findings.models import Rebase, Target
from tovholder.initiatives.models import Reuse
from tovholder.plans import queries as plans
from tovholder.threads import actions as threads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def followed():
    return FollowedGoal()


def address(name, row):
    return reverse(f"findings:{name}", args=[row.pk])


def page(client, followed, **query):
    response = client.get(address("goal", followed.goal), query)
    assert response.status_code == 200
    return response.content.decode()


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_goal_page_says_how_it_goes_where_and_for_whom(client, followed):
    followed.calculate()
    html = page(client, followed)
    said = text_of(html)
    assert "Siden januar 2025 har alle 22 måneder ligget under det gamle niveau" in said
    assert "Vejen ligger under og Fredericia over, hvad tilfældet forklarer" in said
    assert "Jo kortere uddannelse, jo større andel – 8,7 point fra ende til anden" in said
    numbers = re.findall(r"<dd>([^<]+)</dd><dt>([^<]+)</dt>", html)
    assert numbers == [("14,2", "pct. før, 2023–24"), ("12,3", "pct. seneste 12 mdr."), ("12,0", "pct. mål, udgangen af 2027")]
    assert "okt. 2026" in said
    assert "Definition 2.1 · tal hentet 12. november 2026 · aftryk" in said
    assert "Tallene er opdigtede." in said


def test_every_picture_stands_in_two_widths_with_its_numbers_as_a_table(client, followed):
    followed.calculate()
    html = page(client, followed)
    assert html.count('class="tov-drawing tov-only-wide"') == html.count('class="tov-drawing tov-only-phone"') == 3
    ids = re.findall(r'<svg[^>]*aria-labelledby="(\S+)', html)
    assert len(ids) == len(set(ids))
    assert "style=" not in html
    for month in ("jan. 2023", "juli 2024", "okt. 2026"):
        assert f'<th scope="row">{month}</th>' in html


@pytest.mark.parametrize("state", ["no indicator", "words alone", "no figures", "too early", "definition"])
def test_what_cannot_be_shown_is_said(client, state):
    if state in ("no indicator", "words alone"):
        followed = FollowedGoal()
        threads.stop_following(followed.target, by=followed.by, at=AT)
        if state == "words alone":
            followed.goal = make_goal(followed.plan, indicator="Ventetid")
        sentence = {"no indicator": "Ingen måler det endnu.", "words alone": "Ingen har målt endnu."}[state]
    elif state == "no figures":
        followed, sentence = FollowedGoal(figures=False), "Ingen har målt endnu."
    elif state == "too early":
        followed, sentence = FollowedGoal(), "For tidligt at sige: 11 målinger"
        followed.vintage.measurements.filter(party=followed.region, period_from__gte=date(2023, 12, 1), group=None).delete()
    else:
        followed, sentence = FollowedGoal(), "tælles på ny måde"
        new = make_definition(followed.indicator, "3.0", breaks_series=True, break_reason="Nyt register", valid_from=date(2025, 1, 1))
        followed.vintage.measurements.filter(period_from__gte=date(2025, 1, 1)).update(definition=new)
    followed.calculate()
    assert sentence in text_of(page(client, followed))


def test_a_hidden_place_is_named_and_its_figure_is_nowhere(client, followed):
    followed.calculate()
    followed.vintage.refresh_from_db()
    for name, kind in (("goal", "html"), ("csv", "csv"), ("json", "json")):
        body = client.get(address(name, followed.goal)).content.decode()
        assert ("Fanø" in body) or kind == "json"
        assert "for få til at vise" in body or kind == "json"
    rows = list(csv.reader(io.StringIO(client.get(address("csv", followed.goal)).content.decode("utf-8-sig")), delimiter=";"))
    assert [row[5:10] for row in rows if row[1] == "Fanø"] == [[""] * 5]
    found = json.loads(client.get(address("json", followed.goal)).content)
    areas = [area for part in found["parts"] if part["kind"] == "funnel" for area in part["figures"]["areas"]]
    assert [area["value"] for area in areas if area["party"] == followed.towns[4].pk] == [None]


def test_no_hidden_count_can_be_subtracted_from_what_page_and_files_show(client, followed):
    """The region's year is the sum of its municipalities: with one of them hidden, another must be hidden too."""
    from tests.factories_figures import make_measurement

    towns = followed.vintage.measurements.filter(party__in=followed.towns, period_from=date(2025, 1, 1), numerator__isnull=False)
    counts = {row.party_id: row.numerator for row in towns}
    whole = sum(counts.values()) + 3
    made = {"numerator": whole, "denominator": 60_000}
    make_measurement(followed.vintage, followed.region, date(2025, 1, 1), 12, **made)
    followed.calculate()
    found = json.loads(client.get(address("json", followed.goal)).content)
    (funnel,) = [part for part in found["parts"] if part["kind"] == "funnel"]
    shown = [area["x"] for area in funnel["figures"]["areas"] if area["x"] is not None]
    smallest = min(counts, key=counts.get)
    assert len(shown) == len(counts) - 1
    assert [area["standing"] for area in funnel["figures"]["areas"] if area["party"] == smallest] == ["hidden"]
    for name in ("goal", "csv", "json"):
        body = client.get(address(name, followed.goal)).content.decode()
        assert f">{counts[smallest]:g}<" not in body
        assert f";{counts[smallest]:g};" not in body


def test_files_say_the_same_as_the_page(client, followed):
    followed.calculate()
    rows = list(csv.reader(io.StringIO(client.get(address("csv", followed.goal)).content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:5] == ["Hvad", "Hvem", "Fra", "Til", "Gruppe"]
    assert sum(row[0] == "Forløb" for row in rows) == 46
    assert [row[4] for row in rows if row[0] == "Uddannelse"] == ["Grundskole", "Faglært", "Kort eller mellemlang", "Lang"]
    found = json.loads(client.get(address("json", followed.goal)).content)
    assert {part["kind"] for part in found["parts"]} == {"course", "funnel", "gradient", "small_multiples"}
    assert all(part["digest"] == followed.row("course").digest and part["method"] for part in found["parts"])


def test_an_earlier_period_can_be_chosen_with_the_places_of_that_time(client, followed):
    followed.calculate()
    html = page(client, followed, til="2025-01-01")
    assert "pct., 2024." in text_of(html)
    assert "pct., 2025." in text_of(page(client, followed, til="i går"))


def test_the_time_axis_tells_what_happened(client, followed):
    initiative = make_initiative(name="Udskrivning med følge", begins_on=date(2025, 1, 1), started_by=followed.region)
    for n, town in enumerate(followed.towns[:3]):
        from tovholder.base.events import new_thing

        began = AT.replace(year=2025, month=8 + n)
        Reuse.objects.create(thing=new_thing("reuse", AT), initiative=initiative, party=town, began_at=began)
    threads.aim_at_goal(initiative, followed.goal, by=followed.by, at=AT)
    given = {"reason": "Nyt sygehus", "decided_on": date(2026, 1, 5), "decision_reference": "Punkt 9"}
    actions.rebase(followed.target, baseline_from=date(2025, 9, 1), baseline_until=date(2026, 9, 1), **given, by=followed.by, at=AT)
    threads.calculate_due_figures(by=SYSTEM, at=AT)
    said = text_of(page(client, followed))
    told = ["1. januar 2025 Udskrivning med følge begynder", "1. september 2025 Nyt niveau at sammenligne med Nyt sygehus · Punkt 9",
            "24. oktober 2025 3 kommuner er med"]  # fmt: skip
    assert [said.index(one) for one in told] == sorted(said.index(one) for one in told)
    assert "Udskrivning med følge: niveauet flyttede sig −1," in said
    for link in re.findall(r'<a href="(/traade/[^"]+)"', page(client, followed)):
        assert client.get(link, follow=True).status_code == 200


def test_all_municipalities_have_a_page_of_their_own(client, followed):
    assert client.get(address("everywhere", followed.goal)).status_code == 404
    followed.calculate()
    said = text_of(client.get(address("everywhere", followed.goal)).content.decode())
    assert said.index("Sønderborg") < said.index("Ærø")
    assert "Det er ingen rangliste." in said


def test_a_goal_of_a_draft_hides_its_figures_everywhere(client):
    followed = FollowedGoal(published=False)
    followed.calculate()
    for name in ("goal", "csv", "json", "everywhere"):
        assert client.get(address(name, followed.goal)).status_code == 404
    assert client.get(reverse("findings:plan", args=[followed.plan.pk])).status_code == 404


def test_the_page_asks_as_often_for_many_figures_as_for_few(client, followed):
    followed.calculate()
    counts = []
    for more in (0, 20):
        for n in range(more):
            town = make_party("municipality", f"By {n} Kommune", short_name=f"By {n}")
            followed.towns.append(town)
        with CaptureQueriesContext(connection) as caught:
            page(client, followed)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 25


def test_following_a_goal_by_a_form_sets_target_tie_and_words(client, log_in):
    followed = FollowedGoal()
    goal = make_goal(followed.plan)
    log_in(("planner", followed.region))
    first = client.get(address("follow", goal))
    assert followed.indicator.name in first.content.decode()
    second = client.get(address("follow", goal), {"indicator": followed.indicator.pk})
    assert "Hvor skal tallet hen?" in second.content.decode()
    given = {
        "indicator": followed.indicator.pk, "party": followed.region.pk, "value": "11,5", "due_on": "31-12-2027",
        "baseline_from": "01-01-2023", "baseline_last": "31-12-2024", "breakdown": "education",
    }  # fmt: skip
    assert client.post(address("follow", goal), given).status_code == 302
    made = Target.objects.get(goal=goal)
    assert (made.value, made.due_on, made.baseline_from, made.baseline_until) == (
        11.5, date(2027, 12, 31), date(2023, 1, 1), date(2025, 1, 1),
    )  # fmt: skip
    assert plans.goal(goal.pk, followed.by, AT).indicator == followed.indicator.name
    assert "Målet følges allerede" in client.post(address("follow", goal), given).content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"value": "12;5"}, "»12;5« kan vi ikke læse som et tal. Skriv fx 12,0."),
        ({"value": "uendelig"}, "kan vi ikke læse som et tal"),
        ({"value": "inf"}, "Målet er ikke et tal"),
        ({"baseline_last": ""}, "både første og sidste dag"),
        ({"baseline_last": "31-12-2022"}, "slutter, før den begynder"),
        ({"due_on": "01-06-2024"}, "efter den periode, I sammenligner med"),
        ({"party": "ukendt"}, "ukendt"),
        ({"due_on": "i morgen"}, "i morgen"),
    ],
)
def test_what_cannot_be_followed_is_said_and_what_was_typed_stays(client, log_in, given, sentence):
    followed = FollowedGoal()
    log_in(("planner", followed.region))
    filled = {
        "party": followed.region.pk,
        "value": "12,0",
        "due_on": "31-12-2027",
        "baseline_from": "01-01-2023",
        "baseline_last": "31-12-2024",
    }
    response = client.post(address("change_target", followed.target), filled | given)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "01-01-2023" in response.content.decode()
    assert Target.objects.get(pk=followed.target.pk).value == 12.0


@pytest.mark.parametrize(
    ("typed", "value"), [("5.200", 5200.0), ("12.5", 12.5), ("1.234,5", 1234.5), ("−3", -3.0), ("12,0 pct.", 12.0), ("", None)]
)
def test_numbers_are_read_as_people_write_them(client, log_in, typed, value):
    followed = FollowedGoal()
    log_in(("planner", followed.region))
    client.post(address("change_target", followed.target), {"party": followed.region.pk, "value": typed})
    assert Target.objects.get(pk=followed.target.pk).value == value


def test_a_rebase_asks_for_day_reason_and_reference(client, log_in):
    followed = FollowedGoal()
    log_in(("planner", followed.region))
    filled = {"baseline_from": "01-03-2025", "baseline_last": "28-02-2026", "reason": "Nyt sygehus", "decided_on": "05-01-2026",
              "decision_reference": "Punkt 9"}  # fmt: skip
    for missing, sentence in (("reason", "hvorfor det gamle niveau"), ("decision_reference", "hvor beslutningen står")):
        response = client.post(address("rebase", followed.target), filled | {missing: ""})
        assert response.status_code == 422
        assert sentence in response.content.decode()
    late = client.post(address("rebase", followed.target), filled | {"decided_on": "24-12-2026"})
    assert "ikke kommet endnu" in late.content.decode()
    assert client.post(address("rebase", followed.target), filled).status_code == 302
    assert Rebase.objects.get().baseline_until == date(2026, 3, 1)
    again = client.post(address("rebase", followed.target), filled)
    assert "Den nye skal begynde senere" in again.content.decode()


def test_an_initiative_is_tied_and_the_goal_stands_on_its_thread(client, log_in):
    followed = FollowedGoal()
    initiative = make_initiative(name="Udskrivning med følge", started_by=followed.region)
    log_in(("planner", followed.region))
    assert client.post(address("aim", followed.goal), {"mover": initiative.pk}).status_code == 302
    assert "Udskrivning med følge" in client.get(reverse("threads:provision", args=[followed.provision.pk])).content.decode()
    assert followed.goal.text in client.get(reverse("initiatives:initiative", args=[initiative.pk])).content.decode()


def test_strangers_change_nothing(client, log_in):
    followed = FollowedGoal()
    for pair in (None, ("planner", make_party()), ("practitioner", followed.region)):
        if pair:
            log_in(pair)
        for name, row in (
            ("follow", followed.goal),
            ("aim", followed.goal),
            ("change_target", followed.target),
            ("rebase", followed.target),
        ):
            assert client.post(address(name, row), {}).status_code in (302, 403)
        assert client.post(address("stop_following", followed.target)).status_code in (302, 403)
    assert Target.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_a_withdrawn_indicator_cannot_be_followed(client, log_in):
    followed = FollowedGoal()
    goal = make_goal(followed.plan)
    withdrawn = make_indicator(withdrawn_at=AT - timedelta(days=1))
    undefined = make_indicator(with_definition=False)
    log_in(("planner", followed.region))
    html = client.get(address("follow", goal)).content.decode()
    assert withdrawn.name not in html
    assert undefined.name not in html


def test_the_plan_page_tells_how_all_goals_go(client, followed):
    make_goal(followed.plan, text="Alle har en plan.")
    make_goal(followed.plan, text="Ingen venter.", indicator="Ventetid")
    followed.calculate()
    said = text_of(client.get(reverse("findings:plan", args=[followed.plan.pk])).content.decode())
    for sentence in ("Bedre end før", "Ingen måler det endnu", "Ingen har målt endnu", "Fra 14,2 til 12,3 pct. – målet er 12,0"):
        assert sentence in said


def test_the_plan_page_asks_as_often_for_twenty_goals_as_for_one(client, followed):
    followed.calculate()
    counts = []
    for more in (0, 19):
        for _n in range(more):
            goal = make_goal(followed.plan)
            given = {"party": followed.region, "value": 12.0}
            threads.follow_goal(goal, followed.indicator, chosen=given, by=followed.by, at=AT)
        threads.calculate_due_figures(by=SYSTEM, at=AT)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("findings:plan", args=[followed.plan.pk])).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
