namespace RnnGen.Generator.Emission;

/// <summary>Emits the members of a model that read and write its weights: one by one, and as files.</summary>
internal sealed class WeightMembersEmitter(CodeWriter code, string name, string number)
{
    public void Emit()
    {
        EmitTensors();
        EmitSave();
        EmitLoad("string path", [
            "/// <param name=\"path\">The file, written by <see cref=\"Save(string)\"/> or from PyTorch.</param>"]);
        EmitLoad("global::System.IO.Stream stream", [
            "/// <param name=\"stream\">",
            "/// A stream at the start of the file; it need not be able to seek, and stays open. It is left behind the",
            "/// file's last byte; what follows there is not looked at.",
            "/// </param>"]);
        EmitLoad("global::System.ReadOnlySpan<byte> file", [
            "/// <param name=\"file\">All bytes of the file and no others: an embedded resource's, say.</param>"]);
    }

    private void EmitTensors() => code.Line($$"""
        /// <summary>Names and shapes of the weights, as PyTorch's <c>state_dict</c> has them.</summary>
        public global::System.Collections.Immutable.ImmutableArray<global::RnnGen.Weights.TensorMap> Tensors =>
            _runtime.Parameters.Tensors;

        /// <summary>
        /// A copy of a tensor, row by row. Where PyTorch has two biases for one of the model's, each is as it was set
        /// or loaded; once training has changed it, the first is the sum of both, and the second zeros.
        /// </summary>
        /// <param name="name">Its name in files, one of <see cref="Tensors"/>.</param>
        /// <exception cref="global::System.ArgumentException">The model has no such tensor.</exception>
        public {{number}}[] GetTensor(string name) => _runtime.Parameters.Get(name);

        /// <summary>
        /// Overwrites a tensor, any number of times and in any order: <see cref="GetTensor"/> gives it back.
        /// </summary>
        /// <param name="name">Its name in files, one of <see cref="Tensors"/>.</param>
        /// <param name="values">All its numbers, row by row.</param>
        /// <exception cref="global::System.ArgumentException">
        /// The model has no such tensor, or it is of another size.
        /// </exception>
        public void SetTensor(string name, global::System.ReadOnlySpan<{{number}}> values) =>
            _runtime.Parameters.Set(name, values);

        """);

    private void EmitSave() => code.Line("""
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
        public void Save(string path) => _runtime.Parameters.Save(path);

        /// <summary>Writes the weights as <see cref="Save(string)"/> does, into a stream.</summary>
        /// <param name="stream">Where to write, from its position on; it need not be able to seek, and stays open.
        /// </param>
        /// <exception cref="global::System.InvalidOperationException">
        /// A weight is not finite; nothing is written.
        /// </exception>
        public void Save(global::System.IO.Stream stream) => _runtime.Parameters.Save(stream);

        """);

    private void EmitLoad(string source, string[] summary)
    {
        string argument = source.Substring(source.LastIndexOf(' ') + 1);
        code.Summary("Makes a model with the weights of a safetensors file.");
        foreach (string line in summary)
        {
            code.Line(line);
        }

        code.Line($$"""
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
            public static {{name}} Load(
                {{source}},
                global::RnnGen.Kernels.SimdTarget? target = null,
                global::RnnGen.LoadOptions? options = null)
            {
                var model = new {{name}}(CreateKernels(target));
                model._runtime.Parameters.Load({{argument}}, options);
                return model;
            }

            """);
    }
}
