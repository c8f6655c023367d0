using System.Collections.Immutable;
using System.Numerics;

namespace RnnGen.Weights;

/// <summary>The parts of a model's tensors of which the arena has only the sum, two by two.</summary>
internal sealed class PartPairs<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dictionary<TensorPart, PartPair<T>> _byPart = new(ReferenceEqualityComparer.Instance);

    /// <summary>Finds the value of every addend.</summary>
    /// <exception cref="ArgumentException">An addend has none, or shares it with another.</exception>
    public PartPairs(ImmutableArray<TensorMap> tensors)
    {
        foreach (TensorMap tensor in tensors)
        {
            foreach (TensorPart addend in tensor.Parts.Where(part => part.Role == TensorPartRole.Addend))
            {
                TensorPart? value = tensors.SelectMany(other => other.Parts).FirstOrDefault(part =>
                    part.Role == TensorPartRole.Value && !_byPart.ContainsKey(part) && SamePlaces(part, addend));
                if (value is null)
                {
                    throw new ArgumentException(
                        $"A part of tensor '{tensor.Name}' is added to numbers that no other part alone holds: each "
                        + "addend needs a value of its own at the same places.",
                        nameof(tensors));
                }

                _byPart[value] = _byPart[addend] = new PartPair<T>(value, addend);
            }
        }
    }

    /// <summary>The pair that a part belongs to; null where the arena has the part's numbers themselves.</summary>
    public PartPair<T>? Find(TensorPart part) => _byPart.GetValueOrDefault(part);

    /// <summary>Takes every sum for a value with nothing added.</summary>
    public void Forget()
    {
        foreach (PartPair<T> pair in _byPart.Values)
        {
            pair.Forget();
        }
    }

    private static bool SamePlaces(TensorPart part, TensorPart other)
    {
        if (part.Rows != other.Rows || part.Columns != other.Columns)
        {
            return false;
        }

        for (int row = 0; row < part.Rows; row++)
        {
            for (int column = 0; column < part.Columns; column++)
            {
                if (part.Map.IndexOf(row, column) != other.Map.IndexOf(row, column))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
