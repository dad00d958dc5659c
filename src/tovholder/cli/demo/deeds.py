"""What is done: one real programme, two real initiatives and twenty invented ones that others copy."""

from datetime import date, timedelta
from decimal import Decimal

from tovholder.initiatives import actions

from .world import load


def tell_initiatives(world):
    """This will tell of the programme and the initiatives, with partners, money, experience and reuse."""
    data, by, at = load("initiatives"), world.planner, world.moment(-400)
    words = data["programme"]
    programme = actions.start_programme(
        name=words["name"], purpose=words["purpose"], goal=words["goal"], motto=words["motto"], source=words["source"],
        begins_on=date.fromisoformat(words["begins_on"]), by=by, at=at,
    )  # fmt: skip
    _partners_and_money(world, programme, words, by, at)
    for row in data["initiatives"]:
        _tell(world, row, programme if row.get("programme") else None, by, at)


def _tell(world, row, programme, by, at):
    texts = {key: row.get(key, "") for key in ("method", "target_group", "included", "excluded", "prevention", "status", "source")}
    initiative = actions.start_initiative(
        name=row["name"], purpose=row["purpose"], programme=programme, begins_on=date.fromisoformat(row["begins"]),
        ends_on=date.fromisoformat(row["ends"]) if row.get("ends") else None, equity_note=row.get("equity", ""),
        is_example=not row.get("real"), **texts, by=by, at=at,
    )  # fmt: skip
    _partners_and_money(world, initiative, row, by, at)
    told = {key: row.get(key, "") for key in ("worked", "worked_less", "evaluation")}
    if any(told.values()):
        actions.tell_experience(initiative, **told, by=by, at=at)
    for number, (party, changed) in enumerate(row["reuse"]):
        began = world.moment(-300 + 25 * number)
        actions.do_it_too(initiative, party=world.party(party), changed=changed, by=world.actor(party), at=began + timedelta(hours=2))
        world.count("gør det også")
    world.initiatives[row["name"]] = initiative
    world.count("indsatser")


def _partners_and_money(world, found, row, by, at):
    for who, part in row["partners"]:
        party = world.party(who)
        actions.add_partner(found, party=party, name="" if party else who, part=part, by=by, at=at)
    for funder, amount, period in row["funding"]:
        actions.add_funding(found, funder=funder, amount_million_kroner=Decimal(amount) if amount else None, period=period, by=by, at=at)
