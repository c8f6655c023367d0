using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Reading;

/// <summary>An equation file that the reader cannot follow; the message says what and where.</summary>
internal sealed class CellSyntaxException(string message) : Exception(message);

/// <summary>
/// Reads the C# of a cell's <c>Step</c> method into equations. Options of the cell's attribute are constants here:
/// a conditional expression keeps the branch that they choose.
/// </summary>
internal sealed class CellReader
{
    private readonly EquationGraph _graph = new();
    private readonly Dictionary<string, int> _values = [];
    private readonly Dictionary<string, string> _options = [];
    private readonly Dictionary<string, SortedSet<string>> _optionValues = [];
    private readonly Dictionary<string, int> _gates = [];
    private readonly List<string> _states = [];
    private readonly List<string> _weights = [];
    private readonly List<GateSpec> _gateSpecs = [];
    private readonly List<TermSpec> _terms = [];
    private readonly EquatableArray<ArgumentSpec> _arguments;
    private readonly HashSet<string> _identifiers = [];
    private string _input = "";

    private CellReader(EquatableArray<ArgumentSpec> arguments) => _arguments = arguments;

    public static bool IsStep(MethodDeclarationSyntax method) => method.Identifier.ValueText == "Step";

    /// <exception cref="CellSyntaxException">Something in it is not part of the equations' language.</exception>
    public static CellSpec Read(ClassDeclarationSyntax cell, EquatableArray<ArgumentSpec> arguments)
    {
        MethodDeclarationSyntax step = cell.Members.OfType<MethodDeclarationSyntax>().FirstOrDefault(IsStep)
            ?? throw new CellSyntaxException($"'{cell.Identifier.ValueText}' has no method 'Step'");
        return new CellReader(arguments).Read(cell.Identifier.ValueText, step);
    }

    private CellSpec Read(string name, MethodDeclarationSyntax step)
    {
        _identifiers.UnionWith(step.DescendantTokens().Select(token => token.ValueText));
        foreach (ParameterSyntax parameter in step.ParameterList.Parameters)
        {
            ReadParameter(parameter);
        }

        ExpressionSyntax result = step.ExpressionBody?.Expression
            ?? ReadStatements(step.Body ?? throw Unreadable(step, "a method without a body states no equations"));
        int[] results = result is TupleExpressionSyntax tuple
            ? [.. tuple.Arguments.Select(argument => Evaluate(argument.Expression))]
            : [Evaluate(result)];
        if (results.Length != _states.Count)
        {
            throw Unreadable(result, $"returns {results.Length} states; the cell has {_states.Count}");
        }

        CellSpec cell = CellPruning.KeepReachable(new CellSpec
        {
            Name = name,
            FileName = name,
            States = _states.ToEquatableArray(),
            Gates = _gateSpecs.ToEquatableArray(),
            Weights = _weights.ToEquatableArray(),
            Terms = _terms.ToEquatableArray(),
            Nodes = _graph.Nodes.ToEquatableArray(),
            Options = ReadOptions(step).ToEquatableArray(),
            Results = results.ToEquatableArray(),
        });
        CellCheck.Gates(cell, step.Identifier.Text);
        return cell;
    }

    private void ReadParameter(ParameterSyntax parameter)
    {
        string name = parameter.Identifier.ValueText;
        switch (parameter.Type?.ToString())
        {
            case "Input":
                _input = name;
                break;
            case "Vector":
                _values[name] = _graph.Leaf(Operation.State, _states.Count, ValueName(parameter.Identifier));
                _states.Add(ValueName(parameter.Identifier));
                break;
            case "Gate":
                _gates[name] = _gateSpecs.Count;
                bool isNegated = HasAttribute(parameter, "NegatedInFiles");
                _gateSpecs.Add(new GateSpec(ValueName(parameter.Identifier), InitialBias(parameter), isNegated));
                break;
            case "Weight":
                _values[name] = _graph.Leaf(Operation.Weight, _weights.Count, ValueName(parameter.Identifier));
                _weights.Add(name);
                break;
            default:
                _options[name] = OptionValue(parameter);
                break;
        }
    }

    private static bool HasAttribute(ParameterSyntax parameter, string name) =>
        parameter.FindAttribute(name) is not null;

    private static double InitialBias(ParameterSyntax parameter) =>
        parameter.FindAttribute("InitialBias")?.ArgumentList?.Arguments.FirstOrDefault()?.Expression is { } value
            ? Number(value)
            : 0;

