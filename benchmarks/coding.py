"""Help with coding, measured on health care comments that people have coded: goal, reached, and a plain linear SVM in the same run.

    .venv/bin/python benchmarks/coding.py [--splits 5]

The set: 7,908 comments to three trusts' questions (NHS, pxtextmining v6), of which those with text and at least one code used 20 times
or more count, 38 codes. Each split hides one comment in five. "Chosen" replays the coding: 50 spread answers first, then 25 at a time
where the model expects to be wrong and many others are alike; "with lots" draws one in five at random instead, as the desk does.
The peer is scikit-learn's LinearSVC on words (1-2) and characters (2-5), at least one code an answer, on the same splits and labels.
"""

import argparse
import csv
import os
import time
from pathlib import Path

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", NUMBA_NUM_THREADS="1")

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from tovholder.texts.coding import choosing, model, scores, space, suggesting

SHARED = Path(os.environ.get("TOVHOLDER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
FILE = SHARED / "data" / "texts" / "nhs-pxtextmining" / "v6framework_230831.csv"
FEW = 400


def comments(path):
    """This will read the comments: texts, questions, marks and codes."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["FFT answer"].strip()]
    codes = list(rows[0])[11:]
    marks = np.array([[row[code] == "1" for code in codes] for row in rows])
    kept = marks.sum(axis=0) >= 20
    marks, coded = marks[:, kept], marks[:, kept].any(axis=1)
    rows = [row for row, is_coded in zip(rows, coded) if is_coded]
    texts, questions = [row["FFT answer"].strip() for row in rows], [" ".join(row["FFT question"].split()) for row in rows]
    return texts, questions, marks[coded], [code for code, keep in zip(codes, kept) if keep]


def seconds(work):
    """This will give what the work gave, and the CPU seconds it took."""
    start = time.process_time()
    return work(), time.process_time() - start


def peer(taught, marks, asked):
    """This will fit one LinearSVC a code on words and characters, and give its choices for the asked texts."""
    sets = [
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, token_pattern=r"\w+"),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2),
    ]
    rows = sparse.hstack([one.fit_transform(taught) for one in sets]).tocsr()
    there = sparse.hstack([one.transform(asked) for one in sets]).tocsr()
    found = np.full((len(asked), marks.shape[1]), -9.0)
    for k in np.flatnonzero(marks.any(axis=0)):
        found[:, k] = LinearSVC(C=1.0, dual=True, random_state=0).fit(rows, marks[:, k]).decision_function(there)
    return (found > 0) | (found == found.max(axis=1, keepdims=True))


def chosen(rows, places, marks, codes, count, seed, share):
    """This will replay the coding and give which answers were asked about."""
    rng, asked = np.random.default_rng(seed), []
    while len(asked) < count:
        doubt = None
        if asked:
            doubt = 1.0 - model.decide(model.fit(rows[asked], marks[asked], codes, seed=seed).likely(rows))[1]
        wanted = min(25 if asked else 50, count - len(asked))
        asked += [one.position for one in choosing.next_to_ask(places, asked, wanted, rng=rng, doubt=doubt, random_share=share)]
    return asked


class Kept:
    """Measures by name, one for each split."""

    def __init__(self):
        self.found = {}

    def score(self, name, true, chosen_codes):
        """This will keep the four measures of one run."""
        one = scores.scores(true, chosen_codes, rng=np.random.default_rng(0))
        self.found.setdefault(name, []).append(one)

    def line(self, name, goal=None):
        """This will write one row of the table: mean over splits, lowest and highest, and the interval within the first split."""
        runs = self.found[name]
        samples = [one.samples.value for one in runs]
        mean = float(np.mean(samples))
        verdict = "" if goal is None else ("  reached" if mean >= goal else "  NOT reached")
        rest = "  ".join(f"{np.mean([getattr(one, what).value for one in runs]):.3f}" for what in ("micro", "macro", "subset"))
        inside = f"{runs[0].samples.low:.3f}-{runs[0].samples.high:.3f}"
        wanted = f"{goal:.2f}" if goal else "    "
        return f"{name:42} {wanted:>5} {mean:.3f}  {min(samples):.3f}-{max(samples):.3f}  {inside}  {rest}{verdict}"


def one_split(kept, times, split, texts, questions, marks, codes):
    """This will measure everything on one split."""
    order = np.random.default_rng(split).permutation(len(texts))
    cut = int(len(texts) * 0.8)
    taught, hidden = order[:cut], order[cut:]
    known, true = marks[taught], marks[hidden]
    here, there = [texts[i] for i in taught], [texts[i] for i in hidden]
    some = np.random.default_rng(1000 + split).permutation(cut)[:FEW]
    kept.score(f"peer SVM, {FEW} at random", true, peer([here[i] for i in some], known[some], there))
    found, spent = seconds(lambda: peer(here, known, there))
    kept.score("peer SVM, all", true, found)
    times.setdefault("peer: features, fit and choices, all", []).append(spent)
    for name, asked_here, asked_there in (
        ("", None, None),
        (" + question", [questions[i] for i in taught], [questions[i] for i in hidden]),
    ):
        (made, rows), spent = seconds(lambda asked=asked_here: space.space_of(here, questions=asked, language="en", seed=split))
        times.setdefault(f"features learned{name}", []).append(spent)
        away, places = made.rows(there, asked_there), made.places(rows)

        def choices(labelled, rows=rows, away=away):
            return model.decide(model.fit(rows[labelled], known[labelled], codes, seed=split).likely(away))[0]

        kept.score(f"{FEW} at random{name}", true, choices(some))
        kept.score(f"{FEW} chosen{name}", true, choices(chosen(rows, places, known, codes, FEW, split, 0.0)))
        kept.score(f"{FEW} chosen, with lots{name}", true, choices(chosen(rows, places, known, codes, FEW, split, 0.2)))
        kept.score(f"all{name}", true, choices(np.arange(cut)))
        for count in (1_000, 3_000):
            _, spent = seconds(lambda count=count, rows=rows: model.fit(rows[:count], known[:count], codes, seed=split))
            times.setdefault(f"refit with {count} labelled{name}", []).append(spent)
        fitted = model.fit(rows[:1_000], known[:1_000], codes, seed=split)
        each = [
            seconds(lambda i=i, made=made, fitted=fitted: suggesting.suggest(fitted, made, texts[i], question=questions[i]))[1]
            for i in hidden[:200]
        ]
        times.setdefault(f"one suggestion with its words, p95{name}", []).append(float(np.quantile(each, 0.95)))


def main():
    """This will print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--splits", type=int, default=5)
    splits = arguments.parse_args().splits
    if not FILE.exists():
        raise SystemExit(f"{FILE} is not here. Set TOVHOLDER_SHARED to the folder with the shared data.")
    texts, questions, marks, codes = comments(FILE)
    print(f"{len(texts)} comments, {len(codes)} codes, {splits} splits 80/20, one thread, CPU seconds\n")
    kept, times = Kept(), {}
    # The first call compiles; it is not part of any measure.
    made, rows = space.space_of(texts[:200], language="en")
    suggesting.suggest(model.fit(rows, marks[:200], codes), made, texts[0])
    chosen(rows, made.places(rows), marks[:200], codes, 75, 0, 0.2)
    for split in range(splits):
        one_split(kept, times, split, texts, questions, marks, codes)
    goals = {f"{FEW} chosen": 0.65, "all": 0.76}
    print(f"{'samples-F1':42} {'goal':>5} mean   lowest-highest  1,000 draws  micro  macro  subset")
    for name in kept.found:
        print(kept.line(name, goals.get(name.removesuffix(" + question"))))
    limits = {"refit with 3000 labelled": 1.0, "one suggestion with its words, p95": 0.05}
    print(f"\n{'CPU seconds (median)':52} {'goal':>6}")
    for name, spent in times.items():
        goal = limits.get(name.removesuffix(" + question"))
        median = float(np.median(spent))
        verdict = "" if goal is None else ("reached" if median <= goal else "NOT reached")
        print(f"{name:52} {goal if goal else '':>6} {median:8.3f}  {verdict}")


if __name__ == "__main__":
    main()
