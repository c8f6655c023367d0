using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Equations over whole rows, whose units may meet in means and learned vectors. Rows are one segment each and laid out
/// alike; padding does not count.
/// </summary>
/// <param name="Values">Rows that <c>Saved</c> places of the program refer to.</param>
/// <param name="Kept">Rows that <c>Kept</c> places refer to: one number each, in every lane of a vector.</param>
/// <param name="Weights">The learned vectors.</param>
/// <param name="Written">Which values are gradients of rows that it writes.</param>
/// <param name="IsGradient">What it stores are gradients: their padding is zeros.</param>
internal sealed record EvaluateRows(
    string Method, string Comment, EquatableArray<RowBuffer> Values, EquatableArray<RowBuffer> Kept,
    EquatableArray<NamedOffset> Weights, RowProgram Program, EquatableArray<int> Written, bool IsGradient)
    : RowOperation(Method, Comment), IGradientWriter
{
    public override IEnumerable<Address> Places => Values.Concat(Kept).Select(rows => rows.Start);

    public override RowKind Range => Values[0].Kind;

    public IEnumerable<RowBuffer> Gradients => Written.Select(index => Values[index]);

    public PassOperation Adding(bool[] adds)
    {
        int[] added = [.. Written.Where((_, i) => adds[i])];
        return this with
        {
            Program = Program.Select(load => load, store =>
                store.Place.Kind == ValueKind.Saved && added.Contains(store.Place.Index)
                    ? store with { Adds = true }
                    : store),
        };
    }
}
