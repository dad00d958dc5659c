"""Which statement to ask next: what five chosen answers tell about the others, and whether every sector meets every statement.

    python benchmarks/opinion_routing.py [--seeds 3]

Replay (goal H, first half): a model from three quarters of the people; from each of the others ten votes are hidden and five asked, one
by one, among the rest. Log-loss (nats a vote) on the hidden ones, for: random order, Polis's published priority (its formula from the
training votes, drawn with probability in proportion), and ours with its exposure rule switched on. Only people with 25 votes or more.
Conference (second half): classes fitted to a conversation are the people of a conference: 240 in four sectors, 40 statements, each person
gives a number of answers that varies (mean 20), the plan is made anew for every ten people. How many votes has the statement with fewest,
in the sector with fewest? Written from the published formulas, opinion.md 1.5.
"""

import argparse
import os
import time

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"))

import numpy as np
from open_conversations import TINY, conversation, names
from opinion_robust import as_votes, table_of

from tovholder.evidence.opinion.asking import choosing as asking
from tovholder.evidence.opinion.asking import planning as asking_plan
from tovholder.evidence.opinion.axes.components import components_of
from tovholder.evidence.opinion.groups.found import find_groups

ASKED, HIDDEN, ENOUGH = 5, 10, 25
POLICIES = ("random", "polis", "ours")


def polis_priority(votes):
    """This will give Polis's priority of each statement, from groups found in the votes."""
    labels = find_groups(votes).labels
    groups = [votes.person >= 0] if labels.max(initial=-1) < 0 else [labels[votes.person] == k for k in range(labels.max() + 1)]
    size = len(votes.statements)
    asked, agree, passed = (np.zeros(size) for _ in range(3))
    for group in groups:
        asked += np.bincount(votes.statement[group], minlength=size)
        agree += np.bincount(votes.statement[group & (votes.answer == 1)], minlength=size)
        passed += np.bincount(votes.statement[group & (votes.answer == 0)], minlength=size)
    parts = components_of(votes)
    extremity = parts.extremity
    importance = (1 - (passed + 1) / (asked + 2)) * (1 + extremity) * (agree + 1) / (asked + 2)
    return (importance * (1 + 8 * 2.0 ** (-asked / 5))) ** 2


def replay(name, seed):
    """This will give the log-loss on hidden votes for each policy, and how many they are."""
    table = table_of(conversation(name))
    names_ = [f"{n:05d}" for n in range(table.shape[1])]
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(table))
    loss, count = dict.fromkeys(POLICIES, 0.0), 0
    for fold in range(4):
        tested = order[fold::4]
        trained = as_votes(np.delete(table, tested, axis=0), names_)
        fit = asking_plan.model(trained)
        place = {name: n for n, name in enumerate(trained.statements)}
        made = {**asking_plan.plan(trained, {}, trained.statements), "asked": {"": {}}}
        priority = polis_priority(trained)
        for person in tested:
            known = [names_[n] for n in np.flatnonzero(table[person] != 9) if names_[n] in place]
            if len(known) < ENOUGH:
                continue
            drawn = [known[n] for n in rng.permutation(len(known))]
            hidden, open_ = drawn[:HIDDEN], drawn[HIDDEN:]
            answers = {name: int(table[person, int(name)]) for name in known}
            for policy in POLICIES:
                told = ask(policy, made, priority, place, open_, answers, str(person), rng)
                loss[policy] += sum(surprise(fit, place, told, name, answers[name]) for name in hidden)
            count += HIDDEN
    return {policy: loss[policy] / max(count, 1) for policy in POLICIES}, count


def ask(policy, made, priority, place, open_, answers, device, rng):
    left, told = list(open_), {}
    for _ in range(ASKED):
        if policy == "ours":
            name = asking.choose(made, left, told, device=device).statement
            made["asked"][""][name] = made["asked"][""].get(name, 0) + 1
        elif policy == "polis":
            weights = np.array([priority[place[name]] for name in left])
            name = left[rng.choice(len(left), p=weights / weights.sum())]
        else:
            name = left[0]
        left.remove(name)
        told[name] = answers[name]
    return told


