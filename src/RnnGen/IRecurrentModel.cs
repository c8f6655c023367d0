using System.Collections.Immutable;
using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen;

/// <summary>
/// What every generated model has, whatever it reads and gives: for code that is written once for many.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IRecurrentModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The model's sizes: axes, inputs, targets, outputs and states.</summary>
    ModelShape Shape { get; }

    /// <summary>The instructions that the model runs on.</summary>
    SimdTarget Target { get; }

    /// <summary>Names and shapes of the weights, as PyTorch's <c>state_dict</c> has them.</summary>
    ImmutableArray<TensorMap> Tensors { get; }

    /// <summary>A copy of a tensor, row by row.</summary>
    /// <param name="name">Its name, one of <see cref="Tensors"/>.</param>
    /// <exception cref="ArgumentException">The model has no such tensor.</exception>
    T[] GetTensor(string name);

    /// <summary>Overwrites a tensor.</summary>
    /// <param name="name">Its name, one of <see cref="Tensors"/>.</param>
    /// <param name="values">All its numbers, row by row.</param>
    /// <exception cref="ArgumentException">The model has no such tensor, or it is of another size.</exception>
    void SetTensor(string name, ReadOnlySpan<T> values);

    /// <summary>Writes the weights as safetensors into a file, which appears whole or not at all.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="InvalidOperationException">A weight is not finite; nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    void Save(string path);

    /// <summary>Writes the weights as safetensors into a stream, which stays open.</summary>
    /// <param name="stream">Where to write, from its position on.</param>
    /// <exception cref="InvalidOperationException">A weight is not finite; nothing is written.</exception>
    void Save(Stream stream);

    /// <summary>Makes the states of some sequences: zeros, or what layers have learned to start from.</summary>
    /// <param name="sequences">B, the number of sequences: from 1 to the model's batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside its range.</exception>
    RecurrentStates<T> CreateStates(int sequences);

    /// <summary>Makes a trainer, which changes the model's weights.</summary>
    /// <param name="options">Optimizer, clipping, threads; null for the defaults.</param>
    /// <exception cref="NotSupportedException">The model has no loss.</exception>
    ModelTrainer<T> CreateTrainer(TrainingOptions? options = null);
}
