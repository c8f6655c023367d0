namespace RnnGen;

/// <summary>What <c>Fit</c> compares with the targets of the validation data.</summary>
public enum MetricSource
{
    /// <summary><see cref="Decoding"/> for models that decode, <see cref="Outputs"/> for all others.</summary>
    Automatic,

    /// <summary>
    /// The likeliest class of each output row, the first of several: of each sequence as many tokens as targets, a
    /// decoder's end included. A decoder reads what it is given, not what it would have said (teacher forcing). Of a
    /// text that is read in windows each window is a sequence.
    /// </summary>
    Outputs,

    /// <summary>
    /// What <c>Decode</c> finds best for the source, as <see cref="TrainingOptions.Decoding"/> says; neither it nor the
    /// targets have their end.
    /// </summary>
    Decoding,
}
