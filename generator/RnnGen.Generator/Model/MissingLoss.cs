namespace RnnGen.Generator.Model;

/// <summary>A model cannot be trained, and what the user may have meant.</summary>
/// <param name="Advice">What to write, as the end of a sentence.</param>
/// <param name="HasClassTargets">Targets of the loss that the advice names are classes.</param>
internal sealed record MissingLoss(string Advice, bool HasClassTargets);
