"""Consultations: one that is concluded and changed a promise, and one that is open with seventeen days left."""

from datetime import date, timedelta

from tovholder.base.by import By
from tovholder.base.periods import is_valid_on
from tovholder.consultations import actions
from tovholder.consultations import queries as consultations
from tovholder.plans import actions as plan_actions
from tovholder.plans import queries as plans
from tovholder.texts.danish import slug
from tovholder.threads import actions as threads

from .promises import adopt_agreement, seal
from .talks import code_for
from .world import load, on, on_day

VERDICTS = {"a": "accepted", "p": "partly", "x": "not_accepted", "n": "noted"}
_HELD = {"purpose": "At behandle høringssvar, begrunde vurderingen af dem og vise dem åbent.", "legal_basis": "Artikel 6, stk. 1, litra e.",
         "contact_role": "Databeskyttelsesrådgiver", "contact_mail": "dpo@example.dk", "contact_phone": "76 00 00 02"}  # fmt: skip


def hold_consultations(world):
    """This will hold the consultation of 2024 and open the one that is on."""
    _hold_2024(world, load("agreement_2025"))
    _hold_now(world, load("consultation_2027"), load("health_plan_2027"))


def _respond(world, consultation, key, row, at):
    """One response as it came, by form or by letter; returns its remarks with what was written about each."""
    own = world.provisions[key]
    if row["channel"] == "form":
        response, by = _begin(world, consultation, row, at)
        pieces = {}
        for label, text, *_rest in row["remarks"]:
            pieces.setdefault(label, []).append(text)
        for label, texts in pieces.items():
            actions.save_remark(response, provision=own.get(label), text="\n\n".join(texts), by=by, at=at)
        meets = world.day_in(row["political"]) if row.get("political") else None
        response = actions.submit_response(
            response, pending_political_approval=bool(meets), council_meets_on=meets, by=by, at=at + timedelta(minutes=40)
        )
        return response, _paired(world, response, row, own, at)
    party = world.party(row["from"].removeprefix("region:"))
    places = [("general" if label == "G" else own.get(label), text) for label, text, *_rest in row["remarks"]]
    who = {"party": party} if party else {"name": row["from"], "sector": row["sector"]}
    response = actions.type_in_response(consultation, **who, received_at=at, remarks=places, by=world.planner, at=at + timedelta(hours=3))
    return response, list(zip(consultations.remarks_of(response), row["remarks"], strict=True))


def _begin(world, consultation, row, at):
    if not row.get("citizen"):
        by = world.actor(row["from"])
        return actions.begin_response(consultation, party=world.party(row["from"]), by=by, at=at), by
    code = code_for(f"demo-{consultation.pk}", row["from"])
    response = actions.begin_response(consultation, name=row["from"], sector=row["sector"], claim_code=code, by=By(), at=at)
    return response, By(contributor=response.contributor_id)


def _paired(world, response, row, own, at):
    """Remarks in the plan's order beside what was written about each; two about one provision are divided again."""
    written = {}
    for line in row["remarks"]:
        written.setdefault(own[line[0]].pk if line[0] in own else None, []).append(line)
    pairs = []
    for remark in consultations.remarks_of(response):
        lines = written[remark.provision_id]
        parts = actions.split_remark(remark, parts=[line[1] for line in lines], by=world.planner, at=at) if len(lines) > 1 else [remark]
        pairs += zip(parts, lines, strict=True)
    return pairs


def _judge(world, pairs, at, *, is_read=True):
    for remark, (_label, _text, verdict, reason, theme) in pairs:
        if theme and (remark.is_general or remark.provision_id):
            actions.code_remark(remark, provision=remark.provision, theme=world.themes[theme], by=world.planner, at=at)
        if verdict and is_read:
            by = world.planner if world.rng.random() < 0.7 else world.actors["Jonas Fynbo"]
            actions.give_verdict(remark, verdict=VERDICTS[verdict], reason=reason, revision=remark.revision, by=by, at=at)
            world.count("bemærkninger med vurdering")
    world.count("bemærkninger", len(pairs))


def _release(world, response, at):
    if response.waits_for_review:
        actions.release_response(response, by=world.planner, at=at)


def _edit(world, plan, label, heading, body, remarks, at):
    """A changed promise, with everyone whose remark caused it."""
    key = next(name for name, row in world.plans.items() if row.pk == plan.pk)
    provision, draft = world.provisions[key][label], plans.draft_of(plan)
    for remark in remarks:
        row = plans.text_of(draft, provision)
        threads.edit_because_of(
            remark, draft, provision, label=label, heading=heading, body=body, revision=row.revision, by=world.planner, at=at
        )


