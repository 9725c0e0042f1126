#!/usr/bin/env python3
"""Times vorleser beside a normaliser from PyPI on the same news sentences, in one run and on one thread each.

    pip install spokenform
    cargo build --release
    python3 benches/peers.py target/release/vorleser

Both get the news sentences of `benches/normalise.rs`; start-up is measured with an empty input and taken off.
"""
import pathlib
import re
import subprocess
import sys
import time

from spokenform import prepare


def sentences() -> list[str]:
    source = (pathlib.Path(__file__).parent / "normalise.rs").read_text(encoding="utf-8")
    block = source[source.index("const NEWS") : source.index("];")]
    return re.findall(r'^\s+"(.*)",$', block, re.MULTILINE)


def ours(binary: str, lines: list[str]) -> float:
    text = "".join(line + "\n" for line in lines)
    start = time.perf_counter()
    subprocess.run([binary, "normalise", "--lines"], input=text, capture_output=True, text=True, check=True)
    return time.perf_counter() - start


def main() -> None:
    binary = sys.argv[1] if len(sys.argv) > 1 else "target/release/vorleser"
    news = sentences()
    many = news * 10_000
    took = ours(binary, many) - min(ours(binary, ["Hallo."]) for _ in range(3))
    print(f"vorleser    {len(many) / took:>9,.0f} sentences/s")
    few = news * 20
    prepare(news[0], language="de")
    start = time.perf_counter()
    for line in few:
        prepare(line, language="de")
    took = time.perf_counter() - start
    print(f"spokenform  {len(few) / took:>9,.0f} sentences/s")


if __name__ == "__main__":
    main()
