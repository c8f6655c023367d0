using Microsoft.CodeAnalysis;

namespace System;

/// <summary>Lets the compiler accept <c>[1..]</c>, on strings and what else has a length and a slice.</summary>
[Embedded]
internal readonly struct Range(Index start, Index end)
{
    public static Range All => new(0, new Index(0, fromEnd: true));

    public Index Start { get; } = start;

    public Index End { get; } = end;

    public static Range StartAt(Index start) => new(start, new Index(0, fromEnd: true));

    public static Range EndAt(Index end) => new(0, end);
}
