using RnnGen.TargetCheck.Checks;

namespace RnnGen.TargetCheck.Models;

/// <summary>The models in double precision, by name.</summary>
internal static class DoubleCatalog
{
    public static ModelCheck[] All { get; } =
    [
        new ModelCheck<double, double, double>("Double", target => Of(new DoubleModel(seed: 1, target))),
        new ModelCheck<double, int, int>("DoubleTokens", target => Of(new DoubleTokensModel(seed: 1, target))),
        new ModelCheck<double, double, int>("DoubleBothWays", target => Of(new DoubleBothWaysModel(seed: 1, target))),
    ];

    private static ComparedModel<double, double, double> Of(DoubleModel model) => new()
    {
        Size = ModelSize.Features(DoubleModel.Steps, DoubleModel.Batch, DoubleModel.InputSize, DoubleModel.OutputSize),
        Tensors = model.Tensors,
        Get = model.GetTensor,
        Set = model.SetTensor,
        ForwardInto = model.Forward,
        CreateTrainer = model.CreateTrainer,
        CreateState = model.CreateState,
        Step = (input, state) => model.Step(input, (DoubleModel.State)state),
    };

    private static ComparedModel<double, int, int> Of(DoubleTokensModel model) => new()
    {
        Size = ModelSize.Tokens(
            DoubleTokensModel.Steps,
            DoubleTokensModel.Batch,
            DoubleTokensModel.Vocabulary,
            DoubleTokensModel.OutputSize),
        Tensors = model.Tensors,
        Get = model.GetTensor,
        Set = model.SetTensor,
        ForwardInto = model.Forward,
        CreateTrainer = model.CreateTrainer,
        CreateState = model.CreateState,
        Step = (input, state) => model.Step(input[0], (DoubleTokensModel.State)state),
    };

    private static ComparedModel<double, double, int> Of(DoubleBothWaysModel model) => new()
    {
        Size = ModelSize.Features(
            DoubleBothWaysModel.Steps,
            DoubleBothWaysModel.Batch,
            DoubleBothWaysModel.InputSize,
            DoubleBothWaysModel.OutputSize,
            outputPerSequence: true),
        Tensors = model.Tensors,
        Get = model.GetTensor,
        Set = model.SetTensor,
        ForwardInto = model.Forward,
        CreateTrainer = model.CreateTrainer,
    };
}
