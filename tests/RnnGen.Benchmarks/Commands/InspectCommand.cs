using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using RnnGen.Benchmarks.Cases;
using RnnGen.Benchmarks.Inspection;
using RnnGen.Kernels;

namespace RnnGen.Benchmarks.Commands;

/// <summary><c>inspect</c>: an emitted method as the JIT made it, and how a processor would run it.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var method = new Argument<string>("method")
        {
            Description = "MODEL.METHOD: a model of Models and a method emitted for it, for instance Lstm1X8.StepLstm",
        };
        Option<SimdTarget?> simd = SimdOption.Create();
        var cpu = new Option<string>("--cpu")
        {
            Description = "The processor that llvm-mca takes, for instance haswell, icelake-server, znver3, znver4",
            HelpName = "CPU",
            DefaultValueFactory = _ => "native",
        };
        var program = new Option<string>("--llvm-mca")
        {
            Description = "The program: the path of a newer one, which knows newer processors",
            HelpName = "PATH",
            DefaultValueFactory = _ => "llvm-mca",
        };
        var listing = new Option<bool>("--listing") { Description = "Print the listing, too" };
        var command = new Command("inspect", "Disassembles an emitted method and analyzes its loops.")
        {
            method, simd, cpu, program, listing,
        };
        command.SetAction(result => Run(
            result.GetValue(method)!, result.GetValue(simd),
            new LlvmMca(result.GetValue(program)!, result.GetValue(cpu)!), result.GetValue(listing)));
        return command;
    }

    private static int Run(string name, SimdTarget? simd, LlvmMca analysis, bool prints)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return Fail($"inspect reads listings of x64; this is {RuntimeInformation.ProcessArchitecture}.");
        }

        string[] parts = name.Split('.');
        BenchmarkCase[] cases = [.. CaseTable.All.Where(one => one.Model.Name == parts[0] && one.Threads == 1)];
        if (parts.Length != 2 || cases.Length == 0)
        {
            string models = string.Join(", ", CaseTable.All.Select(one => one.Model.Name).Distinct());
            return Fail($"'{name}' is not MODEL.METHOD; models are {models}.");
        }

        Type kernels = BenchmarkModel.KernelsOf(cases[0].Model, simd ?? SimdTargets.Best);
        MethodInfo[] methods = kernels.GetMethods(
            BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.DeclaredOnly);
        MethodInfo[] named = [.. methods.Where(one => one.Name == parts[1])];
        if (named.Length == 0)
        {
            IEnumerable<string> names = methods.Where(one => !IsInlined(one)).Select(one => one.Name).Distinct();
            return Fail($"{kernels.FullName} has no method '{parts[1]}'; it has {string.Join(", ", names)}.");
        }

        if (named.All(IsInlined))
        {
            return Fail($"{name} is compiled into the methods that call it: inspect one of these.");
        }

        ImmutableArray<ListedMethod> found = Listing($"{kernels.FullName}:{parts[1]}", cases, simd);
        return found.IsEmpty ? Fail($"No case of {parts[0]} calls {parts[1]}.") : Print(found, analysis, prints);
    }

    private static int Print(ImmutableArray<ListedMethod> methods, LlvmMca analysis, bool prints)
    {
        foreach (ListedMethod method in methods)
        {
            string? complaint = analysis.Complaint([.. method.Blocks.SelectMany(block => block.Instructions)]);
            if (prints || complaint is not null)
            {
                Console.Out.WriteLine(method.Text.TrimEnd());
            }

            new MethodReport(method, complaint is null ? analysis : null, Console.Out).Write();
            if (complaint is not null)
            {
                Console.Error.WriteLine($"Without throughputs: {complaint}");
            }
        }

        return 0;
    }

    // Runs cases one after the other until one has called the method, and gives what the JIT made of it in the end.
    private static ImmutableArray<ListedMethod> Listing(
        string pattern, IEnumerable<BenchmarkCase> cases, SimdTarget? simd)
    {
        string file = Path.GetTempFileName();
        try
        {
            foreach (BenchmarkCase one in cases)
            {
                ProcessStartInfo start = ChildProcess.ThisProgram(RunCommand.Name, one.Name);
                if (simd is { } target)
                {
                    HeldProcess.Hold(start, target);
                }

                start.Environment["DOTNET_JitDisasm"] = pattern;
                start.Environment["DOTNET_JitStdOutFile"] = file;
                // Methods that are not compiled fully at once are so as soon as they have been called often.
                start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0";
                string line = ChildProcess.OutputOf(start);
                ImmutableArray<ListedMethod> found =
                [
                    .. JitListing.Parse(File.ReadAllText(file)).Where(method => method.IsOptimized)
                        .GroupBy(method => method.Name).Select(compilations => compilations.Last()),
                ];
                if (!found.IsEmpty)
                {
                    Console.Out.Write(line);
                    return found;
                }
            }

            return [];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static bool IsInlined(MethodInfo method) =>
        method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining);

    private static int Fail(string reason)
    {
        Console.Error.WriteLine(reason);
        return 1;
    }
}
