using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Spells places in memory as C#.</summary>
internal static class AddressText
{
    /// <summary>In a method of a pass, where the arenas are fields of <c>pass</c>.</summary>
    public static string InPass(Address address) => address.Arena switch
    {
        MemoryArena.Feeds => $"pass.Feeds[{address.Name}].Values{Column(address)}",
        MemoryArena.Scratch => $"pass.Workspace + {address.Name}(pass){Column(address)}",
        _ => $"pass.{address.Arena}{Within(address)}",
    };

    /// <summary>In a method of a streaming step, where the arenas are parameters.</summary>
    public static string InStep(Address address)
    {
        if (address.Arena == MemoryArena.Feeds)
        {
            return "features" + Column(address);
        }

        string arena = address.Arena.ToString();
        return char.ToLowerInvariant(arena[0]) + arena.Substring(1) + Within(address);
    }

    private static string Within(Address address) =>
        (address.Name.Length == 0 ? "" : " + " + address.Name) + Column(address);

    private static string Column(Address address) =>
        address.Column == 0 ? "" : " + " + EmissionContext.Text(address.Column);
}
