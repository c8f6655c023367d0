namespace RnnGen.Weights;

/// <summary>What a file is, as Unix has it, and whose.</summary>
/// <param name="Mode">Kind and access rights.</param>
/// <param name="User">Number of the owner.</param>
/// <param name="Group">Number of the group.</param>
internal readonly record struct FileStatus(uint Mode, uint User, uint Group)
{
    private const uint KindBits = 0xf000;

    /// <summary>A named pipe, or a device that takes bytes one after another, such as a terminal.</summary>
    public bool IsPipe => (Mode & KindBits) is 0x1000 or 0x2000;

    /// <summary>In words, what can neither be written into nor replaced; null for anything else.</summary>
    public string? Refused => (Mode & KindBits) switch
    {
        0x4000 => "a folder",
        0x6000 => "a block device",
        0xc000 => "a socket",
        _ => null,
    };
}
