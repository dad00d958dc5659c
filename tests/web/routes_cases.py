"""Every address of the house: what stands in it, whom it is for, and what a stranger, a neighbour and the owner's planner get."""

from dataclasses import dataclass

FORM = "en formular, ikke en liste"
WORDS = "en side med faste ord"
ONE = "én ting, ingen liste"
FILE = "en fil, ingen side"
ACTION = "en handling, ingen side"
LEADS_ON = "fører videre til en anden side"
PART = "en del af en side"


@dataclass(frozen=True)
class Case:
    """`where` names the world's parts in the address; `seen` is what anyone, a neighbour's planner and the owner's planner get."""

    seen: str
    where: str = ""
    who: str = "anonymous"
    kind: str = "page"
    no_list: str = ""
    no_axe: str = ""
    query: str = ""

    @property
    def statuses(self):
        return dict(zip(("anonymous", "foreign", "planner"), map(int, self.seen.split()), strict=True))


def _list(seen, where="", who="anonymous", **more):
    return Case(seen, where, who, "list", **more)


def _page(seen, where="", who="anonymous", no_list=FORM, **more):
    return Case(seen, where, who, "page", no_list=no_list, **more)


def _action(seen, where="", who="planner", **more):
    return Case(seen, where, who, "action", no_list=ACTION, no_axe=ACTION, **more)


def _file(seen, where="", who="anonymous", **more):
    return Case(seen, where, who, "download", no_list=FILE, no_axe=FILE, **more)


def _way(seen, where="", who="anonymous", **more):
    return Case(seen, where, who, "page", no_list=LEADS_ON, no_axe=LEADS_ON, **more)


def _part(seen, where="", who="anonymous", **more):
    return Case(seen, where, who, "download", no_list=PART, no_axe=PART, **more)


OPEN, OWN, INSIDE = "200 200 200", "302 403 200", "302 404 200"

PAGES = {
    "front": _list(OPEN),
    "privacy": _list(OPEN),
    "accessibility": _page(OPEN, no_list=WORDS),
    "contact": _list(OPEN),
    "year": _list(OPEN),
    "gallery": _page(OPEN, no_list=WORDS, no_axe="hver del prøves i tests/web/test_design_browser.py"),
    "set_language": _action("302 302 302"),
    "on_behalf": _action("302 404 404"),
    "healthz": _file(OPEN),
    "readyz": _file(OPEN),
    "security_txt": _file(OPEN),
}

ACCOUNTS = {
    "invitation": _page(OPEN, "invitation"),
    "account_home": _list("302 200 200", who="planner"),
    "account_login": _page("200 302 302"),
    "account_logout": _page("302 200 200", who="planner"),
    "account_inactive": _page(OPEN, no_list=WORDS),
    "account_signup": _way("404 404 404"),
    "account_change_password": _page("302 200 200", who="planner"),
    "account_set_password": _page("302 200 200", who="planner", no_list=WORDS),
    "account_reset_password": _page(OPEN),
    "account_reset_password_done": _page(OPEN, no_list=WORDS),
    "account_reset_password_from_key": _page(OPEN, "=1 =en-gammel-noegle", no_list=WORDS),
    "account_reset_password_from_key_done": _page(OPEN, no_list=WORDS),
    "openid_connect_login": _way("404 404 404", "=oidc"),
    "openid_connect_callback": _way("404 404 404", "=oidc"),
    "socialaccount_login_cancelled": _page(OPEN, no_list=WORDS),
    "socialaccount_login_error": _page("401 401 401", no_list=WORDS),
    "socialaccount_signup": _page(OPEN, no_list=WORDS),
    "socialaccount_connections": _way("404 404 404"),
}

INTAKE = {
    "intake:list": _list("302 200 200", who="planner"),
    "intake:upload": _action("302 422 422"),
    "intake:source": _list("302 200 200", "source", "planner"),
    "intake:decide": _action("302 302 302", "proposal"),
}

SEARCH = {"search:results": _list(OPEN, query="q=sundhedsplan")}

PARTIES = {
    "parties:list": _list(OPEN),
    "parties:table": _file(OPEN),
    "parties:register": _list(OPEN),
    "parties:ending": _list(OPEN, query="dag=01-01-2027"),
    "parties:party": _list(OPEN, "region"),
}

