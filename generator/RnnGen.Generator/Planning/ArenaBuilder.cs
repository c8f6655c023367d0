using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Places things in an arena one behind the other, each at the start of a cache line.</summary>
/// <param name="arena">Which arena it is.</param>
/// <param name="alignment">Numbers in a cache line.</param>
/// <param name="names">All names given so far, in this arena and others: a layer may be named like anything.</param>
internal sealed class ArenaBuilder(MemoryArena arena, int alignment, HashSet<string> names)
{
    private readonly List<NamedOffset> _offsets = [];
    private int _length;

    public NamedOffset Add(string name, long length, string comment)
    {
        var place = new NamedOffset(arena, Unique(names, name), _length, comment);
        _offsets.Add(place);
        long end = (_length + length + alignment - 1) / alignment * alignment;
        _length = checked((int)end);
        return place;
    }

    /// <summary>Names a distance between parts of the thing added last.</summary>
    public NamedNumber AddDistance(string name, int distance, string comment)
    {
        var number = new NamedNumber(distance, Unique(names, name));
        _offsets.Add(new NamedOffset(arena, number.Name, distance, comment));
        return number;
    }

    /// <summary>Names a place inside something added before.</summary>
    public NamedOffset AddWithin(string name, int offset, string comment)
    {
        var place = new NamedOffset(arena, Unique(names, name), offset, comment);
        _offsets.Add(place);
        return place;
    }

    /// <summary>The name, with a number where it is taken.</summary>
    public static string Unique(HashSet<string> names, string name)
    {
        string unique = name;
        for (int number = 2; !names.Add(unique); number++)
        {
            unique = $"{name}_{number}";
        }

        return unique;
    }

    public ArenaPlan ToPlan() => new(_length, _offsets.ToEquatableArray());
}
