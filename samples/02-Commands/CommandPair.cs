namespace CommandSample;

/// <summary>A command and what it stands for.</summary>
/// <param name="Command">Its words, such as <c>jump left twice</c>.</param>
/// <param name="Actions">Its actions, such as <c>I_TURN_LEFT I_JUMP I_TURN_LEFT I_JUMP</c>.</param>
internal sealed record CommandPair(string Command, string Actions)
{
    /// <summary>The pair as the published files have it.</summary>
    public string Line => $"IN: {Command} OUT: {Actions}";
}