DIALOGUE = {
    "dialogue:list": _list(OPEN),
    "dialogue:plan_conference": _page("302 200 200", who="planner"),
    "dialogue:conference": _list(OPEN, "conference"),
    "dialogue:change_conference": _page(OWN, "conference", "planner"),
    "dialogue:add_programme_item": _page(OWN, "conference", "planner"),
    "dialogue:ask_question": _page(OWN, "conference", "planner"),
    "dialogue:publish_conference": _action("302 404 302", "draft_conference"),
    "dialogue:withdraw_conference": _page(OWN, "conference", "planner"),
    "dialogue:remove_programme_item": _action("302 403 302", "item"),
    "dialogue:found_series": _page("302 200 200", who="planner"),
    "dialogue:series": _list(OPEN, "series"),
    "dialogue:groups": _list(OPEN),
    "dialogue:found_group": _page("302 200 403", who="group"),
    "dialogue:group": _list(OPEN, "group"),
    "dialogue:change_group": _page("302 403 403", "group", "group"),
    "dialogue:pause_group": _page("302 403 403", "group", "group"),
    "dialogue:resume_group": _page("302 403 403", "group", "group"),
    "dialogue:close_group": _page("302 403 403", "group", "group"),
    "dialogue:add_member": _page("302 403 403", "group", "group"),
    "dialogue:propose_topic": _page("302 403 200", "group", "group"),
    "dialogue:tell_experience": _page("302 403 200", "group", "group"),
    "dialogue:ask_group": _page("302 403 403", "group", "group"),
    "dialogue:call_meeting": _page("302 403 403", "group", "group"),
    "dialogue:end_membership": _page("302 403 403", "member", "group"),
    "dialogue:support_topic": _action("302 404 404", "topic"),
    "dialogue:meeting": _list(OPEN, "meeting"),
    "dialogue:add_agenda_item": _page("302 403 403", "meeting", "group"),
    "dialogue:write_minutes": _page("302 403 403", "meeting", "group"),
    "dialogue:themes": _list(OPEN),
    "dialogue:desk": _list(OWN, "conference", "planner"),
    "dialogue:theme": _list(OPEN, "theme"),
    "dialogue:rename_theme": _page(OWN, "theme", "planner"),
    "dialogue:take_out": _action("302 404 404", "theme"),
    "dialogue:withdraw_theme": _page(OWN, "theme", "planner"),
    "dialogue:statement": _page(OPEN, "said", no_list=ONE),
}

LIVE = {
    "live:conference": _list(OPEN, "conference.short_code"),
    "live:write": _page(OPEN, "conference.short_code question"),
    "live:afterwards": _way("302 302 302", "conference.short_code"),
    "live:turn": _list(OPEN, "conference.short_code"),
    "live:vote": _action("404 404 404", "conference.short_code"),
    "live:who": _page(OPEN, "conference.short_code"),
    "live:hall": _list(OPEN, "conference.short_code"),
    "live:qr": _file(OPEN, "conference.short_code"),
}

OPINION = {
    "opinion:agreement": _list(OPEN, "conference.short_code"),
    "opinion:fresh": _part(OPEN, "conference.short_code"),
    "opinion:why": _page(OPEN, "conference.short_code said", no_list=ONE),
    "opinion:hall": _list(OPEN, "conference.short_code"),
    "opinion:csv": _file(OPEN, "conference.short_code"),
    "opinion:json": _file(OPEN, "conference.short_code"),
    "opinion:publish": _page("302 403 200", "conference.short_code", "planner"),
    "opinion:method": _page(OPEN, no_list=WORDS),
    "opinion:findings": _list(OPEN),
    "opinion:finding": _list(OPEN, "finding"),
    "opinion:withdraw": _action("302 403 302", "finding"),
}

CODING = {
    "coding:list": _list("302 200 200", who="planner"),
    "coding:make": _action("302 404 404"),
    "coding:reject": _action("302 404 302", "suggestion"),
    "coding:desk": _list(INSIDE, "codebook", "planner"),
    "coding:book": _list(INSIDE, "codebook", "planner"),
    "coding:add": _page(INSIDE, "codebook", "planner"),
    "coding:guide": _page(INSIDE, "codebook", "planner"),
    "coding:method": _page(OPEN, no_list=WORDS),
    "coding:conference_campaigns": _list(OPEN, "conference"),
    "coding:consultation_campaigns": _list(OPEN, "consultation"),
}

