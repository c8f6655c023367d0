using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Face;

/// <summary>Emits the members of a model that read and write its weights: one by one, and as files.</summary>
internal sealed class WeightMembersEmitter(FacePlan plan, FaceWriter face)
{
    private const string GetTensorText = """
        /// <summary>
        /// A copy of a tensor, row by row. Where PyTorch has two biases for one of the model's, each is as it was set
        /// or loaded; once training has changed it, the first is the sum of both, and the second zeros.
        /// </summary>
        /// <param name="name">Its name in files, one of <see cref="Tensors"/>.</param>
        /// <exception cref="global::System.ArgumentException">The model has no such tensor.</exception>
        """;

    private const string SaveText = """
        /// <summary>
        /// Writes the weights as safetensors, in PyTorch's names and layout. The file appears whole or not at all, with
        /// the access rights of the one that it replaces. Into a named pipe they are written straight away.
        /// </summary>
        /// <param name="path">The file; one that is there is replaced, and a link is followed.</param>
        /// <exception cref="global::System.InvalidOperationException">
        /// A weight is not finite; nothing is written.
        /// </exception>
        /// <exception cref="global::System.IO.IOException">
        /// The folder does not exist, the path is no file, or it cannot be written.
        /// </exception>
        """;

    private readonly string _number = plan.Number;
    private readonly string _self = DeclarationEmitter.Self(plan.Spec);

    public void Emit()
    {
        EmitTensors();
        EmitSave();
        EmitLoad("string path", """
            /// <param name="path">The file, written by <see cref="Save(string)"/> or from PyTorch.</param>
            """);
        EmitLoad($"{RuntimeTypes.Stream} stream", """
            /// <param name="stream">
            /// A stream at the start of the file; it need not be able to seek, and stays open. It is left behind the
            /// file's last byte; what follows there is not looked at.
            /// </param>
            """);
        EmitLoad($"{RuntimeTypes.ReadOnlySpan("byte")} file", """
            /// <param name="file">All bytes of the file and no others: an embedded resource's, say.</param>
            """);
    }

    private void EmitTensors()
    {
        face.Member(
            Signature.Property($"public {RuntimeTypes.TensorMaps}", "Tensors"),
            "/// <summary>Names and shapes of the weights, as PyTorch's <c>state_dict</c> has them.</summary>",
            Body.Below("_runtime.Parameters.Tensors"));
        face.Member(
            Signature.Method($"public {_number}[]", "GetTensor", "string name"),
            GetTensorText,
            Body.Inline("_runtime.Parameters.Get(name)"));
        face.Member(
            Signature.Method("public void", "SetTensor", "string name", $"{RuntimeTypes.ReadOnlySpan(_number)} values"),
            """
            /// <summary>
            /// Overwrites a tensor, any number of times and in any order: <see cref="GetTensor"/> gives it back.
            /// </summary>
            /// <param name="name">Its name in files, one of <see cref="Tensors"/>.</param>
            /// <param name="values">All its numbers, row by row.</param>
            /// <exception cref="global::System.ArgumentException">
            /// The model has no such tensor, or it is of another size.
            /// </exception>
            """,
            Body.Below("_runtime.Parameters.Set(name, values)"));
    }

    private void EmitSave()
    {
        face.Member(
            Signature.Method("public void", "Save", "string path"),
            SaveText,
            Body.Inline("_runtime.Parameters.Save(path)"));
        face.Member(
            Signature.Method("public void", "Save", $"{RuntimeTypes.Stream} stream"),
            """
            /// <summary>Writes the weights as <see cref="Save(string)"/> does, into a stream.</summary>
            /// <param name="stream">Where to write, from its position on; it need not be able to seek, and stays open.
            /// </param>
            /// <exception cref="global::System.InvalidOperationException">
            /// A weight is not finite; nothing is written.
            /// </exception>
            """,
            Body.Inline("_runtime.Parameters.Save(stream)"));
    }

    /// <param name="meaning">What documentation says of the source.</param>
    private void EmitLoad(string source, string meaning) => face.Member(
        Signature.Method(
            $"public static {_self}", "Load", source, $"{RuntimeTypes.OptionalTarget} target = null",
            $"{RuntimeTypes.LoadOptions}? options = null").InColumn(),
        $$"""
        /// <summary>Makes a model with the weights of a safetensors file.</summary>
        {{meaning}}
        /// <param name="target">The instructions to run on; null for the best that the processor has.</param>
        /// <param name="options">
        /// Names in the file, and what it may lack; null for a file with just the tensors of this model.
        /// </param>
        /// <exception cref="global::System.IO.InvalidDataException">
        /// The file is damaged, its tensors are not those of this model, or it belongs to another choice of a
        /// recurrent layer's options.
        /// </exception>
        /// <exception cref="global::System.ArgumentException">The options give two tensors one name.</exception>
        /// <exception cref="global::System.PlatformNotSupportedException">The processor does not have the
        /// instructions.</exception>
        /// <exception cref="global::System.NotSupportedException">The model was compiled without them.</exception>
        """,
        Body.Block(code => code.Line($"""
            var model = new {_self}(CreateKernels(target));
            model._runtime.Parameters.Load({source.Substring(source.LastIndexOf(' ') + 1)}, options);
            return model;
            """)));
}
