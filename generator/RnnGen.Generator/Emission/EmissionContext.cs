using System.Globalization;
using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>What the emitters of one target share: the plan, the spelling of operations, and what kernels they asked
/// for.</summary>
internal sealed class EmissionContext(TargetPlan plan)
{
    private readonly SortedSet<int> _productWidths = [];
    private readonly SortedSet<int> _pairWidths = [];
    private readonly HashSet<string> _functions = [];
    private readonly HashSet<string> _readingFunctions = [];
    private readonly List<string> _constants = [];
    private bool _isReading;

    private readonly Dictionary<string, string> _shared = [];
    private readonly HashSet<string> _sharedNames = [];

    /// <summary>Methods that several layers call: name, parameters and body. Whoever writes them takes them
    /// out.</summary>
    public List<(string Name, string Parameters, string Body)> SharedMethods { get; } = [];

    public TargetPlan Plan { get; } = plan;

    public VectorOperations Operations { get; } = VectorOperations.Of(plan.Target, plan.Precision);

    public int Lanes => Plan.Lanes;

    /// <summary><c>float</c> or <c>double</c>.</summary>
    public string Number { get; } = plan.Precision == Precision.Double ? "double" : "float";

    /// <summary>Panel widths for which a product kernel is needed.</summary>
    public IEnumerable<int> ProductWidths => _productWidths;

    /// <summary>Panel widths for which a product of one row with two panels is needed.</summary>
    public IEnumerable<int> PairWidths => _pairWidths;

    /// <summary>Functions that are methods, as far as equations call them.</summary>
    public IReadOnlyCollection<string> Functions => _isReading ? _readingFunctions : _functions;

    /// <summary>Whether some functions read their constants from a table, as far as it is known.</summary>
    public bool HasReaders => _readingFunctions.Count > 0 || _constants.Count > 0;

    /// <summary>Whether a layer's step reads constants from a table, which it then is given.</summary>
    public bool ReadsConstants(StepOperation operation)
    {
        using (ReadingConstants())
        {
            return _isReading && operation is StepRecurrence recurrence
                && recurrence.Layer.Cell.Forward.Any(program => program.Statements.Any(
                    statement => ReadsConstants(statement.Value)));
        }
    }

    /// <summary>The table's numbers.</summary>
    public IReadOnlyList<string> Constants => _constants;

    /// <summary>
    /// Until it is disposed, functions take a pointer to the table of constants and read these from there, if the
    /// target does so at all.
    /// </summary>
    public IDisposable ReadingConstants() => new Reading(this);

    /// <summary>How the method of a function begins.</summary>
    public string Head(string function, string parameters) =>
        $"private static V {function}({parameters}{(_isReading ? ", V* constants" : "")})";

    /// <summary>The name of the product kernel for panels of some vectors.</summary>
    public string Product(int vectors)
    {
        _productWidths.Add(vectors);
        return "Multiply" + Text(vectors);
    }

    /// <summary>The name of the kernel for one row and two panels of some vectors.</summary>
    public string PairProduct(int vectors)
    {
        _pairWidths.Add(vectors);
        return $"AddRowTimesPair{Text(vectors)}";
    }

    /// <summary>The call of a function; it is emitted then.</summary>
    private string Call(string function, params string[] operands)
    {
        if (FunctionBodies.Instructions.TryGetValue(function, out Func<VectorOperations, string>? format))
        {
            return Format(format(Operations), operands);
        }

        if (_isReading && IsReader(function))
        {
            _readingFunctions.Add(function);
            return $"{function}({string.Join(", ", operands)}, constants)";
        }

        _functions.Add(function);
        return $"{function}({string.Join(", ", operands)})";
    }