MODERATION = {
    "moderation:list": _list("302 200 200", who="moderator"),
    "moderation:queue": _list("302 404 404", "conference", "moderator"),
    "moderation:item": _list("302 404 404", "conference waiting", "moderator"),
    "moderation:decide": _action("302 404 404", "conference waiting"),
    "moderation:original": _action("302 404 404", "conference redacted"),
}

PLANS = {
    "plans:list": _list(OPEN),
    "plans:new": _page("302 200 200", who="planner"),
    "plans:version": _list(OPEN, "heard"),
    "plans:word": _file(OPEN, "heard"),
    "plans:draft": _list(INSIDE, "draft", "planner"),
    "plans:paste": _action("302 404 422", "draft"),
    "plans:name_parties": _action("302 404 404", "draft"),
    "plans:seal": _action("302 404 422", "draft"),
    "plans:publish": _action("302 403 302", "newer"),
    "plans:tie": _action("302 404 422", "draft"),
    "plans:add": _page(INSIDE, "draft", "planner"),
    "plans:edit": _page(INSIDE, "draft provision", "planner"),
    "plans:move": _action("302 404 302", "draft provision"),
    "plans:remove": _action("302 404 302", "draft provision"),
    "plans:ask": _action("302 403 422", "newer"),
    "plans:remind": _action("302 403 302", "deciding"),
    "plans:adopt": _action("302 403 422", "deciding"),
    "plans:board": _list(OPEN, "deciding"),
    "plans:approval": _page(OPEN, "approval", no_list=ONE),
    "plans:agenda": _action("302 403 403", "approval"),
    "plans:provision": _way("302 302 302", "provision"),
    "plans:history": _page(OPEN, "provision", no_list=ONE),
    "plans:compare": _list(OPEN, "heard newer"),
    "plans:plan": _list(OPEN, "plan"),
    "plans:new_goal": _page(OWN, "plan", "planner"),
}

CONSULTATIONS = {
    "consultations:list": _list(OPEN),
    "consultations:open": _page(INSIDE, "draft", "planner"),
    "consultations:response": _list("404 404 404", "open_response", "coordinator"),
    "consultations:review": _list("404 404 404", "open_response", "coordinator"),
    "consultations:receipt": _way("404 404 404", "open_response", "coordinator"),
    "consultations:withdraw": _page("404 404 200", "response", "planner"),
    "consultations:ask_in": _action("404 404 404", "open_response"),
    "consultations:ask_signers": _action("302 404 404", "open_response"),
    "consultations:close_signers": _action("302 404 404", "open_response"),
    "consultations:release": _action("302 403 403", "response"),
    "consultations:sign": _action("302 404 404", "signer"),
    "consultations:remark": _page(OPEN, "remark", no_list=ONE),
    "consultations:verdict": _action("302 403 422", "late_remark"),
    "consultations:code": _action("302 403 302", "late_remark"),
    "consultations:split": _page(OWN, "late_remark", "planner"),
    "consultations:redact": _page(OWN, "late_remark", "planner"),
    "consultations:extend": _page(INSIDE, "listed", "planner"),
    "consultations:consultation": _list(OPEN, "consultation"),
    "consultations:respond": _page(OPEN, "consultation"),
    "consultations:continue": _action("422 422 422", "consultation"),
    "consultations:desk": _list(OWN, "consultation", "planner"),
    "consultations:parties": _list(OWN, "consultation", "planner"),
    "consultations:add": _action("302 403 422", "consultation"),
    "consultations:send": _action("302 403 302", "consultation"),
    "consultations:remind": _action("302 403 302", "consultation"),
    "consultations:type_in": _page(OWN, "consultation", "planner"),
    "consultations:conclude": _page(OWN, "consultation", "planner"),
    "consultations:report": _file(OWN, "consultation", "planner"),
    "consultations:table": _file(OPEN, "consultation"),
}

