using System.Numerics;
using RnnGen.Training;

namespace RnnGen.Numerics.Tests.Harness;

/// <summary>A generated trainer behind one surface.</summary>
public abstract class TestedTrainer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public abstract double GradientNorm { get; }

    public abstract T Step(Sample<T> sample);

    public abstract T Step(Sample<T> sample, RecurrentStates<T>? initial, RecurrentStates<T>? final);

    public abstract T Evaluate(Sample<T> sample);

    public abstract T Evaluate(Sample<T> sample, RecurrentStates<T>? initial, RecurrentStates<T>? final);

    public abstract T ComputeGradients(Sample<T> sample);

    public abstract T ComputeGradients(Sample<T> sample, RecurrentStates<T>? initial, RecurrentStates<T>? final);

    public abstract T[] Gradient(string tensor);

    public abstract T[] InitialStateGradient(string name);

    public abstract T[] InputGradient();

    public abstract void ResetState();

    public abstract void ResetState(int sequence);

    public abstract void Dispose();
}

internal sealed class GeneratedTrainer<T, TInput, TTarget>(SequenceTrainer<T, TInput, TTarget> trainer)
    : TestedTrainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    public override double GradientNorm => trainer.GradientNorm;

    public override T Step(Sample<T> sample) => sample.Lengths.Length == 0
        ? trainer.Step(sample.Inputs<TInput>(), sample.Targets<TTarget>(), sample.Batch)
        : trainer.Step(sample.Inputs<TInput>(), sample.Targets<TTarget>(), sample.Lengths);

    public override T Step(Sample<T> sample, RecurrentStates<T>? initial, RecurrentStates<T>? final) =>
        sample.Lengths.Length == 0
            ? trainer.Step(sample.Inputs<TInput>(), sample.Targets<TTarget>(), sample.Batch, initial, final)
            : trainer.Step(
                sample.Inputs<TInput>(), sample.Targets<TTarget>(), sample.Lengths, initial, final);

    public override T Evaluate(Sample<T> sample) => sample.Lengths.Length == 0
        ? trainer.Evaluate(sample.Inputs<TInput>(), sample.Targets<TTarget>(), sample.Batch)
        : trainer.Evaluate(sample.Inputs<TInput>(), sample.Targets<TTarget>(), sample.Lengths);

    public override T Evaluate(Sample<T> sample, RecurrentStates<T>? initial, RecurrentStates<T>? final) =>
        sample.Lengths.Length == 0
            ? trainer.Evaluate(sample.Inputs<TInput>(), sample.Targets<TTarget>(), sample.Batch, initial, final)
            : trainer.Evaluate(
                sample.Inputs<TInput>(), sample.Targets<TTarget>(), sample.Lengths, initial, final);

    public override T ComputeGradients(Sample<T> sample) => sample.Lengths.Length == 0
        ? trainer.ComputeGradients(sample.Inputs<TInput>(), sample.Targets<TTarget>(), sample.Batch)
        : trainer.ComputeGradients(sample.Inputs<TInput>(), sample.Targets<TTarget>(), sample.Lengths);

    public override T ComputeGradients(Sample<T> sample, RecurrentStates<T>? initial, RecurrentStates<T>? final) =>
        sample.Lengths.Length == 0
            ? trainer.ComputeGradients(sample.Inputs<TInput>(), sample.Targets<TTarget>(), sample.Batch, initial, final)
            : trainer.ComputeGradients(
                sample.Inputs<TInput>(), sample.Targets<TTarget>(), sample.Lengths, initial, final);

    public override T[] Gradient(string tensor) => trainer.Gradient(tensor);

    public override T[] InitialStateGradient(string name) => trainer.InitialStateGradient(name);

    public override T[] InputGradient() => trainer.InputGradient();

    public override void ResetState() => trainer.ResetState();

    public override void ResetState(int sequence) => trainer.ResetState(sequence);

    public override void Dispose() => trainer.Dispose();
}
