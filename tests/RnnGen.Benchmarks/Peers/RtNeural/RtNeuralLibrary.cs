using System.Runtime.InteropServices;

namespace RnnGen.Benchmarks.Peers.RtNeural;

/// <summary>The functions that a library of RTNeural exports, as tests/README.md describes them.</summary>
internal sealed class RtNeuralLibrary
{
    /// <summary>Loads the library.</summary>
    /// <exception cref="DllNotFoundException">It cannot be loaded.</exception>
    /// <exception cref="EntryPointNotFoundException">It is another library.</exception>
    public RtNeuralLibrary(string path)
    {
        nint library = NativeLibrary.Load(path);
        Open = Function<OpenFunction>(library, "rtneural_open");
        Run = Function<RunFunction>(library, "rtneural_run");
        Close = Function<CloseFunction>(library, "rtneural_close");
    }

    public delegate nint OpenFunction(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string cell, int inputs, int hidden, float[] input, float[] recurrent,
        float[] inputBias, float[] recurrentBias, float[] dense, float[] denseBias);

    public delegate void RunFunction(
        nint model, float[] features, int count, ref int at, int calls, [In, Out] float[]? outputs);

    public delegate void CloseFunction(nint model);

    /// <summary>A network with these weights, in PyTorch's layout; 0 where this size was not compiled.</summary>
    public OpenFunction Open { get; }

    /// <summary>
    /// Takes steps over the features, from a place on and from the start again behind the last; with an array for the
    /// outputs keeps them.
    /// </summary>
    public RunFunction Run { get; }

    public CloseFunction Close { get; }

    private static TDelegate Function<TDelegate>(nint library, string name)
        where TDelegate : Delegate =>
        Marshal.GetDelegateForFunctionPointer<TDelegate>(NativeLibrary.GetExport(library, name));
}
