"""Draws actions with an ONNX model of Ascent's: the lines of docs/export.md, on a file of observations."""

import json
import sys

import numpy as np

# docs/export.md: begin
import onnxruntime

policy = onnxruntime.InferenceSession(sys.argv[1])
about = {key: json.loads(text) for key, text in policy.get_modelmeta().custom_metadata_map.items()}
names = [output.name for output in policy.get_outputs()]
rng = np.random.default_rng(0)


def draw(observation):
    """An action for a Discrete or a Box space, drawn as `ascent evaluate` draws it."""
    outputs = dict(zip(names, policy.run(None, {"observation": observation[None].astype(np.float32)})))
    if about["head"] == "categorical":
        scores = outputs["logits"][0] + rng.gumbel(size=about["actionSpace"]["n"])
        return about["actionSpace"]["start"] + int(scores.argmax())
    a = outputs["mean"][0] + outputs["std"][0] * rng.standard_normal(len(about["reach"]))
    a = np.tanh(a) if about["head"] == "squashed-gaussian" else a
    low, high = (np.array(about["actionSpace"][side], dtype=np.float32) for side in ("low", "high"))
    return np.fmin(np.fmax(about["middle"] + about["reach"] * a, low), high)


# docs/export.md: end
observations = np.fromfile(sys.argv[2], dtype=np.float32).reshape(-1, int(sys.argv[3]))
np.array([draw(observation) for observation in observations], dtype=np.float32).tofile(sys.argv[4])
model = policy.get_modelmeta()
print(json.dumps({"head": about["head"], "producer": model.producer_name, "about": about["about"]}))
