using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// How a large matrix is cut for a product with many rows, so that what every block of rows reads again stays in a
/// core's own cache. Without cuts each block of rows would stream the whole matrix from the cache that cores share.
/// Measured with 400 rows on a processor whose cores read 28 GB/s from there: 10,000 × 200 takes half the time, and
/// 200 × 10,000 a tenth less.
/// </summary>
/// <param name="Depth">Numbers of a row in a block; all of them where the depth is not cut.</param>
/// <param name="Panels">Panels in a block; all of them where they stay together.</param>
internal sealed record MatrixBlocks(int Depth, int Panels)
{
    // A part of a core's second-level cache: a block of rows and its results take the other.
    private const int CacheParts = 2;

    // A panel that one block of rows after the other reads: beside them in a fraction of that cache.
    private const int PanelDepth = 256;

    /// <summary>The blocks of a matrix.</summary>
    /// <param name="unit">Numbers of a row that stay together: blocks are multiples of it.</param>
    public static MatrixBlocks Of(PanelMatrix matrix, int unit, Precision precision, SimdTarget target)
    {
        int most = target.SecondCache / CacheParts;
        int number = precision == Precision.Double ? sizeof(double) : sizeof(float);
        long bytes = Saturating.Product((long)matrix.Depth * matrix.Vectors, matrix.Lanes, number);
        if (bytes <= most)
        {
            return new MatrixBlocks(matrix.Depth, matrix.Panels);
        }

        int block = matrix.Depth;
        if (matrix.Depth > 2 * PanelDepth)
        {
            block = unit * Evenly(matrix.Depth / unit, Math.Max(1, PanelDepth / unit));
        }

        long panel = (long)block * matrix.PanelVectors * matrix.Lanes * number;
        return new MatrixBlocks(block, Evenly(matrix.Panels, (int)Math.Max(1, most / panel)));
    }

    // The smallest block that needs no more blocks than the largest allowed one.
    private static int Evenly(int count, int most)
    {
        int blocks = ((count - 1) / most) + 1;
        return ((count - 1) / blocks) + 1;
    }
}
