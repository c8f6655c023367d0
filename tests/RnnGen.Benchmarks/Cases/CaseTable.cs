namespace RnnGen.Benchmarks.Cases;

/// <summary>All cases, in the order in which they run.</summary>
internal static class CaseTable
{
    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        .. StepCases.All, .. CallCases.All, .. SequenceCases.All, .. TrainingCases.All, .. TextCases.All,
        .. TranslationCases.All,
    ];

    public static BenchmarkCase Find(string name) => All.Single(one => one.Name == name);

    public static IEnumerable<string> NamesOf(IEnumerable<BenchmarkCase> cases) => cases.Select(one => one.Name);
}
