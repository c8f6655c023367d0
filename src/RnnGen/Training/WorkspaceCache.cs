using System.Numerics;

namespace RnnGen.Training;

/// <summary>
/// Workspaces for as many forward passes as run at the same time. Renting and returning take no lock, and allocate only
/// when more passes run than ever before.
/// </summary>
internal sealed class WorkspaceCache<T>(ModelRuntime<T> model)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly InferenceWorkspace<T>?[] _idle =
        new InferenceWorkspace<T>?[Math.Max(4, Environment.ProcessorCount)];

    public InferenceWorkspace<T> Rent()
    {
        foreach (ref InferenceWorkspace<T>? slot in _idle.AsSpan())
        {
            if (Volatile.Read(ref slot) is not null && Interlocked.Exchange(ref slot, null) is { } workspace)
            {
                return workspace;
            }
        }

        return new InferenceWorkspace<T>(model);
    }

    // More passes than processors: what finds no place is left to the garbage collector.
    public void Return(InferenceWorkspace<T> workspace)
    {
        foreach (ref InferenceWorkspace<T>? slot in _idle.AsSpan())
        {
            if (Volatile.Read(ref slot) is null && Interlocked.CompareExchange(ref slot, workspace, null) is null)
            {
                return;
            }
        }
    }
}
