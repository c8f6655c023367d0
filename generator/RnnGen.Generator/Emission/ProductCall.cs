using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>The arguments of a matrix kernel, as C#; those that are as usual stay away.</summary>
internal sealed record ProductCall
{
    public required string Rows { get; init; }

    public required string Depth { get; init; }

    public required string A { get; init; }

    public required NamedNumber ARow { get; init; }

    public required string B { get; init; }

    /// <summary>What the sums start from; null for what the target holds.</summary>
    public string? Init { get; init; }

    /// <summary>When <see cref="Init"/> holds; else the sums go on from the target. Null for always.</summary>
    public string? StartsOver { get; init; }

    public required string C { get; init; }

    public required NamedNumber CRow { get; init; }

    /// <summary>Numbers from one a[i, k] to the next in k.</summary>
    public NamedNumber ADepth { get; init; } = 1;

    /// <summary>Numbers from one row of b to the next; null for the width of the panel.</summary>
    public NamedNumber? BDepth { get; init; }

    /// <summary>As C#.</summary>
    public string Segments { get; init; } = "1";

    public NamedNumber ASegment { get; init; } = 0;

    /// <summary>Writes the call for panels of some vectors.</summary>
    public void Emit(CodeWriter code, EmissionContext context, int vectors)
    {
        // Where init is given, it is one row for all: zeros or a bias.
        string init = Init is null ? $"init: {C}, initRow: {CRow}"
            : StartsOver is null ? $"init: {Init}, initRow: 0"
            : $"init: {StartsOver} ? {Init} : {C}, initRow: {StartsOver} ? 0 : {CRow}";
        string unusual = (ADepth == 1 ? "" : $", aDepth: {ADepth}")
            + (Segments == "1" ? "" : $", segments: {Segments}, aSegment: {ASegment}");
        string stride = BDepth is { } depth && depth != vectors * context.Lanes ? $", bDepth: {depth}" : "";
        code.Line($"{context.Product(vectors)}(");
        code.Line($"    rows: {Rows}, depth: {Depth},");
        code.Line($"    a: {A}, aRow: {ARow}{unusual},");
        code.Line($"    b: {B}{stride},");
        code.Line($"    {init},");
        code.Line($"    c: {C}, cRow: {CRow});");
    }
}
