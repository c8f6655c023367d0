namespace RnnGen.Benchmarks.Cases;

/// <summary>What a case times.</summary>
internal enum Activity
{
    /// <summary>One input to one output, the state kept from call to call.</summary>
    Step,

    /// <summary>Such steps again, against the emitted method that they call.</summary>
    Call,

    /// <summary>A whole sequence from the zero state.</summary>
    Sequence,

    /// <summary>Forward, loss, backward, clipping and update over one batch.</summary>
    Training,

    /// <summary>One source to its likeliest target, token after token.</summary>
    Decoding,

    /// <summary>Training again, against RnnGen itself on one thread.</summary>
    SecondThread,
}
