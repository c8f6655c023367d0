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
    // Half of a small second-level cache; then a block of rows and its results have the other half.
    private const int Bytes = 512 * 1024;

    // A panel that one block of rows after the other reads: beside them in a fraction of that cache.
    private const int PanelDepth = 256;

    /// <summary>The blocks of a matrix.</summary>
    /// <param name="source">The rows that it is multiplied with: only whole segments of them are told apart.</param>
    public static MatrixBlocks Of(MatrixOperand source, PanelMatrix matrix, Precision precision)
    {
        int number = precision == Precision.Double ? 8 : 4;
        int depth = source.Segments * source.SegmentLength;
        long bytes = (long)depth * matrix.Vectors * matrix.Lanes * number;
        if (bytes <= Bytes)
        {
            return new MatrixBlocks(depth, matrix.Panels);
        }

        int block = depth;
        if (depth > 2 * PanelDepth)
        {
            int unit = source.Segments > 1 ? source.SegmentLength : 1;
            block = unit * Evenly(depth / unit, Math.Max(1, PanelDepth / unit));
        }

        long panel = (long)block * matrix.PanelVectors * matrix.Lanes * number;
        return new MatrixBlocks(block, Evenly(matrix.Panels, (int)Math.Max(1, Bytes / panel)));
    }

    // As many at a time as need no more times than the most that may be.
    private static int Evenly(int count, int most)
    {
        int times = (count + most - 1) / most;
        return (count + times - 1) / times;
    }
}
