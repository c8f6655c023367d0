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
    /// <summary>That of a decoder's pass; null where nothing is multiplied: keeping it would save nothing.</summary>
    public static TokenReading? Of(IReadOnlyList<PassOperation> decoding)
    {
        if (decoding.FirstOrDefault() is not GatherRows { Tokens.StartToken: not null } gather)
        {
            return null;
        }

        // Only what comes first: what is run later may lie where rows before it have lain. Dropout is a copy outside of
        // training, where alone anything decodes.
        List<RowBuffer> rows = [gather.Target];
        PassOperation[] operations =
        [
            gather,
            .. decoding.Skip(1).TakeWhile(operation => Follows(operation, rows)),
        ];
        RowProduct[] products = [.. operations.OfType<MultiplyRows>().SelectMany(operation => operation.Products)];
        if (products.Length == 0)
        {
            return null;
        }

        HashSet<string> readLater =
        [
            .. decoding.Skip(operations.Length).SelectMany(operation => operation.Places).Select(place => place.Name),
        ];
        return new TokenReading(
            new(operations),
            new([
                .. rows.Where(buffer => readLater.Contains(buffer.Start.Name))
                    .Select(buffer => new TokenRun(buffer.Start, buffer.Stride, buffer.Stride)),
                .. products.SelectMany(Panels),
            ]));
    }

    private static bool Follows(PassOperation operation, List<RowBuffer> rows)
    {
        switch (operation)
        {
            case DropoutRows { Source: { } source } dropout when rows.Any(buffer => buffer.Start == source.Start):
                rows.Add(dropout.Target);
                return true;
            case MultiplyRows { Start: not ProductStart.Target } multiply:
                return rows.Any(buffer => buffer.Start == multiply.Source.Start);
            default:
                return false;
        }
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
