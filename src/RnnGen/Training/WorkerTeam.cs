using System.Numerics;
using System.Runtime.ExceptionServices;

namespace RnnGen.Training;

/// <summary>
/// A fixed team of threads that run the same work together, each on its own share. The caller's thread is worker 0.
/// Forking, joining and <see cref="Barrier"/> take well under a microsecond while the team is busy; a team without
/// work soon sleeps and uses no processor time. Nothing is allocated per run.
/// </summary>
public sealed class WorkerTeam : IDisposable
{
    /// <summary>Most workers that a team may have.</summary>
    public const int MaxWorkers = 256;

    // Two cache lines: processors fetch lines in pairs.
    private const int Padding = 128 / sizeof(long);

    private readonly WorkerSeat[] _seats;
    private readonly int _rounds;
    private readonly long[] _arrivals;
    private readonly long[] _barriers;
    private readonly int _spins;
    private ITeamWork? _work;
    private ExceptionDispatchInfo? _failure;
    private long _firstBarrier;
    private volatile bool _failed;
    private volatile bool _disposed;
    private int _workers;
    private int _running;
    private int _pending;

    /// <summary>Starts the team's threads, one fewer than its workers.</summary>
    /// <param name="capacity">Workers of the team, the caller included: 1 to <see cref="MaxWorkers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of workers is outside its range.</exception>
    public WorkerTeam(int capacity)
    {
        if (capacity is < 1 or > MaxWorkers)
        {
            throw new ArgumentOutOfRangeException(
                nameof(capacity), capacity, $"A team has from 1 to {MaxWorkers} workers, not {capacity}.");
        }

        Capacity = capacity;
        _workers = capacity;
        _rounds = BitOperations.Log2((uint)capacity * 2 - 1);
        _arrivals = new long[(capacity * _rounds + 1) * Padding];
        _barriers = new long[(capacity + 1) * Padding];

        // Spinning only delays the others when there are more workers than processors.
        _spins = capacity <= Environment.ProcessorCount ? 150 : 0;
        _seats = new WorkerSeat[capacity];
        for (int worker = 1; worker < capacity; worker++)
        {
            _seats[worker] = new WorkerSeat(this, worker);
        }
    }

    /// <summary>A team of the calling thread alone. Any number of threads may run it at the same time.</summary>
    public static WorkerTeam Single { get; } = new(1);

    /// <summary>Workers that the team has.</summary>
    public int Capacity { get; }

    /// <summary>Workers that take part in the current run; between runs, in the last one.</summary>
    public int Workers => _workers;

    /// <summary>Runs the work on every worker and waits until all have ended.</summary>
    /// <param name="work">The work; its shares run at the same time.</param>
    public void Run(ITeamWork work) => Run(work, Capacity);

    /// <summary>Runs the work on some of the workers and waits until all of these have ended.</summary>
    /// <param name="work">The work; its shares run at the same time.</param>
    /// <param name="workers">Workers to take part: 1 to <see cref="Capacity"/>.</param>
    /// <exception cref="InvalidOperationException">The team is already running.</exception>
    /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
    /// <remarks>The first exception of any worker releases the others from their barriers and is thrown here.</remarks>
    public void Run(ITeamWork work, int workers)
    {
        ArgumentNullException.ThrowIfNull(work);
        if ((uint)(workers - 1) >= (uint)Capacity)
        {
            throw new ArgumentOutOfRangeException(
                nameof(workers), workers, $"The team has from 1 to {Capacity} workers to run, not {workers}.");
        }

        if (Capacity == 1)
        {
            work.Run(0);
            return;
        }

        Claim();
        try
        {
            _workers = workers;
            Fork(work);
            Share(work, 0);
            Join();
        }
        finally
        {
            _work = null;
            Volatile.Write(ref _running, 0);
        }

        if (_failed)
        {
            Rethrow();
        }
    }

