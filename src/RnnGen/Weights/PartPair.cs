using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace RnnGen.Weights;

/// <summary>
/// What two parts of a model's tensors, whose sum is all that the arena has, were last set to. Each number's pair holds
/// until the sum is changed by something else, such as training: it then is the sum and nothing.
/// </summary>
internal sealed class PartPair<T>(TensorPart value, TensorPart addend)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // In the arena's signs; null until one is set.
    private T[]? _values;
    private T[]? _addends;

    public TensorPart Addend => addend;

    /// <summary>The value of a pair.</summary>
    public T ValueAt(int place, T sum) => Holds(place, sum) ? _values[place] : sum;

    /// <summary>What is added to the value of a pair.</summary>
    public T AddendAt(int place, T sum) => Holds(place, sum) ? _addends[place] : Nothing(sum);

    /// <summary>Sets one of a pair and leaves the other as it is.</summary>
    /// <returns>Their sum.</returns>
    public T Set(TensorPartRole role, int place, T number, T sum)
    {
        (T newValue, T newAddend) = role == TensorPartRole.Value
            ? (number, AddendAt(place, sum))
            : (ValueAt(place, sum), number);
        int length = value.Rows * value.Columns;
        _values ??= new T[length];
        _addends ??= new T[length];
        (_values[place], _addends[place]) = (newValue, newAddend);
        return newValue + newAddend;
    }

    public void Forget() => _values = _addends = null;

    [MemberNotNullWhen(true, nameof(_values), nameof(_addends))]
    private bool Holds(int place, T sum)
    {
        if (_values is null || _addends is null)
        {
            return false;
        }

        // Zeros differ by their signs, and all that is no number is alike.
        T remembered = _values[place] + _addends[place];
        return T.IsNaN(sum)
            ? T.IsNaN(remembered)
            : remembered == sum && T.IsNegative(remembered) == T.IsNegative(sum);
    }

    // Added to the sum, it leaves every bit of it: only −0 does that to −0. It is +0 in the file where that can be.
    private T Nothing(T sum) =>
        addend.Sign < 0 || (T.IsZero(sum) && T.IsNegative(sum)) ? T.NegativeZero : T.Zero;
}
