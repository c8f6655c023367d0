using System.Numerics;
using RnnGen.Numerics.Tests.Harness;

namespace RnnGen.Numerics.Tests.States;

/// <summary>States to start from.</summary>
internal static class StateDraw
{
    /// <summary>Random ones, different in every place.</summary>
    public static RecurrentStates<T> Draw<T>(TestedModel<T> model, int sequences, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        RecurrentStates<T> states = model.CreateStates(sequences);
        foreach (string name in states.Names)
        {
            int count = states.ShapeOf(name).Aggregate(1, (product, size) => product * size);
            states.Set(
                name, [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((2 * random.NextDouble()) - 1))]);
        }

        return states;
    }

    /// <summary>All numbers, name after name.</summary>
    public static T[] Numbers<T>(this RecurrentStates<T> states)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. states.Names.SelectMany(states.Get)];
}
