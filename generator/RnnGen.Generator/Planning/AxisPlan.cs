namespace RnnGen.Generator.Planning;

/// <summary>A way through time, which sequences follow each as far as its own length.</summary>
/// <param name="Index">Its place among the model's axes.</param>
/// <param name="Name">What users call it.</param>
/// <param name="Steps">Longest sequence along it.</param>
internal sealed record AxisPlan(int Index, string Name, int Steps);
