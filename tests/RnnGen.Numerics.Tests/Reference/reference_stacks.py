"""Stored results of PyTorch for PyTorchStackTests.cs: encoder–decoders.

    python3 reference_stacks.py

with PyTorch 2.6 writes, beside this file, two safetensors files per model, all in float64:
`<Model>.weights.safetensors`, a state_dict, and `<Model>.expected.safetensors` with tokens, lengths and what PyTorch
computes of them. Names and sizes agree with Stacks/TorchStackModels.cs.
"""

import re
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from reference import draw, write

START, END = 0, 1
SOURCE_LENGTHS = torch.tensor([3, 6, 1, 5])
TARGET_LENGTHS = torch.tensor([5, 2, 4, 1])
BATCH = len(SOURCE_LENGTHS)


def steps_within(lengths):
    """[T, B]: which steps are no padding."""
    return torch.arange(lengths.max())[:, None] < lengths


def encode(layer, rows, lengths):
    """All rows of a layer, zeros behind a sequence's end, and its last states."""
    packed, last = layer(pack_padded_sequence(rows, lengths, enforce_sorted=False))
    return pad_packed_sequence(packed)[0], last


class Sutskever(nn.Module):
    """Reads each source from its end; the decoder's layers start from what the encoder's end in."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.ModuleDict({"embedding": nn.Embedding(9, 5), "lstm": nn.LSTM(5, 6, 2)})
        self.decoder = nn.ModuleDict(
            {"embedding": nn.Embedding(8, 5), "lstm": nn.LSTM(5, 6, 2), "dense": nn.Linear(6, 8)}
        )

    def forward(self, source, source_lengths, read):
        reversed_source = source.clone()
        for i, length in enumerate(source_lengths):
            reversed_source[:length, i] = source[:length, i].flip(0)
        _, last = encode(self.encoder.lstm, self.encoder.embedding(reversed_source), source_lengths)
        rows, _ = self.decoder.lstm(self.decoder.embedding(read), last)
        return self.decoder.dense(rows), None


#region readme-bahdanau
class Bahdanau(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.ModuleDict({"embedding": nn.Embedding(9, 6), "gru": nn.GRU(6, 5, bidirectional=True)})
        self.decoder = nn.ModuleDict({
            "embedding": nn.Embedding(8, 5),
            "attention": nn.ModuleDict({
                "query": nn.Linear(7, 6, bias=False),
                "key": nn.Linear(10, 6, bias=False),
                "score": nn.Linear(6, 1, bias=False),
            }),
            "gru": nn.GRU(5 + 10, 7),
            "dense": nn.Linear(7, 8),
        })
        self.decoder.gru.bridge_hidden_l0 = nn.Linear(10, 7)

    def forward(self, source, source_lengths, read):  # [S, B], [B], [T, B]
        packed = pack_padded_sequence(self.encoder.embedding(source), source_lengths, enforce_sorted=False)
        packed, last = self.encoder.gru(packed)
        memory, _ = pad_packed_sequence(packed)
        padding = torch.arange(len(memory))[:, None] >= source_lengths
        hidden = torch.tanh(self.decoder.gru.bridge_hidden_l0(torch.cat([*last], 1)))[None]
        attention, outputs, attended = self.decoder.attention, [], []
        for row in self.decoder.embedding(read):
            scores = attention.score(torch.tanh(attention.query(hidden) + attention.key(memory)))
            weights = scores.masked_fill(padding[..., None], -torch.inf).softmax(0)
            output, hidden = self.decoder.gru(torch.cat([row, (weights * memory).sum(0)], 1)[None], hidden)
            outputs.append(output)
            attended.append(weights[..., 0])
        return self.decoder.dense(torch.cat(outputs)), torch.stack(attended)  # [T, B, 8], [T, S, B]
#endregion


class Luong(nn.Module):
    """Both directions of the encoder side by side; attention below the decoder's layers, fed back into the first."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.ModuleDict({"embedding": nn.Embedding(9, 5), "lstm": nn.LSTM(5, 4, 2, bidirectional=True)})
        self.decoder = nn.ModuleDict({
            "embedding": nn.Embedding(7, 6),
            "lstm": nn.LSTM(6 + 5, 8, 2),
            "attention": nn.ModuleDict({
                "key": nn.Linear(8, 8, bias=False),
                "output": nn.Linear(8 + 8, 5, bias=False),
            }),
            "dense": nn.Linear(5, 7),
        })

    def forward(self, source, source_lengths, read):
        memory, last = encode(self.encoder.lstm, self.encoder.embedding(source), source_lengths)
        # [layers × 2, B, 4] to [layers, B, 8].
        states = tuple(torch.cat([state[0::2], state[1::2]], 2) for state in last)
        valid = steps_within(source_lengths)
        fed, outputs, attended = memory.new_zeros(len(source_lengths), 5), [], []
        for row in self.decoder.embedding(read):
            hidden, states = self.decoder.lstm(torch.cat([row, fed], 1)[None], states)
            scores = (hidden * self.decoder.attention.key(memory)).sum(2)
            weights = scores.masked_fill(~valid, -torch.inf).softmax(0)
            context = (weights[..., None] * memory).sum(0)
            fed = torch.tanh(self.decoder.attention.output(torch.cat([context, hidden[0]], 1)))
            outputs.append(fed)
            attended.append(weights)
        return self.decoder.dense(torch.stack(outputs)), torch.stack(attended)


