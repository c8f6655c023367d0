using System.Globalization;
using System.Runtime.InteropServices;
using RnnGen.Kernels;

namespace RnnGen.Training;

// What a batch must satisfy before any of it is written.
public sealed unsafe partial class PackedBatch<T>
{
    private static void CheckKind<TValue>(bool wantsIntegers, string name)
        where TValue : unmanaged
    {
        Type wanted = wantsIntegers ? typeof(int) : typeof(T);
        if (typeof(TValue) != wanted)
        {
            throw new ArgumentException(
                $"The {name} are of type {typeof(TValue).Name}; this model takes {wanted.Name}.", name);
        }
    }

    private void CheckTokens<TInput>(ReadOnlySpan<TInput> inputs, int batch, int steps, ReadOnlySpan<int> lengths)
        where TInput : unmanaged
    {
        if (typeof(TInput) == typeof(int))
        {
            ReadOnlySpan<int> tokens = MemoryMarshal.Cast<TInput, int>(inputs);
            CheckIndices(tokens, _shape.Vocabulary, batch, steps, lengths, nameof(inputs));
        }
    }

    // No training without numbers: in one row of many, NaN would be found out only by the loss, and blamed on the rate.
    private void CheckNumbers<TInput>(ReadOnlySpan<TInput> inputs, int batch, ReadOnlySpan<int> lengths)
        where TInput : unmanaged
    {
        if (typeof(TInput) == typeof(T))
        {
            ReadOnlySpan<T> features = MemoryMarshal.Cast<TInput, T>(inputs);
            CheckFinite(features, _shape.InputSize, batch, lengths, nameof(inputs), "feature");
        }
    }

    private void CheckTargets<TTarget>(ReadOnlySpan<TTarget> targets, int batch, int steps, ReadOnlySpan<int> lengths)
        where TTarget : unmanaged
    {
        bool classes = typeof(TTarget) == typeof(int);
        CheckOutputCount(targets.Length, batch, steps, classes ? 1 : _shape.OutputSize, nameof(targets));
        int targetSteps = _shape.OutputPerSequence ? 1 : steps;
        ReadOnlySpan<int> targetLengths = _shape.OutputPerSequence ? default : lengths;
        if (classes)
        {
            ReadOnlySpan<int> indices = MemoryMarshal.Cast<TTarget, int>(targets);
            CheckIndices(indices, _shape.OutputSize, batch, targetSteps, targetLengths, nameof(targets));
        }
        else
        {
            ReadOnlySpan<T> values = MemoryMarshal.Cast<TTarget, T>(targets);
            CheckFinite(values, _shape.OutputSize, batch, targetLengths, nameof(targets), "output");
        }
    }

    private void CheckOutputCount(int count, int batch, int steps, int width, string name)
    {
        long wanted = (long)batch * width * (_shape.OutputPerSequence ? 1 : steps);
        if (count != wanted)
        {
            string shape = _shape.OutputPerSequence ? $"[{batch}, {width}]" : $"[{steps}, {batch}, {width}]";
            throw new ArgumentException(
                $"{Quantity.There(count, name[..^1])}; there must be {wanted}, that is {shape}.", name);
        }
    }

    // What stands after a sequence's end is padding, and may be anything.
    private static void CheckIndices(
        ReadOnlySpan<int> indices, int count, int batch, int steps, ReadOnlySpan<int> lengths, string name)
    {
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < batch; i++)
            {
                int index = indices[step * batch + i];
                if ((uint)index >= (uint)count && (lengths.IsEmpty || step < lengths[i]))
                {
                    string place = $"{name}[{step * batch + i}] (step {step}, sequence {i})";
                    throw new ArgumentOutOfRangeException(
                        name, index, $"{place} is {index}; it must be from 0 to {count - 1}.");
                }
            }
        }
    }

    private static void CheckFinite(
        ReadOnlySpan<T> values,
        int width,
        int batch,
        ReadOnlySpan<int> lengths,
        string name,
        string column)
    {
        if (FiniteNumbers.All(values))
        {
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            int row = i / width;
            int step = row / batch;
            int sequence = row % batch;
            if (!T.IsFinite(values[i]) && (lengths.IsEmpty || step < lengths[sequence]))
            {
                string place = $"{name}[{i}] (step {step}, sequence {sequence}, {column} {i % width})";
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture, $"{place} is {values[i]}; training takes finite numbers only."),
                    name);
            }
        }
    }
}
