using System.Numerics;

namespace RnnGen.Training;

/// <summary>
/// Packed rows that follow one another in memory and whose partners, the same sequences' rows at a neighbouring step,
/// do
/// so too: what a sum over all steps may treat as one stretch.
/// </summary>
/// <param name="Row">First row.</param>
/// <param name="Partner">First partner row.</param>
/// <param name="Rows">Number of rows.</param>
public readonly record struct RowRun(int Row, int Partner, int Rows)
{
    /// <summary>The next run of rows and the rows one step before them, counted from the initial rows on.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="batch">Initial rows in front of row 0: <see cref="ModelShape.Batch"/>.</param>
    /// <param name="step">The step to start from, 0 at first; moves on.</param>
    /// <param name="run">The run.</param>
    /// <returns>False when there are no more rows.</returns>
    public static unsafe bool NextBefore<T>(in Pass<T> pass, int batch, ref int step, out RowRun run)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        run = default;
        while (step < pass.Steps)
        {
            int partner = step == 0 ? 0 : batch + pass.StepOffset[step - 1];
            if (!Extend(ref run, pass.StepOffset[step], partner, pass.StepRows[step]))
            {
                break;
            }

            step++;
        }

        return run.Rows > 0;
    }

    /// <summary>
    /// The next run of rows and the rows one step after them, counted from the initial rows on: what a sequence's last
    /// step meets is its initial row, where the way back to the start begins.
    /// </summary>
    /// <param name="pass">The pass.</param>
    /// <param name="batch">Initial rows in front of row 0: <see cref="ModelShape.Batch"/>.</param>
    /// <param name="part">The part to start from, 0 at first; moves on.</param>
    /// <param name="run">The run.</param>
    /// <returns>False when there are no more rows.</returns>
    public static unsafe bool NextAfter<T>(in Pass<T> pass, int batch, ref int part, out RowRun run)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        run = default;

        // Two parts a step: the sequences that go on at the next one, then those that end here.
        for (; part < 2 * pass.Steps; part++)
        {
            int step = part / 2;
            int goOn = step + 1 < pass.Steps ? pass.StepRows[step + 1] : 0;
            int row = pass.StepOffset[step];
            bool extended = part % 2 == 0
                ? goOn == 0 || Extend(ref run, row, batch + pass.StepOffset[step + 1], goOn)
                : goOn == pass.StepRows[step] || Extend(ref run, row + goOn, goOn, pass.StepRows[step] - goOn);
            if (!extended)
            {
                break;
            }
        }

        return run.Rows > 0;
    }

    /// <summary>
    /// The first sequence of a worker's share: shares hold about as many rows each, and a worker follows its sequences
    /// through all steps.
    /// </summary>
    /// <param name="pass">The pass.</param>
    /// <param name="worker">The worker; the number of workers for the end of the last share.</param>
    /// <param name="workers">Number of workers.</param>
    public static unsafe int FirstSequence<T>(in Pass<T> pass, int worker, int workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (worker >= workers)
        {
            return pass.Batch;
        }

        long before = (long)pass.Rows * worker;
        long sum = 0;
        int sequence = 0;
        while (sequence < pass.Batch && sum * workers < before)
        {
            sum += pass.Lengths[sequence++];
        }

        return sequence;
    }

    private static bool Extend(ref RowRun run, int row, int partner, int rows)
    {
        if (run.Rows == 0)
        {
            run = new RowRun(row, partner, rows);
            return true;
        }

        if (run.Row + run.Rows != row || run.Partner + run.Rows != partner)
        {
            return false;
        }

        run = run with { Rows = run.Rows + rows };
        return true;
    }
}
