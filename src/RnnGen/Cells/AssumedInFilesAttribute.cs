namespace RnnGen.Cells;

/// <summary>
/// What an option of a cell is taken to be in weight files that do not record it, such as PyTorch's. A model with
/// another choice refuses such a file, whose tensors would fit it and mean something else. An option without this
/// attribute takes a file that does not record it as one of the model's own choice.
/// </summary>
/// <param name="value"><see langword="true"/>, <see langword="false"/> or a member of the option's enum.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AssumedInFilesAttribute(object value) : Attribute
{
    /// <summary>The choice that such files are taken to be of.</summary>
    public object Value { get; } = value;
}
