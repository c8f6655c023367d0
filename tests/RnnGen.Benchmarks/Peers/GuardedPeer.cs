using System.Collections.Immutable;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Peers;

/// <summary>
/// A peer with native parts: one that cannot be loaded on this machine is skipped with its reason, and not tried again
/// with every case.
/// </summary>
/// <param name="inner">The peer.</param>
internal sealed class GuardedPeer(IPeer inner) : IPeer
{
    private string? _reason;

    public string Name => inner.Name;

    public PeerEntry? Open(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors)
    {
        if (_reason is not null)
        {
            return new PeerEntry.Skipped(_reason);
        }

        try
        {
            return inner.Open(wanted, tensors);
        }
        catch (Exception exception)
        {
            Exception cause = exception;
            while (cause is TypeInitializationException { InnerException: { } deeper })
            {
                cause = deeper;
            }

            string reason = Reason(cause);
            if (IsFailureToLoad(cause))
            {
                _reason = reason;
            }

            return new PeerEntry.Skipped(reason);
        }
    }

    // .NET opens with advice on how to look for the cause; the loader's own words follow it.
    private static string Reason(Exception cause)
    {
        string[] lines = cause.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string line = cause is DllNotFoundException && lines.Length > 1 ? lines[1] : lines[0];
        return $"{cause.GetType().Name}: {line.Trim()}";
    }

    // TorchSharp says NotSupportedException where libtorch or its own native part does not load.
    private static bool IsFailureToLoad(Exception cause) =>
        cause is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException
            or FileNotFoundException or NotSupportedException;
}
