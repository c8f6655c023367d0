namespace Samples;

/// <summary>The user gave something that cannot be worked with; the message is one line for them to read.</summary>
internal sealed class InputException(string message) : Exception(message);
