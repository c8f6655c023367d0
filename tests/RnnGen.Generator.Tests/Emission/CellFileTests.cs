using System.Collections.Immutable;
using System.Reflection;
using RnnGen.Cells;
using RnnGen.Weights;

namespace RnnGen.Generator.Tests.Emission;

/// <summary>
/// Weight files between cells of equal tensors: every built-in cell, and for each a cell of one's own that its source
/// makes under the same name, compiled and run here.
/// </summary>
public sealed class CellFileTests
{
    private const string Own = "Own";

    private static readonly ImmutableArray<string> Cells =
    [
        .. typeof(ICell).Assembly.GetExportedTypes()
            .Where(type => type.IsAssignableTo(typeof(ICell)) && type.IsClass)
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal),
    ];

    private static readonly Lazy<Assembly> Models = new(Compile);

    private delegate object Loader(ReadOnlySpan<byte> file, RnnGen.Kernels.SimdTarget? target, LoadOptions? options);

    public static TheoryData<string> BuiltIn => [.. Cells];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Load_FileOfAnyOtherCellOfEqualTensors_IsRefusedWithWhatToWrite(string cell)
    {
        string[] others = [.. Names().Where(other => other != cell && Tensors(other).SetEquals(Tensors(cell)))];
        Assert.Contains(cell + Own, others);
        foreach (string other in others)
        {
            AssertRefused(cell, other);
            AssertRefused(other, cell);
        }
    }

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Load_FileOfTheSameCell_IsRead(string cell)
    {
        Load(cell, Save(cell));
        Load(cell + Own, Save(cell + Own));
    }

    // Of other programs, or older than the record.
    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Load_FileThatRecordsNoCell_FitsAny(string cell)
    {
        byte[] file = Save(cell);
        Load(cell, Unmarked(file));
        Load(cell + Own, Unmarked(file));
    }

    private static void AssertRefused(string model, string other)
    {
        var thrown = Assert.Throws<InvalidDataException>(() => Load(model, Save(other)));
        Assert.StartsWith(
            $"Layer 'rnn' has the cell {InFiles(model)}, but the file was saved with the cell {InFiles(other)}, where "
                + "the same tensors mean something else: write "
                + (IsOwn(other) ? $"[Recurrent<{InFiles(other)}>(…)]" : $"[{other}(…)]"),
            thrown.Message,
            StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names() => Cells.Concat(Cells.Select(cell => cell + Own));

    private static bool IsOwn(string name) => name.EndsWith(Own, StringComparison.Ordinal);

    // A cell of one's own that is called like the built-in one.
    private static string InFiles(string name) => IsOwn(name) ? $"Mine.{name[..^Own.Length]}" : name;

    private static object Create(string name) =>
        Activator.CreateInstance(Models.Value.GetType($"Models.{name}Model")!, 0ul, null)!;

    private static HashSet<string> Tensors(string name)
    {
        object model = Create(name);
        var tensors = (ImmutableArray<TensorMap>)model.GetType().GetProperty("Tensors")!.GetValue(model)!;
        return [.. tensors.Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]")];
    }

    private static byte[] Save(string name)
    {
        object model = Create(name);
        using var file = new MemoryStream();
        model.GetType().GetMethod("Save", [typeof(Stream)])!.CreateDelegate<Action<Stream>>(model)(file);
        return file.ToArray();
    }

    private static void Load(string name, byte[] file)
    {
        Type type = Models.Value.GetType($"Models.{name}Model")!;
        Type[] parameters = [typeof(ReadOnlySpan<byte>), typeof(RnnGen.Kernels.SimdTarget?), typeof(LoadOptions)];
        type.GetMethod("Load", parameters)!.CreateDelegate<Loader>()(file, null, null);
    }

    // The key in the header becomes another of the same length.
    private static byte[] Unmarked(byte[] file)
    {
        byte[] changed = [.. file];
        int key = changed.AsSpan().IndexOf("rnngen:rnn.Cell"u8);
        "others:"u8.CopyTo(changed.AsSpan(key));
        return changed;
    }

    private static Assembly Compile()
    {
        string[] cells =
        [
            .. Cells.Select(cell => File.ReadAllText(Repository.Folder("src", "RnnGen", "Cells", cell + ".cs"))
                .Replace(
                    "namespace RnnGen.Cells;",
                    "using RnnGen;\nusing RnnGen.Cells;\nnamespace Mine;",
                    StringComparison.Ordinal)),
        ];
        string models = string.Concat(Names().Select(name =>
            $"""
            [SequenceModel(Steps = 2, Batch = 1), Input(5)]
            [Recurrent<{(IsOwn(name) ? "" : "RnnGen.Cells.")}{InFiles(name)}>(5, Name = "rnn")]
            public sealed partial class {name}Model;

            """));
        GeneratorRun run = GeneratorHarness.Run(
            [.. cells, "using RnnGen;\nnamespace Models;\n" + models]).AssertCompiles();
        using var image = new MemoryStream();
        var result = run.Compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }
}
