namespace RnnGen.Generator.Emission.Face;

/// <summary>Writes the face of a model that runs.</summary>
internal sealed class SoundFaceWriter(CodeWriter code) : FaceWriter(code)
{
    public override void Private(Action<CodeWriter> write)
    {
        Code.Line();
        write(Code);
    }

    protected override Body Filling(Body body) => body;
}
