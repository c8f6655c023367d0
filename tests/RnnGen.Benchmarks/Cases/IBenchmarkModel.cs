using System.Collections.Immutable;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen.Benchmarks.Cases;

/// <summary>What every generated model has. The generator writes the members; these interfaces name them.</summary>
internal interface IBenchmarkModel
{
    ImmutableArray<TensorMap> Tensors { get; }

    float[] GetTensor(string name);
}

/// <summary>A model of features that runs one sequence at a time, whole or step by step.</summary>
internal interface IStreamedModel<TState> : IBenchmarkModel
    where TState : StreamState<float>
{
    TState CreateState();

    ReadOnlySpan<float> Step(ReadOnlySpan<float> features, TState state);

    void Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> lengths, Span<float> outputs);
}

/// <summary>A model that is trained.</summary>
internal interface ITrainedModel<TTrainer> : IBenchmarkModel
{
    TTrainer CreateTrainer(TrainingOptions? options);
}
