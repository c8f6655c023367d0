namespace RnnGen.Generator;

/// <summary>Names of the pipeline's steps, by which tests ask whether a step ran again.</summary>
public static class TrackingNames
{
    /// <summary>A declaration and where its parts stand.</summary>
    public const string Read = nameof(Read);

    /// <summary>What is declared, without places.</summary>
    public const string Spec = nameof(Spec);

    /// <summary>What the rules have found.</summary>
    public const string Check = nameof(Check);

    /// <summary>What the rules have found, with places.</summary>
    public const string Report = nameof(Report);

    /// <summary>Shapes, buffers and operations.</summary>
    public const string Plan = nameof(Plan);

    /// <summary>Names of models that differ in case only.</summary>
    public const string Alike = nameof(Alike);

    /// <summary>The files.</summary>
    public const string Emit = nameof(Emit);
}
