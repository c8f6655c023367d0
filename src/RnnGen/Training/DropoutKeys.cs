namespace RnnGen.Training;

/// <summary>Keys of the dropout masks: one per step, a function of the seed and the step alone.</summary>
internal static class DropoutKeys
{
    /// <summary>The key of a step; never 0, which means no dropout.</summary>
    public static ulong At(ulong seed, long step)
    {
        // SplitMix64's output function: neighbouring steps have unrelated keys.
        ulong key = seed + ((ulong)step + 1) * 0x9E3779B97F4A7C15;
        key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9;
        key = (key ^ (key >> 27)) * 0x94D049BB133111EB;
        key ^= key >> 31;
        return key == 0 ? 1 : key;
    }
}
