"""Recall and false alarms of the personal-data gate on generated Danish texts: `python benchmarks/personal_data_gate.py [count] [seed]`."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parents[1] / "tests" / "texts")]

from generated_danish import measure, texts  # noqa: E402

from tovholder.texts.personal_data import KINDS, VERSION  # noqa: E402


def main() -> None:
    """This will print the table, and with `-v` what was missed."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count, seed = (numbers + [4000, 20170519][len(numbers) :])[:2]
    planted, found, false, notes = measure(texts(seed, count))
    print(f"personal-data gate, rules version {VERSION}; {count} generated texts, seed {seed}")
    print(f"{'kind':<13}{'planted':>8}{'found':>8}{'recall':>9}{'false alarms':>14}{'per 1,000 texts':>17}")
    for kind in KINDS:
        share = f"{found[kind] / planted[kind]:.4f}" if planted[kind] else "-"
        print(f"{kind:<13}{planted[kind]:>8}{found[kind]:>8}{share:>9}{false[kind]:>14}{1000 * false[kind] / count:>17.1f}")
    if "-v" in sys.argv:
        print("\n".join(notes))


if __name__ == "__main__":
    main()
