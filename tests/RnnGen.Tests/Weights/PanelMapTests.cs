using RnnGen.Weights;

namespace RnnGen.Tests.Weights;

public class PanelMapTests
{
    [Theory]
    [InlineData(5, 8, 3, 4, 1, 2)]
    [InlineData(9, 12, 2, 8, 4, 6)]
    [InlineData(3, 7, 4, 16, 1, 3)]
    [InlineData(2, 8, 8, 4, 4, 1)]
    [InlineData(4, 3, 3, 1, 3, 5)]
    public void PanelMap_AnySizes_FillsTheMatrixOnce(
        int depth, int vectors, int panelVectors, int lanes, int gates, int offset)
    {
        var places = new HashSet<int>();
        int units = vectors / gates * lanes;
        for (int gate = 0; gate < gates; gate++)
        {
            var map = new PanelMap(offset, depth, vectors, panelVectors, lanes, gates, gate);
            for (int unit = 0; unit < units; unit++)
            {
                for (int k = 0; k < depth; k++)
                {
                    int v = unit / lanes * gates + gate;
                    int p = v / panelVectors;
                    int w = Math.Min(panelVectors, vectors - p * panelVectors);
                    int expected = offset + p * panelVectors * lanes * depth + k * w * lanes
                        + (v - p * panelVectors) * lanes + unit % lanes;
                    Assert.Equal(expected, map.IndexOf(unit, k));
                    Assert.Equal(expected, map.IndexOf(unit, 0) + k * map.ColumnStride(unit));
                    Assert.True(places.Add(expected));
                }
            }
        }

        Assert.Equal(depth * (vectors / gates * gates) * lanes, places.Count);
        Assert.Equal(offset, places.Min());
    }

    [Fact]
    public void RowMap_RowAndColumn_AreRowMajor()
    {
        var map = new RowMap(3, 10);
        Assert.Equal(3 + 2 * 10 + 4, map.IndexOf(2, 4));
        Assert.Equal(1, map.ColumnStride(2));
    }
}
