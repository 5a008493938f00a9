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


def truths(folder, count):
    with open(os.path.join(folder, f"messy_{count}.tsv"), encoding="utf-8") as file:
        return [int(line.rsplit("\t", 1)[1]) for line in file.read().split("\n")[:-1]]


def rapidfuzz_extract_one(folder, count):
    """The best name by the ratio of edits, cut off below 80 so that hopeless names cost little: its fastest way."""
    import rapidfuzz
    from rapidfuzz import fuzz, process

    names, strings = inputs(folder)
    sample = strings[:SAMPLE]

    def work():
        return [process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=80) for text in sample]

    truth = truths(folder, count)[:SAMPLE]

    def check(found):
        """A name stands for every area of the same name: the peer is not asked to tell those apart."""
        right = sum((one is None) if area < 0 else (one is not None and one[0] == names[area])
                    for one, area in zip(found, truth))
        missed = sum(one is None and area >= 0 for one, area in zip(found, truth))
        return {"right": right / len(truth), "missed": missed / len(truth),
                "wrong": (len(truth) - right - missed) / len(truth)}

    return f"rapidfuzz {rapidfuzz.__version__}, extractOne", work, check, len(strings) / len(sample)


if __name__ == "__main__":
    measuring.report({"rapidfuzz": rapidfuzz_extract_one})
