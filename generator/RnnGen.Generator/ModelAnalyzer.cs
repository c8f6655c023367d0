using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RnnGen.Generator.Model;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Rules;

namespace RnnGen.Generator;

/// <summary>Gives advice. Errors are the generator's, so that they hold where analyzers are switched off.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        MakePartialRule.Descriptor,
        LayersWithoutModelRule.Descriptor,
        .. RuleCatalog.Advice.Select(rule => rule.Descriptor),
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (ModelReader.Read(type, context.Compilation, context.CancellationToken) is { } declaration)
        {
            Advise(context, declaration);
        }
        else if (!ModelReader.HasInput(type) && type.GetAttributes().FirstOrDefault(LayerReader.IsLayer) is { } layer)
        {
            SyntaxNode? syntax = layer.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken);
            string name = LayerReader.Read(layer, 0, context.CancellationToken).Name;
            context.ReportDiagnostic(Diagnostic.Create(
                LayersWithoutModelRule.Descriptor, syntax?.GetLocation() ?? type.Locations[0], type.Name, name));
        }
    }

    private static void Advise(SymbolAnalysisContext context, ModelDeclaration declaration)
    {
        declaration = declaration.For(
            TargetReader.Read(context.Options.AnalyzerConfigOptionsProvider, context.CancellationToken));
        CheckedModel model = RuleCatalog.Check(declaration.Spec, context.CancellationToken);
        if (MakePartialRule.Check(declaration.Spec) is { } notPartial)
        {
            Location place = declaration.Map.Of(notPartial).ToLocation(context.Compilation);
            context.ReportDiagnostic(Diagnostic.Create(MakePartialRule.Descriptor, place, notPartial.Details[0]));
        }

        if (!model.IsSound)
        {
            return;
        }

        IEnumerable<Finding> advice = RuleCatalog.Advise(model.Spec, context.CancellationToken);
        foreach (PlacedFinding placed in PlacedFinding.Of(advice, declaration.Map))
        {
            Location place = placed.Place.ToLocation(context.Compilation);
            context.ReportDiagnostic(Diagnostic.Create(RuleCatalog.Descriptor(placed.Finding), place, placed.Details));
        }
    }
}
