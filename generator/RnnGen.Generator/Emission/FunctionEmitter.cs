using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits the functions that equations call, a vector at a time: from their own bodies, or from what the equations'
/// table says they are made of.
/// </summary>
internal static class FunctionEmitter
{
    private static readonly string[] Parameters = ["x", "y"];

    public static void Emit(CodeWriter code, EmissionContext context)
    {
        EmitAll(code, context);
        if (context.HasReaders)
        {
            using (context.ReadingConstants())
            {
                EmitAll(code, context);
            }

            EmitConstants(code, context);
        }
    }

    private static void EmitConstants(CodeWriter code, EmissionContext context)
    {
        code.Line();
        code.Comment("What a step's functions read where they use it, each number in all lanes: kept in registers,");
        code.Comment("constants would drive out sums.");
        code.Line($"private readonly Arena<{context.Number}> _constants = Splats.Of<{context.Number}>(");
        code.Line($"    {context.Lanes},");
        code.Line("    [");
        for (int i = 0; i < context.Constants.Count; i++)
        {
            code.Line($"        {context.Constants[i]}, // {EmissionContext.Text(i)}");
        }

        code.Line("    ]);");
    }

    private static void EmitAll(CodeWriter code, EmissionContext context)
    {
        var emitted = new HashSet<string>();

        // A definition may call functions that nothing has called before.
        while (FunctionTable.All.FirstOrDefault(function =>
            context.Functions.Contains(function.Name) && !emitted.Contains(function.Name)) is { } next)
        {
            emitted.Add(next.Name);
            code.Line();
            if (FunctionBodies.Methods.TryGetValue(next.Name, out Action<CodeWriter, EmissionContext>? body))
            {
                body(code, context);
            }
            else
            {
                EmitDefinition(code, context, next);
            }
        }
    }

    private static void EmitDefinition(CodeWriter code, EmissionContext context, Function function)
    {
        var graph = new EquationGraph();
        int[] operands = [.. Parameters.Take(function.Arity).Select((name, i) => graph.Leaf(Operation.State, i, name))];
        var writer = new ProgramWriter(
            graph,
            id => graph[id].Operation == Operation.State ? new ValuePlace(ValueKind.OldState, graph[id].Index) : null,
            _ => default);
        int value = function.Define(graph, operands[0], function.Arity > 1 ? operands[1] : -1);
        writer.Store(new ValuePlace(ValueKind.NewState, 0), value, "value");
        EquationProgram program = writer.ToProgram();
        Statement last = program.Statements[program.Statements.Count - 1];
        code.Summary(function.Text is not null && program.Statements.Count == 1
            ? $"{Text(function)} = {EquationText.Of(last.Value)}"
            : Text(function));
        code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        string head = context.Head(
            function.Name, string.Join(", ", Parameters.Take(function.Arity).Select(name => $"V {name}")));
        if (program.Statements.Count == 1)
        {
            code.Line($"{head} => {context.Vector(last.Value)};");
            return;
        }

        using (code.Block(head))
        {
            foreach (Statement statement in program.Statements)
            {
                code.Comment($"{statement.Name} = {EquationText.Of(statement.Value)}");
                code.Line($"V {statement.Name} = {context.Vector(statement.Value)};");
            }

            code.Line($"return {last.Name};");
        }
    }

    private static string Text(Function function) => EquationText.Of(Expression.Call(
        function.Name, Expression.Of(Parameters[0]), function.Arity > 1 ? Expression.Of(Parameters[1]) : null));
}
