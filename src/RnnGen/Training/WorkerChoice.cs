namespace RnnGen.Training;

/// <summary>
/// How many workers run a step, by the time that steps have taken: whether another worker helps depends on where the
/// system has put the threads, which cores share a cache, and who else wants them; and that changes. Results do not
/// depend on it, only time does.
/// </summary>
/// <remarks>
/// All workers that a batch is worth run most steps, unless half of them, or a quarter and so on down to one, were
/// faster. Now and then another number than the fastest has a turn: one step in a hundred or so.
/// </remarks>
internal sealed class WorkerChoice
{
    // The first steps are the JIT's.
    private const int FirstTrial = 32;

    // Turns of a trial: of two the faster counts, since the system may have taken one's core away.
    private const int TrialTurns = 2;

    // From one trial to the next.
    private const int Pause = 256;

    // What a number of workers must save to take over from more: times of a step differ by as much.
    private const double Gain = 0.97;

    private readonly double[] _times;
    private int _best;
    private int _trial;
    private int _turns;
    private int _wait = FirstTrial;

    /// <summary>Nothing is known yet: as many workers as there are.</summary>
    /// <param name="capacity">Workers of the team.</param>
    public WorkerChoice(int capacity)
    {
        _times = new double[int.Log2(Math.Max(1, capacity)) + 1];
        _times.AsSpan().Fill(double.NaN);
    }

    /// <summary>Workers for the next step.</summary>
    /// <param name="most">Workers that its batch is worth: 1 or more.</param>
    public int Workers(int most)
    {
        // Halvings of one worker are one worker.
        int halvings = _turns > 0 ? _trial : _best;
        return Math.Max(1, most >> halvings);
    }

    /// <summary>Learns from a step.</summary>
    /// <param name="time">Its time by operation, in any unit.</param>
    /// <param name="most">What its workers were chosen from.</param>
    public void Learn(double time, int most)
    {
        if (most == 1)
        {
            return;
        }

        if (_turns > 0)
        {
            _times[_trial] = double.IsNaN(_times[_trial]) ? time : Math.Min(_times[_trial], time);
            if (--_turns == 0)
            {
                Compare();
                _wait = Pause;
            }

            return;
        }

        // The latest counts, and of the latest the fast ones.
        double known = _times[_best];
        _times[_best] = double.IsNaN(known) || time < known ? time : known + ((time - known) / 16);
        if (--_wait <= 0)
        {
            Try(most);
        }
    }

    // The next number of workers that is not the best one. At one worker halving ends.
    private void Try(int most)
    {
        int last = Math.Min(int.Log2(most), _times.Length - 1);
        _trial = _trial >= last ? 0 : _trial + 1;
        if (_trial == _best)
        {
            _trial = _trial >= last ? 0 : _trial + 1;
        }

        _times[_trial] = double.NaN;
        _turns = TrialTurns;
    }

    private void Compare()
    {
        // More workers take over as soon as they are not slower; fewer must be faster.
        double bound = _trial > _best ? Gain * _times[_best] : _times[_best];
        if (_times[_trial] < bound)
        {
            _best = _trial;
        }
    }
}
