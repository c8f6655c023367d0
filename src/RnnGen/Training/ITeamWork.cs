namespace RnnGen.Training;

/// <summary>
/// Work that every worker of a <see cref="WorkerTeam"/> runs at the same time, each on its own share.
/// </summary>
public interface ITeamWork
{
    /// <summary>Runs one worker's share.</summary>
    /// <param name="worker">From 0 to <see cref="WorkerTeam.Workers"/> − 1; 0 runs on the caller's thread.</param>
    void Run(int worker);
}
