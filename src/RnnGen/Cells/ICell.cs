namespace RnnGen.Cells;

/// <summary>
/// Marks a class whose static <c>Step</c> method states the textbook equations of a recurrent cell.
/// The generator reads those equations, splits them into matrix products and pointwise parts, differentiates
/// them and emits the compiled forward and backward passes. The same method also runs as it stands, slowly and
/// in double precision, which makes it the reference that emitted code is tested against.
/// </summary>
/// <remarks>
/// <c>Step</c> takes, in this order: the input vector <c>x</c>; one vector per state (the first is the cell's
/// output, the hidden state); gates, in the order in which weight files store them; weight vectors; and options
/// (bool or enum, with default values), which are named like the properties of the cell's attribute.
/// It returns the new states in the order of the old ones. Local variables name the values in emitted code.
/// Weight files record the options; <see cref="AssumedInFilesAttribute"/> says what files that do not, such as
/// PyTorch's, are taken to mean.
/// </remarks>
public interface ICell;
