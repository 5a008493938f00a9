"""Which colonia does a messy string name?   place_names.py <peer> <folder> <strings>

Peers get the names and the strings normalised by Faro (`names.normal.txt`, `messy.normal.txt`, which `faro-bench bench w6`
writes), so that they only match. They are given the first strings and their time is scaled to all of them.
"""
import os

import measuring

SAMPLE = 20_000


def inputs(folder):
    def lines(name):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return file.read().split("\n")[:-1]

    return lines("names.normal.txt"), lines("messy.normal.txt")


def rapidfuzz_extract_one(folder, count):
    """The best name by the ratio of edits, cut off below 80 so that hopeless names cost little: its fastest way."""
    import rapidfuzz
    from rapidfuzz import fuzz, process

    names, strings = inputs(folder)
    sample = strings[:SAMPLE]

    def work():
        return [process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=80) for text in sample]

    def check(found):
        return {"found of the first": sum(one is not None for one in found)}

    return f"rapidfuzz {rapidfuzz.__version__}, extractOne", work, check, len(strings) / len(sample)


if __name__ == "__main__":
    measuring.report({"rapidfuzz": rapidfuzz_extract_one})
