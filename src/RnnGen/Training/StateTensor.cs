using System.Collections.Immutable;

namespace RnnGen.Training;

/// <summary>The states of one name, <c>[Places, sequences, Size]</c>.</summary>
internal readonly record struct StateTensor(string Name, int Places, int Size)
{
    /// <summary>All that a model has, in the order of its layers.</summary>
    public static ImmutableArray<StateTensor> All(ModelShape shape)
    {
        ImmutableArray<StateTensor>.Builder tensors = ImmutableArray.CreateBuilder<StateTensor>();
        foreach (StateBuffer state in shape.States)
        {
            if (state.Place == 0)
            {
                tensors.Add(Find(shape, state.FullName));
            }
        }

        return tensors.ToImmutable();
    }

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="ArgumentException">The model has none of that name.</exception>
    public static StateTensor Find(ModelShape shape, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int places = 0;
        int size = 0;
        foreach (StateBuffer state in shape.States)
        {
            if (state.FullName == name)
            {
                (places, size) = (places + 1, state.Size);
            }
        }

        return places > 0
            ? new StateTensor(name, places, size)
            : throw new ArgumentException($"The model has no state '{name}'; it has {Listed(shape)}.", nameof(name));
    }

    /// <summary>How many numbers the tensor has.</summary>
    public int Length(int sequences) => checked(Places * sequences * Size);

    /// <summary>Refuses values that are not as many as the tensor has numbers.</summary>
    public void CheckCount(int count, int sequences)
    {
        if (count != Length(sequences))
        {
            throw new ArgumentException(
                $"{Quantity.There(count, "value")}; '{Name}' has {Length(sequences)}, that is "
                + $"[{Places}, {sequences}, {Size}].",
                "values");
        }
    }

    /// <summary>The model's names, for messages.</summary>
    private static string Listed(ModelShape shape)
    {
        string[] names = [.. shape.States.Where(state => state.Place == 0).Select(state => state.FullName)];
        return names.Length == 0 ? "none, since no layer is recurrent" : string.Join(", ", names);
    }
}
