"""Try a reader on damaged files for as long as you like: `python tests/fuzz/fuzz_readers.py --family html --minutes 20`.

What breaks the contract of reading, kills the process or never ends is kept in tests/regression/readers/found, where a
test reads it ever after.
"""

import argparse
import faulthandler
import hashlib
import multiprocessing
import random
import resource
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

from contract import FAMILIES, MOST_SECONDS, check, samples
from mutations import mutate, tokens_of

KEPT = Path(__file__).parents[1] / "regression/readers/found"
MOST_MEGABYTES = 1500


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--family", choices=[*FAMILIES, "all"], default="all")
    options.add_argument("--minutes", type=float, default=20, help="for each family")
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    families = FAMILIES if given.family == "all" else (given.family,)
    return max(fuzz(family, given.minutes * 60, given.seed) for family in families)


def fuzz(family, seconds, seed):
    """1 if something was found in so many seconds, else 0."""
    tried = multiprocessing.Value("q", 0)
    begun = multiprocessing.Value("d", 0.0)
    found = 0
    deadline = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        current = Path(folder) / "input"
        while time.monotonic() < deadline:
            worker = multiprocessing.Process(
                target=try_until, args=(family, deadline, seed + tried.value, current, tried, begun)
            )
            worker.start()
            while worker.is_alive():
                worker.join(1)
                since = begun.value  # read once: the worker sets it to 0 between two files
                if since and time.monotonic() - since > 4 * MOST_SECONDS:
                    worker.kill()
            if worker.exitcode:
                found = 1
                keep(family, current, f"the process ended with {worker.exitcode}")
    print(f"{family}: {tried.value} files in {seconds:g} s, {'something' if found else 'nothing'} found", flush=True)
    return found


def try_until(family, deadline, seed, current, tried, begun):
    """Read damaged files until the deadline; end with 1 at the first that breaks the contract."""
    faulthandler.enable()
    source = random.Random(seed)
    originals, tokens = samples(family), tokens_of(family)
    while time.monotonic() < deadline:
        tried.value += 1
        current.write_bytes(mutate(source.choice(originals), originals, tokens, source))
        begun.value = time.monotonic()
        try:
            check(current, family)
            used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            assert used < MOST_MEGABYTES, f"{used} MB are held"
        except BaseException:  # whatever it is, it is what is looked for
            traceback.print_exc()
            sys.exit(1)
        begun.value = 0.0


def keep(family, path, why):
    KEPT.mkdir(parents=True, exist_ok=True)
    name = f"{family}-{hashlib.sha256(path.read_bytes()).hexdigest()[:10]}"
    shutil.copyfile(path, KEPT / name)
    print(f"{family}: {why}; kept as {KEPT / name}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
