"""Prints the curves of an event folder as TensorBoard's own reader sees them: JSON, tag by tag, of [step, value]; and the losses that its files hold."""
import json
import sys

from tensorboard import __version__
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator



def curves(path):
    events = EventAccumulator(path, size_guidance={"scalars": 0})
    events.Reload()
    return {tag: [[one.step, one.value] for one in events.Scalars(tag)] for tag in events.Tags()["scalars"]}


folder, *files = sys.argv[1:]
losses = sum(len(curves(file)["train/loss"]) for file in files)
print(json.dumps({"version": __version__, "curves": curves(folder), "lossesInFiles": losses}))
