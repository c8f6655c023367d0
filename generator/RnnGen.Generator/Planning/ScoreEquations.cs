using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>How much a query asks for a key: a sum over their units. The way back comes from it.</summary>
internal sealed class ScoreEquations
{
    /// <summary>The places of what the programs touch, among the <see cref="ValueKind.Saved"/>.</summary>
    public const int Query = 0, Key = 1, QueryGradient = 2, KeyGradient = 3, WeightGradient = 4;

    /// <summary>What a score's gradient is called in the backward program.</summary>
    public const string Slope = "dScore";

    private static readonly ValuePlace Weights = new(ValueKind.Weight, 0);

    private readonly EquationGraph _graph = new();
    private readonly int _query;
    private readonly int _key;
    private readonly int _weight = -1;
    private readonly int _term;

    /// <param name="term">Of a unit of the query and of the key its part of the score.</param>
    public ScoreEquations(Func<Formula, Formula, Formula> term)
        : this() => _term = term(Of(_query), Of(_key)).As("term").Id;

    /// <param name="term">The same with a learned number for each unit, which comes first.</param>
    public ScoreEquations(Func<Formula, Formula, Formula, Formula> term)
        : this()
    {
        _weight = _graph.Leaf(Operation.Weight, 0, "v");
        _term = term(Of(_weight), Of(_query), Of(_key)).As("term").Id;
    }

    private ScoreEquations()
    {
        _query = _graph.Leaf(Operation.State, 0, "query");
        _key = _graph.Leaf(Operation.State, 1, "key");
    }

    /// <summary>Whether there is a learned number for each unit.</summary>
    public bool HasWeights => _weight >= 0;

    /// <summary>The score as a sum over the units.</summary>
    public RowProgram Forward()
    {
        var writer = new ProgramWriter(_graph, PlaceOf, _ => default);
        writer.Store(new ValuePlace(ValueKind.Mean, 0), _term, "term", adds: true);
        return new RowProgram(new([new RowStage(EquationProgram.Empty, writer.ToProgram())]));
    }

    /// <summary>What each unit of query, key and weights adds to its gradient.</summary>
    public EquationProgram Backward()
    {
        int arriving = _graph.Leaf(Operation.Gradient, 0, Slope);
        Gradients gradients = Backpropagation.Differentiate(_graph, [(_term, arriving)], (_, _) => -1);
        var writer = new ProgramWriter(_graph, PlaceOf, _ => (new ValuePlace(ValueKind.OfRow, 0), null));
        Store(writer, gradients, _query, QueryGradient);
        Store(writer, gradients, _key, KeyGradient);
        if (HasWeights)
        {
            Store(writer, gradients, _weight, WeightGradient);
        }

        return writer.ToProgram();
    }

    private void Store(ProgramWriter writer, Gradients gradients, int leaf, int place) => writer.Store(
        new ValuePlace(ValueKind.Saved, place), _graph.Sum(gradients.Addends(leaf)),
        Backpropagation.GradientName(_graph[leaf].Name), adds: true);

    private ValuePlace? PlaceOf(int id) =>
        id == _query ? new ValuePlace(ValueKind.Saved, Query)
        : id == _key ? new ValuePlace(ValueKind.Saved, Key)
        : id == _weight ? Weights
        : null;

    private Formula Of(int id) => new(_graph, id);
}
