using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using RnnGen.Kernels;

namespace RnnGen.Weights;

/// <summary>
/// All parameters of a model, in the layout of its kernels, and the tensors that files and users know them by.
/// Reading is safe from any number of threads; writing is not, and no pass may run meanwhile.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe class ParameterArena<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FrozenDictionary<string, TensorMap> _byName;
    private PartPairs<T> _pairs;
    private int _version;

    /// <summary>Makes an arena of zeros.</summary>
    /// <param name="length">Numbers in the arena, padding included.</param>
    /// <param name="tensors">The tensors that lie in it.</param>
    /// <exception cref="ArgumentException">
    /// Two tensors have one name, a tensor's parts do not cover its rows, or a part is added to numbers that no other
    /// part holds.
    /// </exception>
    public ParameterArena(int length, ImmutableArray<TensorMap> tensors)
    {
        foreach (TensorMap tensor in tensors)
        {
            CheckCoverage(tensor);
        }

        _pairs = new PartPairs<T>(tensors);
        Arena = new Arena<T>(length);
        Tensors = tensors;
        _byName = tensors.ToFrozenDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The numbers. Who writes them directly must call <see cref="Touch"/> afterwards.</summary>
    public Arena<T> Arena { get; }

    /// <summary>The first number, aligned to a cache line; good for as long as this object is reachable.</summary>
    public T* Pointer => Arena.Pointer;

    /// <summary>Numbers in the arena, padding included.</summary>
    public int Length => Arena.Length;

    /// <summary>The tensors, in the order of the layers.</summary>
    public ImmutableArray<TensorMap> Tensors { get; }

    /// <summary>Options that decide what the tensors mean: saved with them, and compared on loading.</summary>
    public ImmutableArray<RecordedOption> Options { get; init; } = [];

    /// <summary>Changes whenever the numbers do: weights packed from an older version are out of date.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Says that the numbers were changed.</summary>
    public void Touch() => Interlocked.Increment(ref _version);

    /// <summary>The map of a tensor.</summary>
    /// <param name="name">The tensor's name, for instance <c>lstm.weight_ih_l0</c>.</param>
    /// <exception cref="ArgumentException">The model has no such tensor.</exception>
    public TensorMap Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _byName.TryGetValue(name, out TensorMap? tensor)
            ? tensor
            : throw new ArgumentException(
                $"The model has no tensor '{name}'; it has {string.Join(", ", Tensors.Select(known => known.Name))}.",
                nameof(name));
    }

    /// <summary>
    /// Fills the arena as for a new model. Each part of each tensor draws from a stream of its own, so its numbers
    /// depend on the seed, the tensor's name and its shape alone.
    /// </summary>
    /// <param name="seed">Equal seeds give equal weights, on any machine.</param>
    public void Initialize(ulong seed)
    {
        Arena.Span.Clear();
        foreach (TensorMap tensor in Tensors)
        {
            for (int i = 0; i < tensor.Parts.Length; i++)
            {
                TensorPart part = tensor.Parts[i];
                if (part.Initializer is not { } initializer || part.Role == TensorPartRole.Addend)
                {
                    continue;
                }

                var random = new CounterRandom(seed, StreamOf(tensor.Name, i));
                PartCopy.Initialize(tensor, part, initializer, random, Arena.Span);
            }
        }

        _pairs.Forget();
        Touch();
    }

    /// <summary>A tensor's numbers, in the file's layout and signs.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <returns>
    /// The numbers, last dimension fastest. Of the two biases of PyTorch's layout the model has the sum: each is what
    /// it was last set to, or loaded as; once training has changed the sum, the first is the sum and the second zeros.
    /// </returns>
    /// <exception cref="ArgumentException">The model has no such tensor.</exception>
    public T[] Get(string name)
    {
        TensorMap tensor = Find(name);
        var values = new T[tensor.Length];
        GetRange(tensor, 0, values);
        return values;
    }

    /// <summary>Reads a tensor's numbers from another arena of this layout: gradients, moments.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="arena">An arena as long as this one.</param>
    /// <returns>The numbers, last dimension fastest; a second bias has the same gradient as the first.</returns>
    /// <exception cref="ArgumentException">The model has no such tensor, or the arena has another length.</exception>
    public T[] Read(string name, Arena<T> arena)
    {
        ArgumentNullException.ThrowIfNull(arena);
        if (arena.Length != Length)
        {
            throw new ArgumentException(
                $"The arena has {arena.Length} numbers; the parameters have {Length}.", nameof(arena));
        }

        TensorMap tensor = Find(name);
        var values = new T[tensor.Length];
        PartCopy.Gather(tensor, 0, arena.Span, pairs: null, values);
        return values;
    }

    /// <summary>Sets a tensor's numbers.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="values">
    /// The numbers in the file's layout and signs; <see cref="Get"/> gives them back. A first bias changes its own part
    /// of the sum only, and so does a second. Infinity and NaN are taken as they are.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The model has no such tensor, or it has another number of values.
    /// </exception>
    public void Set(string name, ReadOnlySpan<T> values)
    {
        TensorMap tensor = Find(name);
        if (values.Length != tensor.Length)
        {
            throw new ArgumentException(
                $"There are {values.Length} values; tensor '{name}' of shape [{string.Join(", ", tensor.Shape)}] "
                + $"has {tensor.Length}.",
                nameof(values));
        }

        PartCopy.Scatter(tensor, 0, values, Arena.Span, _pairs);
        Touch();
    }

    /// <summary>
    /// Writes a safetensors file that PyTorch reads as a state_dict. It replaces a file of that name, whose access
    /// rights it keeps, only once it is complete and on disk; a link is followed. A file that cannot be replaced
    /// (somebody else's, in a folder that cannot be written, or mounted by itself) is written over in place: there a
    /// full disk or a kill half-way leaves neither the old file nor the new one.
    /// </summary>
    /// <param name="path">
    /// The file. On Linux, into a named pipe or a character device the weights are written straight away.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// A weight is infinite or not a number; nothing is written.
    /// </exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">
    /// The path is a folder, a socket or a block device, or the file cannot be written.
    /// </exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WeightsWriter.Check(this);
        FileReplacement.Write(path, stream => WeightsWriter.Write(this, stream));
    }

    /// <summary>Writes the weights in the safetensors format.</summary>
    /// <param name="stream">Where to write, from its position on; it need not be able to seek, and stays open.</param>
    /// <exception cref="InvalidOperationException">
    /// A weight is infinite or not a number; nothing is written.
    /// </exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        WeightsWriter.Check(this);
        WeightsWriter.Write(this, stream);
    }

    /// <summary>
    /// Reads a safetensors file with exactly the model's tensors. Numbers of any of the types F64, F32, F16 and BF16
    /// are taken, rounded to the model's precision. If anything is wrong the model keeps its weights.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Names in the file, and what it may lack; null where it is the model's own.</param>
    /// <exception cref="ArgumentException">The options give two tensors one name.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not well formed, lacks a tensor, has one too many or of another shape, has a weight that is infinite
    /// or not a number, or was saved by a model that chooses one of the <see cref="Options"/> otherwise.
    /// </exception>
    public void Load(string path, LoadOptions? options = null) =>
        WeightsReader.Read(this, path, options ?? new LoadOptions());

    /// <summary>Reads weights as <see cref="Load(string, LoadOptions?)"/> does.</summary>
    /// <param name="stream">
    /// A stream at the start of a safetensors file; it need not be able to seek. It is left behind the last byte of the
    /// file, and what follows there is not looked at.
    /// </param>
    /// <param name="options">Names in the file, and what it may lack; null where it is the model's own.</param>
    /// <exception cref="ArgumentException">The options give two tensors one name.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Load(string, LoadOptions?)"/>.</exception>
    public void Load(Stream stream, LoadOptions? options = null) =>
        WeightsReader.Read(this, stream, options ?? new LoadOptions(), isWhole: false);

    /// <summary>Reads weights as <see cref="Load(string, LoadOptions?)"/> does.</summary>
    /// <param name="file">All bytes of a safetensors file, and no others.</param>
    /// <param name="options">Names in the file, and what it may lack; null where it is the model's own.</param>
    /// <exception cref="ArgumentException">The options give two tensors one name.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Load(string, LoadOptions?)"/>.</exception>
    public void Load(ReadOnlySpan<byte> file, LoadOptions? options = null) =>
        WeightsReader.Read(this, file, options ?? new LoadOptions());

    /// <summary>A range of a tensor's numbers.</summary>
    internal void GetRange(TensorMap tensor, int first, Span<T> values) =>
        PartCopy.Gather(tensor, first, Arena.Span, _pairs, values);

    /// <summary>A place for new weights; beside the old ones, unless there are none yet.</summary>
    internal WeightsStage<T> Stage() => new(this, isInPlace: Version == 0);

    /// <summary>Says that the arena has new numbers, and what its sums are made of.</summary>
    internal void Take(PartPairs<T> pairs)
    {
        _pairs = pairs;
        Touch();
    }

    private static void CheckCoverage(TensorMap tensor)
    {
        int row = 0;
        long length = 0;
        foreach (TensorPart part in tensor.Parts)
        {
            if (part.FirstRow != row || part.Rows < 0 || part.Columns < 0 || Math.Abs(part.Sign) != 1)
            {
                throw new ArgumentException(
                    $"A part of tensor '{tensor.Name}' starts at row {part.FirstRow} with {part.Rows} rows and sign "
                    + $"{part.Sign}; it must start at row {row} with sign +1 or -1.");
            }

            row += part.Rows;
            length += (long)part.Rows * part.Columns;
        }

        if (tensor.Shape.IsEmpty || row != tensor.Shape[0] || length > int.MaxValue || length != tensor.Length)
        {
            throw new ArgumentException(
                $"The parts of tensor '{tensor.Name}' do not cover its shape [{string.Join(", ", tensor.Shape)}].");
        }
    }

    // FNV-1a: a stream that depends on the name alone stays the same when other layers come and go.
    private static ulong StreamOf(string name, int part)
    {
        ulong hash = 14695981039346656037;
        foreach (byte letter in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return (hash ^ (ulong)part) * 1099511628211;
    }
}
