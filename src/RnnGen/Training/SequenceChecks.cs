using System.Runtime.InteropServices;

namespace RnnGen.Training;

/// <summary>Checks training data against a model, once, before training starts.</summary>
internal static class SequenceChecks
{
    /// <summary>Numbers that a target has: 1 for a class, the model's outputs for values.</summary>
    public static int TargetWidth<TTarget>(ModelShape shape) => typeof(TTarget) == typeof(int) ? 1 : shape.OutputSize;

    /// <summary>The steps that a number of inputs makes.</summary>
    public static int StepsOf(int inputCount, ModelShape shape, string name) => inputCount % shape.InputWidth == 0
        ? inputCount / shape.InputWidth
        : throw new ArgumentException(
            $"{name} has {inputCount} numbers; it must have a multiple of the model's {shape.InputWidth} features.",
            name);

    /// <summary>Refuses another number of targets than wanted.</summary>
    public static void Targets<TTarget>(int count, int steps, ModelShape shape, string name)
    {
        int width = TargetWidth<TTarget>(shape);
        if (count != (long)steps * width)
        {
            throw new ArgumentException(
                $"{name} has {count} numbers; {steps} output rows of {width} need {(long)steps * width}.", name);
        }
    }

    /// <summary>Refuses a token or class outside its range; numbers of other kinds may be anything.</summary>
    public static void Indices<TValue>(ReadOnlySpan<TValue> values, int count, string name)
        where TValue : unmanaged
    {
        if (typeof(TValue) != typeof(int))
        {
            return;
        }

        ReadOnlySpan<int> indices = MemoryMarshal.Cast<TValue, int>(values);
        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)count)
            {
                throw new ArgumentOutOfRangeException(
                    name, indices[i], $"{name}[{i}] is {indices[i]}; it must be from 0 to {count - 1}.");
            }
        }
    }
}
