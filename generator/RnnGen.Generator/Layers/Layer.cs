using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>What a layer is in a stack: where it may stand.</summary>
internal enum LayerRole
{
    /// <summary>Reads the model's input; the first layer, and only it.</summary>
    Source,

    /// <summary>Turns rows at every step into rows at every step, looking at other steps.</summary>
    Recurrent,

    /// <summary>Turns each row into another.</summary>
    Row,

    /// <summary>Turns the rows of a sequence into one.</summary>
    Pool,

    /// <summary>Judges the outputs; the last.</summary>
    Loss,
}

/// <summary>A kind of layer: its place in a stack, its shape and its part of the plan.</summary>
internal abstract class Layer
{
    public abstract LayerRole Role { get; }

    /// <summary>Whether it reads the layer above it; else it begins a new branch from a layer that it names.</summary>
    public virtual bool ReadsAbove => true;

    /// <summary>Whether it reads the encoder's last layer, too, behind the others.</summary>
    public virtual bool ReadsEncoder => false;

    /// <summary>
    /// Whether the first recurrent layer of its stack reads its result of the step before, beside its input.
    /// </summary>
    public virtual bool FeedsBack(LayerSpec layer) => false;

    /// <summary>The names of the layers that it reads beside the one above it.</summary>
    public virtual IEnumerable<string> Named(LayerSpec layer) => [];

    /// <summary>Whether its result is what it reads, and not rows of its own.</summary>
    public virtual bool PassesOn(LayerSpec layer) => false;

    /// <summary>How many times it reads each of its sources.</summary>
    public virtual int Uses(LayerSpec layer) => 1;

    /// <summary>Numbers in a row of the layer's result.</summary>
    /// <param name="inputSizes">Of the layer above, then of those named; fewer where rules have found those missing.
    /// </param>
    public abstract int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes);

    /// <summary>Adds the layer's parameters, buffers and operations, and says where its result lies.</summary>
    /// <param name="inputs">The layer above, then those named; none for a source.</param>
    public abstract Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder);
}