    // Options compare as texts: "true", "false" or the name of an enum member.
    private string OptionValue(ParameterSyntax parameter)
    {
        string name = parameter.Identifier.ValueText;
        _optionValues[name] = new SortedSet<string>(StringComparer.Ordinal);
        if (parameter.Default is { } known)
        {
            _optionValues[name].Add(OptionReader.Text(known.Value));
        }

        foreach (ArgumentSpec argument in _arguments)
        {
            if (string.Equals(argument.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return argument.Text ?? (argument.Number != 0 ? "true" : "false");
            }
        }

        return parameter.Default is { Value: var value }
            ? OptionReader.Text(value)
            : throw Unreadable(parameter, $"option '{name}' needs a default value");
    }

    // Behind the equations, which have told by now what they compare options with.
    private IEnumerable<OptionSpec> ReadOptions(MethodDeclarationSyntax step) =>
        from parameter in step.ParameterList.Parameters
        let name = parameter.Identifier.ValueText
        where _options.ContainsKey(name)
        select OptionReader.Read(parameter, _options[name], _optionValues[name]);

    private ExpressionSyntax ReadStatements(BlockSyntax body)
    {
        foreach (StatementSyntax statement in body.Statements)
        {
            switch (statement)
            {
                case LocalDeclarationStatementSyntax local:
                    foreach (VariableDeclaratorSyntax variable in local.Declaration.Variables)
                    {
                        Declare(variable);
                    }

                    break;
                case ReturnStatementSyntax { Expression: { } result }:
                    return result;
                default:
                    throw Unreadable(statement, "only local variables and one return may stand in equations");
            }
        }

        throw Unreadable(body, "the equations return nothing");
    }

    private void Declare(VariableDeclaratorSyntax variable)
    {
        ExpressionSyntax value = variable.Initializer?.Value ?? throw Unreadable(variable, "a variable needs a value");
        int id = Evaluate(value);
        _graph.Name(id, ValueName(variable.Identifier));
        _values[variable.Identifier.ValueText] = id;
    }

    private int Evaluate(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Evaluate(inner.Expression),
        IdentifierNameSyntax identifier when _values.TryGetValue(identifier.Identifier.ValueText, out int id) => id,
        LiteralExpressionSyntax literal => _graph.Constant(Number(literal)),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } negation =>
            _graph.Apply(Operation.Negate, Evaluate(negation.Operand)),
        BinaryExpressionSyntax binary =>
            _graph.Apply(BinaryOperation(binary), Evaluate(binary.Left), Evaluate(binary.Right)),
        ConditionalExpressionSyntax choice => Evaluate(Holds(choice.Condition) ? choice.WhenTrue : choice.WhenFalse),
        InvocationExpressionSyntax call => Call(call),
        ElementAccessExpressionSyntax application => ApplyGate(application),
        _ => throw Unreadable(expression, "not a known value or operation"),
    };

    private static Operation BinaryOperation(BinaryExpressionSyntax binary) => binary.Kind() switch
    {
        SyntaxKind.AddExpression => Operation.Add,
        SyntaxKind.SubtractExpression => Operation.Subtract,
        SyntaxKind.MultiplyExpression => Operation.Multiply,
        SyntaxKind.DivideExpression => Operation.Divide,
        _ => throw Unreadable(binary, "operators are + - * /"),
    };

    private int Call(InvocationExpressionSyntax call)
    {
        string name = call.Expression is MemberAccessExpressionSyntax member
            ? member.Name.ToString()
            : call.Expression.ToString();
        Function function = FunctionTable.Callable.FirstOrDefault(known => known.Name == name)
            ?? throw Unreadable(call, $"functions are {FunctionNames}");
        int[] operands = [.. call.ArgumentList.Arguments.Select(argument => Evaluate(argument.Expression))];
        return operands.Length == function.Arity
            ? _graph.Call(name, operands[0], function.Arity > 1 ? operands[1] : -1)
            : throw Unreadable(call, $"'{name}' takes {function.Arity} operand{(function.Arity > 1 ? "s" : "")}");
    }

    private static string FunctionNames
    {
        get
        {
            string[] names = [.. FunctionTable.Callable.Select(function => function.Name)];
            return string.Join(", ", names.Take(names.Length - 1)) + " and " + names[names.Length - 1];
        }
    }

    private bool Holds(ExpressionSyntax condition) => condition switch
    {
        ParenthesizedExpressionSyntax inner => Holds(inner.Expression),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negation =>
            !Holds(negation.Operand),
        IdentifierNameSyntax option when _options.TryGetValue(option.Identifier.ValueText, out string? value) =>
            value == "true",
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equality => IsChosen(equality),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } inequality => !IsChosen(inequality),
        _ => throw Unreadable(condition, "a condition tests an option of the cell's attribute"),
    };

    private bool IsChosen(BinaryExpressionSyntax comparison)
    {
        string option = NameOf(comparison.Left);
        if (!_options.TryGetValue(option, out string? value))
        {
            throw Unreadable(comparison, "the left side must be an option of the cell's attribute");
        }

        _optionValues[option].Add(OptionReader.Text(comparison.Right));
        return value == OptionReader.Text(comparison.Right);
    }

    private int ApplyGate(ElementAccessExpressionSyntax application)
    {
        string name = NameOf(application.Expression);
        if (!_gates.TryGetValue(name, out int gate))
        {
            throw Unreadable(application, $"'{name}' is not a gate");
        }

        List<ExpressionSyntax> operands =
            [.. application.ArgumentList.Arguments.Select(argument => argument.Expression)];
        bool hasInput = operands.RemoveAll(operand => NameOf(operand) == _input) > 0;
        if (operands.Count > 1)
        {
            throw Unreadable(application, "a gate takes the input and one recurrent operand");
        }

        var term = new TermSpec(gate, hasInput, operands.Count == 0 ? -1 : Evaluate(operands[0]));
        int index = _terms.IndexOf(term);
        if (index < 0)
        {
            index = _terms.Count;
            _terms.Add(term);
        }

        return _graph.Leaf(Operation.Term, index, "");
    }

    private static double Number(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression, Token.Value: { } value } =>
            Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } negation =>
            -Number(negation.Operand),
        _ => throw Unreadable(expression, "a number is needed here"),
    };

    public static CellSyntaxException Unreadable(SyntaxNode node, string why) => Unreadable(node.ToString(), why);

    public static CellSyntaxException Unreadable(string text, string why) => new($"'{text}': {why}");

    // @out is named out.
    private static string NameOf(ExpressionSyntax expression) =>
        expression is IdentifierNameSyntax identifier ? identifier.Identifier.ValueText : expression.ToString();

    // A value named @out in the equations is a variable of emitted code as well, and the stem of other names.
    private string ValueName(SyntaxToken identifier)
    {
        string name = identifier.ValueText;
        while (SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None
            || (name != identifier.ValueText && _identifiers.Contains(name)))
        {
            name += "Value";
        }

        return name;
    }
}
