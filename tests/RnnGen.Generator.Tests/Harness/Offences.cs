namespace RnnGen.Generator.Tests.Harness;

/// <summary>Breaches of a law, one line each.</summary>
internal static class Offences
{
    /// <summary>Fails with the whole list if there is any.</summary>
    public static void AssertNone(IEnumerable<string> offences)
    {
        var list = offences.Distinct().ToList();
        Assert.True(list.Count == 0, string.Join("\n", list));
    }
}
