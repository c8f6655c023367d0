using System.Numerics;
using System.Reflection;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Tests.Functions;

/// <summary>
/// A function that .NET has needs a row of <see cref="FunctionBodies"/> and nothing else, in every vector and in either
/// precision: here the cube root, which the table does not hold, as that row would emit it.
/// </summary>
public sealed class FunctionByLaneTests
{
    /// <summary>Numbers of the longest vector, and as many behind it that must stay as they are.</summary>
    private const int Room = 32;

    private static readonly Lazy<Assembly> Bodies = new(Compile);

    private static readonly Model.Precision[] Precisions = [Model.Precision.Single, Model.Precision.Double];

    public static TheoryData<string> Targets => [.. Generator.Planning.SimdTarget.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void CubeRoot_InSinglePrecision_IsTheLibrarysRoundedOnce(string target) =>
        Check<float>(target, Model.Precision.Single, x => (float)Math.Cbrt(x));

    [Theory]
    [MemberData(nameof(Targets))]
    public void CubeRoot_InDoublePrecision_IsTheLibrarys(string target) =>
        Check<double>(target, Model.Precision.Double, Math.Cbrt);

    private static void Check<T>(string target, Model.Precision precision, Func<T, T> expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Generator.Planning.SimdTarget.All.Single(one => one.Name == target).Lanes(precision);
        T[] ends = [T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.NegativeZero, T.Epsilon];
        T[] values = [.. Enumerable.Range(0, Room).Select(i => T.CreateChecked((i - 7) / 1.7))];
        for (int first = 0; first < ends.Length; first++)
        {
            T[] inputs = [.. values];
            inputs[first % lanes] = ends[first];
            T[] outputs = [.. inputs];
            Bodies.Value.GetType(Name(target, precision))!
                .GetMethod("Run")!.CreateDelegate<Action<T[]>>()(outputs);

            T[] results = [.. inputs.Select((input, i) => i < lanes ? expected(input) : input)];
            Assert.Equal(results, outputs);
        }
    }

    private static string Name(string target, Model.Precision precision) => $"{target}{precision}";

    private static Assembly Compile()
    {
        string[] sources = [.. Precisions.SelectMany(precision =>
            Plan(precision).Targets.Select(target => Source(new EmissionContext(target))))];
        using var image = new MemoryStream();
        var result = GeneratorHarness.Compile(sources).Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }

    private static ModelPlan Plan(Model.Precision precision)
    {
        var run = GeneratorHarness.Run(
            $"using RnnGen; [SequenceModel(Precision = Precision.{precision}), Input(1), Dense(1)] "
                + "partial class Model;");
        return ModelPlanner.Plan(((CheckedModel)Assert.Single(run.OutputsOf(TrackingNames.Check)).Value).Spec, default);
    }

    private static string Source(EmissionContext context)
    {
        var code = new CodeWriter();
        code.Line($"""
            using System;
            using System.Runtime.Intrinsics;
            using V = {(context.Plan.Target.Bits == 0 ? $"System.{context.Plan.Precision}"
                : $"System.Runtime.Intrinsics.{context.Operations.Vector}")};

            """);
        using (code.Block($"public static unsafe class {Name(context.Plan.Target.Name, context.Plan.Precision)}"))
        {
            using (code.Block($"public static void Run({context.Number}[] values)"))
            {
                code.Line($"fixed ({context.Number}* first = values)");
                code.Line("    *(V*)first = Cbrt(*(V*)first);");
            }

            FunctionBodies.ByLane(code, context, "Cbrt", "The cube root", "Math.Cbrt(lanes[i])");
        }

        return code.ToString();
    }
}
