"""Campaigns beside datasketch on generated consultations, with the truth known: `python benchmarks/campaigns.py [--large] [seed]`.

Campaigns of 100 edited copies make up half of the texts (own opening sentence, a sentence dropped, added, all shuffled, 0-8 % of the words
edited); the others stand alone but are put together from the same sentences. Languages: the German statements of the real conversations
beside the project (as in the reference), all statements (German and English), and Danish sentences of our own making. Pairwise F1; CPU
seconds of one thread, median of three; ours includes reading, templates and every copy's own words, datasketch only finds its pairs.
Goals: F1 0.99 at 20,000 and 0.98 at 100,000 texts; 20,000 in 0.75 s; fifteen times datasketch.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "texts")]

import numpy as np  # noqa: E402
from campaign_texts import Made, danish_sentences, made, own_scores, pairwise, statement_sentences  # noqa: E402
from peers import run_peer  # noqa: E402

from tovholder.texts.campaigns import Campaign, find_campaigns  # noqa: E402

PEER = """
import json, re, sys, time
from datasketch import MinHash, MinHashLSH
texts = json.load(open(sys.argv[1], encoding="utf-8"))
start = time.process_time()
index = MinHashLSH(threshold=0.5, num_perm=128)
sketches = []
for number, text in enumerate(texts):
    words = re.findall(r"\\w+", text.lower())
    sketch = MinHash(num_perm=128)
    sketch.update_batch([" ".join(words[place:place + 2]).encode() for place in range(max(len(words) - 1, 1))])
    index.insert(number, sketch)
    sketches.append(sketch)
parents = list(range(len(texts)))
def root(one):
    while parents[one] != one:
        parents[one] = parents[parents[one]]
        one = parents[one]
    return one
for number, sketch in enumerate(sketches):
    for other in index.query(sketch):
        if other > number and sketch.jaccard(sketches[other]) >= 0.5:
            parents[root(other)] = root(number)
labels = [root(number) for number in range(len(texts))]
print(json.dumps({"seconds": time.process_time() - start, "labels": labels}))
"""


def labels_of(campaigns: tuple[Campaign, ...], texts: list[tuple[str, str]]) -> np.ndarray:
    """This will number each text by its campaign, -1 for none."""
    place = {id_: number for number, (id_, _) in enumerate(texts)}
    labels = np.full(len(texts), -1)
    for number, campaign in enumerate(campaigns):
        for id_ in campaign.ids:
            labels[place[id_]] = number
    return labels


def ours(given: Made) -> tuple[float, tuple[Campaign, ...]]:
    """This will give the median CPU seconds of three runs, and the campaigns."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        found = find_campaigns(given.texts)
        seconds.append(time.process_time() - start)
    return statistics.median(seconds), found


def datasketch(given: Made) -> tuple[float, np.ndarray]:
    """This will give the CPU seconds of datasketch and its groups of three or more."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "texts.json"
        place.write_text(json.dumps([text for _, text in given.texts]), encoding="utf-8")
        answer = json.loads(run_peer(("datasketch",), PEER, str(place)))
    labels = np.array(answer["labels"])
    _, labels, counts = np.unique(labels, return_inverse=True, return_counts=True)
    labels[counts[labels] < 3] = -1
    return answer["seconds"], labels


def main() -> None:
    """This will print the table."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    seed = numbers[0] if numbers else 20170519
    sizes = [5_000, 20_000, 100_000] if "--large" in sys.argv else [5_000, 20_000]
    shared = Path(os.environ.get("TOVHOLDER_SHARED", ROOT / ".." / "shared"))
    pools = {
        "German": statement_sentences(shared, "austria*"),
        "all statements": statement_sentences(shared),
        "Danish (made)": danish_sentences(np.random.default_rng(seed), 6000),
    }
    find_campaigns(made(seed, 500, pools["Danish (made)"]).texts)
    head = f"{'language':<16}{'texts':>8}{'precision':>11}{'recall':>8}{'F1':>8}{'goal':>6}{'own P':>7}{'own R':>7}{'CPU s':>8}"
    print(head + f"{'datasketch F1':>15}{'CPU s':>8}{'ratio':>8}")
    for language, sentences in pools.items():
        if not sentences:
            print(f"{language:<16} not run: the reference data is not beside the project (TOVHOLDER_SHARED)")
            continue
        for size in sizes:
            given = made(seed, size, sentences)
            seconds, found = ours(given)
            precision, recall, both = pairwise(given.campaigns, labels_of(found, given.texts))
            own_precision, own_recall = own_scores(given, found)
            line = f"{language:<16}{size:>8}{precision:>11.4f}{recall:>8.4f}{both:>8.4f}{0.98 if size > 50_000 else 0.99:>6}"
            line += f"{own_precision:>7.3f}{own_recall:>7.3f}{seconds:>8.2f}"
            peer_seconds, peer_labels = datasketch(given)
            _, _, peer = pairwise(given.campaigns, peer_labels)
            print(line + f"{peer:>15.4f}{peer_seconds:>8.2f}{peer_seconds / seconds:>7.1f}x", flush=True)


if __name__ == "__main__":
    main()
