namespace RnnGen.Benchmarks.Machine;

/// <summary>Measures the machine: some hundredths of a second, often enough to notice when others slow it.</summary>
internal sealed class MachineMeter : IDisposable
{
    private const int BufferUnit = 1024;

    private readonly ReadBandwidth _level1 = new(16 << 10);
    private readonly ReadBandwidth _level2 = new(256 << 10);
    private readonly ReadBandwidth _level3 = new(8 << 20);
    private readonly CoreDistance _distance = new();
    private double _before;
    private double _after;

    /// <summary>GFLOP/s of one core between the last two measurements: what held while something ran between them.
    /// </summary>
    public double FmaGflops => (_before + _after) / 2;

    /// <summary>
    /// GB/s at which one core reads so many bytes again and again, now: what the cache that holds them gives, without
    /// having to know which one that is.
    /// </summary>
    public static double Reading(long bytes)
    {
        using var buffer = new ReadBandwidth((int)((bytes + BufferUnit - 1) / BufferUnit * BufferUnit));
        return buffer.Measure();
    }

    public MachineSpeed Measure()
    {
        var speed = new MachineSpeed(
            FmaPeak.Measure(), FmaPeak.MeasureTwo(),
            _level1.Measure(), _level2.Measure(), _level3.Measure(), _distance.Measure());
        _before = _after > 0 ? _after : speed.FmaGflops;
        _after = speed.FmaGflops;
        return speed;
    }

    public void Dispose()
    {
        _level1.Dispose();
        _level2.Dispose();
        _level3.Dispose();
    }
}
