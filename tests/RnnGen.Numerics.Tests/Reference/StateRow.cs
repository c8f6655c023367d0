namespace RnnGen.Numerics.Tests.Reference;

/// <summary>
/// The states of one layer, direction and sequence, out of tensors <c>[L·D, B, H]</c> and into them.
/// </summary>
internal static class StateRow
{
    /// <summary>Null where there are no states.</summary>
    public static double[]? Get(RecurrentStates<double>? states, string name, int place, int sequence, int size)
    {
        if (states is null)
        {
            return null;
        }

        int start = ((place * states.Sequences) + sequence) * size;
        return states.Get(name)[start..(start + size)];
    }

    public static void Set(RecurrentStates<double>? states, string name, int place, int sequence, double[] values)
    {
        if (states is not null)
        {
            double[] all = states.Get(name);
            values.CopyTo(all, ((place * states.Sequences) + sequence) * values.Length);
            states.Set(name, all);
        }
    }
}
