using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Places things in an arena one behind the other, each at the start of a cache line.</summary>
/// <param name="arena">Which arena it is.</param>
/// <param name="alignment">Numbers in a cache line.</param>
/// <param name="names">All names given so far, in this arena and others: a layer may be named like anything.</param>
internal sealed class ArenaBuilder(MemoryArena arena, int alignment, HashSet<string> names)
{
    private readonly List<NamedOffset> _offsets = [];
    private readonly List<(string Name, long Length)> _blocks = [];

    /// <summary>Numbers in the arena, which may be more than can be planned: rules ask for it, and refuse.</summary>
    public long Length { get; private set; }

    /// <summary>What was added, in whole cache lines.</summary>
    public IReadOnlyList<(string Name, long Length)> Blocks => _blocks;

    public NamedOffset Add(string name, long length, string comment)
    {
        NamedOffset place = AddWithin(name, Length, comment);
        long end = Saturating.RoundedUp(Saturating.Sum(Length, length), alignment);
        _blocks.Add((place.Name, end - Length));
        Length = end;
        return place;
    }

    /// <summary>Names a distance between parts of the thing added last.</summary>
    public NamedNumber AddDistance(string name, long distance, string comment)
    {
        var number = new NamedNumber(Saturating.ToInt(distance), Unique(names, name));
        _offsets.Add(new NamedOffset(arena, number.Name, number.Value, comment, IsDistance: true));
        return number;
    }

    /// <summary>Names a place inside something added before.</summary>
    public NamedOffset AddWithin(string name, long offset, string comment)
    {
        var place = new NamedOffset(arena, Unique(names, name), Saturating.ToInt(offset), comment);
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

    /// <summary>The arena as it is emitted.</summary>
    /// <exception cref="OverflowException">It is too long, and no rule has refused the model.</exception>
    public ArenaPlan ToPlan() => new(checked((int)Length), _offsets.ToEquatableArray());

    /// <summary>What was added, behind another part of the same arena.</summary>
    /// <param name="front">Numbers in front of it.</param>
    /// <exception cref="OverflowException">It is too long, and no rule has refused the model.</exception>
    public ArenaPlan ToPlan(int front) => new(
        checked((int)(front + Length)),
        _offsets
            .Select(place => place.IsDistance ? place : place with { Offset = checked(front + place.Offset) })
            .ToEquatableArray());

    /// <summary>The same of blocks that lie elsewhere outside of training.</summary>
    /// <param name="front">Numbers in front of it.</param>
    /// <param name="layout">Where they lie there.</param>
    /// <param name="trains">Whether there is training; else they lie nowhere else.</param>
    /// <exception cref="OverflowException">It is too long, and no rule has refused the model.</exception>
    public ArenaPlan ToPlan(int front, ScratchLayout layout, bool trains)
    {
        Dictionary<string, long> offsets = _blocks
            .Select((block, i) => (block.Name, Offset: layout.Offsets[i]))
            .ToDictionary(block => block.Name, block => block.Offset);
        NamedOffset At(NamedOffset place)
        {
            int outside = checked((int)(front + offsets[place.Name]));
            return place with
            {
                Offset = trains ? checked(front + place.Offset) : outside,
                OffsetOutsideTraining = outside,
            };
        }

        return new ArenaPlan(
            checked((int)(front + (trains ? Length : layout.Length))),
            _offsets.Select(place => place.IsDistance ? place : At(place)).ToEquatableArray());
    }
}
