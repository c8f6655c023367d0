using RnnGen.Generator.Composition;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Judges what a model takes of memory, once nothing else is wrong with its layers.</summary>
internal abstract class MemoryRule : Rule
{
    public sealed override IEnumerable<Finding> Check(ModelSpec model) => Check(model, MemoryNeeds.Of(model));

    /// <summary>What breaks the rule.</summary>
    /// <param name="model">The whole model, all its stacks.</param>
    /// <param name="needs">What its layers lay out.</param>
    public abstract IEnumerable<Finding> Check(ModelSpec model, MemoryNeeds needs);
}
