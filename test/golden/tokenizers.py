"""Ids and texts by Hugging Face's tokenizers, for tokenizers trained there and for those that Ascent has written.

Regenerate with   .venv/bin/python -I test/golden/tokenizers.py   (tokenizers 0.23.3); it rewrites
test/golden/tokenizers.json and test/golden/tokenizers/theirs-*.json. It reads texts.json and ours-*.json beside those;
npx vitest run src/language/tokenizers/golden.test.ts -u   writes the latter.

For each tokenizer and text: the ids where special tokens are read in the text, which is Python's default, and those
where they are not, if they differ. A text that can't be encoded has null. Then lists of ids and what they decode to.
"""

import json
import random
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

FOLDER = Path(__file__).with_suffix("")
GIVEN = json.loads((FOLDER / "texts.json").read_text())
SPECIAL = ["<|end|>", "<|pad|>"]
# Not GPT-2's: at most three digits a word, line ends apart.
PATTERN = r"[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def byte_level(**options):
    return pre_tokenizers.ByteLevel(**options)


PRE_TOKENIZERS = {
    "bytes": byte_level(add_prefix_space=False),
    "prefix": byte_level(add_prefix_space=True),
    "whole": byte_level(add_prefix_space=False, use_regex=False),
    "prefixed-whole": byte_level(add_prefix_space=True, use_regex=False),
    "split": pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(PATTERN), "isolated"), byte_level(add_prefix_space=False, use_regex=False)]
    ),
}


def trained(pre_tokenizer):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        min_frequency=2,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(GIVEN["corpus"], trainer)
    return tokenizer


def ids(tokenizer, text):
    try:
        return tokenizer.encode(text).ids
    except Exception:  # A character without a token: the binding raises no narrower one.
        return None


def answers(tokenizer):
    read = [ids(tokenizer, text) for text in GIVEN["texts"]]
    tokenizer.encode_special_tokens = True
    plain = [ids(tokenizer, text) for text in GIVEN["texts"]]
    tokenizer.encode_special_tokens = False
    rng = random.Random(0)
    size = tokenizer.get_vocab_size()
    lists = [[rng.randrange(size) for _ in range(n)] for n in range(1, 25)]
    return {
        "read": read,
        "plain": {str(i): b for i, (a, b) in enumerate(zip(read, plain)) if a != b},
        "decoded": [
            [row, tokenizer.decode(row), tokenizer.decode(row, skip_special_tokens=False)] for row in lists
        ],
    }


def ranges(pattern):
    """[first, last] of each run of characters in a class, joined to one list. Surrogates are in none."""
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)]))
    inside = pre_tokenizers.Split(Regex(f"{pattern}+"), "removed").pre_tokenize_str(every)
    edges, place = [], 0
    for _, (first, last) in [*inside, ("", (len(every), len(every)))]:
        if first > place:
            edges += [ord(every[place]), ord(every[first - 1])]
        place = last
    return edges


result = {}
for name, pre_tokenizer in PRE_TOKENIZERS.items():
    tokenizer = trained(pre_tokenizer)
    file = json.loads(tokenizer.to_str())
    (FOLDER / f"theirs-{name}.json").write_text(json.dumps(file, ensure_ascii=False, separators=(",", ":")) + "\n")
    result[f"theirs-{name}"] = answers(tokenizer)
for path in sorted(FOLDER.glob("ours-*.json")):
    result[path.stem] = answers(Tokenizer.from_file(str(path)))
classes = {"letters": r"\p{L}", "numbers": r"\p{N}", "spaces": r"\s", "unassigned": r"\p{Cn}"}
result["classes"] = {name: ranges(pattern) for name, pattern in classes.items()}

def block(part):
    lines = [f'  "{key}": {json.dumps(value, separators=(",", ":"))}' for key, value in part.items()]
    return "{\n" + ",\n".join(lines) + "\n }"


text = ",\n".join(f' "{name}": {block(part)}' for name, part in result.items())
path = Path(__file__).with_suffix(".json")
path.write_text(f"{{\n{text}\n}}\n")
print(path.name, path.stat().st_size, "bytes")
