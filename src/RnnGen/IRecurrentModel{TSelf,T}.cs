using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen;

/// <summary>How a generated model is made, for code that makes models of many classes.</summary>
/// <typeparam name="TSelf">The model's class.</typeparam>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IRecurrentModel<TSelf, T> : IRecurrentModel<T>
    where TSelf : IRecurrentModel<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Makes a model with new weights.</summary>
    /// <param name="seed">Equal seeds give equal weights, bit for bit.</param>
    /// <param name="target">The instructions to run on; null for the best that the processor has.</param>
    /// <exception cref="PlatformNotSupportedException">The processor does not have the instructions.</exception>
    /// <exception cref="NotSupportedException">The model was compiled without them.</exception>
    static abstract TSelf Create(ulong seed = 0, SimdTarget? target = null);

    /// <summary>Makes a model with the weights of a safetensors file.</summary>
    /// <param name="stream">A stream at the start of the file; it stays open.</param>
    /// <param name="target">The instructions to run on; null for the best that the processor has.</param>
    /// <param name="options">Names in the file, and what it may lack; null for a file of just this model.</param>
    /// <exception cref="InvalidDataException">The file is damaged or another model's.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor does not have the instructions.</exception>
    /// <exception cref="NotSupportedException">The model was compiled without them.</exception>
    static abstract TSelf Load(Stream stream, SimdTarget? target = null, LoadOptions? options = null);
}
