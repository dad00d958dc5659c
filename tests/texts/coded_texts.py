"""Answers made from a few words for each code, so that it is known what each is about."""

import numpy as np

WORDS = {
    "ventetid": ("ventede", "længe", "ventetiden", "timer", "tidligere", "kø"),
    "personale": ("sygeplejersken", "venlig", "lægen", "lyttede", "personalet", "smilende"),
    "mad": ("maden", "kold", "aftensmaden", "suppe", "smagte", "køkkenet"),
    "udskrivning": ("udskrevet", "hjemmet", "kommunen", "udskrivningssamtale", "genoptræningsplan", "hjemmepleje"),
}
FILLING = ("det", "var", "og", "jeg", "vi", "en", "meget", "ikke", "dagen", "sagde", "min", "mor", "igen", "måske")
CODES = tuple(WORDS)


def coded_texts(count, *, seed=0, both=0.2, noise=0.0):
    """This will give texts and their marks; a share of them is about two things, and a share of marks is wrong."""
    rng = np.random.default_rng(seed)
    texts, marks = [], np.zeros((count, len(CODES)), dtype=bool)
    for number in range(count):
        about = rng.choice(len(CODES), size=2 if rng.random() < both else 1, replace=False)
        words = [str(word) for code in about for word in rng.choice(WORDS[CODES[code]], size=2, replace=False)]
        words += [str(word) for word in rng.choice(FILLING, size=int(rng.integers(3, 9)))]
        texts.append(" ".join(words[i] for i in rng.permutation(len(words))).capitalize() + ".")
        marks[number, about] = True
    wrong = rng.random(marks.shape) < noise
    return texts, marks ^ wrong
