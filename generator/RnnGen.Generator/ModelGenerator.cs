using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Reading;

namespace RnnGen.Generator;

/// <summary>The pipeline, and nothing else: attributes → spec → rules → plan → files.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ModelDeclaration> declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(AttributeNames.SequenceModel, static (node, _) => node is TypeDeclarationSyntax, ModelReader.Read)
            .WithTrackingName(TrackingNames.Read);

        IncrementalValuesProvider<EquatableArray<GeneratedFile>> files = declarations
            .Select(static (declaration, _) => declaration.Spec)
            .WithTrackingName(TrackingNames.Spec)
            .Select(static (spec, cancellation) => ModelPlanner.Plan(spec, cancellation))
            .WithTrackingName(TrackingNames.Plan)
            .Select(static (plan, cancellation) => ModelEmission.Emit(plan, cancellation))
            .WithTrackingName(TrackingNames.Emit);
        context.RegisterSourceOutput(files, static (output, files) =>
        {
            foreach (GeneratedFile file in files)
            {
                output.AddSource(file.Hint, file.Text);
            }
        });
    }
}
