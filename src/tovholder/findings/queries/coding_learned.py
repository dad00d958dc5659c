"""What can be learned from a book's codings so far. Heavy: only the process that keeps things asks this, never the one that answers."""

from collections import defaultdict
from dataclasses import dataclass, field

from tovholder.base.by import SYSTEM

from ..models import Coding, LanguageReading, ModelRun, Suggestion
from .answers import answers_of
from .coding import codes_of

FEWEST = 20
BY_LOT = 60
AT_LEAST = 0.2
SHOWN = 8
ASKED = 2_000
# The words that spoke are found for those who are asked about before the next learning.
EXPLAINED = 200


@dataclass
class Learned:
    """run: the fields of a ModelRun. suggestions: (answer, code, score, is chosen, words). asked: (answer, why), most useful first."""

    run: dict
    suggestions: list = field(default_factory=list)
    asked: list = field(default_factory=list)


@dataclass(frozen=True)
class _Codings:
    """First codings in the order they were made, as positions among the answers; and what each coder wrote."""

    order: list
    codes: dict
    by_lot: frozenset
    units: dict


def learned_from(codebook, at, *, seed=0):
    """This will fit a model on a book's codings and say what it suggests, whom to ask about next, and how well it does."""
    import numpy as np

    from tovholder.texts.coding.report import METHOD, VERSION
    from tovholder.texts.coding.space import space_of

    answers = answers_of(codebook, SYSTEM, at)
    codes = codes_of(codebook)
    codings = _codings(codebook, answers)
    run = {"method": METHOD, "method_version": VERSION, "seed": seed, "answers": len(answers), "labelled": len(codings.order)}
    if not answers:
        return Learned(run)
    texts = [answer.text for answer in answers]
    questions = [answer.question for answer in answers]
    try:
        space, rows = space_of(texts, questions=questions, seed=seed)
    except ValueError:
        # Not one word in all of them: they are asked about as they came.
        return Learned(run, asked=[(answer.id, "own") for n, answer in enumerate(answers) if n not in codings.codes])
    places, rng = space.places(rows), np.random.default_rng(seed + len(codings.order))
    run |= _agreement(codings, codes, np.random.default_rng(seed))
    known = {code.pk for code in codes}
    if len(codings.order) < FEWEST or not any(codings.codes[n] & known for n in codings.order):
        run["themes"] = _candidates(texts, answers, seed) if not codings.order else []
        return Learned(run, asked=_asked(answers, places, codings, rng, None))
    from tovholder.texts.coding import model

    marks = np.array([[code.pk in codings.codes[n] for code in codes] for n in codings.order])
    fitted = model.fit(rows[codings.order], marks, [str(code.pk) for code in codes], seed=seed)
    doubt = 1.0 - model.decide(fitted.likely(rows))[1]
    run |= {"digest": fitted.digest} | _measured(codebook, rows, marks, codings, codes, seed, run.pop("by_code"))
    asked = _asked(answers, places, codings, rng, doubt)
    return Learned(run, _suggested(fitted, space, rows, answers, codings, codes, {one for one, _why in asked[:EXPLAINED]}), asked)


def _codings(codebook, answers):
    place = {answer.id: n for n, answer in enumerate(answers)}
    order, codes, by_lot, units = [], {}, set(), defaultdict(dict)
    for coding in Coding.objects.filter(codebook=codebook).prefetch_related("codes").order_by("at", "pk"):
        n = place.get(coding.answer_id)
        if n is None:
            continue
        chosen = frozenset(code.pk for code in coding.codes.all())
        units[n][coding.coder] = chosen
        if not coding.is_second:
            order.append(n)
            codes[n] = chosen
            if coding.why == "random":
                by_lot.add(n)
    return _Codings(order, codes, frozenset(by_lot), dict(units))


def _agreement(codings, codes, rng):
    """Krippendorff's alpha over the answers that two have coded: for the sets of codes, and for each code."""
    from tovholder.texts.coding.agreement import agreement, by_code, masi

    both = [list(unit.values()) for unit in codings.units.values() if len(unit) > 1]
    if not both:
        return {"by_code": []}
    whole = agreement(both, masi, rng=rng)
    each = by_code(both, [code.pk for code in codes], rng=rng)
    rows = [{"code": pk, "alpha": one.alpha, "alpha_low": one.low, "alpha_high": one.high} for pk, one in each.items()]
    return {"doubles": whole.units, "alpha": whole.alpha, "alpha_low": whole.low, "alpha_high": whole.high, "by_code": rows}


