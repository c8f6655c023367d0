using RnnGen.Generator.Equations;

namespace RnnGen.Generator.Emission;

/// <summary>Emits a pointwise program for one vector of units: reads, equations with their text above,
/// writes.</summary>
internal static class PointwiseEmitter
{
    /// <param name="vectorAt">The vector at a place, as C#.</param>
    /// <param name="rename">What a value is called here, where it is at hand already; else its own name.</param>
    /// <param name="isAtHand">The value needs no load.</param>
    public static void Emit(
        CodeWriter code, EmissionContext context, EquationProgram program, Func<ValuePlace, string> vectorAt,
        Func<string, string>? rename = null, Func<Load, bool>? isAtHand = null, Func<Store, bool>? isWanted = null)
    {
        foreach (Load load in program.Loads)
        {
            if (isAtHand?.Invoke(load) != true)
            {
                string value = vectorAt(load.Place);
                if (load.Plus is { } plus)
                {
                    value = EmissionContext.Format(context.Operations.Add, value, vectorAt(plus));
                }

                code.Line($"V {load.Name} = {value};");
            }
        }

        foreach (Statement statement in program.Statements)
        {
            code.Line();
            code.Comment($"{statement.Name} = {EquationText.Of(statement.Value)}");
            code.Line($"V {statement.Name} = {context.Vector(statement.Value, rename)};");
        }

        code.Line();
        foreach (Store store in program.Stores.Where(store => isWanted?.Invoke(store) != false))
        {
            string target = vectorAt(store.Place);
            string name = rename is null ? store.Name : rename(store.Name);
            code.Line(
                $"{target} = {(store.Adds ? EmissionContext.Format(context.Operations.Add, target, name) : name)};");
        }
    }

    /// <summary>All places that a program touches.</summary>
    public static IEnumerable<ValuePlace> Places(EquationProgram program) => program.Loads
        .SelectMany(load => load.Plus is { } plus ? new[] { load.Place, plus } : [load.Place])
        .Concat(program.Stores.Select(store => store.Place))
        .Distinct();
}
