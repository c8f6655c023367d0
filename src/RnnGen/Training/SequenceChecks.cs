using System.Globalization;
using System.Runtime.InteropServices;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>Checks training data against a model, once, before training starts.</summary>
internal readonly struct SequenceChecks(ModelShape shape, DataRole role)
{
    /// <summary>Numbers that a target has: 1 for a class, the model's outputs for values.</summary>
    public static int TargetWidth<TTarget>(ModelShape shape) => typeof(TTarget) == typeof(int) ? 1 : shape.OutputSize;

    /// <summary>The steps that a number of inputs makes.</summary>
    public int StepsOf(int inputCount, string name) => inputCount % shape.InputWidth == 0
        ? inputCount / shape.InputWidth
        : throw Refusal(
            $"{name} has {Quantity.Of(inputCount, "number")}; it must have a multiple of the model's "
            + $"{Quantity.Of(shape.InputWidth, "feature")}.",
            name);

    /// <summary>Refuses another number of targets than wanted.</summary>
    public void TargetCount<TTarget>(int count, int steps, string name)
    {
        int width = TargetWidth<TTarget>(shape);
        if (count != (long)steps * width)
        {
            throw Refusal(
                typeof(TTarget) == typeof(int)
                    ? $"{name} has {Quantity.Of(count, "class", "classes")}; there must be {steps}, one for each "
                        + "output."
                    : $"{name} has {Quantity.Of(count, "number")}; {Quantity.Of(steps, "output row")} of {width} must "
                        + $"have {(long)steps * width}.",
                name);
        }
    }

    /// <summary>Refuses tokens outside the vocabulary, and features that are no numbers.</summary>
    /// <param name="values">Some rows.</param>
    /// <param name="name">What they are part of.</param>
    /// <param name="firstRow">Where in it they start.</param>
    public void Inputs<TInput>(ReadOnlySpan<TInput> values, string name, int firstRow = 0)
        where TInput : unmanaged => Values(values, shape.Vocabulary, shape.InputWidth, "feature", name, firstRow);

    /// <summary>Refuses classes that are none, and wanted values that are no numbers.</summary>
    /// <inheritdoc cref="Inputs"/>
    public void Targets<TTarget>(ReadOnlySpan<TTarget> values, string name, int firstRow = 0)
        where TTarget : unmanaged =>
        Values(values, shape.OutputSize, TargetWidth<TTarget>(shape), "output", name, firstRow);

    /// <summary>An exception that names the parameter of Fit, or outside of it the part of the data.</summary>
    public ArgumentException Refusal(string message, string name) => new(Text(message), Parameter(name));

    private void Values<TValue>(
        ReadOnlySpan<TValue> values, int count, int width, string column, string name, int firstRow)
        where TValue : unmanaged
    {
        if (typeof(TValue) == typeof(int))
        {
            Indices(MemoryMarshal.Cast<TValue, int>(values), count, name, firstRow);
            return;
        }

        int place = FiniteNumbers.IndexOfOther(values);
        if (place >= 0)
        {
            throw Refusal(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}[{(firstRow * width) + place}] (step {firstRow + (place / width)}, {column} "
                    + $"{place % width}) is {values[place]}; training takes finite numbers only."),
                name);
        }
    }

    private void Indices(ReadOnlySpan<int> indices, int count, string name, int first)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)count)
            {
                throw new ArgumentOutOfRangeException(
                    Parameter(name),
                    indices[i],
                    Text($"{name}[{first + i}] is {indices[i]}; it must be from 0 to {count - 1}."));
            }
        }
    }

    private string Parameter(string name) => role == DataRole.Other ? name : role.Name();

    private string Text(string message) => role == DataRole.Other ? message : $"{role.Name()}: {message}";
}
