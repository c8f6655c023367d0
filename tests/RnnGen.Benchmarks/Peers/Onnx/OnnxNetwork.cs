using System.Collections.Immutable;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Peers.Onnx;

/// <summary>
/// A case's network as an ONNX file: inputs <c>x [T, 1, F]</c>, <c>h</c> and, for an LSTM, <c>c</c>; outputs
/// <c>y [T, O]</c>, <c>h_next</c> and <c>c_next</c>.
/// </summary>
internal static class OnnxNetwork
{
    // PyTorch's gates are i, f, c, o and r, z, n; ONNX has them as i, o, f, c and z, r, h.
    private static readonly int[] LstmGates = [0, 3, 1, 2];
    private static readonly int[] GruGates = [1, 0, 2];

    public static byte[] ToFile(Network network, int steps, ImmutableDictionary<string, NamedTensor> tensors)
    {
        int hidden = network.Hidden;
        bool isLstm = network.Cell == Cell.Lstm;
        int[] gates = isLstm ? LstmGates : GruGates;
        long rows = gates.Length * hidden;
        string cell = network.CellName;

        var graph = new OnnxGraph();
        graph.Constant("w", Reorder(Values("weight_ih_l0"), gates), 1, rows, network.Inputs);
        graph.Constant("r", Reorder(Values("weight_hh_l0"), gates), 1, rows, hidden);
        float[] biases = [.. Reorder(Values("bias_ih_l0"), gates), .. Reorder(Values("bias_hh_l0"), gates)];
        graph.Constant("b", biases, 1, 2 * rows);
        graph.Constant("dense_weight", tensors["dense.weight"].Values, network.Outputs, hidden);
        graph.Constant("dense_bias", tensors["dense.bias"].Values, network.Outputs);
        graph.Constant("row_shape", [steps, hidden]);

        graph.Input("x", steps, 1, network.Inputs).Input("h", 1, 1, hidden);
        if (isLstm)
        {
            graph.Input("c", 1, 1, hidden);
            graph.Node(
                "LSTM", ["x", "w", "r", "b", "", "h", "c"], ["rows", "h_next", "c_next"], ("hidden_size", hidden));
        }
        else
        {
            graph.Node(
                "GRU",
                ["x", "w", "r", "b", "", "h"],
                ["rows", "h_next"],
                ("hidden_size", hidden),
                ("linear_before_reset", network.Cell == Cell.Gru ? 1 : 0));
        }

        graph.Node("Reshape", ["rows", "row_shape"], ["flat"]);
        graph.Node("Gemm", ["flat", "dense_weight", "dense_bias"], ["y"], ("transB", 1));
        graph.Output("y", steps, network.Outputs).Output("h_next", 1, 1, hidden);
        return (isLstm ? graph.Output("c_next", 1, 1, hidden) : graph).ToFile();

        float[] Values(string tensor) => tensors[$"{cell}.{tensor}"].Values;
    }

    private static float[] Reorder(float[] values, int[] gates)
    {
        int block = values.Length / gates.Length;
        return [.. gates.SelectMany(gate => values.AsSpan(gate * block, block).ToArray())];
    }
}
