"""What a million measurements from CSV cost in time and memory, child process included: `python benchmarks/read_measurements.py`."""

import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parent)]

from peers import run_peer  # noqa: E402

from tovholder.formats.measurements.reading import read_measurements  # noqa: E402

SEED = 20261129
ROUNDS = 3
GROUPS = ("Grundskole", "Erhvervsuddannelse", "Videregående uddannelse", "Uoplyst")
HEADINGS = "Kommunekode;Periode;Opdeling;Gruppe;Køn;Alder;Tæller;Nævner;Andel;Nedre;Øvre;Udtræk;Indikator"
PEER = """
import sys, time, pandas
start, used = time.perf_counter(), time.process_time()
frame = pandas.read_csv(sys.argv[1], sep=";", decimal=",", thousands=".", dtype={"Kommunekode": str}, na_values=["<5"])
import io
frame.to_parquet(io.BytesIO())
print(time.perf_counter() - start, time.process_time() - used, len(frame))
"""


def written(rows: int, seed: int) -> str:
    """This will make a table of that many measurements, each place, period and group once."""
    rng = random.Random(seed)
    lines = [HEADINGS]
    places = [f"{code:04d}" for code in range(101, 199)]
    ages = [f"{age}-{age + 4}" for age in range(0, 95, 5)]
    for number in range(rows):
        rest, group = divmod(number, len(GROUPS))
        rest, sex = divmod(rest, 2)
        rest, age = divmod(rest, len(ages))
        rest, place = divmod(rest, len(places))
        year, month = divmod(rest, 12)
        people = rng.randint(50, 25_000)
        count = rng.randint(0, people // 4)
        share = 100 * count / people
        shown = (
            ("<5", f"{people:,}".replace(",", "."), "<5", "", "")
            if count < 5
            else tuple(
                text.replace(",", "_").replace(".", ",").replace("_", ".")
                for text in (f"{count:,}", f"{people:,}", f"{share:.1f}", f"{share * 0.9:.1f}", f"{share * 1.1:.1f}")
            )
        )
        who = f"{places[place]};{2000 + year}-{month + 1:02d};Uddannelse;{GROUPS[group]};{'kvinder' if sex else 'mænd'};{ages[age]}"
        lines.append(f"{who};{';'.join(shown)};2026-11;KRAM-1")
    return "\n".join(lines) + "\n"


def main() -> None:
    """This will print wall seconds, processor seconds and the child's largest memory, medians of three, beside pandas' bare reading."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "maalinger.csv"
        path.write_text(written(rows, SEED), encoding="utf-8")
        print(f"{rows} rows, {path.stat().st_size / 1e6:.0f} MB, seed {SEED}")
        walls, used = [], []
        for _ in range(ROUNDS):
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            read = read_measurements(path, path.name)
            walls.append(time.perf_counter() - start)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            assert (read.rows, read.refused_count) == (rows, 0), (read.rows, read.refused[:3])
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        peers = [run_peer(("pandas", "pyarrow"), PEER, str(path)).split() for _ in range(ROUNDS)]
    wall, cpu = statistics.median(walls), statistics.median(used)
    peer_wall, peer_cpu = (statistics.median(float(one[place]) for one in peers) for place in (0, 1))
    print(f"tovholder: {wall:.1f} s, {cpu:.1f} s of processor, {largest:.0f} MiB at most, {len(read.frame_bytes) / 1e6:.0f} MB of Parquet")
    print(f"pandas, bare reading without a single check: {peer_wall:.1f} s, {peer_cpu:.1f} s of processor; ratio {wall / peer_wall:.2f}")


if __name__ == "__main__":
    main()
