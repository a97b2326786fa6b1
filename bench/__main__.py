"""`make bench`: what an answered question costs, and the rest; `--quick` for a first impression."""

from __future__ import annotations

import argparse
import asyncio

from bench.measure import measure
from bench.plan import FULL, QUICK
from bench.report import report


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter passes")
    plan = QUICK if parser.parse_args().quick else FULL
    for line in report(asyncio.run(measure(plan)), plan):
        print(line)


if __name__ == "__main__":
    main()
