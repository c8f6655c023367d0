using System.Numerics;

namespace RnnGen.Training;

/// <summary>Where the sequences of a training pass start from, and who gets what they end in.</summary>
/// <param name="Start">Null for zeros, or learned states.</param>
/// <param name="Carried">What the next batch starts from; null where it starts anew.</param>
/// <param name="End">What the caller wants; null for nothing.</param>
internal readonly record struct StateFlow<T>(
    RecurrentStates<T>? Start, RecurrentStates<T>? Carried, RecurrentStates<T>? End)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
