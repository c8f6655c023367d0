"""Stored results of PyTorch for PyTorchTests.cs.

    python3 reference.py

with PyTorch 2.6 writes, beside this file, three safetensors files per model: `<Model>.weights.safetensors`, a state_dict
in float64 whose numbers all fit in float32, and `<Model>.expected.safetensors` with inputs, targets and what PyTorch
computes of them in float64 and in float32; `<Model>.states.safetensors` has what it computes of the same in float64 from
initial states on. Names and sizes agree with Models/PyTorchModels.cs.
"""

import json
import struct
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

STEPS, BATCH = 6, 5
LENGTHS = [3, 6, 1, 6, 4]
TYPES = {torch.float64: "F64", torch.float32: "F32", torch.int64: "I64"}


def write(path, tensors):
    """The safetensors format: length of the header, header, numbers."""
    header, data = {}, b""
    for name, tensor in tensors.items():
        numbers = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {
            "dtype": TYPES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [len(data), len(data) + len(numbers)],
        }
        data += numbers
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


class Last(nn.Module):
    """Each direction's own last state, as nn.LSTM's h_n."""

    def forward(self, rows, lengths, both_ways):
        size = rows.shape[2] // 2 if both_ways else rows.shape[2]
        last = torch.stack([rows[length - 1, i] for i, length in enumerate(lengths)])
        return torch.cat([last[:, :size], rows[0, :, size:]], 1)


class Mean(nn.Module):
    def forward(self, rows, lengths, both_ways):
        return torch.stack([rows[:length, i].mean(0) for i, length in enumerate(lengths)])


class Max(nn.Module):
    def forward(self, rows, lengths, both_ways):
        return torch.stack([rows[:length, i].max(0).values for i, length in enumerate(lengths)])


class Model(nn.Module):
    """Embedding or features, one recurrent stack, perhaps a pool, dense layers."""

    def __init__(self, kind, size, layers=1, both_ways=False, embedding=None, pool=None, dense=(4,), **options):
        super().__init__()
        width = 3
        if embedding:
            self.embedding = nn.Embedding(*embedding)
            width = embedding[1]
        cell = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}[kind]
        setattr(self, kind, cell(width, size, layers, bidirectional=both_ways, **options))
        self.recurrent, self.both_ways, self.pool = kind, both_ways, pool
        width = size * (2 if both_ways else 1)
        for i, outputs in enumerate(dense):
            setattr(self, f"dense{i or ''}", nn.Linear(width, outputs))
            width = outputs
        self.dense_layers = len(dense)

    def forward(self, inputs, lengths, states=None):
        rows = self.embedding(inputs) if hasattr(self, "embedding") else inputs
        packed = pack_padded_sequence(rows, lengths, enforce_sorted=False)
        packed, self.final = getattr(self, self.recurrent)(packed, states)
        rows, _ = pad_packed_sequence(packed, total_length=STEPS)
        if self.pool:
            rows = self.pool(rows, lengths, self.both_ways)
        for i in range(self.dense_layers):
            rows = getattr(self, f"dense{i or ''}")(rows if i == 0 else torch.tanh(rows))
        return rows


# Dense layers but the last are followed by tanh. A class count of 0 means mean squared error.
MODELS = {
    "TorchLstm": (dict(kind="lstm", size=7, layers=2), 0),
    "TorchLstmBothWays": (dict(kind="lstm", size=5, layers=2, both_ways=True, embedding=(11, 4), dense=(6,)), 6),
    "TorchGru": (dict(kind="gru", size=6, embedding=(11, 4), dense=(6,)), 6),
    "TorchGruBothWaysLast": (dict(kind="gru", size=5, layers=2, both_ways=True, pool=Last()), 4),
    "TorchRnnMean": (dict(kind="rnn", size=9, layers=2, pool=Mean(), dense=(5, 4)), 0),
    "TorchReluBothWaysMax": (dict(kind="rnn", size=7, both_ways=True, pool=Max(), nonlinearity="relu"), 0),
}


def loss_of(model, outputs, targets, classes):
    """Mean over all rows that are no padding."""
    if not model.pool:
        valid = torch.tensor([[step < length for length in LENGTHS] for step in range(STEPS)])
        outputs, targets = outputs[valid], targets[valid]
    if classes:
        return nn.functional.cross_entropy(outputs, targets)
    return nn.functional.mse_loss(outputs, targets)


