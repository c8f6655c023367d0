using System.Runtime.InteropServices;

namespace RnnGen.Benchmarks.Peers.Torch;

/// <summary>
/// Loads TorchSharp's native part before TorchSharp does: where that fails, the exception tells what the machine lacks,
/// while TorchSharp only says that it found nothing, after copying libtorch once more.
/// </summary>
internal static class TorchLibrary
{
    private static readonly string Path = System.IO.Path.Combine(
        AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", "libLibTorchSharp.so");

    private static bool _loaded;

    public static void Load()
    {
        if (!_loaded && File.Exists(Path))
        {
            NativeLibrary.Load(Path);
        }

        _loaded = true;
    }
}
