namespace RnnGen.Training;

/// <summary>What sequences are read for.</summary>
internal enum DataRole
{
    /// <summary>The caller's own loop.</summary>
    Other,

    /// <summary>What Fit trains on.</summary>
    Training,

    /// <summary>What Fit measures by.</summary>
    Validation,
}

/// <summary>Names of roles.</summary>
internal static class DataRoleNames
{
    /// <summary>The parameter of Fit.</summary>
    public static string Name(this DataRole role) => role == DataRole.Validation ? "validation" : "data";
}
