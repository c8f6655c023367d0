using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.Kernels;

/// <summary>
/// A flat block of numbers, zero at first, that starts on a cache line and never moves. It is garbage collected: its
/// pointer stays good for as long as the arena object is reachable, so keep the object beside the pointer.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe class Arena<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Bytes that <see cref="Pointer"/> is a multiple of: one cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    private readonly T[] _array;
    private readonly int _start;
    private readonly T* _first;

    /// <summary>Makes an arena of zeros.</summary>
    /// <param name="length">Numbers in the arena: 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or too large.</exception>
    public Arena(int length)
    {
        // One line to align the start, one so that a whole vector at the last number stays inside.
        int padding = 2 * Alignment / sizeof(T);
        if (length < 0 || length > Array.MaxLength - padding)
        {
            throw new ArgumentOutOfRangeException(
                nameof(length), length, $"An arena holds 0 to {Array.MaxLength - padding} numbers.");
        }

        Length = length;
        _array = GC.AllocateArray<T>(length + padding, pinned: true);
        T* first = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
        _first = first;
        Pointer = (T*)(((nuint)first + Alignment - 1) & ~(nuint)(Alignment - 1));
        _start = (int)(Pointer - first);
    }

    /// <summary>The first number, aligned to <see cref="Alignment"/> bytes.</summary>
    public T* Pointer { get; }

    /// <summary>Numbers in the arena.</summary>
    public int Length { get; }

    /// <summary>All numbers of the arena.</summary>
    public Span<T> Span => _array.AsSpan(_start, Length);

    /// <summary>
    /// A number of the arena by reference, which keeps the memory alive, as the pointer does not. Nothing is checked.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref T Reference(T* number) =>
        ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(_array), (nint)number - (nint)_first);
}
