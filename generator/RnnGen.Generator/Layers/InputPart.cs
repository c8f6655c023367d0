using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>
/// One of the values that a recurrent layer reads side by side: it meets some rows of the input weights.
/// </summary>
/// <param name="Input">The value.</param>
/// <param name="FirstRow">Rows of the weights in front of its own.</param>
/// <param name="IsFirst">Whether its products start the sums; those of the others are added.</param>
/// <param name="IsLooped">Whether it is made at each step, and not before all of them.</param>
internal sealed record InputPart(Value Input, int FirstRow, bool IsFirst, bool IsLooped)
{
    /// <summary>What it is called in equations.</summary>
    public string Letter => FirstRow == 0 ? "x" : "c";

    /// <summary>What the names of its operations end in.</summary>
    public string Suffix { get; private init; } = "";

    /// <summary>The parts, those first that need no loop.</summary>
    public static IReadOnlyList<InputPart> Of(IReadOnlyList<Value> inputs, PlanBuilder builder)
    {
        var parts = new List<InputPart>();
        int row = 0;
        for (int i = 0; i < inputs.Count; i++)
        {
            parts.Add(new InputPart(inputs[i], row, false, builder.Loop?.Owns(inputs[i].Rows!) == true)
            {
                Suffix = i == 0 ? "" : "Beside" + RecurrenceBuilder.Number(i - 1),
            });
            row += inputs[i].Size;
        }

        return [.. parts.OrderBy(part => part.IsLooped).Select((part, i) => part with { IsFirst = i == 0 })];
    }

    /// <summary>Its rows of the weights.</summary>
    public PanelMatrix Of(PanelMatrix matrix) =>
        Input.Size == matrix.Depth ? matrix : matrix.Range(FirstRow, Input.Size);
}
