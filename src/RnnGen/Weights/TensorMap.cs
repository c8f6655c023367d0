using System.Collections.Immutable;

namespace RnnGen.Weights;

/// <summary>One tensor of a model as files know it: PyTorch's name and shape, and where its numbers are.</summary>
/// <param name="Name">Name in the file, for instance <c>lstm.weight_ih_l0</c>.</param>
/// <param name="Shape">Shape in the file, slowest dimension first.</param>
/// <param name="Parts">Parts that cover the rows in order; a vector of n numbers is n rows of one column.</param>
public sealed record TensorMap(string Name, ImmutableArray<int> Shape, ImmutableArray<TensorPart> Parts)
{
    /// <summary>Numbers in the tensor: the product of <see cref="Shape"/>.</summary>
    public int Length
    {
        get
        {
            int length = 1;
            foreach (int size in Shape)
            {
                length = checked(length * size);
            }

            return length;
        }
    }
}
