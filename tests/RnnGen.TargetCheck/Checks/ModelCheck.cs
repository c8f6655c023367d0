using System.Globalization;
using System.Numerics;
using RnnGen.Kernels;
using RnnGen.TargetCheck.Models;

namespace RnnGen.TargetCheck.Checks;

/// <summary>All checks of one model.</summary>
internal abstract class ModelCheck
{
    public abstract ReportLine Run(SimdTarget target);
}

/// <inheritdoc/>
/// <param name="name">The model's name in the report.</param>
/// <param name="create">Makes the model with new weights, always the same.</param>
internal sealed class ModelCheck<T, TInput, TTarget>(
    string name, Func<SimdTarget, ComparedModel<T, TInput, TTarget>> create) : ModelCheck
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInput : unmanaged, INumberBase<TInput>
    where TTarget : unmanaged, INumberBase<TTarget>
{
    private static readonly double Ulp = double.CreateTruncating(T.BitIncrement(T.One) - T.One);

    public override ReportLine Run(SimdTarget target)
    {
        var line = new ReportLine();
        line.Add("target", $"{target}");
        line.Add("model", name);
        line.Add("precision", typeof(T) == typeof(double) ? "double" : "single");
        if (create(target) is ComparedModel<double, TInput, TTarget> model)
        {
            line.AddError("gradient_error", SlopeCheck.Run(model), CheckLimits.Gradient);
        }

        CheckStream(target, line);
        CompareWithScalar(target, line);
        Train(target, line);
        return line;
    }

    private void CheckStream(SimdTarget target, ReportLine line)
    {
        ComparedModel<T, TInput, TTarget> model = create(target);
        if (model.Step is not null)
        {
            line.AddError("step_error", StreamCheck.Run(model), CheckLimits.StepUlps * Ulp);
        }
    }

    private void CompareWithScalar(SimdTarget target, ReportLine line)
    {
        if (target == SimdTarget.Scalar)
        {
            return;
        }

        bool roundOnce = Rounding.IsOnce(target) && Rounding.IsOnce(SimdTarget.Scalar);
        double outputError = 0;
        double scalarError = 0;
        ModelSize size = create(target).Size;
        DrawnBatch<TInput, TTarget>[] samples =
            [DrawnBatch<TInput, TTarget>.Full(size, seed: 37), DrawnBatch<TInput, TTarget>.Ragged(size, seed: 38)];
        foreach (DrawnBatch<TInput, TTarget> sample in samples)
        {
            var scalar = PassResults<T>.Of(create(SimdTarget.Scalar), sample);
            var wide = PassResults<T>.Of(create(target), sample);
            outputError = Math.Max(outputError, wide.OutputError(scalar));
            scalarError = Math.Max(scalarError, wide.TrainingError(scalar));
        }

        line.AddError("output_error", outputError, roundOnce ? 0 : CheckLimits.ScalarUlps * Ulp);
        line.AddError("scalar_error", scalarError, CheckLimits.ScalarUlps * Ulp);
    }

    private void Train(SimdTarget target, ReportLine line)
    {
        var run = TrainingRun.Of(create(target));
        if (target != SimdTarget.Scalar)
        {
            double scalarLoss = TrainingRun.Of(create(SimdTarget.Scalar)).Last;
            double tolerance = typeof(T) == typeof(double) ? CheckLimits.TrainingDouble : CheckLimits.TrainingSingle;
            line.AddError("training_error", Difference.Relative<double>([scalarLoss], [run.Last]), tolerance);
        }

        line.Add("loss", run.Last.ToString("g9", CultureInfo.InvariantCulture));
        line.Add("checksum", run.Checksum.ToString("x16", CultureInfo.InvariantCulture));
        line.Add("rounding", Rounding.IsOnce(target) ? "once" : "twice");
        line.Require(run.Last < run.First, $"the loss was {run.First} before training");
    }
}
