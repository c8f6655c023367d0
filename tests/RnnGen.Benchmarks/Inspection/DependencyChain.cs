using System.Collections.Immutable;

namespace RnnGen.Benchmarks.Inspection;

/// <summary>Instructions each of which waits for the one before it, the longest such by their latencies.</summary>
/// <param name="Cycles">How long they take; of a loop, in each run of its body.</param>
/// <param name="Links">The instructions.</param>
internal sealed record DependencyChain(int Cycles, ImmutableArray<Instruction> Links)
{
    // By then a loop is in its stride.
    private const int Runs = 8;

    /// <summary>The longest chain of instructions that are run once.</summary>
    public static DependencyChain Once(IReadOnlyList<Instruction> instructions, Latencies latencies)
    {
        (int[] finish, int[] before) = Follow(instructions, latencies);
        int last = Array.IndexOf(finish, finish.Max());
        return new DependencyChain(finish[last], [.. Path(before, last).Select(at => instructions[at])]);
    }

    /// <summary>What of a loop's body waits for the run before.</summary>
    public static DependencyChain Loop(IReadOnlyList<Instruction> body, Latencies latencies)
    {
        Instruction[] runs = [.. Enumerable.Repeat(body, Runs).SelectMany(run => run)];
        (int[] finish, int[] before) = Follow(runs, latencies);
        int end = runs.Length - body.Count;
        int longest = finish.Max();
        int last = Array.IndexOf(finish, longest);
        // The links of a run in the middle: those at either end are only entered or left.
        int from = Runs / 2 * body.Count;
        return new DependencyChain(
            longest - finish[..end].Max(),
            [.. Path(before, last).Where(at => at >= from && at < from + body.Count).Select(at => runs[at])]);
    }

    private static (int[] Finish, int[] Before) Follow(IReadOnlyList<Instruction> instructions, Latencies latencies)
    {
        var finish = new int[instructions.Count];
        var before = new int[instructions.Count];
        var writers = new Dictionary<string, int>();
        // Loops are written out, so that most come again and again.
        var known = new Dictionary<Instruction, Effects>();
        for (int at = 0; at < instructions.Count; at++)
        {
            Instruction instruction = instructions[at];
            if (!known.TryGetValue(instruction, out Effects? effects))
            {
                effects = Effects.Of(instruction);
                known.Add(instruction, effects);
            }

            (finish[at], before[at]) = (latencies.WithLoad(instruction), -1);
            void Wait(ImmutableArray<string> values, int latency)
            {
                foreach (string value in values)
                {
                    if (writers.TryGetValue(value, out int writer) && finish[writer] + latency > finish[at])
                    {
                        (finish[at], before[at]) = (finish[writer] + latency, writer);
                    }
                }
            }

            Wait(effects.Operands, latencies.WithoutLoad(instruction));
            Wait(effects.Address, latencies.WithLoad(instruction));
            foreach (string value in effects.Writes)
            {
                writers[value] = at;
            }
        }

        return (finish, before);
    }

    private static IEnumerable<int> Path(int[] before, int last)
    {
        var path = new Stack<int>();
        for (int at = last; at >= 0; at = before[at])
        {
            path.Push(at);
        }

        return path;
    }
}
