namespace RnnGen.Kernels;

/// <summary>
/// Random numbers from a counter: Philox4x32-10 of Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011).
/// The same seed, stream and position give the same numbers on every machine, and streams are independent of each
/// other. Not safe for use by several threads at once: give each its own stream.
/// </summary>
public sealed class CounterRandom
{
    private const int WordsPerBlock = 4;
    private const int Rounds = 10;

    private readonly ulong _seed;
    private readonly ulong _stream;
    private (uint A, uint B, uint C, uint D) _block;
    private ulong _blockIndex;

    /// <summary>Starts at position 0 of a stream.</summary>
    /// <param name="seed">Any number: the key of the generator.</param>
    /// <param name="stream">Which of the seed's independent streams to read.</param>
    public CounterRandom(ulong seed, ulong stream = 0)
    {
        _seed = seed;
        _stream = stream;
        _block = Block(0);
    }

    /// <summary>32-bit words taken from the stream so far; set it to go on from there.</summary>
    public ulong Position { get; set; }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        ulong index = Position / WordsPerBlock;
        if (index != _blockIndex)
        {
            _block = Block(index);
            _blockIndex = index;
        }

        return (Position++ % WordsPerBlock) switch { 0 => _block.A, 1 => _block.B, 2 => _block.C, _ => _block.D };
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong low = NextUInt32();
        return low | ((ulong)NextUInt32() << 32);
    }

    /// <summary>A uniform number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    public double NextUniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>A whole number in [0, <paramref name="bound"/>), each equally likely.</summary>
    /// <param name="bound">One more than the largest result: 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int NextInt(int bound)
    {
        if (bound < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(bound), bound, "The bound must be 1 or more.");
        }

        // Lemire's method: the few low products that would favour some results are drawn again.
        uint range = (uint)bound;
        uint biased = (0u - range) % range;
        ulong product;
        do
        {
            product = (ulong)NextUInt32() * range;
        }
        while ((uint)product < biased);
        return (int)(product >> 32);
    }

    /// <summary>A number of the standard normal distribution: mean 0, standard deviation 1.</summary>
    // The middle of one of 2⁵² equal steps: never 0 or 1, where the quantile is infinite.
    public double NextNormal() => NormalQuantile.At(((NextUInt64() >> 12) + 0.5) * (1.0 / (1UL << 52)));

    /// <summary>Puts the items in a random order, each order equally likely.</summary>
    /// <typeparam name="TItem">Any type.</typeparam>
    /// <param name="items">The items to reorder in place.</param>
    public void Shuffle<TItem>(Span<TItem> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private (uint A, uint B, uint C, uint D) Block(ulong index)
    {
        uint a = (uint)index, b = (uint)(index >> 32), c = (uint)_stream, d = (uint)(_stream >> 32);
        uint firstKey = (uint)_seed, secondKey = (uint)(_seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong first = 0xD2511F53UL * a;
            ulong second = 0xCD9E8D57UL * c;
            a = (uint)(second >> 32) ^ b ^ firstKey;
            c = (uint)(first >> 32) ^ d ^ secondKey;
            b = (uint)second;
            d = (uint)first;
            firstKey += 0x9E3779B9;
            secondKey += 0xBB67AE85;
        }

        return (a, b, c, d);
    }
}
