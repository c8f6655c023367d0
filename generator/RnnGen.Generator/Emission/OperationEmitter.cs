using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>What the emitters of a pass's operations have in common.</summary>
internal abstract class OperationEmitter(CodeWriter code, EmissionContext context)
{
    protected CodeWriter Code { get; } = code;

    protected EmissionContext Context { get; } = context;

    /// <summary><c>float</c> or <c>double</c>.</summary>
    protected string Number => Context.Number;

    protected VectorOperations Operations => Context.Operations;

    protected int Lanes => Context.Lanes;

    protected static string Rows(RowKind kind) => kind == RowKind.PerStep ? "pass.Rows" : "pass.Batch";

    /// <summary>Rows of activations that stay in the first-level cache while panels of weights pass by.</summary>
    protected const int RowBlock = 96;

    /// <summary>A place in memory, as C#.</summary>
    protected static string Place(Address address) => AddressText.InPass(address);

    protected static string Text(long value) => EmissionContext.Text(value);

    /// <summary>What leads to the item of an index: <c> + ((nint)panel * Stride)</c>; nothing for the first.</summary>
    protected static string At(string index, NamedNumber stride) =>
        index == "0" ? "" : $" + ((nint){index} * {stride})";

    /// <summary>
    /// Emits the method of an operation: of a range of rows, or one that every worker calls for its share.
    /// </summary>
    /// <param name="isKernel">It works on vectors itself, and is compiled fully before its first call.</param>
    protected IDisposable Method(PassOperation operation, bool isKernel = false)
    {
        string share = operation is RowOperation ? "int first, int end" : "WorkerTeam team, int worker";
        Code.Line();
        Code.Summary(operation.Comment);
        if (isKernel)
        {
            Code.Line("[MethodImpl(Kernel)]");
        }

        return Code.Block($"private static void {operation.Method}(in Pass<{Number}> pass, {share})");
    }

    /// <summary>Emits the pass over another axis, under the axis' name.</summary>
    protected void EmitPassOf(AxisPlan axis) =>
        Code.Line($"ref readonly Pass<{Number}> {axis.Name} = ref pass.Axes[{axis.Index}];");

    /// <summary>Emits a copy of numbers that follow one another.</summary>
    protected void EmitCopy(string from, string to, int count)
    {
        Code.Line($"new Span<{Number}>({from}, {count}).CopyTo(");
        Code.Line($"    new Span<{Number}>({to}, {count}));");
    }

    /// <summary>Emits that such numbers are added to others.</summary>
    protected void EmitAddition(string from, string to, int count)
    {
        Code.Line($"RowAddition.Add<{Operations.Lanes}, {Number}>(");
        Code.Line($"    {from},");
        Code.Line($"    {to}, {count});");
    }

    /// <summary>Emits a loop over rows of any steps, which are <c>t</c>.</summary>
    protected IDisposable EachRowOfSteps()
    {
        Code.Line("int t = 0;");
        IDisposable loop = Code.Block("for (int row = first; row < end; row++)");
        using (Code.Block("while (row >= pass.StepOffset[t + 1])"))
        {
            Code.Line("t++;");
        }

        Code.Line();
        return loop;
    }

    /// <summary>Emits the worker's share of some items.</summary>
    protected void EmitShare(string count)
    {
        Code.Line($"int first = Share({count}, worker, team.Workers);");
        Code.Line($"int end = Share({count}, worker + 1, team.Workers);");
    }

    /// <summary>Emits code for the width of a panel, of which the last may be narrower.</summary>
    /// <param name="index">The variable that tells the panel.</param>
    protected void EmitByWidth(PanelMatrix matrix, string index, Action<int> emit)
    {
        if (matrix.LastPanelVectors == matrix.PanelVectors)
        {
            emit(matrix.LastPanelVectors);
            return;
        }

        using (Code.Block($"if ({index} < {matrix.Panels - 1})"))
        {
            emit(matrix.PanelVectors);
        }

        using (Code.Block("else"))
        {
            emit(matrix.LastPanelVectors);
        }
    }
}
