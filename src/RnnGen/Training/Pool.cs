namespace RnnGen.Training;

/// <summary>
/// Memory for as many calls as run at the same time. Renting and returning take no lock, and make something new only
/// when more calls run than ever before.
/// </summary>
/// <param name="create">Makes another one.</param>
internal sealed class Pool<TItem>(Func<TItem> create)
    where TItem : class
{
    private readonly TItem?[] _idle = new TItem?[Math.Max(4, Environment.ProcessorCount)];

    public TItem Rent()
    {
        foreach (ref TItem? slot in _idle.AsSpan())
        {
            if (Volatile.Read(ref slot) is not null && Interlocked.Exchange(ref slot, null) is { } item)
            {
                return item;
            }
        }

        return create();
    }

    // More calls than processors: what finds no place is left to the garbage collector.
    public void Return(TItem item)
    {
        foreach (ref TItem? slot in _idle.AsSpan())
        {
            if (Volatile.Read(ref slot) is null && Interlocked.CompareExchange(ref slot, item, null) is null)
            {
                return;
            }
        }
    }
}
