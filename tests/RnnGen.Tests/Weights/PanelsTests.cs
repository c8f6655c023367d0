using System.Numerics;
using RnnGen.Weights;

namespace RnnGen.Tests.Weights;

/// <summary>Transposed panels against two plain loops, with guards around the target.</summary>
public class PanelsTests
{
    private const int Guard = 64;

    [Theory]
    [InlineData(5, 3, 4, 1, 5, 1)]
    [InlineData(7, 2, 1, 4, 7, 1)]
    [InlineData(8, 5, 2, 4, 8, 1)]
    [InlineData(13, 3, 4, 8, 13, 1)]
    [InlineData(66, 9, 4, 16, 66, 1)]
    [InlineData(67, 4, 4, 16, 67, 3)]
    [InlineData(10, 6, 4, 8, 5, 1)]
    [InlineData(14, 7, 3, 4, 7, 2)]
    [InlineData(34, 6, 4, 16, 17, 2)]
    [InlineData(130, 12, 4, 16, 65, 3)]
    public void Transpose_AnySizes_PutsEveryNumberInItsPlace(
        int depth, int vectors, int panelVectors, int lanes, int width, int workers)
    {
        Compare(depth, vectors, panelVectors, lanes, width, workers, value => (float)value);
        Compare(depth, vectors, panelVectors, lanes, width, workers, value => (double)value);
    }

    private static unsafe void Compare<T>(
        int depth, int vectors, int panelVectors, int lanes, int width, int workers, Func<int, T> number)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Three rows that nobody writes in front of each panel's, and segments padded to whole vectors.
        const int SegmentRow = 3;
        var shape = new PanelShape(depth, vectors, panelVectors, lanes);
        int segmentLength = (panelVectors * lanes) + SegmentRow;
        int segments = depth / width;
        int segmentStride = segments == 1 ? 0 : (width + lanes - 1) / lanes * lanes;
        int targetVectors = Math.Max(1, segments) * ((width + lanes - 1) / lanes);
        var targetShape = new PanelShape(segmentLength * shape.Panels, targetVectors, panelVectors, lanes);
        T untouched = number(-1);
        T[] source = [.. Enumerable.Range(0, depth * vectors * lanes).Select(number)];
        T[] target = new T[(targetShape.Depth * targetVectors * lanes) + (2 * Guard)];
        T[] expected = new T[target.Length];
        Array.Fill(target, untouched);
        Array.Fill(expected, untouched);
        PanelMap sourceMap = Map(shape);
        PanelMap targetMap = Map(targetShape);
        for (int k = 0; k < depth; k++)
        {
            for (int column = 0; column < vectors * lanes; column++)
            {
                int panel = column / (panelVectors * lanes);
                int row = (segmentLength * panel) + SegmentRow + (column % (panelVectors * lanes));
                int targetColumn = (k / width * segmentStride) + (k % width);
                expected[Guard + targetMap.IndexOf(targetColumn, row)] = source[sourceMap.IndexOf(column, k)];
            }
        }

        fixed (T* from = source, to = target)
        {
            for (int worker = 0; worker < workers; worker++)
            {
                Panels.Transpose(
                    from, shape, to + Guard, targetShape, segmentLength, SegmentRow, width, segmentStride, worker,
                    workers);
            }
        }

        Assert.Equal(expected, target);
        Assert.Equal(source.Length, target.Count(value => value != untouched));
    }

    private static PanelMap Map(PanelShape shape) =>
        new(offset: 0, shape.Depth, shape.Vectors, shape.PanelVectors, shape.Lanes, gates: 1, gate: 0);
}