def _measured(codebook, rows, marks, codings, codes, seed, agreed):
    """F1 by answers the model has not seen, on those drawn by lot when there are enough; per code; and drift since earlier."""
    import numpy as np

    from tovholder.texts.coding import scores
    from tovholder.texts.coding.drift import drift

    lot = np.array([n in codings.by_lot for n in codings.order])
    is_by_lot = int(lot.sum()) >= BY_LOT
    on = lot if is_by_lot else np.ones(len(lot), dtype=bool)
    found = scores.quick(rows[codings.order], marks, seed=seed)
    whole = scores.scores(marks[on], found[on], rng=np.random.default_rng(seed)).samples
    by_code = {row["code"]: row for row in agreed}
    for code, (_name, f1, coded, chosen) in zip(codes, scores.by_code(marks[on], found[on], [str(code.pk) for code in codes]), strict=True):
        row = by_code.setdefault(code.pk, {"code": code.pk})
        row |= {"f1": f1, "coded": coded, "suggested": chosen, "seen": int(marks[:, codes.index(code)].sum())}
    look = (
        ModelRun.objects.filter(codebook=codebook, drift_look__gt=0).order_by("-drift_look").values_list("drift_look", flat=True).first()
        or 0
    )
    drawn = np.flatnonzero(lot)
    if is_by_lot and len(drawn) // 3 >= 30 and _is_time(codebook, len(drawn)):
        look += 1
        steps = drift(
            rows[[codings.order[i] for i in drawn]],
            marks[drawn],
            [str(code.pk) for code in codes],
            recent=len(drawn) // 3,
            seed=seed,
            look=look,
        )
        for one in steps.codes:
            by_code[int(one.code)] |= {
                "coding_changed": one.coding_changed, "answers_changed": one.answers_changed,
                "used_before": one.used_before, "used_now": one.used_now, "expected_now": one.expected_now,
            }  # fmt: skip
    return {
        "f1": whole.value, "f1_low": whole.low, "f1_high": whole.high, "measured_on": int(on.sum()), "is_measured_by_lot": is_by_lot,
        "by_code": list(by_code.values()), "drift_look": look, "language_f1": _language_measure(codebook, codings, codes, seed),
    }  # fmt: skip


def _is_time(codebook, drawn):
    """Drift is looked for once in a while: each look costs a little of what may be a false alarm."""
    before = ModelRun.objects.filter(codebook=codebook, drift_look__gt=0).order_by("-fitted_at").first()
    return before is None or drawn >= 1.25 * max(before.measured_on, 1)


def _language_measure(codebook, codings, codes, seed):
    """The language model's suggestions against what people coded, with the same measure; empty when it has not been asked."""
    import numpy as np

    from tovholder.texts.coding import scores

    read = set(LanguageReading.objects.filter(codebook=codebook, was_sent=True).values_list("answer", flat=True))
    # Those who coded an answer drawn by lot had not seen what was suggested.
    blind = read & set(Coding.objects.filter(codebook=codebook, why="random").values_list("answer", flat=True))
    coded = read & set(Coding.objects.filter(codebook=codebook, is_second=False).values_list("answer", flat=True))
    ids = sorted(blind if len(blind) >= FEWEST else coded)
    if len(ids) < FEWEST:
        return {}
    given = defaultdict(set)
    for answer, code in Suggestion.objects.filter(codebook=codebook, source="language", answer__in=ids).values_list("answer", "code"):
        given[answer].add(code)
    people = defaultdict(set)
    for coding in Coding.objects.filter(codebook=codebook, is_second=False, answer__in=ids).prefetch_related("codes"):
        people[coding.answer_id] = {code.pk for code in coding.codes.all()}
    sides = [np.array([[code.pk in side[one] for code in codes] for one in ids]) for side in (people, given)]
    found = scores.scores(*sides, rng=np.random.default_rng(seed)).samples
    return {"f1": found.value, "low": found.low, "high": found.high, "answers": len(ids), "is_by_lot": len(blind) >= FEWEST}


def _suggested(fitted, space, rows, answers, codings, codes, explained):
    """The codes to suggest for every answer nobody has coded; with words for those who are next in line."""
    import numpy as np

    from tovholder.texts.coding.model import decide
    from tovholder.texts.coding.suggesting import suggest

    likely = fitted.likely(rows)
    chosen = decide(likely)[0]
    found = []
    for n, answer in enumerate(answers):
        if n in codings.codes:
            continue
        words = {}
        if answer.id in explained:
            told = suggest(fitted, space, answer.text, question=answer.question, at_least=AT_LEAST)
            words = {one.code: [word.word for word in one.words] for one in told}
        for k in np.argsort(-likely[n], kind="stable")[:SHOWN]:
            if chosen[n, k] or likely[n, k] >= AT_LEAST:
                found.append((answer.id, codes[k], float(likely[n, k]), bool(chosen[n, k]), words.get(str(codes[k].pk), [])))
    return found


def _asked(answers, places, codings, rng, doubt):
    """The order to ask in: the most useful first, every fifth by lot; what is beyond comes as it came."""
    from tovholder.texts.coding.choosing import LOT_SHARE, next_to_ask

    done = list(codings.codes)
    first = next_to_ask(places, done, 100, rng=rng, doubt=doubt, random_share=LOT_SHARE)
    rows = [(answers[one.position].id, one.why) for one in first]
    seen = {*done, *(one.position for one in first)}
    rest = [n for n in range(len(answers)) if n not in seen][: ASKED - len(rows)]
    return rows + [(answers[n].id, "own") for n in rest]


def _candidates(texts, answers, seed):
    """Themes nobody has named yet: their words, and which answers; the answers' words stay where they are."""
    from tovholder.texts.coding.suggesting import candidate_themes

    found = candidate_themes(texts, seed=seed)
    return [
        {
            "words": list(theme.words), "size": len(theme.members), "typical": [answers[n].id for n in theme.typical],
            "together": theme.together, "again": theme.again,
        }
        for theme in found.themes
    ]  # fmt: skip
