using System.Collections.Immutable;

namespace CommandSample;

/// <summary>
/// The commands of SCAN, each with its actions: grammar and meaning as in Lake and Baroni, "Generalization without
/// Systematicity" (2018).
/// </summary>
/// <remarks><code>
/// command  = sentence | sentence "and" sentence | sentence "after" sentence
/// sentence = phrase | phrase "twice" | phrase "thrice"
/// phrase   = verb | (verb | "turn") side | (verb | "turn") ("opposite" | "around") side
/// verb     = "walk" | "look" | "run" | "jump"
/// side     = "left" | "right"
/// </code></remarks>
internal static class Grammar
{
    /// <summary>All 20,910 commands.</summary>
    public static ImmutableArray<CommandPair> Commands()
    {
        CommandPair[] sentences = [.. Phrases().SelectMany(Repetitions)];
        return [.. sentences, .. sentences.SelectMany(first => sentences.SelectMany(second => Both(first, second)))];
    }

    private static IEnumerable<CommandPair> Both(CommandPair first, CommandPair second)
    {
        yield return new($"{first.Command} and {second.Command}", Join(first.Actions, second.Actions));
        yield return new($"{first.Command} after {second.Command}", Join(second.Actions, first.Actions));
    }

    private static IEnumerable<CommandPair> Repetitions(CommandPair phrase)
    {
        yield return phrase;
        yield return new($"{phrase.Command} twice", Repeat(phrase.Actions, 2));
        yield return new($"{phrase.Command} thrice", Repeat(phrase.Actions, 3));
    }

    private static IEnumerable<CommandPair> Phrases()
    {
        foreach (string verb in (string[])["walk", "look", "run", "jump"])
        {
            string action = $"I_{verb.ToUpperInvariant()}";
            yield return new(verb, action);
            foreach (CommandPair phrase in Turns(verb, action))
            {
                yield return phrase;
            }
        }

        // Turning is all that this verb does.
        foreach (CommandPair phrase in Turns("turn", ""))
        {
            yield return phrase;
        }
    }

    private static IEnumerable<CommandPair> Turns(string verb, string action)
    {
        foreach (string side in (string[])["left", "right"])
        {
            string turn = $"I_TURN_{side.ToUpperInvariant()}";
            yield return new($"{verb} {side}", Join(turn, action));
            yield return new($"{verb} opposite {side}", Join(turn, turn, action));
            yield return new($"{verb} around {side}", Repeat(Join(turn, action), 4));
        }
    }

    private static string Repeat(string actions, int times) => Join([.. Enumerable.Repeat(actions, times)]);

    private static string Join(params string[] actions) => string.Join(' ', actions.Where(action => action != ""));
}
