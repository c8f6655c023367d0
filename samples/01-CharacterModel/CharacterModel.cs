#region readme-model
using RnnGen;

namespace CharacterSample;

/// <summary>Tells, after each character of a text, how likely each character of the vocabulary is to be next.</summary>
[SequenceModel(Steps = 64, Batch = 32)]
[Embedding(vocabulary: 96, size: 48)]
[Lstm(128, Layers = 2, Dropout = 0.1f)]
[Dense(96)]
[CrossEntropy]
public sealed partial class CharacterModel;
#endregion
