namespace RnnGen.Training;

/// <summary>One thread of a <see cref="WorkerTeam"/> and the way to call it, awake or asleep.</summary>
internal sealed class WorkerSeat
{
    // Long enough to bridge the gap between two training steps, short enough not to be seen when idle.
    private const int PatientTurns = 600;

    private readonly WorkerTeam _team;
    private readonly int _worker;
    private readonly Thread _thread;
    private readonly SemaphoreSlim _bell = new(0);
    private int _calls;
    private int _asleep;

    public WorkerSeat(WorkerTeam team, int worker)
    {
        _team = team;
        _worker = worker;

        // A background thread: a forgotten team must not keep the process alive.
        _thread = new Thread(Live) { IsBackground = true, Name = $"RnnGen worker {worker}" };
        _thread.Start();
    }

    /// <summary>Has the thread serve the team once.</summary>
    public void Call()
    {
        Volatile.Write(ref _calls, _calls + 1);

        // The exchange is also the fence that orders the call before the look at the sleeper.
        if (Interlocked.Exchange(ref _asleep, 0) == 1)
        {
            _bell.Release();
        }
    }

    /// <summary>Waits for the thread to end after its last call.</summary>
    public void Leave()
    {
        _thread.Join();
        _bell.Dispose();
    }

    private void Live()
    {
        int served = 0;
        do
        {
            for (int turn = 0; Volatile.Read(ref _calls) == served; turn++)
            {
                if (turn < PatientTurns)
                {
                    _team.Wait(turn);
                }
                else
                {
                    Sleep(served);
                }
            }

            served++;
        }
        while (_team.Serve(_worker));
    }

    private void Sleep(int served)
    {
        Interlocked.Exchange(ref _asleep, 1);

        // A call in between either is seen here or has seen the sleeper and rings: then its ring must be taken.
        if (Volatile.Read(ref _calls) == served || Interlocked.Exchange(ref _asleep, 0) == 0)
        {
            _bell.Wait();
        }
    }
}
