using System.Collections.Immutable;

namespace RnnGen.Benchmarks.Inspection;

/// <summary>
/// What a listing says about one method: its loops and the straight lines between them, in the order of the code; then
/// all of it; then what it keeps on the stack.
/// </summary>
/// <param name="method">The method.</param>
/// <param name="analysis">llvm-mca; null where it cannot be used.</param>
/// <param name="output">Where to write.</param>
internal sealed class MethodReport(ListedMethod method, LlvmMca? analysis, TextWriter output)
{
    private Latencies Latencies =>
        field ??= analysis!.Latencies(method.Blocks.SelectMany(block => block.Instructions));

    public void Write()
    {
        output.WriteLine($"method={method.Name} tier={method.Tier} bytes={method.Bytes}");
        ImmutableArray<CodeLoop> loops = CodeLoop.Find(method);
        int last = method.Blocks.Length - 1;
        WriteParts(0, last, loops, indent: "");
        Instruction[] executed = [.. CodeLoop.Executed(method, 0, last, loops)];
        WriteLine("whole", 0, last, executed, Once(executed));
        WriteStack();
    }

    private Figures? Once(Instruction[] executed) => analysis is null
        ? null
        : new Figures(analysis.AnalyzeOnce(executed), DependencyChain.Once(executed, Latencies));

    private Figures? Repeated(Instruction[] executed) => analysis is null
        ? null
        : new Figures(analysis.AnalyzeLoop(executed), DependencyChain.Loop(executed, Latencies));

    private void WriteParts(int first, int last, ImmutableArray<CodeLoop> loops, string indent)
    {
        int begin = first;
        foreach (CodeLoop loop in loops)
        {
            WriteLines(begin, loop.First - 1, indent);
            WriteLoop(loop, indent);
            begin = loop.Last + 1;
        }

        WriteLines(begin, last, indent);
    }

    private void WriteLines(int first, int last, string indent)
    {
        Instruction[] instructions = Listed(first, last);
        if (instructions.Any(instruction => instruction.Assembly is not null))
        {
            Figures? figures = Once(instructions);
            WriteLine($"{indent}lines={Range(first, last)}", first, last, instructions, figures);
            WriteDetails(figures, indent, isLoop: false);
        }
    }

    private void WriteLoop(CodeLoop loop, string indent)
    {
        Instruction[] executed = [.. loop.ExecutedOnce()];
        Figures? figures = Repeated(executed);
        string trips = loop.Trips is { } count ? $"{count}" : "unknown";
        WriteLine(
            $"{indent}loop={Range(loop.First, loop.Last)} trips={trips}", loop.First, loop.Last, executed, figures);
        if (loop.Inner.IsEmpty)
        {
            WriteDetails(figures, indent, isLoop: true);
        }
        else
        {
            WriteParts(loop.First, loop.Last, loop.Inner, indent + "  ");
        }
    }

    private void WriteLine(string what, int first, int last, Instruction[] executed, Figures? figures)
    {
        Instruction[] listed = Listed(first, last);
        string calls = listed.Count(one => one.IsCall) is > 0 and var count ? $" calls={count}" : "";
        string often = executed.Length > listed.Length ? $" executed={executed.Length}" : "";
        output.WriteLine(
            $"{what} instructions={listed.Length}{often}{calls} "
            + $"{StackTraffic.Of(listed, method.HasFramePointer)} {figures}".TrimEnd());
    }

    private void WriteDetails(Figures? figures, string indent, bool isLoop)
    {
        if (figures is null)
        {
            return;
        }

        WriteAll(figures.Throughput.LeftOut, $"{indent}    left out, not known to llvm-mca: ");
        WriteAll(figures.Chain.Links, $"{indent}    chain ");
        // Of what is run once, llvm-mca tells how its instructions get under way rather than what they wait for.
        if (isLoop)
        {
            WriteAll(figures.Throughput.Critical, $"{indent}    critical ");
        }
    }

    private void WriteStack() => WriteAll(
        method.Blocks.SelectMany(block => block.Instructions
            .Where(instruction => StackTraffic.Touches(instruction, method.HasFramePointer))
            .Select(instruction => $"{block.ShortLabel} {instruction}")),
        "    stack ");

    private void WriteAll<T>(IEnumerable<T> items, string before)
    {
        foreach (T item in items)
        {
            output.WriteLine($"{before}{item}");
        }
    }

    private Instruction[] Listed(int first, int last) =>
        [.. method.Blocks.Skip(first).Take(last - first + 1).SelectMany(block => block.Instructions)];

    private string Range(int first, int last) => first == last
        ? method.Blocks[first].ShortLabel
        : $"{method.Blocks[first].ShortLabel}..{method.Blocks[last].ShortLabel}";

    private sealed record Figures(Throughput Throughput, DependencyChain Chain)
    {
        public override string ToString() =>
            $"{Throughput} chain={Chain.Cycles} bound_by={Throughput.Bound(Chain.Cycles)}";
    }
}
