#!/usr/bin/env python3
"""Compares the phonemes of Debian's program `espeak-ng` with those of its library, called as `src/synthesis/piper/espeak.rs` does.

    apt install espeak-ng && python3 benches/phonemes.py

Words: up to 3,000 different ones of `samples/*/spoken.txt` and of the examples in our tables; sentences: the first 200 lines of the
samples.
"""
import ctypes
import pathlib
import re
import subprocess
import time

ROOT = pathlib.Path(__file__).parent.parent
LINES = [line for path in sorted(ROOT.glob("samples/*/spoken.txt")) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
TABLES = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("src/**/tables/*.tsv"))]
WORDS = sorted(set(re.findall(r"[A-Za-zÄÖÜäöüß]{2,}", "\n".join(LINES + TABLES))))

espeak = ctypes.CDLL("libespeak-ng.so.1")
espeak.espeak_TextToPhonemes.restype = ctypes.c_char_p
espeak.espeak_Initialize(2, 0, None, 0x8000)
espeak.espeak_SetVoiceByName(b"de")


def library(text: str) -> str:
    rest = ctypes.pointer(ctypes.c_char_p(text.encode()))
    clauses = []
    while rest.contents.value is not None:
        clauses.append((espeak.espeak_TextToPhonemes(ctypes.cast(rest, ctypes.POINTER(ctypes.c_void_p)), 1, 2) or b"").decode())
    return " ".join(clauses)


def program(text: str) -> str:
    return subprocess.run(["espeak-ng", "-v", "de", "--ipa", "-q", "--", text], capture_output=True, text=True, check=True).stdout


def tidy(phonemes: str) -> str:
    return " ".join(re.sub(r"\([^)]*\)", "", phonemes).split())


for name, texts in [("words", WORDS[:: max(1, len(WORDS) // 3000)][:3000]), ("sentences", LINES[:200])]:
    wanted = [tidy(program(text)) for text in texts]
    start = time.perf_counter()
    got = [tidy(library(text)) for text in texts]
    each = (time.perf_counter() - start) / len(texts)
    wrong = [row for row in zip(texts, got, wanted) if row[1] != row[2]]
    print(f"{name}: {len(texts) - len(wrong)} of {len(texts)} equal, {each * 1e6:.0f} µs a call")
    for row in wrong[:5]:
        print("  ", *row, sep=" | ")