class Gnmt(nn.Module):
    """One context, of the decoder's first layer, which all its layers read; the last layers are residual."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.ModuleDict({
            "embedding": nn.Embedding(9, 5),
            "lstm": nn.LSTM(5, 3, bidirectional=True),
            "lstm1": nn.LSTM(6, 6),
            "lstm2": nn.LSTM(6, 6),
        })
        self.decoder = nn.ModuleDict({
            "embedding": nn.Embedding(7, 5),
            "attention": nn.ModuleDict({
                "query": nn.Linear(6, 6, bias=False),
                "key": nn.Linear(6, 6, bias=False),
                "score": nn.Linear(6, 1, bias=False),
            }),
            "lstm": nn.LSTM(5 + 6, 6),
            "lstm1": nn.LSTM(6 + 6, 6),
            "lstm2": nn.LSTM(6 + 6, 6),
            "dense": nn.Linear(6, 7),
        })

    def forward(self, source, source_lengths, read):
        encoder, decoder, attention = self.encoder, self.decoder, self.decoder.attention
        rows, _ = encode(encoder.lstm, encoder.embedding(source), source_lengths)
        rows, _ = encode(encoder.lstm1, rows, source_lengths)
        memory = rows + encode(encoder.lstm2, rows, source_lengths)[0]
        padding = ~steps_within(source_lengths)[..., None]
        zeros = memory.new_zeros(1, len(source_lengths), 6)
        states, states1, states2 = (zeros, zeros), (zeros, zeros), (zeros, zeros)
        outputs, attended = [], []
        for row in decoder.embedding(read):
            scores = attention.score(torch.tanh(attention.query(states[0]) + attention.key(memory)))
            weights = scores.masked_fill(padding, -torch.inf).softmax(0)
            context = (weights * memory).sum(0, keepdim=True)
            first, states = decoder.lstm(torch.cat([row[None], context], 2), states)
            second, states1 = decoder.lstm1(torch.cat([first, context], 2), states1)
            third, states2 = decoder.lstm2(torch.cat([second, context], 2), states2)
            outputs.append(third + second)
            attended.append(weights[..., 0])
        return decoder.dense(torch.cat(outputs)), torch.stack(attended)


def sharpen(model):
    """Scores far enough from each other that the rows of a source differ in what they are worth."""
    for name, parameter in model.named_parameters():
        if re.search(r"attention\.(query|key|score)", name):
            parameter.data *= 4


def run(model):
    """Tokens; outputs of teacher forcing and what they attend to; loss and gradients; how likely each target is."""
    source_vocabulary = model.encoder.embedding.num_embeddings
    vocabulary = model.decoder.embedding.num_embeddings
    source = torch.randint(source_vocabulary, (int(SOURCE_LENGTHS.max()), BATCH))
    targets = torch.randint(END + 1, vocabulary, (int(TARGET_LENGTHS.max()), BATCH))
    targets[TARGET_LENGTHS - 1, torch.arange(BATCH)] = END
    read = torch.cat([torch.full((1, BATCH), START), targets[:-1]])
    outputs, attended = model(source, SOURCE_LENGTHS, read)
    valid = steps_within(TARGET_LENGTHS)
    loss = nn.functional.cross_entropy(outputs[valid], targets[valid])
    loss.backward()
    results = {"source": source, "source_lengths": SOURCE_LENGTHS, "targets": targets, "target_lengths": TARGET_LENGTHS}
    results |= {"read": read, "outputs": outputs, "loss": loss.reshape(1)}
    likely = outputs.log_softmax(2).gather(2, targets[..., None])[..., 0]
    results["log_probabilities"] = (likely * valid).sum(0)
    if attended is not None:
        results["attention"] = attended
    for name, parameter in model.named_parameters():
        results[f"gradient.{name}"] = parameter.grad
    return results


def main():
    folder = Path(__file__).parent
    for seed, kind in enumerate([Sutskever, Bahdanau, Luong, Gnmt]):
        torch.manual_seed(seed)
        model = kind()
        draw(model)
        sharpen(model)
        write(folder / f"Torch{kind.__name__}.weights.safetensors", model.state_dict())
        write(folder / f"Torch{kind.__name__}.expected.safetensors", run(model))


if __name__ == "__main__":
    main()
