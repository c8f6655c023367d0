using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace RnnGen.Numerics.Tests.Budgets;

/// <summary>Listens to the runtime: how the JIT has compiled each method of generated code.</summary>
internal sealed class JitTiers : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Jit = (EventKeywords)0x10;
    private const int TierShift = 7;
    private const int TierMask = 7;

    // As the runtime numbers them.
    private static readonly string[] Names =
        ["unknown", "MinOpts", "Optimized", "quick", "Tier1", "Tier1OSR", "Tier0Instrumented", "Tier1Instrumented"];

    private readonly ConcurrentDictionary<string, string> _tiers = new();

    /// <summary>By namespace, class and method.</summary>
    public IReadOnlyDictionary<string, string> Tiers => _tiers;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            EnableEvents(eventSource, EventLevel.Verbose, Jit);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) != true)
        {
            return;
        }

        object? Of(string name) => eventData.Payload![eventData.PayloadNames!.IndexOf(name)];
        if (Of("MethodNamespace") is string space && space.StartsWith("RnnGen.Generated.", StringComparison.Ordinal))
        {
            uint flags = (uint)Of("MethodFlags")!;
            _tiers[$"{space}.{Of("MethodName")}"] = Names[(flags >> TierShift) & TierMask];
        }
    }
}
