"""Stored results of PyTorch for PyTorchTests.cs.

    python3 reference.py

with PyTorch 2.6 writes, beside this file, three safetensors files per model: `<Model>.weights.safetensors`, a state_dict
in float64 whose numbers all fit in float32, and `<Model>.expected.safetensors` with inputs, targets and what PyTorch
computes of them in float64 and in float32; `<Model>.states.safetensors` has what it computes of the same in float64 from
initial states on. Names and sizes agree with Models/PyTorchModels.cs. `TorchHeads.*` are of Heads/HeadModels.cs.
Encoder–decoders are in reference_stacks.py.
"""

import json
import re
import struct
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

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


class Residual(nn.Module):
    """LSTM layers of one name; the rows that each reads are added to those that it makes."""

    def __init__(self, width, size, layers, **options):
        super().__init__()
        self.layers = nn.ModuleList(nn.LSTM(width, size, **options) for _ in range(layers))
        self.num_layers, self.hidden_size, self.proj_size = layers, size, 0

    def forward(self, packed, states=None):
        ends = []
        for i, layer in enumerate(self.layers):
            places = len(states[0]) // len(self.layers) if states else 0
            start = tuple(state[i * places : (i + 1) * places] for state in states) if states else None
            rows, end = layer(packed, start)
            packed = PackedSequence(rows.data + packed.data, *packed[1:])
            ends.append(end)
        return packed, tuple(torch.cat(parts) for parts in zip(*ends))


def in_files(name):
    """A layer of Residual is named as one of nn.LSTM's would be."""
    return re.sub(r"layers\.(\d+)\.(\w+)_l0", r"\2_l\1", name)


class Model(nn.Module):
    """Embedding or features, perhaps a dense layer, one recurrent stack, perhaps a pool, dense layers."""

    def __init__(
        self, kind, size, layers=1, both_ways=False, embedding=None, front=None, pool=None, dense=(4,), bias=True,
        **options,
    ):
        super().__init__()
        width = 3
        if embedding:
            self.embedding = nn.Embedding(*embedding)
            width = embedding[1]
        if front:
            self.front = nn.Linear(width, front)
            width = front
        cell = Residual if front else {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}[kind]
        setattr(self, kind, cell(width, size, layers, bidirectional=both_ways, bias=bias, **options))
        self.recurrent, self.both_ways, self.pool = kind, both_ways, pool
        width = (options.get("proj_size") or size) * (2 if both_ways else 1)
        for i, outputs in enumerate(dense):
            setattr(self, f"dense{i or ''}", nn.Linear(width, outputs, bias=bias))
            width = outputs
        self.dense_layers = len(dense)

    def forward(self, inputs, lengths, states=None):
        rows = self.embedding(inputs) if hasattr(self, "embedding") else inputs
        front = rows = self.front(rows) if hasattr(self, "front") else rows
        packed = pack_padded_sequence(rows, lengths, enforce_sorted=False)
        packed, self.final = getattr(self, self.recurrent)(packed, states)
        rows, _ = pad_packed_sequence(packed, total_length=STEPS)
        rows = rows + front if hasattr(self, "front") else rows
        if self.pool:
            rows = self.pool(rows, lengths, self.both_ways)
        for i in range(self.dense_layers):
            rows = getattr(self, f"dense{i or ''}")(rows if i == 0 else torch.tanh(rows))
        return rows


# Dense layers but the last are followed by tanh. A class count of 0 means mean squared error. With a dense layer in
# front the stack is residual, and that layer's rows are added behind it once more.
MODELS = {
    "TorchLstm": (dict(kind="lstm", size=7, layers=2), 0),
    "TorchLstmBothWays": (dict(kind="lstm", size=5, layers=2, both_ways=True, embedding=(11, 4), dense=(6,)), 6),
    "TorchGru": (dict(kind="gru", size=6, embedding=(11, 4), dense=(6,)), 6),
    "TorchGruBothWaysLast": (dict(kind="gru", size=5, layers=2, both_ways=True, pool=Last()), 4),
    "TorchRnnMean": (dict(kind="rnn", size=9, layers=2, pool=Mean(), dense=(5, 4)), 0),
    "TorchReluBothWaysMax": (dict(kind="rnn", size=7, both_ways=True, pool=Max(), nonlinearity="relu"), 0),
    "TorchLstmProjected": (dict(kind="lstm", size=7, layers=2, both_ways=True, proj_size=3), 0),
    "TorchResidual": (dict(kind="lstm", size=4, layers=2, both_ways=True, front=8), 0),
    "TorchLstmUnbiased": (dict(kind="lstm", size=7, layers=2, both_ways=True, pool=Last(), bias=False), 4),
    "TorchGruUnbiased": (dict(kind="gru", size=6, embedding=(11, 4), dense=(5, 6), bias=False), 6),
}


