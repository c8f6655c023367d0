using System.Globalization;
using RnnGen.Kernels;
using RnnGen.Training;

namespace RnnGen;

// Into the rows of a pass and out of them: there the sequences stand in the order of their lengths.
public sealed unsafe partial class RecurrentStates<T>
{
    /// <summary>Writes what a sequence starts from that nothing is given for: the learned state, or zeros.</summary>
    internal static void Begin(StateBuffer state, T* parameters, Span<T> row)
    {
        if (state.LearnedOffset is { } place)
        {
            new ReadOnlySpan<T>(parameters + place, state.Size).CopyTo(row);
        }
        else
        {
            row.Clear();
        }
    }

    /// <summary>Lets the packed sequences of a workspace start where nothing is given for them.</summary>
    internal static void Begin(ModelShape shape, int batch, T* parameters, T* workspace)
    {
        foreach (StateBuffer state in shape.States)
        {
            for (int i = 0; i < batch; i++)
            {
                Begin(state, parameters, InitialRow(state, i, workspace));
            }
        }
    }

    /// <summary>
    /// Adds up the gradient of a learned state over the packed sequences that started from it, in their order.
    /// </summary>
    /// <param name="state">A state that is learned.</param>
    /// <param name="startsAnew">Of each packed sequence whether it started from it.</param>
    /// <param name="workspace">The workspace of a backward pass.</param>
    /// <param name="gradients">The gradients of the parameters.</param>
    internal static void SumGradient(StateBuffer state, ReadOnlySpan<bool> startsAnew, T* workspace, T* gradients)
    {
        var sum = new Span<T>(gradients + state.LearnedOffset!.Value, state.Size);
        sum.Clear();
        for (int i = 0; i < startsAnew.Length; i++)
        {
            T* row = workspace + state.GradientOffset + (long)i * state.GradientStride;
            for (int unit = 0; startsAnew[i] && unit < sum.Length; unit++)
            {
                sum[unit] += row[unit];
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

    /// <summary>Makes all states what a model's sequences start from where nothing is given for them.</summary>
    internal void Begin(T* parameters)
    {
        for (int s = 0; s < _starts.Length; s++)
        {
            for (int sequence = 0; sequence < Sequences; sequence++)
            {
                Begin(_shape.States[s], parameters, Row(s, sequence));
            }
        }
    }

    /// <summary>Whether a sequence starts from here: not where it is carried on and has not begun yet.</summary>
    internal bool Gives(int sequence) => _begun is null || _begun[sequence];

    /// <summary>Writes what the packed sequences start from into a workspace.</summary>
    internal void Load(PackedBatch<T> batch, T* parameters, T* workspace)
    {
        for (int s = 0; s < _starts.Length; s++)
        {
            StateBuffer state = batch.Shape.States[s];
            for (int i = 0; i < batch.Batch; i++)
            {
                Span<T> row = InitialRow(state, i, workspace);
                int sequence = batch.Order[i];
                if (Gives(sequence))
                {
                    Row(s, sequence).CopyTo(row);
                }
                else
                {
                    Begin(state, parameters, row);
                }
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

        for (int i = 0; _begun is not null && i < batch.Batch; i++)
        {
            _begun[batch.Order[i]] = true;
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

    private static Span<T> InitialRow(StateBuffer state, int packed, T* workspace) =>
        new(workspace + state.Offset + (long)packed * state.Stride, state.Size);

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
