#!/usr/bin/env python3
"""Time of the extractor per page, one thread, over a folder of pages:

    python3 benches/pages.py target/release/vorleser FOLDER

One warm process reads every *.html below FOLDER and tells the milliseconds of each; printed are mean, median, the
slowest three, and the processor time of the whole process per page, its start-up included.
"""

import json
import pathlib
import resource
import statistics
import subprocess
import sys

program, folder = sys.argv[1:]
pages = sorted(pathlib.Path(folder).rglob("*.html"))
done = subprocess.run(
    [program, "text", "--batch"],
    input="".join(f"{page}\t\n" for page in pages),
    capture_output=True,
    text=True,
    check=False,
)
lines = [json.loads(line) for line in done.stdout.splitlines()]
if not lines:
    sys.exit(f"no page was read\n{done.stderr}")
times = sorted((line["ms"], line["path"]) for line in lines)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{len(times)} pages: mean {statistics.mean(t for t, _ in times):.2f} ms,", end=" ")
print(f"median {statistics.median(t for t, _ in times):.2f} ms, max {times[-1][0]:.1f} ms;", end=" ")
print(f"processor {(used.ru_utime + used.ru_stime) * 1000 / len(times):.2f} ms a page")
for taken, path in times[:-4:-1]:
    print(f"  {taken:.1f} ms {path}")
