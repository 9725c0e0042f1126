#!/usr/bin/env python3
"""Checks cardinals, ordinals and years against num2words (PyPI), which was written independently of vorleser.

    pip install num2words
    python3 tests/oracle/german_numbers.py target/release/vorleser

Not part of `cargo test`, which needs no network. Differences of spelling that are not heard are folded: `einhundert` and
`hundert`, blanks and capitals. So is one thing that num2words has wrong and CLDR right: a one before a larger unit (`einstausend`,
`hunderteins Millionen` for `eintausend`, `hunderteine Millionen`). Ends with status 1 if anything is left.
"""
import random
import re
import subprocess
import sys

from num2words import num2words


def fold(words: str) -> str:
    words = words.lower().replace(" ", "").replace("-", "").rstrip(".")
    words = re.sub(r"eins(?=tausend)", "ein", words)
    words = re.sub(r"eins(?=[mbtq]\w*?illi)", "eine", words)
    # `einhundert` is heard as `hundert` at the start of a number and behind a thousand.
    return re.sub(r"(?<!und)ein(?=hundert|tausend)", "", words)


def numbers() -> list[int]:
    random.seed(3)
    small = list(range(2, 2200))
    edges = [10**n + d for n in range(3, 19) for d in (-1, 0, 1, 11)]
    large = [random.randrange(10 ** random.randrange(4, 19)) for _ in range(4000)]
    return small + edges + [n for n in large if n > 2200]


def main() -> None:
    binary = sys.argv[1] if len(sys.argv) > 1 else "target/release/vorleser"
    rows = []
    for n in numbers():
        # Grouped by points a number is a quantity, never a year.
        rows.append(("cardinal", f"{n:,}".replace(",", ".") + " Menschen", num2words(n, lang="de") + " Menschen"))
    for n in [n for n in numbers() if n < 1_000_000]:
        rows.append(("ordinal", f"der {n}. Teil", "der " + num2words(n, lang="de", to="ordinal") + " Teil"))
    for n in range(1100, 2100):
        rows.append(("year", f"Im Jahr {n}", "Im Jahr " + num2words(n, lang="de", to="year")))
    written = "\n".join(row[1] for row in rows) + "\n"
    run = subprocess.run([binary, "normalise", "--lines"], input=written, capture_output=True, text=True, check=True)
    spoken = run.stdout.split("\n")[: len(rows)]
    wrong = [(kind, w, want, got) for (kind, w, want), got in zip(rows, spoken) if fold(want) != fold(got)]
    for kind, w, want, got in wrong[:40]:
        print(f"{kind}: {w}\n  num2words {want}\n  vorleser  {got}")
    print(f"{len(rows) - len(wrong)} of {len(rows)} agree")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
