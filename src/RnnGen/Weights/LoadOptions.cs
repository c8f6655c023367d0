namespace RnnGen;

/// <summary>
/// How a weight file that others named is read: under which names it has the model's tensors, and what may be missing.
/// The defaults are for files of the model itself.
/// </summary>
public sealed class LoadOptions
{
    /// <summary>
    /// What names in the file begin with where the model's begin with <see cref="ModelPrefix"/>: <c>module.</c> for
    /// what PyTorch's <c>DataParallel</c> saved. Empty by default.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public string FilePrefix
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(FilePrefix));
    } = "";

    /// <summary>
    /// What the model's names begin with where names in the file begin with <see cref="FilePrefix"/>: <c>lstm.</c> for
    /// the file of a bare <c>nn.LSTM</c>. Names that begin otherwise are the same in the file. Empty by default: all
    /// names get the <see cref="FilePrefix"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public string ModelPrefix
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(ModelPrefix));
    } = "";

    /// <summary>
    /// Gives the file's name for a tensor's name in the model, where prefixes do not do; it is then asked for every
    /// tensor, and the two prefixes must be empty. Null, the default, for the prefixes.
    /// </summary>
    public Func<string, string>? Rename { get; init; }

    /// <summary>
    /// Whether a bias that the file lacks is 0, as in layers that were made with <c>bias=False</c>; a model whose
    /// layers have <c>Bias = false</c> lacks it, too. If not, the default, the file is refused.
    /// </summary>
    public bool MissingBiasesAreZero { get; init; }
}
