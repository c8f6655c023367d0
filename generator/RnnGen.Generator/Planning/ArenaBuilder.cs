using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Places things in an arena one behind the other, each at the start of a cache line.</summary>
/// <param name="alignment">Numbers in a cache line.</param>
internal sealed class ArenaBuilder(int alignment)
{
    private readonly List<NamedOffset> _offsets = [];
    private int _length;

    public NamedOffset Add(string name, long length, string comment)
    {
        var place = new NamedOffset(name, _length, comment);
        _offsets.Add(place);
        long end = (_length + length + alignment - 1) / alignment * alignment;
        _length = checked((int)end);
        return place;
    }

    /// <summary>Names a place inside something added before.</summary>
    public NamedOffset AddWithin(string name, int offset, string comment)
    {
        var place = new NamedOffset(name, offset, comment);
        _offsets.Add(place);
        return place;
    }

    public ArenaPlan ToPlan() => new(_length, _offsets.ToEquatableArray());
}