INITIATIVES = {
    "initiatives:list": _list(OPEN),
    "initiatives:new": _page("302 200 200", who="planner"),
    "initiatives:new_programme": _page("302 200 200", who="planner"),
    "initiatives:programme": _list(OPEN, "programme"),
    "initiatives:programme_partner": _page(OWN, "programme", "planner"),
    "initiatives:initiative": _list(OPEN, "initiative"),
    "initiatives:partner": _page(OWN, "initiative", "planner"),
    "initiatives:funding": _page(OWN, "initiative", "planner"),
    "initiatives:experience": _page(OWN, "initiative", "planner"),
    "initiatives:do_it_too": _page("302 200 200", "initiative", "coordinator"),
    "initiatives:end": _action("302 403 302", "initiative"),
}

FINDINGS = {
    "findings:list": _list(OPEN),
    "findings:plan": _list(OPEN, "plan"),
    "findings:draft_status": _action("302 403 302", "plan"),
    "findings:champion": _list(OPEN),
    "findings:method": _page(OPEN, no_list=WORDS),
    "findings:status": _list(OPEN, "status"),
    "findings:status_summary": _action("302 404 422", "draft_status"),
    "findings:status_line": _page(INSIDE, "draft_status goal", "planner"),
    "findings:status_decide": _action("302 404 404", "draft_status"),
    "findings:status_word": _file(OPEN, "status"),
    "findings:status_pdf": _file(OPEN, "status"),
    "findings:change_target": _page(OWN, "target", "planner"),
    "findings:rebase": _page(OWN, "target", "planner"),
    "findings:stop_following": _action("302 403 302", "target"),
    "findings:indicators": _list(OPEN),
    "findings:define_indicator": _page("302 200 200", who="planner"),
    "findings:indicator": _list(OPEN, "indicator"),
    "findings:define_anew": _page(OWN, "indicator", "planner"),
    "findings:withdraw_indicator": _page(OWN, "indicator", "planner"),
    "findings:vintage_csv": _file(OPEN, "vintage"),
    "findings:withdraw_vintage": _page(OWN, "vintage", "planner"),
    "findings:deliveries": _list("302 200 200", who="planner"),
    "findings:upload_figures": _action("302 422 422"),
    "findings:delivery": _list(INSIDE, "delivery", "planner"),
    "findings:take_delivery": _action("302 404 302", "delivery"),
    "findings:leave_delivery": _action("302 404 302", "delivery"),
    "findings:refused_csv": _file(INSIDE, "delivery", "planner"),
    "findings:goal": _list(OPEN, "goal"),
    "findings:follow": _page(OWN, "goal", "planner"),
    "findings:aim": _page(OWN, "goal", "planner"),
    "findings:everywhere": _list(OPEN, "goal"),
    "findings:csv": _file(OPEN, "goal"),
    "findings:json": _file(OPEN, "goal"),
}

THREADS = {
    "threads:list": _list(OPEN),
    "threads:mine": _page(OPEN),
    "threads:tell_me": _action("422 422 422"),
    "threads:forget_me": _action("422 422 422"),
    "threads:statement": _list(OPEN, "said"),
    "threads:theme": _list(OPEN, "theme"),
    "threads:provision": _list(OPEN, "provision"),
    "threads:initiative": _list(OPEN, "initiative"),
    "threads:thing": _way("302 302 302", "theme"),
    "threads:gaps": _list(OPEN),
    "threads:plan_gaps": _list(OPEN, "plan"),
    "threads:tie_theme": _page("302 200 200", "theme", "planner"),
    "threads:tie_duty": _page("302 200 200", "provision", "planner"),
    "threads:tie_initiative": _page("302 200 200", "provision", "planner"),
}

CASES = {
    **PAGES, **ACCOUNTS, **INTAKE, **SEARCH, **PARTIES, **DIALOGUE, **LIVE, **OPINION, **CODING, **MODERATION, **PLANS,
    **CONSULTATIONS, **INITIATIVES, **FINDINGS, **THREADS,
}  # fmt: skip


def part_of(world, name):
    """This will return what a word in `where` stands for in an address."""
    if name.startswith("="):
        return name[1:]
    found = world
    for step in name.split("."):
        found = getattr(found, step)
    return getattr(found, "pk", found)
