using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits a pointwise program for one vector of units: reads, equations with their text above, writes. Values keep the
/// names that they have in the equations, unless the surrounding code uses the name for something else.
/// </summary>
internal sealed class PointwiseEmitter(CodeWriter code, EmissionContext context, EquationProgram program)
{
    // What the emitted expressions themselves refer to.
    private static readonly string[] OwnNames =
    [
        "V", "Avx", "Avx512DQ", "Avx512F", "BitConverter", "Fma", "System", "Vector128", "Vector256", "Vector512",
        .. FunctionTable.All.Select(function => function.Name),
    ];

    /// <summary>The vector at a place, as C#.</summary>
    public required Func<ValuePlace, string> VectorAt { get; init; }

    /// <summary>Variables of the surrounding code.</summary>
    public IEnumerable<string> Taken { get; init; } = [];

    /// <summary>Values that are at hand already, and what they are called here: they need no load.</summary>
    public IReadOnlyDictionary<string, string> AtHand { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a value has to be written.</summary>
    public Func<Store, bool> IsWanted { get; init; } = _ => true;

    /// <summary>What is written of a value, as C#.</summary>
    public Func<string, string> Written { get; init; } = value => value;

    /// <summary>All places that a program touches.</summary>
    public static IEnumerable<ValuePlace> Places(EquationProgram program) => program.Loads
        .SelectMany(load => load.Plus is { } plus ? new[] { load.Place, plus } : [load.Place])
        .Concat(program.Stores.Select(store => store.Place))
        .Distinct();

    public void Emit()
    {
        Dictionary<string, string> names = Names();
        string Called(string name) => names.TryGetValue(name, out string? called) ? called : name;
        string InCode(string name) => AtHand.TryGetValue(name, out string? at) ? at : Called(name);
        foreach (Load load in program.Loads.Where(load => !AtHand.ContainsKey(load.Name)))
        {
            string value = VectorAt(load.Place);
            if (load.Plus is { } plus)
            {
                value = EmissionContext.Format(context.Operations.Add, value, VectorAt(plus));
            }

            code.Line($"V {Called(load.Name)} = {value};");
        }

        // Double precision takes the library's functions, which are no quotients.
        IEnumerable<Statement> statements = context.Plan.Precision == Precision.Single
            ? FactorsOfTanh.In(program, IsWanted)
            : program.Statements;
        foreach (Statement statement in statements)
        {
            code.Line();
            code.Comment($"{Called(statement.Name)} = {EquationText.Of(statement.Value, Called)}");
            code.Line($"V {Called(statement.Name)} = {context.Vector(statement.Value, InCode)};");
        }

        code.Line();
        foreach (Store store in program.Stores.Where(IsWanted))
        {
            string target = VectorAt(store.Place);
            string name = Written(InCode(store.Name));
            code.Line(
                $"{target} = {(store.Adds ? EmissionContext.Format(context.Operations.Add, target, name) : name)};");
        }
    }

    // Values whose own names are taken, and what they are called instead.
    private Dictionary<string, string> Names()
    {
        string[] values = [.. program.Loads.Select(load => load.Name).Where(name => !AtHand.ContainsKey(name))
            .Concat(program.Statements.Select(statement => statement.Name))];
        var taken = new HashSet<string>(Taken.Concat(OwnNames));
        var names = new Dictionary<string, string>();
        foreach (string value in values.Where(taken.Contains).ToArray())
        {
            string called = value + "Value";
            while (taken.Contains(called) || values.Contains(called))
            {
                called += "Value";
            }

            names[value] = called;
            taken.Add(called);
        }

        return names;
    }
}
