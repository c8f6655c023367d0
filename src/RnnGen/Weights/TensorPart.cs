using RnnGen.Initialization;

namespace RnnGen.Weights;

/// <summary>Consecutive rows of a tensor that share one layout in the arena, one sign and one initialisation.</summary>
/// <param name="FirstRow">First row of the tensor that the part holds.</param>
/// <param name="Rows">Rows in the part.</param>
/// <param name="Columns">Numbers in a row; 1 for a vector.</param>
/// <param name="Map">Where each number lies in the arena.</param>
/// <param name="Sign">+1 or −1: the file's number is this times the arena's.</param>
/// <param name="Role">Whether the part is the number itself or is added to it.</param>
/// <param name="Initializer">What fills the part's numbers in the arena of a new model; null leaves zeros.</param>
public sealed record TensorPart(
    int FirstRow, int Rows, int Columns, ArenaMap Map, double Sign, TensorPartRole Role, IInitializer? Initializer);
