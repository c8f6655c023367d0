using RnnGen.TargetCheck.Checks;

namespace RnnGen.TargetCheck.Models;

/// <summary>The models in single precision, by name.</summary>
internal static class SingleCatalog
{
    public static ModelCheck[] All { get; } =
    [
        new ModelCheck<float, float, float>("Rnn", target => Of(new RnnModel(seed: 1, target))),
        new ModelCheck<float, float, float>("Lstm", target => Of(new LstmModel(seed: 1, target))),
        new ModelCheck<float, float, float>("Gru", target => Of(new GruModel(seed: 1, target))),
        new ModelCheck<float, float, float>("ResetAfter", target => Of(new ResetAfterModel(seed: 1, target))),
        new ModelCheck<float, float, float>("PeepholeLstm", target => Of(new PeepholeLstmModel(seed: 1, target))),
        new ModelCheck<float, float, int>("BothWays", target => Of(new BothWaysModel(seed: 1, target))),
        new ModelCheck<float, int, int>("Tokens", target => Of(new TokensModel(seed: 1, target))),
    ];

    private static ComparedModel<float, float, float> Of(RnnModel model) => new()
    {
        Size = ModelSize.Features(RnnModel.Steps, RnnModel.Batch, RnnModel.InputSize, RnnModel.OutputSize),
        Tensors = model.Tensors,
        Get = model.GetTensor,
        Set = model.SetTensor,
        ForwardInto = model.Forward,
        CreateTrainer = model.CreateTrainer,
        CreateState = model.CreateState,
        Step = (input, state) => model.Step(input, (RnnModel.State)state),
    };

    private static ComparedModel<float, float, float> Of(LstmModel model) => new()
    {
        Size = ModelSize.Features(LstmModel.Steps, LstmModel.Batch, LstmModel.InputSize, LstmModel.OutputSize),
        Tensors = model.Tensors,
        Get = model.GetTensor,
        Set = model.SetTensor,
        ForwardInto = model.Forward,
        CreateTrainer = model.CreateTrainer,
        CreateState = model.CreateState,
        Step = (input, state) => model.Step(input, (LstmModel.State)state),
    };

    private static ComparedModel<float, float, float> Of(GruModel model) => new()
    {
        Size = ModelSize.Features(GruModel.Steps, GruModel.Batch, GruModel.InputSize, GruModel.OutputSize),
        Tensors = model.Tensors,
        Get = model.GetTensor,
        Set = model.SetTensor,
        ForwardInto = model.Forward,
        CreateTrainer = model.CreateTrainer,
        CreateState = model.CreateState,
        Step = (input, state) => model.Step(input, (GruModel.State)state),
    };

    private static ComparedModel<float, float, float> Of(ResetAfterModel model) => new()
    {
        Size = ModelSize.Features(
            ResetAfterModel.Steps,
            ResetAfterModel.Batch,
            ResetAfterModel.InputSize,
            ResetAfterModel.OutputSize),
        Tensors = model.Tensors,
        Get = model.GetTensor,
        Set = model.SetTensor,
        ForwardInto = model.Forward,
        CreateTrainer = model.CreateTrainer,
        CreateState = model.CreateState,
        Step = (input, state) => model.Step(input, (ResetAfterModel.State)state),
    };

    private static ComparedModel<float, float, float> Of(PeepholeLstmModel model) => new()
    {
        Size = ModelSize.Features(
            PeepholeLstmModel.Steps,
            PeepholeLstmModel.Batch,
            PeepholeLstmModel.InputSize,
            PeepholeLstmModel.OutputSize),
        Tensors = model.Tensors,
        Get = model.GetTensor,
        Set = model.SetTensor,
        ForwardInto = model.Forward,
        CreateTrainer = model.CreateTrainer,
        CreateState = model.CreateState,
        Step = (input, state) => model.Step(input, (PeepholeLstmModel.State)state),
    };

    private static ComparedModel<float, float, int> Of(BothWaysModel model) => new()
    {
        Size = ModelSize.Features(
            BothWaysModel.Steps,
            BothWaysModel.Batch,
            BothWaysModel.InputSize,
            BothWaysModel.OutputSize,
            outputPerSequence: true),
        Tensors = model.Tensors,
        Get = model.GetTensor,
        Set = model.SetTensor,
        ForwardInto = model.Forward,
        CreateTrainer = model.CreateTrainer,
    };

    private static ComparedModel<float, int, int> Of(TokensModel model) => new()
    {
        Size = ModelSize.Tokens(TokensModel.Steps, TokensModel.Batch, TokensModel.Vocabulary, TokensModel.OutputSize),
        Tensors = model.Tensors,
        Get = model.GetTensor,
        Set = model.SetTensor,
        ForwardInto = model.Forward,
        CreateTrainer = model.CreateTrainer,
        CreateState = model.CreateState,
        Step = (input, state) => model.Step(input[0], (TokensModel.State)state),
    };
}
