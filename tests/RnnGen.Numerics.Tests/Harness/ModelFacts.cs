using System.Reflection;
using RnnGen.Numerics.Tests.Cells;

namespace RnnGen.Numerics.Tests.Harness;

/// <summary>What a declared model is, read off its class: the tests know no model by name.</summary>
public sealed class ModelFacts
{
    public ModelFacts(Type type)
    {
        Type = type;
        IsDouble = type.GetCustomAttribute<SequenceModelAttribute>()!.Precision == Precision.Double;
        Layers = [.. type.GetCustomAttributes<LayerAttribute>()];
        Steps = Constant(nameof(Steps));
        Batch = Constant(nameof(Batch));
        Vocabulary = Constant(nameof(Vocabulary));
        InputSize = Constant(nameof(InputSize));
        OutputSize = Constant(nameof(OutputSize));
        ParameterCount = Constant(nameof(ParameterCount));
        HasClassTargets = TrainerType.BaseType!.GenericTypeArguments[2] == typeof(int);
        Streams = StepMethod.GetCustomAttribute<ObsoleteAttribute>() is null;
    }

    public Type Type { get; }

    public string Name => Type.Name;

    public bool IsDouble { get; }

    /// <summary>The attributes in source order, the loss included.</summary>
    public IReadOnlyList<LayerAttribute> Layers { get; }

    public int Steps { get; }

    public int Batch { get; }

    /// <summary>0 when the model takes features.</summary>
    public int Vocabulary { get; }

    /// <summary>0 when the model takes tokens.</summary>
    public int InputSize { get; }

    public int OutputSize { get; }

    public int ParameterCount { get; }

    public bool HasClassTargets { get; }

    /// <summary>Whether <c>Step</c> may be called; where not, calling it is an error of compilation.</summary>
    public bool Streams { get; }

    public bool OutputPerSequence => Layers.Any(layer => layer is LastAttribute or MeanAttribute or MaxAttribute);

    public bool IsRecurrent => Layers.OfType<RecurrentAttribute>().Any();

    public bool IsBidirectional => Layers.OfType<RecurrentAttribute>().Any(layer => layer.Bidirectional);

    public bool HasInputGradient => Layers.Any(layer => layer is InputAttribute { Gradient: true });

    public bool HasDropout =>
        Layers.Any(layer => layer is DropoutAttribute or RecurrentAttribute { Dropout: > 0, Layers: > 1 });

    /// <summary>Whether the loss has places without a derivative.</summary>
    public bool HasKinks => Layers.Any(layer =>
        layer is MaxAttribute
            or DenseAttribute { Activation: Activation.Relu }
            or RnnAttribute { Activation: Activation.Relu }
            or KinkedFunctionsAttribute);

    public Type StateType => Type.GetNestedType("State")!;

    public Type TrainerType => Type.GetNestedType("Trainer")!;

    public MethodInfo CreateStateMethod => Type.GetMethod("CreateState")!;

    public MethodInfo StepMethod => Type.GetMethod("Step")!;

    /// <summary>The overload of Forward that takes inputs, sequences and outputs, and perhaps states.</summary>
    public MethodInfo ForwardMethod(Type input, Type sequences, bool takesStates = false) => Type.GetMethods().Single(
        method => method.Name == "Forward"
            && method.GetParameters() is [{ } inputs, { } second, ..] parameters
            && parameters.Length == (takesStates ? 5 : 3)
            && inputs.ParameterType == typeof(ReadOnlySpan<>).MakeGenericType(input)
            && second.ParameterType == sequences);

    public override string ToString() => Name;

    private int Constant(string name) => (int)(Type.GetField(name)?.GetRawConstantValue() ?? 0);
}
