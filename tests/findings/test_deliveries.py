"""Figures on their way in: read, looked through, stored all or none, and never one vintage over another."""

import io
from datetime import date, timedelta

import polars as pl
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.delivered_tables import parsed
from tests.factories import AT, make_by, make_kind, make_party
from tests.factories_figures import make_definition, make_groups, make_indicator, make_measurement, make_vintage
from tovholder.base.by import ANYONE, SYSTEM
from tovholder.base.errors import Refused
from tovholder.base.models import Event
from tovholder.findings import actions, queries
from tovholder.findings.actions import storing
from tovholder.findings.models import DeliveredFile, Delivery, Measurement, Vintage
from tovholder.parties.models import Membership

pytestmark = pytest.mark.django_db
DRAWN = date(2026, 11, 12)
HEAD = "Kommune;Periode;Tæller;Nævner"


class House:
    """A region with two municipalities, its planner, and one national indicator."""

    def __init__(self):
        make_kind("municipality")
        self.region = make_party("region", "Region Syddanmark (eksempel)", code="1083")
        self.towns = [
            make_party("municipality", f"{name} Kommune (eksempel)", code=code, short_name=name)
            for name, code in (("Vejen", "0575"), ("Ærø", "0492"))
        ]
        for town in self.towns:
            Membership.objects.create(member=town, group=self.region)
        self.by = make_by("planner", self.region)
        self.indicator = make_indicator("genind")

    def bring(self, table, **given):
        words = {"owner": self.region, "filename": "tal.csv", "indicator": self.indicator, "drawn_on": DRAWN} | given
        return actions.receive_delivery(**words, content=table.encode(), by=self.by, at=AT)

    def read(self, table, **given):
        delivery = self.bring(table, **given)
        content, taken = parsed(table)
        refused = [{"row": one.row, "column": one.column, "found": one.found, "sentence": one.sentence} for one in taken.refused]
        headings = {"area" if role == "place" else role: heading for heading, role in taken.columns}
        return actions.keep_read_delivery(
            delivery,
            parsed=content,
            headings=headings,
            refused=refused,
            refused_count=taken.refused_rows,
            notices=taken.notices,
            by=SYSTEM,
            at=AT,
        )

    def take(self, table, **given):
        delivery = self.read(table, **given)
        actions.take_delivery(delivery, by=self.by, at=AT)
        actions.store_delivery(delivery, by=SYSTEM, at=AT)
        return delivery


@pytest.fixture
def house():
    return House()


TABLE = f"{HEAD}\n0575;2024;120;850\n0575;2025;110;860\nÆrø;2025;.;700\n1083;2024;2000;15000"


def test_a_file_becomes_figures_that_everybody_sees(house):
    delivery = house.read(TABLE)
    assert (delivery.state, delivery.rows, delivery.refused_count, delivery.preview["hidden"]) == ("read", 4, 0, 1)
    assert not queries.visible_vintages(ANYONE, AT).exists()
    actions.take_delivery(delivery, by=house.by, at=AT)
    assert not queries.visible_vintages(ANYONE, AT).exists()
    assert actions.store_delivery(delivery, by=SYSTEM, at=AT)
    vintage = queries.visible_vintages(ANYONE, AT).get()
    assert (vintage.rows, vintage.drawn_on, len(vintage.digest), delivery.state) == (4, DRAWN, 64, "taken")
    rows = {(row.party.code, row.period_from.year): (row.numerator, row.value, row.why) for row in vintage.measurements.all()}
    assert rows["0575", 2025] == (110, pytest.approx(110 / 8.6), "")
    assert rows["0492", 2025] == (None, None, "suppressed")
    assert not DeliveredFile.objects.exists()
    kinds = ("delivery_received", "delivery_read", "delivery_accepted", "delivery_taken")
    assert [Event.objects.filter(kind=kind, subject=delivery.pk).count() for kind in kinds] == [1, 1, 1, 1]


def test_a_later_vintage_stands_beside_the_earlier(house):
    house.take(f"{HEAD}\n0575;2024;120;850")
    house.take(f"{HEAD}\n0575;2024;130;850", drawn_on=DRAWN + timedelta(days=1))
    first, second = Vintage.objects.order_by("drawn_on")
    assert [row.measurements.get().numerator for row in (first, second)] == [120, 130]
    assert queries.newest_vintage(house.indicator, ANYONE, AT) == second
    assert queries.standing_vintages(house.indicator, ANYONE, AT) == [second]