def run(model, dtype, inputs, targets, classes, suffix, results):
    model.to(dtype).zero_grad()
    inputs, targets = (x.to(dtype) if x.is_floating_point() else x for x in (inputs, targets))
    outputs = model(inputs, LENGTHS)
    loss = loss_of(model, outputs, targets, classes)
    loss.backward()
    results["outputs" + suffix] = outputs
    results["loss" + suffix] = loss.reshape(1)
    for name, parameter in model.named_parameters():
        results[f"gradient{suffix}.{name}"] = parameter.grad.clone()


def run_from_states(model, inputs, targets, classes):
    """From h_0 and c_0 to h_n and c_n, in the order of the names; and the gradients of the former."""
    layer = getattr(model, model.recurrent)
    names = ["hidden", "cell"] if model.recurrent == "lstm" else ["hidden"]
    shape = (layer.num_layers * (2 if model.both_ways else 1), BATCH, layer.hidden_size)
    random = torch.Generator().manual_seed(7)
    initial = [(2 * torch.rand(shape, generator=random).double() - 1).requires_grad_() for _ in names]
    model.double().zero_grad()
    outputs = model(inputs, LENGTHS, tuple(initial) if len(names) > 1 else initial[0])
    loss = loss_of(model, outputs, targets, classes)
    loss.backward()
    final = model.final if len(names) > 1 else [model.final]
    results = {"outputs": outputs, "loss": loss.reshape(1)}
    for name, first, last in zip(names, initial, final):
        results[f"initial.{model.recurrent}.{name}"] = first
        results[f"final.{model.recurrent}.{name}"] = last
        results[f"gradient.{model.recurrent}.{name}"] = first.grad
    for name, parameter in model.named_parameters():
        results[f"gradient.{name}"] = parameter.grad.clone()
    return results


def train(model, inputs, targets, classes, results):
    """Six steps of Adam with clipping. The second biases stay: RnnGen has one bias a gate, not two that move alike.
    PyTorch's own clipping adds 1e-6 to the norm, which would be seen here; so it is written out."""
    trained = []
    for name, parameter in model.named_parameters():
        parameter.requires_grad_("bias_hh" not in name)
        if parameter.requires_grad:
            trained.append(parameter)
    optimizer = torch.optim.Adam(trained, lr=0.02)
    losses = []
    for _ in range(6):
        optimizer.zero_grad()
        loss = loss_of(model, model(inputs, LENGTHS), targets, classes)
        loss.backward()
        norm = torch.sqrt(sum((parameter.grad**2).sum() for parameter in trained))
        assert norm > 0.1
        for parameter in trained:
            parameter.grad *= 0.1 / norm
        optimizer.step()
        losses.append(loss.detach())
    results["training_losses"] = torch.stack(losses)
    for name, parameter in model.named_parameters():
        if parameter.requires_grad and ("_l0" in name or "dense" in name):
            results[f"trained.{name}"] = parameter


def main():
    folder = Path(__file__).parent
    for seed, (name, (shape, classes)) in enumerate(MODELS.items()):
        torch.manual_seed(seed)
        model = Model(**shape)
        for parameter in model.parameters():
            nn.init.uniform_(parameter, -0.7, 0.7)
        model.double()
        write(folder / f"{name}.weights.safetensors", model.state_dict())

        embedding = shape.get("embedding")
        inputs = torch.randint(embedding[0], (STEPS, BATCH)) if embedding else torch.randn(STEPS, BATCH, 3).double()
        rows = (BATCH,) if model.pool else (STEPS, BATCH)
        outputs = shape.get("dense", (4,))[-1]
        targets = torch.randint(classes, rows) if classes else torch.randn(*rows, outputs).double()
        results = {"inputs": inputs, "targets": targets, "lengths": torch.tensor(LENGTHS)}
        run(model, torch.float32, inputs, targets, classes, "_single", results)
        run(model, torch.float64, inputs, targets, classes, "", results)
        write(folder / f"{name}.states.safetensors", run_from_states(model, inputs, targets, classes))
        if name == "TorchLstm":
            train(model, inputs, targets, classes, results)
        results = {key: value for key, value in results.items() if not key.startswith("gradient_single.")}
        write(folder / f"{name}.expected.safetensors", results)


main()