    /// <summary>Waits until every worker of the current run has called this as often as the caller.</summary>
    /// <param name="worker">The calling worker.</param>
    /// <remarks>All writes made before the barrier by any worker are visible after it to every worker.</remarks>
    public void Barrier(int worker)
    {
        int workers = _workers;
        if (workers == 1)
        {
            return;
        }

        // A dissemination barrier: in round r everybody tells the worker 2^r places on that it has arrived, and so
        // knows after log2(workers) rounds that all have. Counting up, no flag is ever reset.
        // Who is interrupted stays to the end: the others cannot undo what they do after the barrier.
        bool interrupted = false;
        long barrier = ++_barriers[worker * Padding];
        for (int round = 0, step = 1; step < workers; round++, step *= 2)
        {
            int partner = worker + step;
            partner = partner < workers ? partner : partner - workers;
            Volatile.Write(ref Arrival(partner, round), barrier);
            ref long mine = ref Arrival(worker, round);
            for (int turn = 0; Volatile.Read(ref mine) < barrier; turn++)
            {
                if (_failed)
                {
                    throw new TeamStoppedException();
                }

                interrupted |= Wait(turn);
            }
        }

        if (interrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }

    /// <summary>Ends the team's threads. The team must not be running.</summary>
    /// <exception cref="InvalidOperationException">The team is running.</exception>
    public void Dispose()
    {
        if (Capacity == 1 || _disposed)
        {
            return;
        }

        Claim();
        _disposed = true;
        for (int worker = 1; worker < Capacity; worker++)
        {
            _seats[worker].Call();
        }

        for (int worker = 1; worker < Capacity; worker++)
        {
            _seats[worker].Leave();
        }

        Volatile.Write(ref _running, 0);
    }

    /// <summary>Runs one call of a seat's thread.</summary>
    /// <returns>False when the thread is to end.</returns>
    internal bool Serve(int worker)
    {
        if (_disposed)
        {
            return false;
        }

        Share(_work!, worker);
        Interlocked.Decrement(ref _pending);
        return true;
    }

    /// <summary>Passes a little time, more with every turn: spins, then yields, then sleeps.</summary>
    /// <returns>True if the thread was interrupted meanwhile.</returns>
    internal bool Wait(int turn)
    {
        if (turn < _spins)
        {
            Thread.SpinWait(1);
        }
        else if (turn < _spins + 2000)
        {
            Thread.Yield();
        }
        else
        {
            try
            {
                Thread.Sleep(1);
            }
            catch (ThreadInterruptedException)
            {
                return true;
            }
        }

        return false;
    }

    private ref long Arrival(int worker, int round) => ref _arrivals[(worker * _rounds + round) * Padding];

    private void Claim()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("The team is already running; it does one piece of work at a time.");
        }
    }

    private void Fork(ITeamWork work)
    {
        _work = work;
        _failed = false;
        _failure = null;
        _pending = _workers - 1;
        for (int worker = 0; worker < _workers; worker++)
        {
            _barriers[worker * Padding] = _firstBarrier;
        }

        for (int worker = 1; worker < _workers; worker++)
        {
            _seats[worker].Call();
        }
    }

    private void Share(ITeamWork work, int worker)
    {
        try
        {
            work.Run(worker);
        }
        catch (TeamStoppedException)
        {
            // Another worker failed; its exception is the one to report.
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            _failed = true;
        }
    }

    private void Join()
    {
        bool interrupted = false;
        for (int turn = 0; Volatile.Read(ref _pending) != 0; turn++)
        {
            // The others still work on what belongs to the caller: he hears of it when they have ended.
            interrupted |= Wait(turn);
        }

        if (interrupted)
        {
            Thread.CurrentThread.Interrupt();
        }

        // After a failure the workers may have stopped at different barriers: go on from the furthest.
        for (int worker = 0; worker < _workers; worker++)
        {
            _firstBarrier = Math.Max(_firstBarrier, _barriers[worker * Padding]);
        }
    }

    private void Rethrow()
    {
        ExceptionDispatchInfo failure = _failure!;
        _failure = null;
        _failed = false;
        failure.Throw();
    }

    /// <summary>Releases a worker from a barrier that a failed worker will never reach.</summary>
    private sealed class TeamStoppedException : Exception;
}
