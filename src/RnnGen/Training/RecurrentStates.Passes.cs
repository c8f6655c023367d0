using System.Globalization;
using RnnGen.Kernels;
using RnnGen.Training;

namespace RnnGen;

// Into the rows of a pass and out of them: there the sequences stand in the order of their lengths.
public sealed unsafe partial class RecurrentStates<T>
{
    /// <summary>Lets the packed sequences of a workspace start from zeros.</summary>
    internal static void Clear(ModelShape shape, int batch, T* workspace)
    {
        foreach (StateBuffer state in shape.States)
        {
            for (int i = 0; i < batch; i++)
            {
                new Span<T>(workspace + state.Offset + (long)i * state.Stride, state.Size).Clear();
            }
        }
    }

    /// <summary>Reads the gradients of a tensor's initial rows; the order tells each packed sequence's place.</summary>
    internal static T[] ReadGradient(ModelShape shape, StateTensor tensor, ReadOnlySpan<int> order, T* workspace)
    {
        var gradient = new T[tensor.Length(order.Length)];
        foreach (StateBuffer state in shape.States)
        {
            if (state.FullName != tensor.Name)
            {
                continue;
            }

            for (int i = 0; i < order.Length; i++)
            {
                T* row = workspace + state.GradientOffset + (long)i * state.GradientStride;
                int place = (state.Place * order.Length + order[i]) * state.Size;
                new ReadOnlySpan<T>(row, state.Size).CopyTo(gradient.AsSpan(place));
            }
        }

        return gradient;
    }

    /// <summary>Writes what the packed sequences start from into a workspace.</summary>
    internal void Load(PackedBatch<T> batch, T* workspace)
    {
        for (int s = 0; s < _starts.Length; s++)
        {
            StateBuffer state = batch.Shape.States[s];
            for (int i = 0; i < batch.Batch; i++)
            {
                T* row = workspace + state.Offset + (long)i * state.Stride;
                Row(s, batch.Order[i]).CopyTo(new Span<T>(row, state.Size));
            }
        }
    }

    /// <summary>
    /// Takes out of a workspace what each sequence ends in: its last step's state, or its first one's.
    /// </summary>
    internal void Store(PackedBatch<T> batch, T* workspace)
    {
        for (int s = 0; s < _starts.Length; s++)
        {
            StateBuffer state = batch.Shape.States[s];
            T* first = workspace + state.Offset + (long)batch.Shape.Batch * state.Stride;
            for (int i = 0; i < batch.Batch; i++)
            {
                int last = state.IsReverse ? 0 : batch.Lengths[i] - 1;
                T* row = first + (long)(batch.StepOffset[last] + i) * state.Stride;
                new ReadOnlySpan<T>(row, state.Size).CopyTo(Row(s, batch.Order[i]));
            }
        }
    }

    /// <summary>Refuses states that are not of a model and of as many sequences as it runs.</summary>
    internal void Check(ModelShape shape, int sequences, string parameter)
    {
        CheckLayout(shape, parameter);
        if (Sequences != sequences)
        {
            throw new ArgumentException(
                $"The {parameter} states are of {Quantity.Of(Sequences, "sequence")}; the batch has {sequences}.",
                parameter);
        }
    }

    /// <summary>Refuses states with which nothing can be learned.</summary>
    internal void CheckFinite(string parameter) => CheckFinite(parameter, "training", 0, Sequences);

    private void CheckFinite(string? parameter, string taker, int first, int end)
    {
        if (FiniteNumbers.All<T>(_numbers.AsSpan()))
        {
            return;
        }

        for (int s = 0; s < _starts.Length; s++)
        {
            StateBuffer state = _shape.States[s];
            for (int sequence = first; sequence < end; sequence++)
            {
                Span<T> row = Row(s, sequence);
                for (int unit = 0; unit < row.Length; unit++)
                {
                    if (!T.IsFinite(row[unit]))
                    {
                        throw new ArgumentException(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{state.FullName}[{state.Place}, {sequence}, {unit}] is {row[unit]}; {taker} takes "
                                + $"finite numbers only."),
                            parameter);
                    }
                }
            }
        }
    }

    private void CheckLayout(ModelShape shape, string parameter)
    {
        if (!ReferenceEquals(shape, _shape) && !IsAlike(shape))
        {
            throw new ArgumentException(
                $"The states are of another model: they are {Described(_shape)}, and the model has "
                + $"{Described(shape)}.",
                parameter);
        }
    }

    private bool IsAlike(ModelShape shape)
    {
        if (shape.States.Length != _shape.States.Length)
        {
            return false;
        }

        for (int i = 0; i < shape.States.Length; i++)
        {
            (StateBuffer own, StateBuffer other) = (_shape.States[i], shape.States[i]);
            if (own.FullName != other.FullName || own.Place != other.Place || own.Size != other.Size
                || own.IsReverse != other.IsReverse)
            {
                return false;
            }
        }

        return true;
    }

    private static string Described(ModelShape shape) => shape.States.IsEmpty ? "none" : string.Join(
        ", ",
        StateTensor.All(shape).Select(tensor =>
        {
            bool bothWays = shape.States.Any(state => state.FullName == tensor.Name && state.IsReverse);
            return $"{tensor.Name} [{tensor.Places}, B, {tensor.Size}]{(bothWays ? " both ways" : "")}";
        }));
}
