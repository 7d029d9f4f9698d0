"""Texts in the form of the AUTOMATIC1111 web UI, and what its rules make of them.

Writes engine/src/test/resources/golden/image/parameters_text.json, read by ParametersTextTest.
The last line is read with the regular expression that defines the form; ours is a scanner by hand.
Run from the repository's root.
"""

import json
import re
from pathlib import Path

OUT = Path("engine/src/test/resources/golden/image/parameters_text.json")
ENTRY = re.compile(r'\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)')

TEXTS = [
    "",
    "   \n ",
    "a fox",
    "a fox\nby a lake\n\nat dawn",
    "a fox\nNegative prompt: blurry, text",
    "Negative prompt: only what not",
    "a fox\nSteps: 20, Sampler: Euler a, CFG scale: 7",
    "a fox\nSteps: 20, Sampler: Euler a",
    "Steps: 20, Sampler: Euler a, CFG scale: 7.0, Seed: 965400086, Size: 512x768",
    "a fox, étang\nNegative prompt: blurry\nmore\nSteps: 20, Sampler: Euler a, Schedule type: Automatic, CFG scale: 7.0,"
    " Seed: 965400086, Size: 512x512, Model hash: 45dee52b11, Model: name, Version: v1.10.1",
    'x\nSteps: 1, Seed: 2, Lora hashes: "detail: 12ab, other: 34cd", Version: 1',
    'x\nSteps: 1, Seed: 2, Hires prompt: "two\\nlines: \\"quoted\\", and \\\\ é", Version: 1',
    'x\nSteps: 1, Seed: 2, Odd: "no end, Version: 1',
    'x\nSteps: 1, Seed: 2, Odd: "early" end, Version: 1',
    'x\nSteps: 1, Seed: 2, Odd: "bad \\x escape", Version: 1',
    "x\nSteps: 20, Sampler: Undefined, Clip skip: 0, Created Date: 2024-01-02T03:04:05.678Z",
    "x\r\nNegative prompt: y\r\nSteps: 1, Seed: 2, Size: 8x8\r\n",
    "Steps: 1, Seed: 2, CFG scale: 3\nbut the last line is prose",
    "  indented  \n  Negative prompt:   spaced  \n  Steps: 1, Seed: 2, CFG scale: 3  ",
    "weights (a:1.2), [b:0.5], <lora:x:1>, c: d\nSteps: 1, Seed: 2, CFG scale: 3",
    "a: 1, b: 2, c: 3, dd: 4, ee: 5",
    "aa: 1, bb: 2, cc: 3, (dd: 4), x-y/z w: 5, -lead: 6, été: 7, 9x: 8",
    "http://example.org, Steps: 1, Seed: 2, Time: 12:30:00, Face restoration: CodeFormer",
    "x\nSteps: 1, Steps: 2, Seed: 3, Variation seed strength: 0.5, Seed resize from: 512x640",
    "x\nNegative prompt: a\nNegative prompt: b\nSteps: 1, Seed: 2, CFG scale: 3",
    "x\nSteps: 1 , Seed:2,CFG scale:   3,Trailing: comma,",
    "x\nTI hashes: \"a: b\", Pad conds: True, Hires upscaler: R-ESRGAN 4x+, Emphasis: Original",
    "::::, ,,, : , \"\"\", [, {, }",
]


def read(text):
    *lines, last = text.strip().split("\n")
    entries = ENTRY.findall(last)
    if len(entries) < 3:
        lines, entries = [*lines, last], []
    prompts, kind = ["", ""], 0
    for line in map(str.strip, lines):
        if line.startswith("Negative prompt:"):
            kind, line = 1, line[len("Negative prompt:") :].strip()
        prompts[kind] += ("\n" if prompts[kind] else "") + line
    values = {}
    for key, value in entries:
        value = value.strip()
        if value[:1] == '"' and value[-1:] == '"':
            try:
                value = json.loads(value)
            except ValueError:
                pass
        size = re.match(r"^(\d+)x(\d+)$", value)
        if size:
            values[key + "-1"], values[key + "-2"] = size.groups()
        else:
            values[key] = value
    return {"text": text, "prompt": prompts[0], "negative": prompts[1], "values": values}


def main():
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps([read(text) for text in TEXTS], indent=1) + "\n")
    print(len(TEXTS), "texts,", OUT.stat().st_size, "bytes")


main()
