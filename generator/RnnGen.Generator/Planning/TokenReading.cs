using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// What a decoder makes of a token before anything else, the same whatever came before it: its embedding's row, and
/// the products of that. Who decodes step by step may keep it for each token.
/// </summary>
/// <param name="Operations">The operations, the first of a pass.</param>
/// <param name="Runs">What later ones read of their results.</param>
internal sealed record TokenReading(EquatableArray<PassOperation> Operations, EquatableArray<TokenRun> Runs)
{
    /// <summary>That of a decoder's pass; null where nothing is multiplied, and keeping it would save nothing.</summary>
    public static TokenReading? Of(IReadOnlyList<PassOperation> decoding)
    {
        // Only what comes first: what is run later may lie where rows before it have lain.
        if (decoding.FirstOrDefault() is not GatherRows { Tokens.StartToken: not null } gather)
        {
            return null;
        }

        MultiplyRows[] products =
        [
            .. decoding.Skip(1).TakeWhile(operation => operation is MultiplyRows { Start: not ProductStart.Target } next
                && next.Source.Start == gather.Target.Start).Cast<MultiplyRows>(),
        ];
        if (products.Length == 0)
        {
            return null;
        }

        bool isReadLater = decoding.Skip(1 + products.Length)
            .Any(operation => operation.Places.Any(place => place.Name == gather.Target.Start.Name));
        TokenRun rows = new(gather.Target.Start, gather.Target.Stride, gather.Target.Stride);
        return new TokenReading(
            new([gather, .. products]),
            new([
                .. isReadLater ? [rows] : Array.Empty<TokenRun>(),
                .. products.SelectMany(operation => operation.Products).SelectMany(Panels),
            ]));
    }

    private static IEnumerable<TokenRun> Panels(RowProduct product)
    {
        PanelMatrix matrix = product.Matrix;
        for (int panel = 0; panel < matrix.Panels; panel++)
        {
            int vectors = panel == matrix.Panels - 1 ? matrix.LastPanelVectors : matrix.PanelVectors;
            yield return new TokenRun(
                product.Target.Start.Plus(panel * product.Target.PanelStride), product.Target.RowStride,
                vectors * matrix.Lanes);
        }
    }
}

/// <summary>Numbers of each row that lie together.</summary>
/// <param name="Start">Those of row 0.</param>
/// <param name="RowStride">Numbers from one row to the next.</param>
internal sealed record TokenRun(Address Start, int RowStride, int Length);
