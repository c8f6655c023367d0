using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Composition;

/// <summary>
/// Which layer reads which: each the one above it, and those that it names. Layers that are not known, or name what
/// there is not, read less; they are the affair of rules.
/// </summary>
internal sealed class Wiring
{
    private readonly List<string> _names = [];
    private readonly List<int[]> _sources = [];
    private readonly List<int> _sizes = [];
    private readonly List<RowKind> _kinds = [];

    // Of each layer the beginning of its stack, -1 where there is one stack.
    private readonly List<int> _stacks = [];
    private readonly int[] _readers;
    private readonly Dictionary<int, int> _feeding = [];

    public Wiring(ModelSpec model)
    {
        var kinds = new Dictionary<string, int>();
        string stack = "";
        for (int i = 0; i < model.Layers.Count; i++)
        {
            LayerSpec spec = model.Layers[i];
            Layer? layer = LayerCatalog.Find(spec);
            if (spec.BeginsStack)
            {
                stack = spec.Name.ToLowerInvariant() + ".";
                kinds.Clear();
            }

            _stacks.Add(spec.BeginsStack ? i : i == 0 ? -1 : _stacks[i - 1]);
            _names.Add(stack + LayerNames.Of(spec, kinds));
            _sources.Add([.. SourcesOf(spec, layer, i)]);
            _kinds.Add(layer?.Role == LayerRole.Pool ? RowKind.PerSequence
                : _sources[i].Length > 0 ? _kinds[_sources[i][0]] : RowKind.PerStep);
            _sizes.Add(layer?.OutputSize(spec, [.. _sources[i].Select(source => _sizes[source])]) ?? 0);
        }

        _readers = CountReaders(model);
        FindFeedback(model);
    }

    /// <summary>What each layer is called: by its Name, or its kind, numbered from the second on.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Numbers in a row of each layer's result.</summary>
    public IReadOnlyList<int> Sizes => _sizes;

    /// <summary>Whether a layer's result is a row for every step, and not one for every sequence.</summary>
    public bool IsPerStep(int layer) => _kinds[layer] == RowKind.PerStep;

    /// <summary>The layers that a layer reads: the one above it, then those that it names.</summary>
    public IReadOnlyList<int> Sources(int layer) => _sources[layer];

    /// <summary>How many layers read a layer's rows.</summary>
    public int Readers(int layer) => _readers[layer];

    /// <summary>The layer whose result of the step before a layer reads beside its input; null for none.</summary>
    public int? FedBy(int layer) => _feeding.TryGetValue(layer, out int feeding) ? feeding : null;

    /// <summary>The layer of that name above another, or -1.</summary>
    public int Find(string name, int before)
    {
        int begin = before <= 0 ? -1 : _stacks[before - 1];
        string full = begin < 0 ? name : _names[begin].Substring(0, _names[begin].IndexOf('.') + 1) + name;
        int first = begin + 1;
        return before <= first ? -1 : _names.LastIndexOf(full, before - 1, before - first);
    }

    private IEnumerable<int> SourcesOf(LayerSpec spec, Layer? layer, int index)
    {
        if (index > _stacks[index] + 1 && layer?.ReadsAbove != false && layer?.Role != LayerRole.Source
            && !spec.BeginsStack)
        {
            yield return index - 1;
        }

        foreach (string name in layer?.Named(spec) ?? [])
        {
            if (Find(name, index) is >= 0 and var source)
            {
                yield return source;
            }
        }

        // The end of the stack before.
        if (layer?.ReadsEncoder == true && _stacks[index] > 0)
        {
            yield return _stacks[index] - 1;
        }
    }

    // From the first recurrent layer of its stack on.
    private void FindFeedback(ModelSpec model)
    {
        int first = -1;
        for (int i = 0; i < model.Layers.Count; i++)
        {
            LayerSpec spec = model.Layers[i];
            first = spec.BeginsStack ? -1 : first < 0 && spec.Cell is not null ? i : first;
            if (first >= 0 && LayerCatalog.Find(spec)?.FeedsBack(spec) == true)
            {
                _feeding[first] = i;
            }
        }
    }

    // Who reads a layer that only passes on what it reads, reads that.
    private int[] CountReaders(ModelSpec model)
    {
        int[] readers = new int[model.Layers.Count];
        for (int i = readers.Length - 1; i >= 0; i--)
        {
            Layer? layer = LayerCatalog.Find(model.Layers[i]);
            bool passesOn = layer?.PassesOn(model.Layers[i]) == true;
            foreach (int source in _sources[i])
            {
                int own = passesOn ? 0 : layer?.Uses(model.Layers[i]) ?? 1;
                readers[source] += own + (passesOn || layer?.Role == LayerRole.Loss ? readers[i] : 0);
            }
        }

        return readers;
    }
}