def test_new_periods_continue_and_never_write_over(house):
    first = house.take(f"{HEAD}\n0575;2024;120;850").vintages.get()
    delivery = house.take(f"{HEAD}\n0575;2024;999;8500\n0575;2025;110;850", continues=True)
    second = delivery.vintages.get()
    assert second.continues == first
    assert delivery.refused_count == 1
    assert "findes allerede i udtrækket fra 12. november 2026" in delivery.refused[0]["sentence"]
    assert queries.chain_of(second, ANYONE, AT) == [second, first]
    third = house.take(f"{HEAD}\n0575;2026;100;850", continues=True, drawn_on=DRAWN + timedelta(days=1)).vintages.get()
    assert queries.standing_vintages(house.indicator, ANYONE, AT) == [third, second, first]


HIDING = f"{HEAD}\n0575;2024;120;850\n0492;2024;.;700"
TELLING = f"{HEAD}\n1083;2024;124;1550"


def test_what_tells_a_hidden_count_that_stands_is_refused_until_it_is_withdrawn(house):
    stands = house.take(HIDING)
    delivery = house.read(TELLING)
    assert (delivery.rows, delivery.refused_count) == (0, 1)
    assert "et skjult tal, der allerede står her, kan regnes ud" in delivery.refused[0]["sentence"]
    actions.leave_delivery(delivery, by=house.by, at=AT)
    elsewhere = house.read(TELLING, indicator=make_indicator("anden"))
    assert elsewhere.rows == 1
    actions.leave_delivery(elsewhere, by=house.by, at=AT)
    actions.withdraw_vintage(stands.vintages.get(), reason="Kilden har rettet.", by=house.by, at=AT)
    assert house.read(TELLING, drawn_on=DRAWN + timedelta(days=1)).rows == 1


def test_two_files_that_together_tell_a_hidden_count_are_never_both_stored(house):
    first, second = house.read(HIDING), house.read(TELLING)
    assert (first.rows, second.rows) == (2, 1)
    for delivery in (first, second):
        actions.take_delivery(delivery, by=house.by, at=AT)
    assert actions.store_delivery(first, by=SYSTEM, at=AT)
    assert not actions.store_delivery(second, by=SYSTEM, at=AT)
    second.refresh_from_db()
    assert (second.state, second.rows, second.refused_count) == ("read", 0, 1)


def test_a_withdrawn_vintage_is_gone_from_the_chain(house):
    first = house.take(f"{HEAD}\n0575;2024;120;850").vintages.get()
    second = house.take(f"{HEAD}\n0575;2025;110;850", continues=True).vintages.get()
    actions.withdraw_vintage(first, reason="Kilden har rettet.", by=house.by, at=AT)
    assert queries.chain_of(second, ANYONE, AT + timedelta(hours=1)) == [second]
    assert first.withdrawn_because == "Kilden har rettet."
    with pytest.raises(Refused, match="står ikke længere"):
        actions.withdraw_vintage(first, reason="Igen.", by=house.by, at=AT)


def test_two_regions_figures_of_a_national_indicator_stand_together(house):
    own = house.take(f"{HEAD}\n0575;2024;120;850").vintages.get()
    neighbour = make_party("region", "Region Nordjylland (eksempel)", code="1081")
    house.by = make_by("planner", neighbour)
    theirs = house.take(f"{HEAD}\n1081;2024;1200;8500", owner=neighbour, drawn_on=DRAWN + timedelta(days=3)).vintages.get()
    assert queries.standing_vintages(house.indicator, ANYONE, AT) == [theirs, own]


@pytest.mark.parametrize("role", ["approver", "moderator", "practitioner"])
def test_others_bring_nothing(house, role):
    house.by = make_by(role, house.region)
    with pytest.raises(Refused, match="mandat"):
        house.bring(TABLE)


def test_a_coordinator_brings_for_the_own_party_only(house):
    house.by = make_by("coordinator", house.towns[0])
    with pytest.raises(Refused, match="mandat"):
        house.bring(TABLE)
    assert house.bring(TABLE, owner=house.towns[0]).state == "waiting"


