"""The shipped language model in Hugging Face's GPT-2: the logits of a text, which ours must have too.

Regenerate with   .venv/bin/python test/golden/gpt2.py   (torch 2.15, transformers 5.24, safetensors 0.8); it rewrites
test/golden/gpt2.json.
"""

import json
import sys
from pathlib import Path

# Beside this file lies torch.py: without its folder on the path, the imports below find the library.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
import torch  # noqa: E402
from safetensors import safe_open  # noqa: E402
from transformers import GPT2Config, GPT2Model  # noqa: E402

root = Path(__file__).parent.parent.parent
IDS = [26, 10, 7, 1, 8, 11, 14, 15, 1, 25, 3, 21]

with safe_open(root / "models/sentiment.safetensors", "pt") as file:
    sizes = json.loads(file.metadata()["config"])
    weights = {name: file.get_tensor(name) for name in file.keys()}
config = GPT2Config(
    vocab_size=sizes["vocabulary"],
    n_positions=sizes["context"],
    n_embd=sizes["width"],
    n_layer=sizes["layers"],
    n_head=sizes["heads"],
)
model = GPT2Model(config).eval()
missing, unexpected = model.load_state_dict(weights, strict=False)
assert not unexpected and all("attn.bias" in name or "masked_bias" in name for name in missing), (missing, unexpected)
with torch.no_grad():
    logits = model(torch.tensor([IDS])).last_hidden_state[0] @ model.wte.weight.T
found = {"ids": IDS, "logits": [[float(f"{x:.9g}") for x in row] for row in logits.tolist()]}
(root / "test/golden/gpt2.json").write_text(json.dumps(found) + "\n")
