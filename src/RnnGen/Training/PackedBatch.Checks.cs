using System.Runtime.InteropServices;

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

    private void CheckTargets<TTarget>(ReadOnlySpan<TTarget> targets, int batch, int steps, ReadOnlySpan<int> lengths)
        where TTarget : unmanaged
    {
        bool classes = typeof(TTarget) == typeof(int);
        CheckOutputCount(targets.Length, batch, steps, classes ? 1 : _shape.OutputSize, nameof(targets));
        if (classes)
        {
            ReadOnlySpan<int> indices = MemoryMarshal.Cast<TTarget, int>(targets);
            int targetSteps = _shape.OutputPerSequence ? 1 : steps;
            ReadOnlySpan<int> targetLengths = _shape.OutputPerSequence ? default : lengths;
            CheckIndices(indices, _shape.OutputSize, batch, targetSteps, targetLengths, nameof(targets));
        }
    }

    private void CheckOutputCount(int count, int batch, int steps, int width, string name)
    {
        long wanted = (long)batch * width * (_shape.OutputPerSequence ? 1 : steps);
        if (count != wanted)
        {
            string shape = _shape.OutputPerSequence ? $"[{batch}, {width}]" : $"[{steps}, {batch}, {width}]";
            throw new ArgumentException($"There are {count} {name}; there must be {wanted}, that is {shape}.", name);
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
}