def test_own_indicators_are_the_owners_to_bring(house):
    own = make_indicator("egen", owner=make_party())
    with pytest.raises(Refused, match="ejes af en anden"):
        house.bring(TABLE, indicator=own)
    delivery = house.read(f"{HEAD};Indikator\n0575;2024;120;850;egen", indicator=None)
    assert (delivery.rows, delivery.refused_count) == (0, 1)
    assert "Kun ejeren kan lægge tal ind" in delivery.refused[0]["sentence"]


@pytest.mark.parametrize(
    ("content", "given", "sentence"),
    [
        (b"", {}, "Filen er tom"),
        (b"x" * (1 << 20) * 201, {}, "større end 200 MB"),
        (b"{" + b" " * (1 << 20) * 21, {}, "større end 20 MB"),
        (b"a;b", {"drawn_on": AT.date() + timedelta(days=1)}, "er ikke kommet endnu"),
    ],
)
def test_what_cannot_be_a_delivery_is_refused_at_once(house, content, given, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.receive_delivery(owner=house.region, filename="x", content=content, **given, by=house.by, at=AT)


def test_the_same_file_is_taken_once(house):
    house.bring(TABLE)
    with pytest.raises(Refused, match="allerede lagt ind"):
        house.bring(TABLE)
    other = f"{TABLE}\n"
    house.take(other)
    with pytest.raises(Refused, match="allerede gemt"):
        house.bring(other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.update(state="taken", digest="d" * 64)


def test_nobody_says_yes_to_nothing_or_twice(house):
    empty = house.read(f"{HEAD}\n0999;2024;120;850")
    with pytest.raises(Refused, match="Ingen rækker kan bruges"):
        actions.take_delivery(empty, by=house.by, at=AT)
    delivery = house.bring(TABLE)
    with pytest.raises(Refused, match="bliver læst"):
        actions.take_delivery(delivery, by=house.by, at=AT)
    taken = house.take(f"{TABLE}\n\n")
    with pytest.raises(Refused, match="allerede sagt ja"):
        actions.take_delivery(taken, by=house.by, at=AT)
    with pytest.raises(Refused, match="allerede sagt ja"):
        actions.leave_delivery(taken, by=house.by, at=AT)


def test_a_delivery_that_is_left_leaves_no_file(house):
    delivery = actions.leave_delivery(house.read(TABLE), by=house.by, at=AT)
    assert (delivery.state, DeliveredFile.objects.count(), Measurement.objects.count()) == ("left", 0, 0)
    with pytest.raises(Refused, match="Læg filen ind igen"):
        actions.take_delivery(delivery, by=house.by, at=AT)
    assert house.bring(TABLE).state == "waiting"


def test_reading_and_storing_are_the_systems_own_work(house):
    delivery = house.read(TABLE)
    for act in (actions.store_delivery, actions.read_release):
        with pytest.raises(Refused, match="systemet selv"):
            act(delivery, by=house.by, at=AT)
    with pytest.raises(Refused, match="systemet selv"):
        actions.refuse_delivery(delivery, sentence="Nej.", by=house.by, at=AT)


class Killed(BaseException):
    """The process is gone: nothing after it runs."""


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_killed_process_leaves_nothing_half_and_the_next_stores_it_all(house, monkeypatch, after):
    monkeypatch.setattr(storing, "A_BATCH", {"sqlite": 1, "postgresql": 1})
    delivery = house.read(TABLE)
    actions.take_delivery(delivery, by=house.by, at=AT)
    written = []

    def killed(vintage, piece):
        if len(written) == after:
            raise Killed
        written.append(piece)
        return whole(vintage, piece)

    whole = storing._insert if connection.vendor == "sqlite" else storing._copy
    with monkeypatch.context() as patch:
        patch.setattr(storing, "_insert", killed)
        patch.setattr(storing, "_copy", killed)
        with pytest.raises(Killed):
            actions.store_delivery(delivery, by=SYSTEM, at=AT)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.done, Measurement.objects.count()) == ("taking", after, after)
    assert not queries.visible_vintages(ANYONE, AT).exists()
    assert queries.newest_vintage(house.indicator, ANYONE, AT) is None
    assert actions.store_delivery(delivery, by=SYSTEM, at=AT)
    assert queries.visible_vintages(ANYONE, AT).get().measurements.count() == Measurement.objects.count() == 4


def test_a_count_that_does_not_match_is_never_shown(house, monkeypatch):
    delivery = house.read(TABLE)
    actions.take_delivery(delivery, by=house.by, at=AT)
    with monkeypatch.context() as patch:
        patch.setattr(storing, "_insert", lambda vintage, piece: None)
        patch.setattr(storing, "_copy", lambda vintage, piece: None)
        with pytest.raises(RuntimeError, match="figures are there"):
            actions.store_delivery(delivery, by=SYSTEM, at=AT)
    assert not queries.visible_vintages(ANYONE, AT).exists()


def test_what_changed_meanwhile_is_looked_through_again(house):
    delivery = house.read(TABLE)
    actions.take_delivery(delivery, by=house.by, at=AT)
    make_definition(house.indicator, "2", valid_from=date(2025, 1, 1), breaks_series=True, break_reason="Nyt register.")
    assert not actions.store_delivery(delivery, by=SYSTEM, at=AT)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.decided_at) == ("read", None)
    assert delivery.notices[0].startswith("Noget, tallene bliver holdt op mod, er ændret")
    actions.take_delivery(delivery, by=house.by, at=AT)
    assert actions.store_delivery(delivery, by=SYSTEM, at=AT)
    assert set(Measurement.objects.values_list("definition__number", flat=True)) == {"1", "2"}


