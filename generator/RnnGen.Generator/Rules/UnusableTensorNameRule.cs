using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A layer's Name can begin the names of tensors, and of constants in generated code.</summary>
internal sealed class UnusableTensorNameRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1011",
        "A name that tensors cannot have",
        "'{0}' has Name \"{1}\": write letters and digits, a letter first, with single '.', '_' or '-' between them",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1011");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        from i in Enumerable.Range(0, model.Layers.Count)
        let name = model.Layers[i].Text("Name")
        where name is not null && !IsUsable(name)
        select OnLayer(i, "Name", model.Layers[i].Title, name);

    private static bool IsUsable(string name) => name.Length > 0 && IsLetter(name[0])
        && name.Split('.', '_', '-').All(word => word.Length > 0 && word.All(IsLetterOrDigit));

    private static bool IsLetterOrDigit(char c) => IsLetter(c) || c is >= '0' and <= '9';

    private static bool IsLetter(char c) => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z');
}
