using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Something that a declaration must not do, and what is said where it does.</summary>
internal abstract class Rule
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    /// <summary>What breaks the rule; nothing in a sound model.</summary>
    public abstract IEnumerable<Finding> Check(ModelSpec model);

    protected Finding OnClass(params string[] details) => New(Subject.Class, 0, null, details);

    protected Finding OnContainingType(int index, params string[] details) =>
        New(Subject.ContainingType, index, null, details);

    protected Finding OnModel(string? argument, params string[] details) => New(Subject.Model, 0, argument, details);

    protected Finding OnLayer(int index, string? argument, params string[] details) =>
        New(Subject.Layer, index, argument, details);

    protected Finding OnMember(int index, params string[] details) => New(Subject.Member, index, null, details);

    private Finding New(Subject subject, int index, string? argument, string[] details) =>
        new(Descriptor.Id, subject, index, argument, new EquatableArray<string>(details));
}
