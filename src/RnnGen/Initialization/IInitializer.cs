using RnnGen.Kernels;

namespace RnnGen.Initialization;

/// <summary>A scheme of first values for a weight matrix.</summary>
public interface IInitializer
{
    /// <summary>Fills a matrix.</summary>
    /// <param name="values">
    /// The matrix, row after row: <paramref name="rows"/> × <paramref name="columns"/> numbers.
    /// </param>
    /// <param name="rows">Rows: the outputs that the matrix makes (its fan-out).</param>
    /// <param name="columns">Columns: the inputs that it takes (its fan-in).</param>
    /// <param name="random">The only source of chance: equal states of it give equal matrices.</param>
    void Fill(Span<double> values, int rows, int columns, CounterRandom random);
}
