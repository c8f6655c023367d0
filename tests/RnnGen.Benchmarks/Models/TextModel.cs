namespace RnnGen.Benchmarks.Models;

// A word model with the vocabulary of the Penn Treebank: most of its work is the loss's layer.

[SequenceModel(Steps = 20, Batch = 20)]
[Embedding(vocabulary: 10_000, size: 200), Lstm(200, Layers = 2), Dense(10_000), CrossEntropy]
internal sealed partial class TextModel;