def test_a_change_that_changes_no_figure_does_not_trouble_anyone(house):
    delivery = house.read(TABLE)
    actions.take_delivery(delivery, by=house.by, at=AT)
    make_indicator("en-anden")
    assert actions.store_delivery(delivery, by=SYSTEM, at=AT)


def test_only_the_deliverers_people_see_a_delivery(house):
    delivery = house.read(TABLE)
    assert queries.delivery(delivery.pk, house.by, AT) == delivery
    assert queries.delivery(delivery.pk, make_by("coordinator", house.region), AT) == delivery
    for other in (ANYONE, make_by("planner", make_party()), make_by("moderator", house.region)):
        with pytest.raises(LookupError):
            queries.delivery(delivery.pk, other, AT)


def test_groups_of_a_region_are_stored_by_their_group(house):
    _breakdown, groups = make_groups()
    table = "Region;Periode;Opdeling;Gruppe;Tæller;Nævner\n" + "\n".join(
        f"1083;2025;Uddannelse;{row.name};{300 - 50 * row.order};2000" for row in groups
    )
    delivery = house.take(f"{table}\n1083;2025;;;700;8000")
    assert delivery.vintages.get().measurements.filter(group__isnull=False).count() == 4
    assert delivery.vintages.get().measurements.filter(group__isnull=True).count() == 1


def test_hidden_figures_hold_no_numbers_in_the_database(house):
    indicator = make_indicator()
    vintage = make_vintage(indicator)
    for fields in ({"numerator": 3, "value": None}, {"numerator": None, "value": 3.0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_measurement(vintage, house.region, date(2025, 1, 1), why="suppressed", **fields)


def test_a_vintage_with_figures_is_never_deleted(house):
    vintage = house.take(TABLE).vintages.get()
    with pytest.raises(ProtectedError):
        vintage.delete()


_cells = st.one_of(st.integers(10, 400), st.just("."))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(vintages=st.lists(st.lists(_cells, min_size=2, max_size=2), min_size=1, max_size=4))
def test_no_later_vintage_changes_an_earlier(vintages):
    with transaction.atomic():
        house = House()
        seen = {}
        for n, cells in enumerate(vintages):
            rows = "\n".join(f"{code};2025;{cell};850" for code, cell in zip(("0575", "0492"), cells))
            delivery = house.take(f"{HEAD}\n{rows}" + "\n" * n, drawn_on=DRAWN + timedelta(days=n % 2))
            for vintage in delivery.vintages.all():
                seen[vintage.pk] = list(vintage.measurements.order_by("pk").values())
        for pk, rows in seen.items():
            assert list(Measurement.objects.filter(vintage=pk).order_by("pk").values()) == rows
        transaction.set_rollback(True)


def test_the_figures_kept_for_storing_are_those_of_the_preview(house):
    delivery = house.read(TABLE)
    kept = pl.read_parquet(io.BytesIO(queries.resolved_of_delivery(delivery)))
    assert kept.height == delivery.rows == sum(part[2] for part in delivery.preview["parts"])
