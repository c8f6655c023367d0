using System.CommandLine;
using System.Globalization;
using RnnGen.Benchmarks.Cases;
using RnnGen.Benchmarks.Machine;
using RnnGen.Benchmarks.Timing;

namespace RnnGen.Benchmarks.Commands;

/// <summary><c>run</c>: RnnGen's side of one case and nothing else, for tools that watch a process.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    public static Command Create()
    {
        var name = new Argument<string>("case") { Description = "A case of compare, its whole name" };
        name.Validators.Add(result =>
        {
            if (CaseTable.All.All(one => one.Name != result.GetValueOrDefault<string>()))
            {
                result.AddError(
                    $"There is no case '{result.GetValueOrDefault<string>()}'; there are "
                    + $"{string.Join(", ", CaseTable.NamesOf(CaseTable.All))}.");
            }
        });
        var calls = new Option<int?>("--calls")
        {
            Description = "How many calls; without it as many as give a time",
            HelpName = "N",
        };
        calls.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError($"--calls is {result.GetValueOrDefault<int?>()}; it must be 1 or more.");
            }
        });
        var command = new Command(Name, "Runs RnnGen's side of one case, for tools that watch a process.")
        {
            name, calls,
        };
        command.SetAction(result => Run(CaseTable.Find(result.GetValue(name)!), result.GetValue(calls)));
        return command;
    }

    private static void Run(BenchmarkCase wanted, int? calls)
    {
        using OurContender ours = wanted.Open(wanted);
        if (calls is { } count)
        {
            ours.Run(count);
            return;
        }

        double time = new Alternation(seconds: 1).Measure(ours.Run);
        double clock = ClockSpeed.Measure();
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"case={wanted.Name} ours_us={time:0.####} clock_ghz={clock:f2} cycles={time * clock * 1000:f0}"));
    }
}
