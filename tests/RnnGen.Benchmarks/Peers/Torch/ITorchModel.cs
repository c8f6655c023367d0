using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnGen.Benchmarks.Peers.Torch;

/// <summary>PyTorch's modules with RnnGen's weights, as training needs them.</summary>
internal interface ITorchModel : IDisposable
{
    /// <summary>The parameters that are trained.</summary>
    IEnumerable<Parameter> Trained { get; }

    void SetTraining(bool trains);

    /// <summary>All steps from the zero state: <c>[T, B, O]</c>.</summary>
    Tensor Forward(Tensor inputs);

    /// <summary>Takes back gradients of what RnnGen does not have.</summary>
    void CleanGradients();
}