def draw(model):
    """Weights that all fit in float32."""
    for parameter in model.parameters():
        nn.init.uniform_(parameter, -0.7, 0.7)
    model.double()


def valid_steps():
    return torch.tensor([[step < length for length in LENGTHS] for step in range(STEPS)])


def loss_of(model, outputs, targets, classes):
    """Mean over all rows that are no padding."""
    if not model.pool:
        valid = valid_steps()
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
        results[f"gradient{suffix}.{in_files(name)}"] = parameter.grad.clone()


def run_from_states(model, inputs, targets, classes):
    """From h_0 and c_0 to h_n and c_n, in the order of the names; and the gradients of the former."""
    layer = getattr(model, model.recurrent)
    names = ["hidden", "cell"] if model.recurrent == "lstm" else ["hidden"]
    places = layer.num_layers * (2 if model.both_ways else 1)
    initial = random_states([(places, BATCH, layer.proj_size or layer.hidden_size), (places, BATCH, layer.hidden_size)])
    initial = initial[: len(names)]
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
        results[f"gradient.{in_files(name)}"] = parameter.grad.clone()
    return results


def random_states(shapes):
    random = torch.Generator().manual_seed(7)
    return [(2 * torch.rand(shape, generator=random).double() - 1).requires_grad_() for shape in shapes]


class Heads(nn.Module):
    """A head for every step and one for every sequence, over one recurrent layer."""

    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(3, 5, bidirectional=True)
        self.tag_head = nn.Linear(10, 4)
        self.mood_head = nn.Linear(10, 2)

    def forward(self, inputs, states):
        packed, self.final = self.rnn(pack_padded_sequence(inputs, LENGTHS, enforce_sorted=False), states)
        rows, _ = pad_packed_sequence(packed, total_length=STEPS)
        return self.tag_head(rows), torch.tanh(self.mood_head(Last()(rows, LENGTHS, both_ways=True)))


def run_heads():
    """Two losses with weights, from initial states on."""
    model = Heads()
    draw(model)
    inputs, tags = torch.randn(STEPS, BATCH, 3).double(), torch.randint(4, (STEPS, BATCH))
    moods = torch.randn(BATCH, 2).double()
    initial = random_states([(2, BATCH, 5), (2, BATCH, 5)])
    tag_outputs, mood_outputs = model(inputs, tuple(initial))
    valid = valid_steps()
    tag_loss = nn.functional.cross_entropy(tag_outputs[valid], tags[valid])
    mood_loss = nn.functional.mse_loss(mood_outputs, moods)
    loss = 0.7 * tag_loss + 2 * mood_loss
    loss.backward()
    results = {"inputs": inputs, "tags": tags, "moods": moods, "lengths": torch.tensor(LENGTHS)}
    results |= {"tag_outputs": tag_outputs, "mood_outputs": mood_outputs}
    results |= {"tag_loss": tag_loss.reshape(1), "mood_loss": mood_loss.reshape(1), "loss": loss.reshape(1)}
    for name, first, last in zip(["hidden", "cell"], initial, model.final):
        results |= {f"initial.rnn.{name}": first, f"final.rnn.{name}": last, f"gradient.rnn.{name}": first.grad}
    for name, parameter in model.named_parameters():
        results[f"gradient.{name}"] = parameter.grad
    return model.state_dict(), results


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
        draw(model)
        weights = {in_files(key): value for key, value in model.state_dict().items()}
        write(folder / f"{name}.weights.safetensors", weights)

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

    torch.manual_seed(len(MODELS))
    weights, results = run_heads()
    write(folder / "TorchHeads.weights.safetensors", weights)
    write(folder / "TorchHeads.expected.safetensors", results)


if __name__ == "__main__":
    main()
