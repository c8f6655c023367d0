namespace RnnGen.Training;

/// <summary>
/// Numbers the calls that have something for themselves, one after the other. A call can be copied, and its copies
/// outlive it: by its number each knows whether it is still running.
/// </summary>
internal struct CallCounter
{
    // Odd while a call runs.
    private long _current;

    /// <summary>Begins a call; nobody else's may be running.</summary>
    /// <returns>Its number.</returns>
    public long Begin() => Interlocked.Increment(ref _current);

    /// <summary>Whether the call of a number is running.</summary>
    public readonly bool IsRunning(long call) => Volatile.Read(in _current) == call;

    /// <summary>Ends the call of a number.</summary>
    /// <returns>False where it has ended before.</returns>
    public bool End(long call) => Interlocked.CompareExchange(ref _current, call + 1, call) == call;
}