def _hold_2024(world, data):
    by, plan = world.planner, world.plans["agreement"]
    opened = on(2024, 6, 17, 8)
    version = seal(plan, "Sendt i høring", "Efter høring", by, opened)
    deletes = max(date(2029, 9, 16), world.day_in(400))
    consultation = actions.open_consultation(
        version, title="Høring om aftale om gode overgange (eksempel)", opens_at=on(2024, 6, 17, 9), deadline_at=on(2024, 9, 16, 12),
        letter="Regionen og de 22 kommuner beder om jeres bemærkninger til et udkast til aftale om gode overgange.",
        asked_about="Kan løfterne holdes? Mangler der noget?", next_steps="Aftalen bliver behandlet i alle 23 råd i oktober 2024.",
        notice_words=_HELD | {"delete_on": deletes}, by=by, at=opened,
    )  # fmt: skip
    _list(world, consultation, opened + timedelta(minutes=20))
    found = {}
    for row in data["responses"]:
        at = on_day(row["day"], 10)
        response, pairs = _respond(world, consultation, "agreement", row, at)
        _release(world, response, on(2024, 9, 17))
        _judge(world, pairs, on(2024, 9, 20, 11))
        found |= {(line[0], row["from"]): remark for remark, line in pairs if line[2] in "ap"}
    also = {}
    for label, who in data["also_changed"]:
        also.setdefault(label, []).append(found[label, who])
    for label, who, heading, body in data["after_hearing"]:
        first = found.get((label, who)) or next(remark for (_label, name), remark in found.items() if name == who)
        _edit(world, plan, label, heading, body, [first, *also.get(label, [])], on(2024, 9, 25, 13))
    gone = world.provisions["agreement"][data["removed_after_hearing"]]
    plan_actions.remove_provision(plans.draft_of(plan), gone, by=by, at=on(2024, 9, 25, 14))
    actions.conclude(consultation, by=by, at=on(2024, 9, 30, 14))
    seal(plan, "Efter høring", "Vedtaget", by, on(2024, 9, 30, 15))
    adopt_agreement(world, data)
    world.count("høringer")


def _hold_now(world, data, plan_data):
    by, plan, opened = world.planner, world.plans["hp2027"], world.moment(-50, 9)
    version = plans.public_version(plan, world.at)
    consultation = actions.open_consultation(
        version, title="Høring om Sundhedsplan 2027–2030 (eksempel)", opens_at=opened, deadline_at=world.moment(17, 12),
        letter=data["letter"], asked_about=data["asked_about"], next_steps=data["next_steps"],
        notice_words=_HELD | {"delete_on": world.day_in(730)}, by=by, at=opened,
    )  # fmt: skip
    listed = _list(world, consultation, opened + timedelta(minutes=10))
    actions.send_out(consultation, by=by, at=opened + timedelta(minutes=30))
    world.count("parter på høringslisten", len(listed))
    rows = sorted(data["responses"], key=lambda row: row["days"])
    changed = {}
    for number, row in enumerate(rows):
        at = world.moment(row["days"] - 50, 9 + number % 6, number * 7 % 60)
        response, pairs = _respond(world, consultation, "hp2027", row, at)
        if not row.get("waits"):
            _release(world, response, at + timedelta(hours=5))
        _judge(world, pairs, at + timedelta(hours=6), is_read=not row.get("unread"))
        for remark, line in pairs:
            if line[2] == "a" and line[0] in plan_data["edits"] and not row.get("unread"):
                changed.setdefault(line[0], []).append(remark)
        world.count("høringssvar")
    for label, remarks in changed.items():
        heading, body = plan_data["edits"][label]
        _edit(world, plan, label, heading, body, remarks, world.moment(-1, 14))
    late = next(row for row in listed if row.party_id == world.party("0440").pk)
    actions.extend(late, to=world.moment(22, 12), reason="Byrådet holder ekstra møde.", by=by, at=world.moment(-4, 10))
    actions.remind(consultation, by=by, at=world.moment(-9, 9))
    _write_joint_response(world, consultation)
    world.count("høringer")


def _list(world, consultation, at):
    """Ninety parties: those that still exist stand with their record, the others with their name."""
    day = at.date()
    rows = [(party, "", "Kommuner og KKR", party.mailbox, True) for party in world.municipalities]
    groups = load("parties")["list"] | {"Kommuner og KKR": ["kkr", "fks-syd"], "Fælles udvalg": ["ssu", "patients", "praksisplan"]}
    keys = [(key, group) for group, names in groups.items() for key in names]
    for key, group in keys:
        party = world.party(key.removeprefix("region:"))
        name = party.name if party else key
        mailbox = party.mailbox if party and party.mailbox else f"{slug(name, 40)}@example.dk"
        is_there = party is not None and is_valid_on(party, day)
        rows.append((party if is_there else None, name, group, mailbox, group != "Uddannelse og forskning"))
    return actions.put_on_list(consultation, parties=rows, by=world.planner, at=at)


def _write_joint_response(world, consultation):
    """A draft for the 22 municipalities: some agree, some kept silent past the first date, one stands outside, some are asked."""
    by, own = world.actors["Hanne Bregnved"], world.provisions["hp2027"]
    first, later = world.municipalities[:16], world.municipalities[16:]
    response = actions.begin_response(
        consultation, party=world.party("fks-syd"), on_behalf=first, signers_due_at=world.moment(-4, 12), by=by, at=world.moment(-20, 9)
    )
    for label, text in load("consultation_2027")["joint_response"]:
        actions.save_remark(response, provision=own.get(label), text=text, by=by, at=world.moment(-19, 10))
    for number, signer in enumerate(consultations.signers_asked(response)):
        if number % 4 != 3:
            actions.answer_as_signer(signer, approves=number != 5, by=world.actors[signer.party_id], at=world.moment(-12 + number % 6, 13))
    actions.close_signers(response, by=by, at=world.moment(-3, 9))
    actions.ask_signers(response, parties=later, due_at=world.moment(9, 12), by=by, at=world.moment(-3, 10))
    asked = [row for row in consultations.signers_asked(response) if row.state == "asked"]
    for signer in asked[:2]:
        actions.answer_as_signer(signer, approves=True, by=world.actors[signer.party_id], at=world.moment(-1, 13))
