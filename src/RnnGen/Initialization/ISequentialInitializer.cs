using RnnGen.Kernels;

namespace RnnGen.Initialization;

/// <summary>A scheme that makes a matrix number by number, so that nobody has to hold all of a large one.</summary>
internal interface ISequentialInitializer : IInitializer
{
    /// <summary>Makes the next numbers of a matrix; piece after piece gives what one call of Fill does.</summary>
    void FillNext(Span<double> piece, int rows, int columns, CounterRandom random);
}
