namespace RnnGen.Benchmarks.Peers.Onnx;

/// <summary>
/// Builds an ONNX file: nodes, constants, inputs and outputs, in the fields of
/// <see href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto"/>.
/// </summary>
internal sealed class OnnxGraph
{
    private const int OperatorSet = 17;
    private const int FileVersion = 8;
    private const int SingleType = 1;
    private const int LongType = 7;

    private readonly ProtobufWriter _graph = new ProtobufWriter().Text(2, "network");

    public OnnxGraph Node(
        string operation, string[] inputs, string[] outputs, params (string Name, long Value)[] options)
    {
        ProtobufWriter node = new ProtobufWriter().Texts(1, inputs).Texts(2, outputs).Text(4, operation);
        foreach ((string name, long value) in options)
        {
            const int NumberAttribute = 2;
            node.Message(5, new ProtobufWriter().Text(1, name).Number(3, value).Number(20, NumberAttribute));
        }

        _graph.Message(1, node);
        return this;
    }

    public OnnxGraph Constant(string name, float[] values, params long[] shape) =>
        Constant(name, SingleType, values.AsSpan(), shape);

    public OnnxGraph Constant(string name, long[] values) => Constant(name, LongType, values.AsSpan(), [values.Length]);

    public OnnxGraph Input(string name, params long[] shape) => Value(11, name, shape);

    public OnnxGraph Output(string name, params long[] shape) => Value(12, name, shape);

    public byte[] ToFile() => new ProtobufWriter()
        .Number(1, FileVersion)
        .Message(8, new ProtobufWriter().Text(1, "").Number(2, OperatorSet))
        .Message(7, _graph)
        .ToArray();

    private OnnxGraph Constant<T>(string name, int type, ReadOnlySpan<T> values, long[] shape)
        where T : unmanaged
    {
        var tensor = new ProtobufWriter();
        foreach (long size in shape)
        {
            tensor.Number(1, size);
        }

        _graph.Message(5, tensor.Number(2, type).Text(8, name).Raw(9, values));
        return this;
    }

    private OnnxGraph Value(int field, string name, long[] shape)
    {
        var sizes = new ProtobufWriter();
        foreach (long size in shape)
        {
            sizes.Message(1, new ProtobufWriter().Number(1, size));
        }

        ProtobufWriter tensor = new ProtobufWriter().Number(1, SingleType).Message(2, sizes);
        _graph.Message(field, new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor)));
        return this;
    }
}
