using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits one step of a recurrent cell, for the sequences that a worker follows.</summary>
/// <param name="method">The name of the step's method.</param>
internal sealed partial class CellEmitter(
    CodeWriter code, EmissionContext context, RecurrencePlan cell, string method, bool isBackward)
    : OperationEmitter(code, context)
{
    private readonly RecurrencePlan _layer = cell;

    private NamedNumber Stride => _layer.Gates.RowStride;

    /// <summary>The arguments that a call has behind those that all steps have.</summary>
    public static string Turn(RecurrencePlan cell) => cell.Groups > 1 ? ", fro: (t & 1) != 0" : "";

    public void Emit()
    {
        Code.Line();
        Code.Summary(isBackward ? "One step back, for some sequences." : "One step, for some sequences.");
        Code.Comment("first: first sequence; row: its packed row at this step; before: the row that it goes on from,");
        Code.Comment(_layer.Groups > 1
            ? "counted from the initial rows; fro: weights are walked from their end, as they lie in the cache then."
            : "counted from the initial rows.");
        Code.Line("[MethodImpl(Kernel)]");
        using (Code.Block(
            $"private static void {method}(\n"
                + $"    in Pass<{Number}> pass, int rows, int first, nint row, nint before{TurnParameter})"))
        {
            if (isBackward)
            {
                EmitBackward();
            }
            else
            {
                EmitForward();
            }
        }
    }

    private string Group => _layer.Groups == 1 ? "0" : "group";

    private string TurnParameter => _layer.Groups > 1 ? ", bool fro" : "";

    // A loop over the groups of units; where there is one group, a scope if its variables come again.
    private IDisposable? EachGroup(bool needsScope) =>
        _layer.Groups > 1 ? EachToAndFro("group", _layer.Groups)
        : needsScope ? Code.Scope()
        : null;

    // Every other step from the last to the first: weights that were read last are still in the cache.
    private IDisposable EachToAndFro(string index, int count)
    {
        IDisposable block = Code.Block($"for (int i = 0; i < {count}; i++)");
        Code.Line($"int {index} = fro ? {count - 1} - i : i;");
        return block;
    }

    private (string Start, NamedNumber Stride) OperandRows(int operand)
    {
        int state = _layer.Cell.Operands[operand].State;
        RowBuffer rows = state >= 0 ? _layer.States[state].Initial : _layer.Operands[operand].Rows!;
        string index = state >= 0 ? "before" : "row";
        return ($"{Place(rows.Start)} + ({index} * {rows.Stride})", rows.Stride);
    }

    private string Gates(string group, string row) => group == "0"
        ? $"{Place(_layer.Gates.Start)} + ({row} * {Stride})"
        : $"{Place(_layer.Gates.Start)}{At(group, _layer.Gates.GroupStride)} + ({row} * {Stride})";
}
