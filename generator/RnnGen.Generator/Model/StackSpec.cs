namespace RnnGen.Generator.Model;

/// <summary>Layers that follow one axis, each reading the one above it.</summary>
/// <param name="Name"><c>encoder</c> or <c>decoder</c>; empty where the model has one stack.</param>
/// <param name="First">The first layer, behind the attribute that begins the stack.</param>
/// <param name="Steps">The longest sequence along its axis.</param>
/// <param name="IsReverse">Sequences are read from their ends to their starts.</param>
internal sealed record StackSpec(string Name, int First, int Count, int Steps, bool IsReverse = false);
