using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Emission.Face;
using RnnGen.Generator.Model;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Rules;

namespace RnnGen.Generator;

/// <summary>The pipeline, and nothing else: attributes → spec → rules → plan → files.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Register(context, With(context, AttributeNames.SequenceModel));
        Register(context, With(context, AttributeNames.EncoderDecoder));
        Register(context, Unmarked(context));
    }

    private static IncrementalValuesProvider<ModelDeclaration> With(
        IncrementalGeneratorInitializationContext context, string attribute) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute, static (node, _) => node is TypeDeclarationSyntax, ModelReader.Read)
            .Where(static declaration => declaration is not null)
            .Combine(context.AnalyzerConfigOptionsProvider.Select(TargetReader.Read))
            .Select(static (found, _) => found.Left!.For(found.Right))
            .WithTrackingName(TrackingNames.Read);

    /// <summary>Classes with an input that lack <c>[SequenceModel]</c>; hardly ever there is one.</summary>
    private static IncrementalValuesProvider<ModelDeclaration> Unmarked(
        IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ImmutableArray<ModelDeclaration?>> With(string input) => context.SyntaxProvider
            .ForAttributeWithMetadataName(
                input, static (node, _) => node is TypeDeclarationSyntax, ModelReader.ReadUnmarked)
            .Where(static declaration => declaration is not null)
            .Collect();

        // A class that has both inputs is there twice.
        return With(AttributeNames.Input).Combine(With(AttributeNames.Embedding))
            .SelectMany(static (found, _) => found.Left.Concat(found.Right)
                .GroupBy(declaration => declaration!.Spec.FullName, StringComparer.Ordinal)
                .Select(group => group.First()!));
    }

    private static void Register(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ModelDeclaration> declarations)
    {
        // Files: without places, so that what has only moved is not emitted again.
        IncrementalValuesProvider<ModelSpec> specs = declarations
            .Select(static (declaration, _) => declaration.Spec)
            .WithTrackingName(TrackingNames.Spec);
        IncrementalValuesProvider<EquatableArray<GeneratedFile>> files = specs
            .Select(RuleCatalog.Check)
            .WithTrackingName(TrackingNames.Check)
            .Select(static (model, cancellation) =>
                (Model: model, Plan: model.IsSound ? ModelPlanner.Plan(model.Spec, cancellation) : null))
            .WithTrackingName(TrackingNames.Plan)
            .Select(static (planned, cancellation) => planned.Plan is { } plan
                ? ModelEmission.Emit(plan, cancellation)
                : ShellEmitter.Emit(planned.Model, RefusedFace.Of(planned.Model)))
            .WithTrackingName(TrackingNames.Emit);
        IncrementalValueProvider<EquatableArray<string>> alike = specs
            .Select(static (spec, _) => spec.FullName)
            .Collect()
            .Select(static (names, _) => GeneratedFile.Alike(names))
            .WithTrackingName(TrackingNames.Alike);
        context.RegisterSourceOutput(files.Combine(alike), static (output, emitted) =>
        {
            foreach (GeneratedFile file in emitted.Left)
            {
                output.AddSource(file.Hint(emitted.Right), file.Text);
            }
        });

        // Errors: a branch of its own, in which places count.
        IncrementalValuesProvider<EquatableArray<PlacedFinding>> errors = declarations
            .Select(static (declaration, cancellation) =>
                PlacedFinding.Of(RuleCatalog.Check(declaration.Spec, cancellation).Findings, declaration.Map))
            .WithTrackingName(TrackingNames.Report);
        context.RegisterSourceOutput(errors, static (output, errors) =>
        {
            foreach (PlacedFinding error in errors)
            {
                output.ReportDiagnostic(
                    Diagnostic.Create(RuleCatalog.Descriptor(error.Finding), error.Place.ToLocation(), error.Details));
            }
        });
    }
}
