using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using RnnGen.Numerics.Tests.Harness;
using Xunit.Abstractions;

namespace RnnGen.Numerics.Tests.Budgets;

/// <summary>No emitted method is so large that the JIT would leave it unoptimised.</summary>
public sealed class BudgetTests(ITestOutputHelper output)
{
    private const BindingFlags All =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    // The JIT gives up at some 20,000 instructions, 60,000 bytes, 2,000 blocks or 2,000 variables. What it inlines
    // counts, so a method of ours may have a part of that and no more.
    private const int MostInstructions = 4_000;
    private const int MostBlocks = 400;
    private const int MostLocals = 400;

    private static IEnumerable<Type> Kernels => typeof(BudgetTests).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("RnnGen.Generated.", StringComparison.Ordinal) == true
            && type.Name.EndsWith("Kernels", StringComparison.Ordinal));

    private static IEnumerable<MethodInfo> Methods(Type kernels) =>
        kernels.GetMethods(All).Where(method => method.GetMethodBody() is not null);

    [Fact]
    public void EveryMethod_OfEveryModel_IsWithinTheBudget()
    {
        var offences = new List<string>();
        (int Instructions, int Blocks, int Locals) most = default;
        foreach (MethodInfo method in Kernels.SelectMany(Methods))
        {
            MethodCode code = MethodCode.Of(method);
            most = (Math.Max(most.Instructions, code.Instructions), Math.Max(most.Blocks, code.Blocks),
                Math.Max(most.Locals, code.Locals));
            if (code.Instructions > MostInstructions || code.Blocks > MostBlocks || code.Locals > MostLocals)
            {
                offences.Add($"{method.DeclaringType!.FullName}.{method.Name}: {code}");
            }
        }

        output.WriteLine($"The largest: {most}");
        Assert.True(most.Instructions > 500, "Kernels were found and read.");
        Assert.Empty(offences);
    }

    [Theory]
    [InlineData(nameof(LargestModel))]
    [InlineData(nameof(DeepestModel))]
    [InlineData(nameof(SmallestModel))]
    public void HotMethods_CompiledByTheJit_AreOptimised(string model)
    {
        MethodInfo[] hot =
        [
            .. Kernels.Where(type => type.Namespace!.EndsWith("_" + model, StringComparison.Ordinal))
                .Where(type => ModelCatalog.Targets.Any(target => type.Name == target + "Kernels"))
                .SelectMany(Methods)
                .Where(method => method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization)),
        ];
        Assert.NotEmpty(hot);
        using var listener = new JitTiers();
        foreach (MethodInfo method in hot)
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }

        string[] names = [.. hot.Select(method => $"{method.DeclaringType!.FullName}.{method.Name}")];
        SpinWait.SpinUntil(() => names.All(listener.Tiers.ContainsKey), TimeSpan.FromMinutes(2));
        Assert.All(names, name => Assert.Equal("Optimized", listener.Tiers.GetValueOrDefault(name, "not seen")));
        Assert.All(hot, method =>
            Assert.True(method.MethodImplementationFlags.HasFlag(MethodImplAttributes.NoInlining), method.Name));
    }

    [Fact]
    public void MethodBeyondTheBudget_CompiledByTheJit_IsSeenUnoptimised()
    {
        MethodInfo tooLarge = Additions(40_000);
        using var listener = new JitTiers();
        Assert.Equal(1 + 40_000, tooLarge.Invoke(null, [1]));
        string name = $"{tooLarge.DeclaringType!.FullName}.{tooLarge.Name}";
        SpinWait.SpinUntil(() => listener.Tiers.ContainsKey(name), TimeSpan.FromMinutes(2));
        Assert.Equal("MinOpts", listener.Tiers.GetValueOrDefault(name, "not seen"));
    }

    // So many additions of 1, in one method.
    private static MethodInfo Additions(int count)
    {
        TypeBuilder type = AssemblyBuilder.DefineDynamicAssembly(new("TooLarge"), AssemblyBuilderAccess.Run)
            .DefineDynamicModule("TooLarge").DefineType("RnnGen.Generated.TooLarge.Kernels");
        MethodBuilder method = type.DefineMethod(
            "Add", MethodAttributes.Public | MethodAttributes.Static, typeof(int), [typeof(int)]);
        method.SetImplementationFlags(MethodImplAttributes.AggressiveOptimization | MethodImplAttributes.NoInlining);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        for (int i = 0; i < count; i++)
        {
            code.Emit(OpCodes.Ldc_I4_1);
            code.Emit(OpCodes.Add);
        }

        code.Emit(OpCodes.Ret);
        return type.CreateType().GetMethod("Add")!;
    }
}
