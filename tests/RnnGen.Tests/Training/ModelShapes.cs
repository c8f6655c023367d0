using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Shapes of models that need no more than their sizes: one axis, one input, one head.</summary>
internal static class ModelShapes
{
    /// <param name="vocabulary">0 for features.</param>
    /// <param name="classes">Whether targets are classes, and not values.</param>
    public static ModelShape Of(
        int steps, int batch, int outputs, int features = 0, int vocabulary = 0, bool isPerSequence = false,
        bool? classes = null)
    {
        bool hasClasses = classes ?? vocabulary > 0;
        return new()
        {
            Axes = [new AxisShape("time", steps)],
            Batch = batch,
            Feeds =
            [
                new FeedShape("inputs") { Indices = vocabulary, Width = vocabulary > 0 ? 1 : features },
                new FeedShape("targets")
                {
                    Indices = hasClasses ? outputs : 0,
                    Width = hasClasses ? 1 : outputs,
                    IsPerSequence = isPerSequence,
                    IsTarget = true,
                },
            ],
            Outputs =
            [
                new OutputShape("loss")
                {
                    IsPerSequence = isPerSequence, Size = outputs, Stride = 4, Offset = 0, Target = 1,
                },
            ],
            ParameterLength = 0,
            TransposedLength = 0,
            WorkspaceLength = 0,
            InferenceWorkspaceLength = 0,
            StateLength = 0,
            StepWeightsLength = 0,
            States = [],
            Streams = false,
            FlopsPerRow = 1,
        };
    }
}
