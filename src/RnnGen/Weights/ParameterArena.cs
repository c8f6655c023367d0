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
    private int _version;

    /// <summary>Makes an arena of zeros.</summary>
    /// <param name="length">Numbers in the arena, padding included.</param>
    /// <param name="tensors">The tensors that lie in it.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or a tensor's parts do not cover its rows.
    /// </exception>
    public ParameterArena(int length, ImmutableArray<TensorMap> tensors)
    {
        foreach (TensorMap tensor in tensors)
        {
            CheckCoverage(tensor);
        }

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

                double[] values = new double[part.Rows * part.Columns];
                initializer.Fill(values, part.Rows, part.Columns, new CounterRandom(seed, StreamOf(tensor.Name, i)));
                PartCopy.Fill(part, values, Arena.Span);
            }
        }

        Touch();
    }

    /// <summary>A tensor's numbers, in the file's layout and signs.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <returns>
    /// The numbers, last dimension fastest. The second bias of PyTorch's layout is zeros: its sum with the first is
    /// what the model has.
    /// </returns>
    /// <exception cref="ArgumentException">The model has no such tensor.</exception>
    public T[] Get(string name)
    {
        TensorMap tensor = Find(name);
        var values = new T[tensor.Length];
        PartCopy.Gather(tensor, Arena.Span, values, addendsAreZero: true);
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
        PartCopy.Gather(tensor, arena.Span, values, addendsAreZero: false);
        return values;
    }

    /// <summary>Sets a tensor's numbers.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="values">
    /// The numbers in the file's layout and signs. Those of a second bias are added to the first, which is read back as
    /// the sum; so set the first bias first, and each once. Infinity and NaN are taken as they are.
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

        PartCopy.Scatter(tensor, TensorPartRole.Value, values, Arena.Span);
        PartCopy.Scatter(tensor, TensorPartRole.Addend, values, Arena.Span);
        Touch();
    }

    /// <summary>Writes a safetensors file that PyTorch reads as a state_dict.</summary>
    /// <param name="path">The file; an existing one is replaced only once the new one is complete.</param>
    /// <exception cref="InvalidOperationException">A weight is infinite or not a number.</exception>
    public void Save(string path) => WeightsWriter.Write(this, path);

    /// <summary>Writes the weights in the safetensors format.</summary>
    /// <param name="stream">Where to write.</param>
    /// <exception cref="InvalidOperationException">
    /// A weight is infinite or not a number; nothing is written.
    /// </exception>
    public void Save(Stream stream) => WeightsWriter.Write(this, stream);

    /// <summary>
    /// Reads a safetensors file with exactly the model's tensors. Numbers of any of the types F64, F32, F16 and BF16
    /// are taken, rounded to the model's precision. If anything is wrong the model keeps its weights.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// The file is not well formed, lacks a tensor, has one too many or of another shape, has a weight that is infinite
    /// or not a number, or was saved by a model that chooses one of the <see cref="Options"/> otherwise.
    /// </exception>
    public void Load(string path) => WeightsReader.Read(this, path);

    /// <summary>Reads weights as <see cref="Load(string)"/> does.</summary>
    /// <param name="stream">A stream in the safetensors format that ends with the file.</param>
    /// <exception cref="InvalidDataException">As for <see cref="Load(string)"/>.</exception>
    public void Load(Stream stream) => WeightsReader.Read(this, stream);

    private static void CheckCoverage(TensorMap tensor)
    {
        int row = 0;
        foreach (TensorPart part in tensor.Parts)
        {
            if (part.FirstRow != row || part.Rows < 0 || Math.Abs(part.Sign) != 1)
            {
                throw new ArgumentException(
                    $"A part of tensor '{tensor.Name}' starts at row {part.FirstRow} with {part.Rows} rows and sign "
                    + $"{part.Sign}; it must start at row {row} with sign +1 or -1.");
            }

            row += part.Rows;
        }

        if (tensor.Parts.Sum(part => (long)part.Rows * part.Columns) != tensor.Length || row != tensor.Shape[0])
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
