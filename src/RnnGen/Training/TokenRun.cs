namespace RnnGen.Training;

/// <summary>
/// A part of what a decoder makes of tokens alone (<see cref="ModelKernels{T}.ReadTokens"/>), the same whatever came
/// before them.
/// </summary>
/// <param name="Offset">Place in the workspace, outside of training, of the first row's.</param>
/// <param name="Stride">Numbers from one row's to the next row's.</param>
/// <param name="Length">Numbers of each row's.</param>
public sealed record TokenRun(int Offset, int Stride, int Length);