    /// <summary>
    /// The method of this name with this body; where one with an equal body is known, that one's name. Layers of equal
    /// shape share their code.
    /// </summary>
    public string Share(string name, string parameters, Func<string> body)
    {
        string text = body();
        if (_shared.TryGetValue(parameters + text, out string? known))
        {
            return known;
        }

        string unique = name;
        for (int number = 2; !_sharedNames.Add(unique); number++)
        {
            unique = name + Text(number);
        }

        SharedMethods.Add((unique, parameters, text));
        return _shared[parameters + text] = unique;
    }

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    public string Splat(double value)
    {
        string number = VectorOperations.Number(value, Plan.Precision);
        return _isReading ? $"constants[{Text(Constant(number))}]" : Format(Operations.Splat, number);
    }

    private static bool ReadsConstants(Expression? expression) => expression is not null
        && ((expression.Operation == Operation.Constant && expression.Value != 0)
            || (expression.Operation == Operation.Call && IsReader(expression.Name))
            || ReadsConstants(expression.Left) || ReadsConstants(expression.Right));

    private static bool IsReader(string function) =>
        !FunctionBodies.Instructions.ContainsKey(function) && !FunctionBodies.IsByRuntime(function);

    private int Constant(string number)
    {
        if (!_constants.Contains(number))
        {
            _constants.Add(number);
        }

        return _constants.IndexOf(number);
    }

    /// <summary>A mask of the first lanes of a vector.</summary>
    public string Mask(int lanes)
    {
        string suffix = Plan.Precision == Precision.Double ? "L" : "";
        return Format(Operations.Mask, string.Join(
            ", ", Enumerable.Range(0, Lanes).Select(lane => (lane < lanes ? "-1" : "0") + suffix)));
    }

    public static string Format(string format, params object[] operands) =>
        string.Format(CultureInfo.InvariantCulture, format, operands);

    /// <summary>A vector expression; names stand for values already at hand.</summary>
    /// <param name="rename">What a name is called here.</param>
    public string Vector(Expression expression, Func<string, string>? rename = null)
    {
        string Of(Expression? operand) => Vector(operand!, rename);
        VectorOperations op = Operations;
        return expression.Operation switch
        {
            null => rename is null ? expression.Name : rename(expression.Name),
            Operation.Constant when expression.Value == 0 => Zero,
            Operation.Constant => Splat(expression.Value),
            Operation.Add when expression.Left!.Operation == Operation.Multiply =>
                Format(op.MultiplyAdd, Of(expression.Left.Left), Of(expression.Left.Right), Of(expression.Right)),
            Operation.Add when expression.Right!.Operation == Operation.Multiply =>
                Format(op.MultiplyAdd, Of(expression.Right.Left), Of(expression.Right.Right), Of(expression.Left)),
            Operation.Subtract when expression.Right!.Operation == Operation.Multiply =>
                Format(op.MultiplySubtract, Of(expression.Right.Left), Of(expression.Right.Right), Of(expression.Left)),
            Operation.Add => Format(op.Add, Of(expression.Left), Of(expression.Right)),
            Operation.Subtract => Format(op.Subtract, Of(expression.Left), Of(expression.Right)),
            Operation.Multiply => Format(op.Multiply, Of(expression.Left), Of(expression.Right)),
            Operation.Divide => Format(op.Divide, Of(expression.Left), Of(expression.Right)),
            Operation.Negate => Format(op.Subtract, Zero, Of(expression.Left)),
            Operation.Call when expression.Right is null => Call(expression.Name, Of(expression.Left)),
            Operation.Call => Call(expression.Name, Of(expression.Left), Of(expression.Right)),
            _ => throw new ArgumentOutOfRangeException(
                nameof(expression), expression.Operation, "Not an operation of expressions."),
        };
    }

    /// <summary>A vector of zeros.</summary>
    public string Zero => Plan.Lanes == 1 && Operations.Vector == Number ? Splat(0) : Operations.Vector + ".Zero";

    private sealed class Reading : IDisposable
    {
        private readonly EmissionContext _context;
        private readonly bool _before;

        public Reading(EmissionContext context)
        {
            _context = context;
            _before = context._isReading;

            // In double precision functions are the library's.
            context._isReading = context.Plan.Target.ReadsConstants && context.Plan.Precision == Precision.Single;
        }

        public void Dispose() => _context._isReading = _before;
    }
}
