"""Acts with the weights that Ascent writes for PyTorch: the lines of docs/export.md, on a file of observations."""

import json
import sys

import numpy as np
import torch
from safetensors import safe_open
from torch import nn

# docs/export.md: begin
with safe_open(sys.argv[1], "pt") as file:
    about = {key: json.loads(text) for key, text in file.metadata().items() if key not in ("format", "sha256")}
    weights = {name: file.get_tensor(name) for name in file.keys()}
network = nn.Sequential(*(getattr(nn, kind)(*arguments) for kind, *arguments in about["modules"]))
network.load_state_dict({name: weights[name] for name in weights if name[0].isdigit()})


def outputs(observation):
    if "shift" in weights:
        observation = ((observation - weights["shift"]) * weights["scale"]).clamp(-10, 10)
    return network(observation)


# docs/export.md: end
observations = torch.from_numpy(np.fromfile(sys.argv[2], dtype=np.float32)).reshape(-1, int(sys.argv[3]))
with torch.no_grad():
    outputs(observations).numpy().tofile(sys.argv[4])