def surprise(fit, place, told, name, answer):
    weights, profile = fit
    belief = np.log(weights)
    for one, said in told.items():
        belief = belief + asking_plan.TEMPER * np.log(profile[place[one], :, said + 1])
    belief = np.exp(belief - belief.max())
    return -float(np.log(belief @ profile[place[name], :, answer + 1] / belief.sum()))


def conference(name, seed, policy):
    """This will give the fewest votes of any statement in any sector, the votes given for each such cell, and seconds per choice."""
    votes = conversation(name)
    weights, profile = asking_plan.model(votes)
    rng = np.random.default_rng(seed)
    asked = np.bincount(votes.statement, minlength=len(votes.statements))
    profile = profile[np.sort(np.argsort(-asked, kind="stable")[:40])]
    names_ = [f"{n:05d}" for n in range(40)]
    mix = rng.dirichlet(3 * weights + 0.2, 4)
    table, made, spent, choices = np.full((240, 40), 9, dtype=np.int8), None, 0.0, 0
    sector_of = {f"{n:06d}": "ABCD"[n % 4] for n in range(240)}
    for person in range(240):
        if policy == "ours" and person and person % 10 == 0:
            made = asking_plan.plan(as_votes(table, names_), sector_of, names_)
        shares = profile[:, rng.choice(len(weights), p=mix[person % 4])]
        told, left = {}, list(names_)
        for _ in range(int(rng.integers(8, 33))):
            before = time.process_time()
            if policy == "ours":
                name = asking.choose(made, left, told, sector="ABCD"[person % 4], device=str(person)).statement
            else:
                name = left[int(rng.integers(len(left)))]
            spent, choices = spent + time.process_time() - before, choices + 1
            left.remove(name)
            told[name] = int(rng.choice(3, p=shares[int(name)] / shares[int(name)].sum())) - 1
            table[person, int(name)] = told[name]
    cells = np.stack([(table[sector::4] != 9).sum(axis=0) for sector in range(4)])
    return int(cells.min()), float(cells.mean()), spent / choices


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    seeds = parser.parse_args().seeds
    print(f"left out, too few people with {ENOUGH} votes: {', '.join(TINY)}")
    print(f"\n{'log-loss after five answers':28} {'votes':>6} {'random':>8} {'Polis':>8} {'ours':>8}   Polis gains  ours gains")
    rows = []
    for name in [name for name in names() if name not in TINY]:
        runs = [replay(name, seed) for seed in range(seeds)]
        count = runs[0][1]
        if not count:
            print(f"{name[:28]:28} {0:6}  nobody has {ENOUGH} votes")
            continue
        mean = {policy: float(np.mean([loss[policy] for loss, _ in runs])) for policy in POLICIES}
        rows.append((count, mean["random"] - mean["polis"], mean["random"] - mean["ours"]))
        told = " ".join(f"{mean[policy]:8.4f}" for policy in POLICIES)
        print(f"{name[:28]:28} {count:6} {told}   {rows[-1][1]:11.4f} {rows[-1][2]:11.4f}", flush=True)
    counts, polis, ours = (np.array(column) for column in zip(*rows, strict=True))
    print(f"\nmean gain over random        goal >= 0.015   reached {ours.mean():.4f}   Polis {polis.mean():.4f}")
    weighted = np.average(ours, weights=counts), np.average(polis, weights=counts)
    print(f"same, vote-weighted          goal >= 0.015   reached {weighted[0]:.4f}   Polis {weighted[1]:.4f}")
    print(f"conversations over 0.015     {int((ours >= 0.015).sum())} of {ours.size}   Polis {int((polis >= 0.015).sum())}")
    for policy in ("random", "ours"):
        runs = [conference(name, seed, policy) for name in ("scoop-hivemind.taxes", "vtaiwan.uberx") for seed in range(seeds)]
        fewest, mean, spent = (np.array(column) for column in zip(*runs, strict=True))
        cost = f"{spent.mean() * 1000:.3f} ms CPU a choice" if policy == "ours" else ""
        words = f"fewest votes of a statement in a sector, {policy:6}"
        print(f"{words}   goal >= 20   reached {fewest.min()} (mean cell {mean.mean():.0f}) {cost}")


if __name__ == "__main__":
    main()
